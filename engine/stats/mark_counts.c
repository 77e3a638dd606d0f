#include "stats/mark_counts.h"

bool wuji_mark_places_init(wuji_mark_places *places, const wuji_paper *paper, wuji_arena *arena) {
  uint32_t *first = wuji_arena_array(arena, (size_t)paper->item_count + 1, sizeof *first);
  if (first == NULL) return false;
  for (uint32_t i = 0; i < paper->item_count; i++) first[i + 1] = first[i] + paper->items[i].max + 2;
  *places = (wuji_mark_places){first, first[paper->item_count]};
  return true;
}

bool wuji_mark_counts_init(wuji_mark_counts *counts, const wuji_mark_places *places, wuji_arena *arena) {
  *counts = (wuji_mark_counts){0};
  if (places->count == 0) return true;
  counts->count = wuji_arena_array(arena, places->count, sizeof *counts->count);
  counts->places = places->count;
  return counts->count != NULL;
}

void wuji_mark_counts_absorb(const wuji_mark_counts *counts, const wuji_mark_places *places,
                             const wuji_marks *marks, const uint32_t *rows, uint32_t count) {
  if (counts->count != NULL) wuji_marks_count(marks, places->first, rows, count, counts->count);
}

void wuji_mark_counts_merge(const wuji_mark_counts *into, const wuji_mark_counts *from) {
  for (uint32_t p = 0; p < into->places; p++) into->count[p] += from->count[p];
}

void wuji_mark_counts_clear(const wuji_mark_counts *counts) {
  if (counts->count != NULL) memset(counts->count, 0, counts->places * sizeof *counts->count);
}

bool wuji_mark_tally_make(wuji_mark_tally *tally, const wuji_mark_counts *counts, wuji_arena *arena) {
  uint32_t used = 0;
  for (uint32_t p = 0; p < counts->places; p++) used += counts->count[p] != 0;
  *tally = (wuji_mark_tally){0};
  if (used == 0) return true;
  uint32_t *place = wuji_arena_array(arena, used, 2 * sizeof *place);
  if (place == NULL) return false;
  uint32_t *count = place + used;
  *tally = (wuji_mark_tally){place, count, used};
  used = 0;
  for (uint32_t p = 0; p < counts->places; p++) {
    if (counts->count[p] == 0) continue;
    place[used] = p;
    count[used++] = counts->count[p];
  }
  return true;
}

uint32_t wuji_mark_tally_seek(const wuji_mark_tally *tally, uint32_t place) {
  uint32_t low = 0;
  uint32_t high = tally->used;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (tally->place[middle] < place) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
