/* A node whose state is complete: its rows of every table, and its ladder. */
#ifndef WUJI_STATS_NODE_FINISH_H
#define WUJI_STATS_NODE_FINISH_H

#include "stats/results.h"
#include "stats/state.h"

/** What one thread works with on one sheet; nothing below allocates (but wide items, in `kept`). */
typedef struct wuji_bench {
  wuji_arena scratch;
  wuji_arena *kept;  /* wide items, ladders, tallies of marks: what stays */
  uint32_t capacity; /* of the list: the largest class, and enough for blocks of any node */
  uint32_t *rows, *totals;
  wuji_histogram histogram; /* empty between uses */
  wuji_distribution d;
  wuji_group_sums groups;
  wuji_option_bench options;
  wuji_state class_state;
} wuji_bench;

/** An all zero bench; `kept` is the caller's. False when memory is out; disposed in any case by
 * wuji_bench_dispose(), which leaves `kept` alone. */
bool wuji_bench_init(wuji_bench *bench, const wuji_sheet *sheet, uint32_t capacity, wuji_arena *kept);
void wuji_bench_dispose(wuji_bench *bench);

/** Lists the candidates of `positions` (in the sheet's order) who are counted and present; at most
 * `bench->capacity` positions. Absent and void ones are counted into `state` where it is given. */
wuji_present wuji_bench_list(wuji_bench *bench, const wuji_sheet *sheet, wuji_slice positions,
                             wuji_state *state);

/** A class: from its list and its unbinned state; adds its options to `above`, the bins of its school. False
 * when memory is out, as in the next. */
bool wuji_finish_class(wuji_bench *bench, wuji_sheet_result *result, int32_t node, const wuji_state *state,
                       const wuji_present *present, wuji_option_bins *above);
/** A school or above: from its binned state. */
bool wuji_finish_node(wuji_bench *bench, wuji_sheet_result *result, int32_t node, const wuji_state *state);

#endif
