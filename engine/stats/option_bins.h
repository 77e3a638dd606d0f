/* Who chose what, counted by the paper's total: what every statistic of options at a school or above is made
 * of. Mergeable: addition. */
#ifndef WUJI_STATS_OPTION_BINS_H
#define WUJI_STATS_OPTION_BINS_H

#include "kernels/chosen.h"
#include "stats/histogram.h"

#include <stdbool.h>

/** Counts of 16 bits, which hold what all but the largest nodes have, are added to those of 32 before they
 * could pass them. */
typedef struct wuji_option_bins {
  uint32_t *count; /* bins × cells, row by total, zeroed; the caller's. NULL: not held (none, or too many) */
  uint16_t *few;   /* likewise, NULL with it: what is not yet in `count` */
  uint32_t held;   /* candidates in `few`, at most UINT16_MAX */
  bool many;       /* there are any in `count` */
  uint32_t bins;
  uint64_t *sum; /* cells: totals of all choosers, zeroed; the caller's. NULL where there are no cells */
  uint32_t cells;
} wuji_option_bins;

void wuji_option_bins_absorb(wuji_option_bins *bins, const wuji_chosen *chosen, const uint32_t *rows,
                             const uint32_t *totals, uint32_t count);
/** `histogram` is that of `from`: only its totals are touched, here and in clearing. */
void wuji_option_bins_merge(wuji_option_bins *into, const wuji_option_bins *from,
                            const wuji_histogram *histogram);
void wuji_option_bins_clear(wuji_option_bins *bins, const wuji_histogram *histogram);

/** Makes room in `few` for `more` candidates (at most UINT16_MAX), and counts them as held there. */
void wuji_option_bins_expect(wuji_option_bins *bins, uint32_t more);

/** Adds sums by cell. */
void wuji_option_bins_add_sums(const wuji_option_bins *bins, const uint64_t *sum);

/** Adds the bin of `total` to count[cell]. */
void wuji_option_bins_read(const wuji_option_bins *bins, uint32_t total, uint32_t *count);

#endif
