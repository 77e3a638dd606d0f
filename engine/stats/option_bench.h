/* Options and curves of one node after another: what was chosen, and the marks by fifths, gathered from its
 * list of candidates or from its bins, then finished. */
#ifndef WUJI_STATS_OPTION_BENCH_H
#define WUJI_STATS_OPTION_BENCH_H

#include "stats/fifths.h"
#include "stats/option_result.h"
#include "stats/state.h"

/** Means by fifths at a school or above, WUJI_FIFTHS doubles each, the lowest fifth first; all three NULL
 * where there are none (fewer than 10 candidates). */
typedef struct wuji_curves {
  double *total;   /* of the paper's total, marks */
  double *items;   /* of each item, marks */
  double *options; /* of each option, the share that chose it */
} wuji_curves;

/** The options' and curves' part of what a thread works with on a sheet. */
typedef struct wuji_option_bench {
  uint32_t *bin;        /* of each candidate in the list, as long as that may be */
  uint32_t *part;       /* 5 × cells: choosers in each part of the 27 % groups */
  uint64_t *sum;        /* cells: the choosers' totals, of a class */
  uint32_t *run;        /* cells: choosers in a run of totals */
  uint32_t *zone;       /* by total: see wuji_fifths_of() */
  uint32_t *fifth;      /* WUJI_FIFTH_ZONES × cells: choosers in each zone */
  uint64_t *fifth_mark; /* WUJI_FIFTH_ZONES × items: marks there */
  /* Of the node under way: */
  const wuji_distribution *d;
  const wuji_groups *groups;
  const uint64_t *sums; /* cells: the choosers' totals */
  wuji_fifths fifths;
} wuji_option_bench;

/** Memory from `scratch`, for lists of `capacity`; false when it is out. */
bool wuji_option_bench_init(wuji_option_bench *bench, const wuji_sheet *sheet, uint32_t capacity,
                            wuji_arena *scratch);

/** Begins a node with these totals and groups, which must stay until it is finished; `state` is the node's,
 * and it has curves if it has candidates enough. NULL: a class, which has none. */
void wuji_option_bench_begin(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_distribution *d,
                             const wuji_groups *groups, const wuji_state *state);
/** Adds all candidates of a class, and to `above` as well, the bins of its school. */
void wuji_option_bench_add_class(wuji_option_bench *bench, const wuji_sheet *sheet,
                                 const wuji_present *present, wuji_option_bins *above);
/** Adds candidates of a node: what `state` holds no bins for. */
void wuji_option_bench_add_list(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_state *state,
                                const wuji_present *present);
/** Adds what `state` holds bins for. */
void wuji_option_bench_add_bins(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_state *state);
/** Finishes the node: fills `block`, with `arena` where its room is too small, and `curves` (NULL: it has
 * none). False when memory is out. */
bool wuji_option_bench_finish(wuji_option_bench *bench, const wuji_sheet *sheet, wuji_option_block *block,
                              wuji_curves *curves, wuji_arena *arena);

#endif
