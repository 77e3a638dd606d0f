#include "stats/ladder.h"

/* Totals that nobody has cost a count each, a list of totals one more number each: what is smaller is kept.
 */
enum { MOST_EMPTY = 3, SPARE = 64 };

/* Rungs are written so many at a time, whatever there is to be written: the branch is nearly always foreseen.
 */
enum { TOGETHER = 8 };

/* With room in front of the first rung for what is written too many. */
static void *new_reach(const wuji_ladder *ladder, wuji_arena *arena) {
  return wuji_arena_array(arena, (size_t)TOGETHER + ladder->rungs + 1,
                          ladder->wide ? sizeof(uint32_t) : sizeof(uint16_t));
}

static inline uint32_t reach_at(const wuji_ladder *ladder, uint32_t rung) {
  return ladder->wide ? ((const uint32_t *)ladder->reach)[rung] : ((const uint16_t *)ladder->reach)[rung];
}

/* From the top: between two totals that somebody has lie rungs that as many reach as the upper one. What is
 * written below the lower total is written over when its turn comes. */
#define FILL(name, type)                                                                                     \
  static void name(type reach[], const wuji_ladder *ladder, const wuji_distribution *d) {                    \
    int64_t rung = ladder->rungs;                                                                            \
    uint32_t reached = 0;                                                                                    \
    for (uint32_t i = d->distinct; i > 0; i--) {                                                             \
      int64_t at = ladder->total != NULL ? i - 1 : d->total[i - 1] - ladder->low;                            \
      for (; rung > at; rung -= TOGETHER) {                                                                  \
        for (int64_t k = 0; k < TOGETHER; k++) reach[rung - k] = (type)reached;                              \
      }                                                                                                      \
      rung = at;                                                                                             \
      reached += d->count[i - 1];                                                                            \
    }                                                                                                        \
    reach[0] = (type)reached;                                                                                \
  }
FILL(fill_narrow, uint16_t)
FILL(fill_wide, uint32_t)

bool wuji_ladder_make(wuji_ladder *ladder, const wuji_distribution *d, wuji_arena *arena) {
  *ladder = (wuji_ladder){.wide = d->n > UINT16_MAX};
  if (d->n == 0) return true;
  ladder->low = d->total[0];
  ladder->rungs = d->total[d->distinct - 1] - ladder->low + 1;
  if (ladder->rungs / MOST_EMPTY > d->distinct + SPARE) {
    ladder->rungs = d->distinct;
    uint32_t *total = wuji_arena_array(arena, d->distinct, sizeof *total);
    if (total == NULL) return false;
    memcpy(total, d->total, d->distinct * sizeof *total);
    ladder->total = total;
  }
  void *room = new_reach(ladder, arena);
  if (room == NULL) return false;
  if (ladder->wide) {
    uint32_t *reach = (uint32_t *)room + TOGETHER;
    fill_wide(reach, ladder, d);
    ladder->reach = reach;
  } else {
    uint16_t *reach = (uint16_t *)room + TOGETHER;
    fill_narrow(reach, ladder, d);
    ladder->reach = reach;
  }
  return true;
}

/* The first rung at or above `total`; `rungs` where there is none. */
static uint32_t rung_of(const wuji_ladder *ladder, uint32_t total) {
  if (total <= ladder->low) return 0;
  if (ladder->total == NULL) return total - ladder->low < ladder->rungs ? total - ladder->low : ladder->rungs;
  uint32_t low = 0;
  uint32_t high = ladder->rungs;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (ladder->total[middle] < total) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

uint32_t wuji_ladder_reach(const wuji_ladder *ladder, uint32_t total) {
  return ladder->rungs == 0 ? 0 : reach_at(ladder, rung_of(ladder, total));
}

uint32_t wuji_ladder_least(const wuji_ladder *ladder, uint32_t rank) {
  if (rank == 0) return UINT32_MAX;
  if (ladder->rungs == 0) return 0;
  uint32_t low = 0; /* the first rung that fewer than `rank` reach; the last one is such */
  uint32_t high = ladder->rungs;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (reach_at(ladder, middle) >= rank) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return 0;
  return ladder->total != NULL ? ladder->total[low - 1] : ladder->low + low - 1;
}
