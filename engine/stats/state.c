#include "stats/state.h"

bool wuji_sheet_has_bins(const wuji_sheet *sheet) {
  uint64_t most = (uint64_t)sheet->marks.full * sheet->cohort->row_count; /* in a bin */
  return most <= UINT32_MAX &&
         (uint64_t)sheet->bins * sheet->marks.items * sizeof(uint32_t) <= WUJI_MOST_BIN_BYTES / 2;
}

bool wuji_sheet_has_option_bins(const wuji_sheet *sheet) {
  uint64_t cells = sheet->options.chosen.cells;
  return cells > 0 && sheet->bins * cells * sizeof(uint32_t) <= WUJI_MOST_BIN_BYTES;
}

static bool make_bins(wuji_state *state, const wuji_sheet *sheet, wuji_arena *arena) {
  if (sheet->marks.items > 0 && wuji_sheet_has_bins(sheet)) {
    size_t bins = (size_t)sheet->bins * sheet->marks.items;
    state->bins.sum = wuji_arena_array(arena, bins, sizeof *state->bins.sum);
    if (state->bins.sum == NULL) return false;
  }
  if (state->options.cells > 0) {
    state->options.sum = wuji_arena_array(arena, state->options.cells, sizeof *state->options.sum);
    if (state->options.sum == NULL) return false;
  }
  if (wuji_sheet_has_option_bins(sheet)) {
    size_t bins = (size_t)sheet->bins * state->options.cells;
    state->options.count = wuji_arena_array(arena, bins, sizeof *state->options.count);
    state->options.few = wuji_arena_array(arena, bins, sizeof *state->options.few);
    if (state->options.count == NULL || state->options.few == NULL) return false;
    state->options.bins = sheet->bins;
  }
  return true;
}

bool wuji_state_init(wuji_state *state, const wuji_sheet *sheet, bool binned, wuji_arena *arena) {
  *state =
      (wuji_state){.bins = {.items = sheet->marks.items}, .options = {.cells = sheet->options.chosen.cells}};
  wuji_parts_clear(&state->parts);
  if (!wuji_item_sums_init(&state->items, sheet->marks.items, arena)) return false;
  if (!wuji_aspect_sums_init(&state->aspects, &sheet->aspects, arena)) return false;
  if (!binned) return true;
  if (!wuji_mark_counts_init(&state->marks, &sheet->places, arena)) return false;
  state->histogram.count = wuji_arena_array(arena, sheet->bins, sizeof *state->histogram.count);
  return state->histogram.count != NULL && make_bins(state, sheet, arena);
}

void wuji_state_clear(wuji_state *state) {
  state->absent = state->void_count = 0;
  wuji_item_sums_clear(&state->items);
  wuji_aspect_sums_clear(&state->aspects);
  wuji_parts_clear(&state->parts);
  if (state->histogram.count == NULL) return;
  wuji_mark_counts_clear(&state->marks);
  wuji_item_bins_clear(&state->bins, &state->histogram);
  wuji_option_bins_clear(&state->options, &state->histogram);
  wuji_histogram_clear(&state->histogram);
}

static void absorb_bins(wuji_state *state, const wuji_sheet *sheet, const wuji_present *present) {
  wuji_histogram_absorb(&state->histogram, present->totals, present->count);
  wuji_item_bins_absorb(&state->bins, &sheet->marks, present->rows, present->totals, present->count);
  wuji_mark_counts_absorb(&state->marks, &sheet->places, &sheet->marks, present->rows, present->count);
}

void wuji_state_absorb(wuji_state *state, const wuji_sheet *sheet, const wuji_present *present) {
  if (sheet->paper == NULL) {
    wuji_parts_absorb(&state->parts, sheet->cohort, present->rows, present->count);
  } else {
    wuji_item_sums_absorb(&state->items, &sheet->marks, present->rows, present->totals, present->count);
    wuji_aspect_sums_absorb(&state->aspects, &sheet->aspects, &sheet->marks, present->rows, present->count);
  }
  if (state->histogram.count == NULL) return;
  absorb_bins(state, sheet, present);
  wuji_option_bins_absorb(&state->options, &sheet->options.chosen, present->rows, present->totals,
                          present->count);
}

static void merge_sums(wuji_state *into, const wuji_sheet *sheet, const wuji_state *from) {
  into->absent += from->absent;
  into->void_count += from->void_count;
  if (sheet->paper == NULL) {
    wuji_parts_merge(&into->parts, &from->parts, sheet->cohort->paper_count);
  } else {
    wuji_item_sums_merge(&into->items, &from->items);
    wuji_aspect_sums_merge(&into->aspects, &from->aspects);
  }
}

void wuji_state_absorb_class(wuji_state *into, const wuji_sheet *sheet, const wuji_state *class_state,
                             const wuji_present *present) {
  merge_sums(into, sheet, class_state);
  absorb_bins(into, sheet, present);
}

void wuji_state_merge(wuji_state *into, const wuji_sheet *sheet, const wuji_state *from) {
  merge_sums(into, sheet, from);
  wuji_histogram_merge(&into->histogram, &from->histogram);
  wuji_item_bins_merge(&into->bins, &from->bins, &from->histogram);
  wuji_option_bins_merge(&into->options, &from->options, &from->histogram);
  wuji_mark_counts_merge(&into->marks, &from->marks);
}
