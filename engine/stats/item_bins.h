/* Item sums by the paper's total: what any grouping by total (27 %, fifths) is made of. Mergeable: addition.
 */
#ifndef WUJI_STATS_ITEM_BINS_H
#define WUJI_STATS_ITEM_BINS_H

#include "kernels/marks.h"
#include "stats/histogram.h"

typedef struct wuji_item_bins {
  uint32_t *sum; /* bins × items, row by total, zeroed; the caller's. NULL: not held (too many totals, or so
                    many candidates that one might pass 32 bits) */
  uint32_t items;
} wuji_item_bins;

void wuji_item_bins_absorb(const wuji_item_bins *bins, const wuji_marks *marks, const uint32_t *rows,
                           const uint32_t *totals, uint32_t count);
/** `histogram` is that of `from`: only its totals are touched, here and in clearing. */
void wuji_item_bins_merge(const wuji_item_bins *into, const wuji_item_bins *from,
                          const wuji_histogram *histogram);
void wuji_item_bins_clear(const wuji_item_bins *bins, const wuji_histogram *histogram);

/** Adds the bin of `total` to sum[item]. */
void wuji_item_bins_read(const wuji_item_bins *bins, uint32_t total, uint64_t *sum);

#endif
