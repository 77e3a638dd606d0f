#include "stats/paper_result.h"

#include "stats/halves.h"

#include <math.h>

/* x/y, NaN where y is 0. */
static double share(uint64_t x, uint64_t y) {
  return y == 0 ? NAN : (double)x / (double)y;
}

/* statistics.md#moments */
static void finish_location(wuji_paper_result *r, const wuji_sheet *sheet, const wuji_distribution *d,
                            __int128 variance) {
  double u = (double)sheet->units;
  r->mean = (double)d->sum / ((double)d->n * u);
  if (d->n >= 2) r->sd = sqrt((double)variance / (double)((uint64_t)d->n * (d->n - 1))) / u;
  r->min = (double)d->total[0] / u;
  r->p25 = (double)wuji_distribution_quartile(d, 1) / (4.0 * u);
  r->median = (double)wuji_distribution_quartile(d, 2) / (4.0 * u);
  r->p75 = (double)wuji_distribution_quartile(d, 3) / (4.0 * u);
  r->max = (double)d->total[d->distinct - 1] / u;
  if (sheet->full.num > 0) {
    r->score_rate = (double)((__int128)d->sum * sheet->full.den) /
                    (double)((__int128)d->n * sheet->units * sheet->full.num);
  }
}

/* statistics.md#rates */
static void finish_rates(wuji_paper_result *r, const wuji_sheet *sheet, const wuji_distribution *d) {
  r->excellent = share(wuji_distribution_reach(d, sheet->excellent), d->n);
  r->good = share(wuji_distribution_reach(d, sheet->good), d->n);
  r->pass = share(wuji_distribution_reach(d, sheet->pass), d->n);
  r->low = share(d->n - wuji_distribution_reach(d, sheet->low), d->n);
}

/* g1 and g2 (statistics.md#shape). With V = n²·m2 and moments of n·t − Σt: g1 = m3'/V^1.5, g2 = m4'/V² − 3.
 */
static void finish_shape(wuji_paper_result *r, const wuji_distribution *d, __int128 variance) {
  if (d->n < 2 || variance == 0) return;
  double v = (double)variance;
  wuji_moments m = wuji_distribution_moments(d);
  r->skewness = m.third / (v * sqrt(v));
  r->kurtosis = m.fourth / (v * v) - 3.0;
}

/* Cronbach (1951), statistics.md#alpha: over `count` parts with Σx and Σx² each. */
static double alpha(uint32_t n, uint32_t count, const uint64_t *sum, const uint64_t *square,
                    __int128 variance) {
  __int128 of_parts = 0;
  uint32_t varying = 0;
  for (uint32_t i = 0; i < count; i++) {
    __int128 v = (__int128)n * square[i] - (__int128)sum[i] * sum[i];
    of_parts += v;
    varying += v > 0;
  }
  if (varying < 2 || variance == 0) return NAN;
  double value = (double)varying / (double)(varying - 1) * (1.0 - (double)of_parts / (double)variance);
  return value > 1.0 ? 1.0 : value; /* by rounding only; sem takes the root of what is left */
}

/* statistics.md#alpha, #split_half, #sem */
static void finish_reliability(wuji_paper_result *r, const wuji_sheet *sheet, const wuji_state *state,
                               const wuji_distribution *d, __int128 variance) {
  if (sheet->paper != NULL) {
    const wuji_mark_sums *items = &state->items.by_item;
    r->alpha = alpha(d->n, state->items.items, items->sum, items->square, variance);
    wuji_halves halves = wuji_halves_of(&state->aspects, &state->items);
    r->split_half = wuji_halves_reliability(&halves, d);
  } else if ((state->parts.taken_by_any & ~state->parts.taken_by_all) == 0) {
    r->alpha = alpha(d->n, sheet->cohort->paper_count, state->parts.sum, state->parts.square, variance);
  }
  r->sem = r->sd * sqrt(1.0 - r->alpha); /* NaN where alpha is */
}

/* statistics.md#groups */
static void finish_discrimination(wuji_paper_result *r, const wuji_sheet *sheet, const wuji_distribution *d,
                                  const wuji_groups *groups) {
  if (groups->size == 0 || sheet->full.num == 0) return;
  __int128 difference = wuji_groups_of_totals(groups, d);
  double weight = (double)wuji_groups_weight(groups);
  r->discrimination = (double)difference * (double)sheet->full.den /
                      (weight * (double)sheet->units * (double)sheet->full.num);
}

void wuji_paper_finish(wuji_paper_result *result, const wuji_sheet *sheet, const wuji_state *state,
                       const wuji_distribution *d, const wuji_groups *groups) {
  *result = (wuji_paper_result){
      .on_sheet = true, .n = d->n, .absent = state->absent, .void_count = state->void_count, .sum = d->sum};
  double *reals[] = {&result->mean,       &result->sd,         &result->min,
                     &result->p25,        &result->median,     &result->p75,
                     &result->max,        &result->score_rate, &result->excellent,
                     &result->good,       &result->pass,       &result->low,
                     &result->skewness,   &result->kurtosis,   &result->alpha,
                     &result->split_half, &result->sem,        &result->discrimination,
                     &result->gap};
  for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) *reals[i] = NAN;
  if (d->n == 0) return;
  __int128 variance = wuji_distribution_variance(d);
  finish_location(result, sheet, d, variance);
  finish_rates(result, sheet, d);
  finish_shape(result, d, variance);
  finish_reliability(result, sheet, state, d, variance);
  finish_discrimination(result, sheet, d, groups);
}
