/* What a node's paper statistics get from other nodes: ranks of means and the gap to the parent. */
#ifndef WUJI_STATS_MEAN_RANKS_H
#define WUJI_STATS_MEAN_RANKS_H

#include "stats/results.h"

/** Fills rank_root, n_root, rank_parent, n_parent and gap of every node of the sheet. Means are compared as
 * exact rationals; ties share the better rank (statistics.md#ranks). */
WUJI_CHECKED wuji_status wuji_rank_means(const wuji_cohort *cohort, wuji_paper_result *nodes,
                                         wuji_error *error);

#endif
