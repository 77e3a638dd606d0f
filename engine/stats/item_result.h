/* A node's statistics of an item: exact sums to doubles, each formula once. Kept as sums where those are
 * small (nearly every node), so that table rows and database rows are finished from the very same integers.
 */
#ifndef WUJI_STATS_ITEM_RESULT_H
#define WUJI_STATS_ITEM_RESULT_H

#include "stats/groups.h"
#include "stats/state.h"

/** An item at a narrow node, everything there is. */
typedef struct wuji_item_narrow {
  int32_t sum, square, cross; /* Σx, Σx², Σx·t, units */
  int32_t groups;             /* group_weight times top group's mean less bottom group's; 0 without groups */
  uint16_t full, zero, blank; /* counts */
} wuji_item_narrow;

/** An item at a node whose sums are too large for that. */
typedef struct wuji_item_wide {
  uint64_t sum;
  uint32_t full, zero, blank;
  double sd, discrimination, r_total, r_rest, alpha_drop;
} wuji_item_wide;

/** The items of a paper at a node. */
typedef struct wuji_item_block {
  bool wide;
  uint32_t varying; /* items with a variance */
  /* Of a narrow node; all 0 where wide: */
  int64_t sum_total;    /* S = Σt */
  int64_t var_total;    /* V = n·Σt² − S² */
  int64_t var_items;    /* sum of n·Σx² − (Σx)² */
  int64_t group_weight; /* 0: no groups */
  union {
    wuji_item_narrow *narrow; /* item_count; made by the caller */
    wuji_item_wide *of_wide;
  };
} wuji_item_block;

/** As in table item_stat, NaN where a value does not exist. */
typedef struct wuji_item_values {
  double mean, sd, difficulty, discrimination, r_total, r_rest, alpha_drop, full, zero, blank;
} wuji_item_values;

/** Fills `block` (whose `narrow` has room for the items) from a node's state. Where the node is wide, the
 * items go to new memory in `arena`; false when that is out. */
bool wuji_item_block_fill(wuji_item_block *block, const wuji_sheet *sheet, const wuji_state *state,
                          const wuji_distribution *d, const wuji_groups *groups, const wuji_group_sums *sums,
                          wuji_arena *arena);

/** Item `item` at a node with `n` candidates. */
wuji_item_values wuji_item_block_values(const wuji_item_block *block, const wuji_sheet *sheet, uint32_t n,
                                        uint32_t item);

#endif
