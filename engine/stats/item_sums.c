#include "stats/item_sums.h"

bool wuji_item_sums_init(wuji_item_sums *sums, uint32_t items, wuji_arena *arena) {
  uint64_t *wide = wuji_arena_array(arena, items, 3 * sizeof *wide);
  uint32_t *narrow = wuji_arena_array(arena, items, 3 * sizeof *narrow);
  if (wide == NULL || narrow == NULL) return false;
  *sums = (wuji_item_sums){.by_item = {.sum = wide,
                                       .square = wide + items,
                                       .cross = wide + (size_t)2 * items,
                                       .full = narrow,
                                       .zero = narrow + items,
                                       .blank = narrow + (size_t)2 * items},
                           .items = items};
  return true;
}

void wuji_item_sums_absorb(const wuji_item_sums *sums, const wuji_marks *marks, const uint32_t *rows,
                           const uint32_t *totals, uint32_t count) {
  wuji_marks_sum(marks, rows, totals, count, &sums->by_item);
}

void wuji_item_sums_merge(const wuji_item_sums *into, const wuji_item_sums *from) {
  const wuji_mark_sums *a = &into->by_item;
  const wuji_mark_sums *b = &from->by_item;
  for (uint32_t i = 0; i < into->items; i++) {
    a->sum[i] += b->sum[i];
    a->square[i] += b->square[i];
    a->cross[i] += b->cross[i];
    a->full[i] += b->full[i];
    a->zero[i] += b->zero[i];
    a->blank[i] += b->blank[i];
  }
}

void wuji_item_sums_clear(const wuji_item_sums *sums) {
  const wuji_mark_sums *s = &sums->by_item;
  for (uint32_t i = 0; i < sums->items; i++) {
    s->sum[i] = s->square[i] = s->cross[i] = 0;
    s->full[i] = s->zero[i] = s->blank[i] = 0;
  }
}
