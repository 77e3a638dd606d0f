/* The odd half of a paper (items 1, 3, 5 … in file order) beside its total: enough for the correlation of
 * both halves, the even half being the rest. Mergeable: addition. */
#ifndef WUJI_STATS_HALVES_H
#define WUJI_STATS_HALVES_H

#include "stats/distribution.h"

typedef struct wuji_halves {
  uint64_t odd;    /* Σo */
  uint64_t square; /* Σo² */
  uint64_t cross;  /* Σo·t */
} wuji_halves;

void wuji_halves_absorb(wuji_halves *halves, const uint32_t *odd, const uint32_t *totals, uint32_t count);
void wuji_halves_merge(wuji_halves *into, const wuji_halves *from);

/** Spearman-Brown corrected split-half reliability, NaN where it does not exist (statistics.md#split_half).
 */
double wuji_halves_reliability(const wuji_halves *halves, const wuji_distribution *d);

#endif
