#include "stats/option_bench.h"

#include <endian.h>
#include <string.h>

/* The parts that make up the 27 % groups. Where both boundaries are one total it stands in AT_TOP. */
enum { MIDDLE, ABOVE, AT_TOP, BELOW, AT_BOTTOM, PARTS };
_Static_assert((int)PARTS == (int)WUJI_CHOSEN_ZONES, "the parts are the zones that the kernel knows");

/* The boundaries between parts; where there are no groups all totals lie in the middle. */
typedef struct boundaries {
  uint32_t top, below, bottom;
} boundaries;

static boundaries boundaries_of(const wuji_groups *groups) {
  uint32_t bottom = groups->bottom.boundary;
  if (groups->size == 0) return (boundaries){.top = UINT32_MAX, .below = 0, .bottom = UINT32_MAX};
  return (boundaries){.top = groups->top.boundary, .below = bottom, .bottom = bottom};
}

/* Without branches, and so by whole vectors. */
static inline uint32_t part_of(boundaries at, uint32_t total) {
  uint32_t low = total < at.below ? BELOW : total == at.bottom ? AT_BOTTOM : MIDDLE;
  return total > at.top ? ABOVE : total == at.top ? AT_TOP : low;
}

bool wuji_option_bench_init(wuji_option_bench *bench, const wuji_sheet *sheet, uint32_t capacity,
                            wuji_arena *scratch) {
  size_t cells = sheet->options.chosen.cells;
  if (sheet->paper == NULL) return true;
  bench->bin = wuji_arena_array(scratch, capacity, sizeof *bench->bin);
  bench->part = wuji_arena_array(scratch, PARTS * cells, sizeof *bench->part);
  bench->sum = wuji_arena_array(scratch, cells, sizeof *bench->sum);
  bench->run = wuji_arena_array(scratch, cells, sizeof *bench->run);
  bench->zone = wuji_arena_array(scratch, sheet->bins, sizeof *bench->zone);
  bench->fifth = wuji_arena_array(scratch, WUJI_FIFTH_ZONES * cells, sizeof *bench->fifth);
  bench->fifth_mark =
      wuji_arena_array(scratch, (size_t)WUJI_FIFTH_ZONES * sheet->marks.items, sizeof *bench->fifth_mark);
  return bench->bin != NULL && bench->part != NULL && bench->sum != NULL && bench->run != NULL &&
         bench->zone != NULL && bench->fifth != NULL && bench->fifth_mark != NULL;
}

void wuji_option_bench_begin(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_distribution *d,
                             const wuji_groups *groups, const wuji_state *state) {
  size_t cells = sheet->options.chosen.cells;
  size_t items = sheet->marks.items;
  if (sheet->paper == NULL) return;
  bench->d = d;
  bench->groups = groups;
  bench->fifths = (wuji_fifths){0};
  memset(bench->part, 0, PARTS * cells * sizeof *bench->part);
  if (state == NULL) {
    memset(bench->sum, 0, cells * sizeof *bench->sum);
    bench->sums = bench->sum;
    return;
  }
  bench->sums = state->options.sum;
  bench->fifths = wuji_fifths_of(d, bench->zone);
  memset(bench->fifth, 0, WUJI_FIFTH_ZONES * cells * sizeof *bench->fifth);
  memset(bench->fifth_mark, 0, WUJI_FIFTH_ZONES * items * sizeof *bench->fifth_mark);
}

static void list_parts(wuji_option_bench *bench, const wuji_present *present) {
  boundaries at = boundaries_of(bench->groups);
  for (uint32_t i = 0; i < present->count; i++) bench->bin[i] = part_of(at, present->totals[i]);
}

void wuji_option_bench_add_class(wuji_option_bench *bench, const wuji_sheet *sheet,
                                 const wuji_present *present, wuji_option_bins *above) {
  const wuji_chosen *chosen = &sheet->options.chosen;
  if (sheet->paper == NULL || chosen->cells == 0) return;
  list_parts(bench, present);
  for (uint32_t start = 0; start < present->count; start += UINT16_MAX) {
    uint32_t part = present->count - start < UINT16_MAX ? present->count - start : UINT16_MAX;
    if (above->count != NULL) wuji_option_bins_expect(above, part);
    wuji_chosen_gather(chosen, present->rows + start, bench->bin + start, present->totals + start, part,
                       &(wuji_chosen_sums){bench->part, bench->sum, above->few});
  }
  wuji_option_bins_add_sums(above, bench->sum);
}

/* The options' and the marks' share of the curves. */
static void list_fifths(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_present *present,
                        bool options, bool marks) {
  if (bench->fifths.n == 0) return;
  for (uint32_t i = 0; i < present->count; i++) bench->bin[i] = bench->zone[present->totals[i]];
  if (options) {
    wuji_chosen_count(&sheet->options.chosen, present->rows, bench->bin, present->count, bench->fifth);
  }
  if (marks) wuji_marks_bin_wide(&sheet->marks, present->rows, bench->bin, present->count, bench->fifth_mark);
}

void wuji_option_bench_add_list(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_state *state,
                                const wuji_present *present) {
  const wuji_chosen *chosen = &sheet->options.chosen;
  bool options = state->options.count == NULL && chosen->cells > 0;
  bool marks = state->bins.sum == NULL;
  if (sheet->paper == NULL || !(options || marks)) return;
  if (options) {
    list_parts(bench, present);
    wuji_chosen_count(chosen, present->rows, bench->bin, present->count, bench->part);
  }
  list_fifths(bench, sheet, present, options, marks);
}

/* What a total counts for; neighbours that count for the same are read together. */
typedef struct run {
  uint32_t part, zone;
} run;

static run run_of(const wuji_option_bench *bench, boundaries at, uint32_t total) {
  return (run){part_of(at, total), bench->fifths.n == 0 ? 0 : bench->zone[total]};
}

static void add_cells(uint32_t *restrict into, const uint32_t *restrict from, size_t cells) {
  for (size_t cell = 0; cell < cells; cell++) into[cell] += from[cell];
}

static void end_run(wuji_option_bench *bench, run r, uint32_t *count, size_t cells) {
  add_cells(bench->part + r.part * cells, count, cells);
  if (bench->fifths.n > 0) add_cells(bench->fifth + r.zone * cells, count, cells);
  memset(count, 0, cells * sizeof *count);
}

/* Totals ascend, and so do parts and fifths: a handful of runs. */
static void bin_options(wuji_option_bench *bench, const wuji_option_bins *bins) {
  boundaries at = boundaries_of(bench->groups);
  run now = {0};
  memset(bench->run, 0, bins->cells * sizeof *bench->run);
  for (uint32_t i = 0; i < bench->d->distinct; i++) {
    uint32_t total = bench->d->total[i];
    run next = run_of(bench, at, total);
    if (i > 0 && (next.part != now.part || next.zone != now.zone))
      end_run(bench, now, bench->run, bins->cells);
    now = next;
    wuji_option_bins_read(bins, total, bench->run);
  }
  end_run(bench, now, bench->run, bins->cells);
}

void wuji_option_bench_add_bins(wuji_option_bench *bench, const wuji_sheet *sheet, const wuji_state *state) {
  if (sheet->paper == NULL) return;
  if (state->options.count != NULL) bin_options(bench, &state->options);
  for (uint32_t i = 0; state->bins.sum != NULL && bench->fifths.n > 0 && i < bench->d->distinct; i++) {
    uint32_t total = bench->d->total[i];
    wuji_item_bins_read(&state->bins, total,
                        bench->fifth_mark + (size_t)bench->zone[total] * state->bins.items);
  }
}

static wuji_option_counts counts_of(const wuji_option_bench *bench, size_t cells, uint32_t cell) {
  const uint32_t *part = bench->part + cell;
  wuji_option_counts x = {.sum = bench->sums[cell],
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

/* All options of a node in form 1, eight bytes each, as wuji_option_block_set() packs them one by one. Where
 * every code is listed (`all`) options are cells, and the compiler makes whole vectors of them. */
static inline __attribute__((always_inline)) void pack_small(const wuji_option_bench *bench,
                                                             const wuji_option_sheet *options,
                                                             unsigned char *state, const bool all) {
  size_t cells = options->chosen.cells;
  const wuji_groups *groups = bench->groups;
  bool one = groups->size > 0 && groups->top.boundary == groups->bottom.boundary;
  const uint32_t *restrict part = bench->part;
  const uint32_t *restrict above = part + ABOVE * cells;
  const uint32_t *restrict at_top = part + AT_TOP * cells;
  const uint32_t *restrict below = part + BELOW * cells;
  const uint32_t *restrict at_bottom = part + AT_BOTTOM * cells;
  for (uint32_t o = 0; o < options->count; o++) {
    uint32_t cell = all ? o : options->cell[o];
    uint32_t sum = (uint32_t)bench->sums[cell];
    uint32_t chosen = part[cell] + above[cell] + at_top[cell] + below[cell] + at_bottom[cell];
    uint32_t first = chosen | (sum >> 8 & 0xff00) | (sum & 0xff00) << 8 | sum << 24;
    uint32_t second =
        above[cell] | at_top[cell] << 8 | below[cell] << 16 | (one ? at_top[cell] : at_bottom[cell]) << 24;
    uint64_t packed = htole64(first | (uint64_t)second << 32);
    memcpy(state + (size_t)o * sizeof packed, &packed, sizeof packed);
  }
}

static void set_small(const wuji_option_bench *bench, const wuji_option_sheet *options,
                      unsigned char *state) {
  if (options->count == options->chosen.cells) {
    pack_small(bench, options, state, true);
  } else {
    pack_small(bench, options, state, false);
  }
}

bool wuji_option_bench_finish(wuji_option_bench *bench, const wuji_sheet *sheet, wuji_option_block *block,
                              wuji_curves *curves, wuji_arena *arena) {
  const wuji_option_sheet *options = &sheet->options;
  if (sheet->paper == NULL) return true;
  if (curves != NULL) finish_curves(bench, sheet, curves);
  if (options->count == 0) return true;
  if (!wuji_option_block_begin(block, options->count, bench->d, bench->groups, arena)) return false;
  if (block->form == 1) {
    set_small(bench, options, block->state);
    return true;
  }
  for (uint32_t o = 0; o < options->count; o++) {
    wuji_option_counts x = counts_of(bench, options->chosen.cells, options->cell[o]);
    wuji_option_block_set(block, o, &x, bench->d, bench->groups, sheet->units);
  }
  return true;
}
