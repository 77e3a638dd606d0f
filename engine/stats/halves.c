#include "stats/halves.h"

#include <math.h>

wuji_halves wuji_halves_of(const wuji_aspect_sums *sets, const wuji_item_sums *items) {
  wuji_halves halves = {.odd = sets->sum[sets->count], .square = sets->square[sets->count]};
  for (uint32_t i = 0; i < items->items; i += 2) halves.cross += items->by_item.cross[i];
  return halves;
}

/* Below this a product of two, and the square of a covariance, fit 128 bits. */
#define LARGE ((__int128)1 << 63)

/* 2r/(1 + r) with r = c/s is 2c/(s + c); where c is negative that is 2c·(s − c)/(s² − c²), whose denominator
 * is exact, so that an r near −1 loses no digits. */
double wuji_halves_reliability(const wuji_halves *halves, const wuji_distribution *d) {
  __int128 n = d->n;
  __int128 even = (__int128)d->sum - halves->odd;
  __int128 even_square = (__int128)d->square - 2 * (__int128)halves->cross + halves->square;
  __int128 odd_even = (__int128)halves->cross - halves->square;
  __int128 odd_variance = n * halves->square - (__int128)halves->odd * halves->odd;
  __int128 even_variance = n * even_square - even * even;
  __int128 c = n * odd_even - (__int128)halves->odd * even;
  if (odd_variance == 0 || even_variance == 0) return NAN;
  double s = sqrt((double)odd_variance * (double)even_variance);
  if (c >= 0) return fmin(1.0, 2.0 * (double)c / (s + (double)c));
  if (odd_variance < LARGE && even_variance < LARGE) {
    __int128 gap = odd_variance * even_variance - c * c; /* 0: r is -1 */
    return gap == 0 ? NAN : 2.0 * (double)c * (s - (double)c) / (double)gap;
  }
  return s + (double)c <= 0.0 ? NAN : 2.0 * (double)c / (s + (double)c);
}
