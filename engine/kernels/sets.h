/* Marks summed over sets of items: what a candidate got on all items of a set together. The conventions are
 * those of marks.h. */
#ifndef WUJI_KERNELS_SETS_H
#define WUJI_KERNELS_SETS_H

#include "kernels/marks.h"

/** Sets of a paper's items, borrowed. Sets may overlap; an item stands at most once in a set. */
typedef struct wuji_item_sets {
  uint32_t count;
  const uint32_t *first; /* count + 1: the items of set s are item[first[s]] … item[first[s + 1] - 1] */
  const uint16_t *item;
  const uint32_t *full; /* count: no row's sum over the set is above it; NULL: not known */
} wuji_item_sets;

/** With y a row's sum of marks over a set, adds Σy and Σy² of `count` rows to sum[set] and square[set]. */
void wuji_marks_sum_sets(const wuji_marks *marks, const wuji_item_sets *sets, const uint32_t *rows,
                         uint32_t count, uint64_t *sum, uint64_t *square);

#endif
