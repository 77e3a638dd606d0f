#include "stats/option_bench.h"

#include <string.h>

/* The parts that make up the 27 % groups. Where both boundaries are one total it stands in AT_TOP. */
enum { MIDDLE, ABOVE, AT_TOP, BELOW, AT_BOTTOM, PARTS };

static uint32_t part_of(const wuji_groups *groups, uint32_t total) {
  if (groups->size == 0) return MIDDLE;
  if (total > groups->top.boundary) return ABOVE;
  if (total == groups->top.boundary) return AT_TOP;
  if (total < groups->bottom.boundary) return BELOW;
  return total == groups->bottom.boundary ? AT_BOTTOM : MIDDLE;
}

bool wuji_option_bench_init(wuji_option_bench *bench, const wuji_sheet *sheet, uint32_t capacity,
                            wuji_arena *scratch) {
  size_t cells = sheet->options.chosen.cells;
  if (sheet->paper == NULL) return true;
  bench->bin = wuji_arena_array(scratch, capacity, sizeof *bench->bin);
  bench->part = wuji_arena_array(scratch, PARTS * cells, sizeof *bench->part);
  bench->sum = wuji_arena_array(scratch, cells, sizeof *bench->sum);
  bench->zone = wuji_arena_array(scratch, sheet->bins, sizeof *bench->zone);
  bench->fifth = wuji_arena_array(scratch, WUJI_FIFTH_ZONES * cells, sizeof *bench->fifth);
  bench->fifth_mark =
      wuji_arena_array(scratch, (size_t)WUJI_FIFTH_ZONES * sheet->marks.items, sizeof *bench->fifth_mark);
  return bench->bin != NULL && bench->part != NULL && bench->sum != NULL && bench->zone != NULL &&
         bench->fifth != NULL && bench->fifth_mark != NULL;
}

void wuji_option_bench_begin(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_distribution *d,
                             const wuji_groups *groups, bool curves) {
  size_t cells = sheet->options.chosen.cells;
  size_t items = sheet->marks.items;
  if (sheet->paper == NULL) return;
  bench->d = d;
  bench->groups = groups;
  bench->fifths = (wuji_fifths){0};
  memset(bench->part, 0, PARTS * cells * sizeof *bench->part);
  memset(bench->sum, 0, cells * sizeof *bench->sum);
  if (!curves) return;
  bench->fifths = wuji_fifths_of(d, bench->zone);
  memset(bench->fifth, 0, WUJI_FIFTH_ZONES * cells * sizeof *bench->fifth);
  memset(bench->fifth_mark, 0, WUJI_FIFTH_ZONES * items * sizeof *bench->fifth_mark);
}

static void list_options(wuji_option_bench *bench, const wuji_chosen *chosen, const wuji_present *present) {
  if (chosen->cells == 0) return;
  for (uint32_t i = 0; i < present->count; i++) bench->bin[i] = part_of(bench->groups, present->totals[i]);
  wuji_chosen_count(chosen, present->rows, bench->bin, present->count, bench->part);
  wuji_chosen_sum(chosen, present->rows, present->totals, present->count, bench->sum);
}

/* The options' and the marks' share of the curves. */
static void list_fifths(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_present *present,
                        bool options, bool marks) {
  if (bench->fifths.n == 0) return;
  for (uint32_t i = 0; i < present->count; i++) bench->bin[i] = bench->zone[present->totals[i]];
  if (options && sheet->options.chosen.cells > 0) {
    wuji_chosen_count(&sheet->options.chosen, present->rows, bench->bin, present->count, bench->fifth);
  }
  if (marks) wuji_marks_bin_wide(&sheet->marks, present->rows, bench->bin, present->count, bench->fifth_mark);
}

void wuji_option_bench_add_list(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_state *state,
                                const wuji_present *present) {
  bool options = state == NULL || state->options.count == NULL;
  bool marks = state == NULL || state->bins.sum == NULL;
  if (sheet->paper == NULL || !(options || marks)) return;
  if (options) list_options(bench, &sheet->options.chosen, present);
  list_fifths(bench, sheet, present, options, marks);
}

/* One bin: the choosers with exactly this total. */
static void bin_options(wuji_option_bench *bench, const wuji_option_bins *bins, uint32_t total) {
  const uint32_t *restrict count = bins->count + (size_t)total * bins->cells;
  uint64_t *restrict sum = bench->sum;
  uint32_t part = part_of(bench->groups, total);
  wuji_option_bins_read(bins, total, bench->part + (size_t)part * bins->cells);
  for (uint32_t cell = 0; cell < bins->cells; cell++) sum[cell] += (uint64_t)count[cell] * total;
  if (bench->fifths.n == 0) return;
  wuji_option_bins_read(bins, total, bench->fifth + (size_t)bench->zone[total] * bins->cells);
}

void wuji_option_bench_add_bins(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_state *state) {
  if (sheet->paper == NULL) return;
  for (uint32_t i = 0; i < bench->d->distinct; i++) {
    uint32_t total = bench->d->total[i];
    if (state->options.count != NULL) bin_options(bench, &state->options, total);
    if (state->bins.sum != NULL && bench->fifths.n > 0) {
      uint64_t *zone = bench->fifth_mark + (size_t)bench->zone[total] * state->bins.items;
      wuji_item_bins_read(&state->bins, total, zone);
    }
  }
}

static wuji_option_counts counts_of(const wuji_option_bench *bench, size_t cells, uint32_t cell) {
  const uint32_t *part = bench->part + cell;
  wuji_option_counts x = {.sum = bench->sum[cell],
                          .above = part[ABOVE * cells],
                          .at_top = part[AT_TOP * cells],
                          .below = part[BELOW * cells],
                          .at_bottom = part[AT_BOTTOM * cells]};
  for (size_t p = 0; p < PARTS; p++) x.chosen += part[p * cells];
  if (bench->groups->size > 0 && bench->groups->top.boundary == bench->groups->bottom.boundary)
    x.at_bottom = x.at_top;
  return x;
}

static void finish_fifths(const wuji_fifths *fifths, const uint64_t sum[WUJI_FIFTH_ZONES], uint32_t units,
                          double *means) {
  for (uint32_t f = 0; f < WUJI_FIFTHS; f++) means[f] = wuji_fifth_mean(fifths, f, sum, units);
}

static void finish_curves(const wuji_option_bench *bench, const wuji_sheet *sheet, wuji_curves *curves) {
  uint64_t sum[WUJI_FIFTH_ZONES] = {0};
  const wuji_option_sheet *options = &sheet->options;
  if (bench->fifths.n == 0) {
    *curves = (wuji_curves){NULL, NULL, NULL};
    return;
  }
  for (uint32_t i = 0; i < bench->d->distinct; i++) {
    uint32_t total = bench->d->total[i];
    sum[bench->zone[total]] += (uint64_t)total * bench->d->count[i];
  }
  finish_fifths(&bench->fifths, sum, sheet->units, curves->total);
  for (uint32_t item = 0; item < sheet->marks.items; item++) {
    for (size_t z = 0; z < WUJI_FIFTH_ZONES; z++) sum[z] = bench->fifth_mark[z * sheet->marks.items + item];
    finish_fifths(&bench->fifths, sum, sheet->units, curves->items + (size_t)item * WUJI_FIFTHS);
  }
  for (uint32_t o = 0; o < options->count; o++) {
    const uint32_t *count = bench->fifth + options->cell[o];
    for (size_t z = 0; z < WUJI_FIFTH_ZONES; z++) sum[z] = count[z * options->chosen.cells];
    finish_fifths(&bench->fifths, sum, 1, curves->options + (size_t)o * WUJI_FIFTHS);
  }
}

bool wuji_option_bench_finish(wuji_option_bench *bench, const wuji_sheet *sheet, wuji_option_block *block,
                              wuji_curves *curves, wuji_arena *arena) {
  const wuji_option_sheet *options = &sheet->options;
  if (sheet->paper == NULL) return true;
  if (curves != NULL) finish_curves(bench, sheet, curves);
  if (options->count == 0) return true;
  if (!wuji_option_block_begin(block, options->count, bench->d, bench->groups, arena)) return false;
  for (uint32_t o = 0; o < options->count; o++) {
    wuji_option_counts x = counts_of(bench, options->chosen.cells, options->cell[o]);
    wuji_option_block_set(block, o, &x, bench->d, bench->groups, sheet->units);
  }
  return true;
}
