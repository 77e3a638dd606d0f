#include "stats/halves.h"

#include <math.h>

void wuji_halves_absorb(wuji_halves *halves, const uint32_t *odd, const uint32_t *totals, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    halves->odd += odd[i];
    halves->square += (uint64_t)odd[i] * odd[i];
    halves->cross += (uint64_t)odd[i] * totals[i];
  }
}

void wuji_halves_merge(wuji_halves *into, const wuji_halves *from) {
  into->odd += from->odd;
  into->square += from->square;
  into->cross += from->cross;
}

double wuji_halves_reliability(const wuji_halves *halves, const wuji_distribution *d) {
  __int128 n = d->n;
  __int128 even = (__int128)d->sum - halves->odd;
  __int128 even_square = (__int128)d->square - 2 * (__int128)halves->cross + halves->square;
  __int128 odd_even = (__int128)halves->cross - halves->square;
  __int128 odd_variance = n * halves->square - (__int128)halves->odd * halves->odd;
  __int128 even_variance = n * even_square - even * even;
  if (odd_variance == 0 || even_variance == 0) return NAN;
  double r = (double)(n * odd_even - (__int128)halves->odd * even) /
             sqrt((double)odd_variance * (double)even_variance);
  r = r > 1.0 ? 1.0 : r < -1.0 ? -1.0 : r;
  return r == -1.0 ? NAN : 2.0 * r / (1.0 + r);
}
