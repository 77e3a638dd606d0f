/* A node's statistics of a paper's (or the exam's) total: exact state to doubles, each formula once. */
#ifndef WUJI_STATS_PAPER_RESULT_H
#define WUJI_STATS_PAPER_RESULT_H

#include "stats/groups.h"
#include "stats/state.h"

/** As in table paper_stat (docs/statistics.md); a double that does not exist is NaN, a rank 0. */
typedef struct wuji_paper_result {
  bool on_sheet; /* false: the node has no row here, all else is 0 */
  uint32_t n, absent, void_count;
  uint64_t sum; /* Σt, units */
  double mean, sd, min, p25, median, p75, max, score_rate;
  double excellent, good, pass, low;
  double skewness, kurtosis, alpha, split_half, sem, discrimination, gap;
  /* By wuji_rank_means(), as is gap. At a root n_parent is 0: it has no siblings to be ranked among. */
  uint32_t rank_root, n_root, rank_parent, n_parent;
} wuji_paper_result;

/** Everything but ranks and gap. `state` need not be binned. */
void wuji_paper_finish(wuji_paper_result *result, const wuji_sheet *sheet, const wuji_state *state,
                       const wuji_distribution *d, const wuji_groups *groups);

#endif
