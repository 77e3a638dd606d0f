#include "models/spline.h"

#include <math.h>
#include <string.h>

enum { ORDER = 4 };

/* The k-th smallest of all rows, from 0. */
static double order_statistic(const double *value, const uint32_t *rows, uint64_t k) {
  uint32_t v = 0;
  while (k >= rows[v]) k -= rows[v++];
  return value[v];
}

/* Hyndman & Fan's (1996) seventh definition, in the order of R's arithmetic. */
static double quantile(const double *value, const uint32_t *rows, uint64_t n, double p) {
  double index = (double)(n - 1) * p;
  double below = floor(index + 4 * 0x1p-52);
  double low = order_statistic(value, rows, (uint64_t)below);
  double share = index - below;
  if (!(share > 0)) return low;
  double high = order_statistic(value, rows, (uint64_t)below + 1);
  return high == low ? low : (1 - share) * low + share * high;
}

wuji_spline wuji_spline_of(const double *value, const uint32_t *rows, uint32_t values) {
  wuji_spline spline = {.low = value[0], .high = value[values - 1]};
  if (values == 1) return spline;
  double extent = 0.1 * (spline.high - spline.low);
  spline.low -= extent;
  spline.high += extent;
  uint64_t n = 0;
  for (uint32_t v = 0; v < values; v++) n += rows[v];
  for (uint32_t k = 1; k <= 4; k++) {
    double knot = quantile(value, rows, n, (double)(2 * k) / 10);
    if (spline.knots == 0 || knot != spline.knot[spline.knots - 1]) spline.knot[spline.knots++] = knot;
  }
  return spline;
}

uint32_t wuji_spline_columns(const wuji_spline *spline) {
  return spline->low < spline->high ? spline->knots + ORDER - 1 : 0;
}

uint32_t wuji_spline_width(const wuji_spline *spline) {
  uint32_t columns = wuji_spline_columns(spline);
  return columns < WUJI_SPLINE_WIDTH ? columns : WUJI_SPLINE_WIDTH;
}

/* Knot i of the whole sequence: each boundary four times, the interior ones between them. */
static double knot_at(const wuji_spline *spline, uint32_t i) {
  if (i < ORDER) return spline->low;
  return i - ORDER < spline->knots ? spline->knot[i - ORDER] : spline->high;
}

/* The recurrence of de Boor (1978, ch. X) on the interval x lies in, or the one nearest. */
uint32_t wuji_spline_at(const wuji_spline *spline, double x, double *value) {
  double basis[ORDER] = {1};
  uint32_t interval = 0;
  while (interval < spline->knots && x >= spline->knot[interval]) interval++;
  for (uint32_t degree = 1; degree < ORDER; degree++) {
    double carried = 0;
    for (uint32_t k = 0; k < degree; k++) {
      double right = knot_at(spline, interval + ORDER + k);
      double left = knot_at(spline, interval + ORDER + k - degree);
      double part = basis[k] / (right - left);
      basis[k] = carried + (right - x) * part;
      carried = (x - left) * part;
    }
    basis[degree] = carried;
  }
  uint32_t skipped = interval == 0; /* the first of all, for which the intercept stands */
  uint32_t width = wuji_spline_width(spline);
  memset(value, 0, width * sizeof *value);
  memcpy(value, basis + skipped, (ORDER - skipped) * sizeof *value);
  return interval - (skipped ? 0 : 1);
}
