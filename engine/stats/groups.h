/* Top and bottom groups (27 %), fair to ties (statistics.md#groups): each group weighs exactly
 * k = floor(0.27·n + 0.5); candidates beyond the boundary total count 1, those at it share what is left. */
#ifndef WUJI_STATS_GROUPS_H
#define WUJI_STATS_GROUPS_H

#include "kernels/marks.h"
#include "stats/distribution.h"
#include "stats/item_bins.h"

/** One side: candidates beyond `boundary` count whole, the `count` at it count `rest`/`count` each. */
typedef struct wuji_group {
  uint32_t boundary; /* a total, units */
  uint32_t count;    /* who has exactly that total, > 0 */
  uint32_t rest;     /* what they bring to the group's weight, 1 … count */
} wuji_group;

typedef struct wuji_groups {
  uint32_t size; /* k; 0: no groups, n < 4 */
  wuji_group top, bottom;
} wuji_groups;

/** By item, each as long as there are items; the caller's. */
typedef struct wuji_group_sums {
  uint64_t *above, *at_top, *below, *at_bottom; /* sums over the four parts that make up both groups */
  __int128 *difference;                         /* wuji_groups_difference() of them */
} wuji_group_sums;

wuji_groups wuji_groups_of(const wuji_distribution *d);

/** c1·c2·k: what a difference of group sums is divided by to be one of group means. 0 without groups. */
__int128 wuji_groups_weight(const wuji_groups *groups);

/** The same multiple of the top group's mean less the bottom group's, from the sums of the four parts. */
__int128 wuji_groups_difference(const wuji_groups *groups, uint64_t above, uint64_t at_top, uint64_t below,
                                uint64_t at_bottom);

/** The difference of the totals themselves. */
__int128 wuji_groups_of_totals(const wuji_groups *groups, const wuji_distribution *d);

/** The differences of a node that is one list; uses the four parts, which must be cleared. */
void wuji_groups_of_list(const wuji_groups *groups, const wuji_marks *marks, const uint32_t *rows,
                         const uint32_t *totals, uint32_t count, const wuji_group_sums *sums);

/** Adds the rows of a list to the four parts. */
void wuji_groups_absorb(const wuji_groups *groups, const wuji_marks *marks, const uint32_t *rows,
                        const uint32_t *totals, uint32_t count, const wuji_group_sums *sums);

/** Adds a node's item bins to the four parts; `d` is the node's. */
void wuji_groups_absorb_bins(const wuji_groups *groups, const wuji_distribution *d,
                             const wuji_item_bins *bins, const wuji_group_sums *sums);

/** The differences from the complete parts. */
void wuji_groups_finish(const wuji_groups *groups, uint32_t items, const wuji_group_sums *sums);

#endif
