/* A value of an aspect at a node: exact sums to doubles, each formula once. */
#ifndef WUJI_STATS_ASPECT_RESULT_H
#define WUJI_STATS_ASPECT_RESULT_H

#include "stats/results.h"

/** As in table point_stat, NaN where a value does not exist. */
typedef struct wuji_aspect_figures {
  double mean, score_rate, sd, gap;
} wuji_aspect_figures;

/** Value `value` of the sheet's aspects at `node`. */
wuji_aspect_figures wuji_aspect_figures_of(const wuji_sheet_result *result, int32_t node, uint32_t value);

/** Whether some sum at the node is beyond what the database's view works with: Σy (here or at the parent)
 * in 32 bits, n·Σy² in 62. */
bool wuji_aspects_wide(const wuji_sheet_result *result, int32_t node);

/** The sums of a node's values, or NULL for none (`node` below 0: a root's parent). */
static inline const wuji_aspect_sum *wuji_aspects_at(const wuji_sheet_result *result, int32_t node) {
  return node < 0 ? NULL : result->aspects + (size_t)node * result->sheet.aspects.sets.count;
}

#endif
