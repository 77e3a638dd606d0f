/* Which levels of a root are random. */
#ifndef WUJI_GROWTH_LEVELS_H
#define WUJI_GROWTH_LEVELS_H

#include "growth/cases.h"

/** The levels of the models at a root, outermost first. */
typedef struct wuji_growth_levels {
  uint32_t count;
  int level[WUJI_LEVELS];
  uint32_t groups[WUJI_LEVELS];       /* nodes with cases, by place in `level` */
  const uint32_t *group[WUJI_LEVELS]; /* of each case of the root, numbered in tree order */
  const int32_t *node[WUJI_LEVELS];   /* of each group */
} wuji_growth_levels;

/** Nodes of `level` under `root` that have cases. */
uint32_t wuji_growth_nodes(const wuji_cohort *cohort, const wuji_growth_cases *cases, int32_t root,
                           int level);

/** Chooses the levels: as the request says, else each that has at least 6 nodes with cases and more than the
 * nearest level above it. `*idle` (a bit a level) are levels so chosen that can't be told from another and
 * are left out: one node, as many as the next one taken above, or as many as cases. Memory from `arena`. */
WUJI_CHECKED wuji_status wuji_growth_levels_choose(const wuji_growth_request *request,
                                                   const wuji_growth_cases *cases, int32_t root,
                                                   wuji_arena *arena, wuji_growth_levels *levels,
                                                   uint32_t *idle, wuji_error *error);

#endif
