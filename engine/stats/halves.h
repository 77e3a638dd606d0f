/* The odd half of a paper (items 1, 3, 5 … in file order) beside its total: enough for the correlation of
 * both halves, the even half being the rest. */
#ifndef WUJI_STATS_HALVES_H
#define WUJI_STATS_HALVES_H

#include "stats/aspect_sums.h"
#include "stats/distribution.h"
#include "stats/item_sums.h"

typedef struct wuji_halves {
  uint64_t odd;    /* Σo */
  uint64_t square; /* Σo² */
  uint64_t cross;  /* Σo·t */
} wuji_halves;

/** From a node's sums: the odd items are the last of the sets, and Σo·t is the sum of their Σx·t. */
wuji_halves wuji_halves_of(const wuji_aspect_sums *sets, const wuji_item_sums *items);

/** Spearman-Brown corrected split-half reliability, NaN where it does not exist (statistics.md#split_half).
 */
double wuji_halves_reliability(const wuji_halves *halves, const wuji_distribution *d);

#endif
