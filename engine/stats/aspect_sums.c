#include "stats/aspect_sums.h"

bool wuji_aspect_sums_init(wuji_aspect_sums *sums, const wuji_aspects *aspects, wuji_arena *arena) {
  uint32_t count = aspects->summed.count;
  *sums = (wuji_aspect_sums){0};
  if (count == 0) return true; /* the total */
  uint64_t *both = wuji_arena_array(arena, count, 2 * sizeof *both);
  if (both == NULL) return false;
  *sums = (wuji_aspect_sums){both, both + count, count - 1};
  return true;
}

void wuji_aspect_sums_absorb(const wuji_aspect_sums *sums, const wuji_aspects *aspects,
                             const wuji_marks *marks, const uint32_t *rows, uint32_t count) {
  wuji_marks_sum_sets(marks, &aspects->summed, rows, count, sums->sum, sums->square);
}

void wuji_aspect_sums_merge(const wuji_aspect_sums *into, const wuji_aspect_sums *from) {
  if (into->sum == NULL) return;
  for (uint32_t v = 0; v <= into->count; v++) {
    into->sum[v] += from->sum[v];
    into->square[v] += from->square[v];
  }
}

void wuji_aspect_sums_clear(const wuji_aspect_sums *sums) {
  if (sums->sum == NULL) return;
  for (uint32_t v = 0; v <= sums->count; v++) sums->sum[v] = sums->square[v] = 0;
}
