/* An item's sums at a node: Σx, Σx², Σx·t and the counts of full marks, zeros and blanks. Mergeable:
 * addition. */
#ifndef WUJI_STATS_ITEM_SUMS_H
#define WUJI_STATS_ITEM_SUMS_H

#include "base/arena.h"
#include "kernels/marks.h"

typedef struct wuji_item_sums {
  wuji_mark_sums by_item;
  uint32_t items;
} wuji_item_sums;

/** Zeroed sums in `arena`; false when memory is out. */
bool wuji_item_sums_init(wuji_item_sums *sums, uint32_t items, wuji_arena *arena);
void wuji_item_sums_absorb(const wuji_item_sums *sums, const wuji_marks *marks, const uint32_t *rows,
                           const uint32_t *totals, uint32_t count);
void wuji_item_sums_merge(const wuji_item_sums *into, const wuji_item_sums *from);
void wuji_item_sums_clear(const wuji_item_sums *sums);

#endif
