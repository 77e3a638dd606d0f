/* How many candidates of a node got which mark on which item (小题得分分布; statistics.md#marks). Every mark
 * that an item can have has a place of its own: mark x of item i is place first[i] + x, its blank place
 * first[i + 1] − 1. While a node is under way it counts all places; what is kept of it is those it met.
 * Mergeable: addition. */
#ifndef WUJI_STATS_MARK_COUNTS_H
#define WUJI_STATS_MARK_COUNTS_H

#include "cohort/cohort.h"
#include "kernels/counts.h"

/** The places of a paper's marks. A full mark of at most WUJI_MOST_UNITS keeps them to little more than 2^20.
 */
typedef struct wuji_mark_places {
  const uint32_t *first; /* item_count + 1; NULL for the total */
  uint32_t count;
} wuji_mark_places;

/** Memory from `arena`; false when that is out. */
bool wuji_mark_places_init(wuji_mark_places *places, const wuji_paper *paper, wuji_arena *arena);

typedef struct wuji_mark_counts {
  uint32_t *count; /* by place; NULL where none are held */
  uint32_t places;
} wuji_mark_counts;

/** Zeroed counts in `arena`; false when memory is out. */
bool wuji_mark_counts_init(wuji_mark_counts *counts, const wuji_mark_places *places, wuji_arena *arena);
void wuji_mark_counts_absorb(const wuji_mark_counts *counts, const wuji_mark_places *places,
                             const wuji_marks *marks, const uint32_t *rows, uint32_t count);
void wuji_mark_counts_merge(const wuji_mark_counts *into, const wuji_mark_counts *from);
void wuji_mark_counts_clear(const wuji_mark_counts *counts);

/** What is kept of a node: the places whose count is not 0, ascending. */
typedef struct wuji_mark_tally {
  const uint32_t *place, *count; /* used */
  uint32_t used;
} wuji_mark_tally;

/** Memory from `arena`; false when that is out. */
bool wuji_mark_tally_make(wuji_mark_tally *tally, const wuji_mark_counts *counts, wuji_arena *arena);

/** Index of the first entry at or behind `place`. */
uint32_t wuji_mark_tally_seek(const wuji_mark_tally *tally, uint32_t place);

/** The count of `place`, 0 where it has no entry. `at` (from wuji_mark_tally_seek) moves on; places are asked
 * for in ascending order. */
static inline uint32_t wuji_mark_tally_next(const wuji_mark_tally *tally, uint32_t *at, uint32_t place) {
  while (*at < tally->used && tally->place[*at] < place) (*at)++;
  return *at < tally->used && tally->place[*at] == place ? tally->count[*at] : 0;
}

#endif
