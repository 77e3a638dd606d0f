/* Where a node's candidates stand, kept by total instead of by candidate: how many have at least a total.
 * Everyone's rank, and how many reach a line or a band, is read from it. */
#ifndef WUJI_STATS_LADDER_H
#define WUJI_STATS_LADDER_H

#include "base/arena.h"
#include "stats/distribution.h"

/** All zero: nobody. */
typedef struct wuji_ladder {
  const uint32_t *total; /* `rungs` totals, ascending; NULL: low, low + 1, … (most nodes) */
  const void *reach;     /* rungs + 1 counts, how many have at least that total; the last is 0 */
  uint32_t low;
  uint32_t rungs;
  bool wide; /* counts of 4 bytes, else of 2 */
} wuji_ladder;

/** A candidate's place in a node, both 0 where he is not counted or not present. */
typedef struct wuji_standing {
  uint32_t rank;  /* 1 + how many have more */
  uint32_t equal; /* how many have the same total, himself included */
} wuji_standing;

/** Memory from `arena`; false when that is out. */
bool wuji_ladder_make(wuji_ladder *ladder, const wuji_distribution *d, wuji_arena *arena);

/** How many have at least `total`, any number. */
uint32_t wuji_ladder_reach(const wuji_ladder *ladder, uint32_t total);

/** The place of those who have `total`; `equal` is 0 where nobody has, both are where there is nobody at all.
 */
static inline wuji_standing wuji_ladder_place(const wuji_ladder *ladder, uint32_t total) {
  if (ladder->rungs == 0) return (wuji_standing){0, 0};
  uint32_t above = wuji_ladder_reach(ladder, total + 1);
  return (wuji_standing){above + 1, wuji_ladder_reach(ladder, total) - above};
}

/** The least total of which fewer than `rank` have more; UINT32_MAX for rank 0. */
uint32_t wuji_ladder_least(const wuji_ladder *ladder, uint32_t rank);

#endif
