#include "stats/node_finish.h"

bool wuji_bench_init(wuji_bench *bench, const wuji_sheet *sheet, uint32_t capacity, wuji_arena *kept) {
  wuji_arena *scratch = &bench->scratch;
  uint32_t items = sheet->marks.items;
  uint64_t *sums = wuji_arena_array(scratch, items, 4 * sizeof *sums);
  bench->kept = kept;
  bench->capacity = capacity;
  bench->rows = wuji_arena_array(scratch, capacity, sizeof *bench->rows);
  bench->totals = wuji_arena_array(scratch, capacity, sizeof *bench->totals);
  bench->histogram.count = wuji_arena_array(scratch, sheet->bins, sizeof *bench->histogram.count);
  bench->d.total = wuji_arena_array(scratch, sheet->bins, sizeof *bench->d.total);
  bench->d.count = wuji_arena_array(scratch, sheet->bins, sizeof *bench->d.count);
  if (sums == NULL || bench->rows == NULL || bench->totals == NULL || bench->histogram.count == NULL ||
      bench->d.total == NULL || bench->d.count == NULL) {
    return false;
  }
  bench->groups = (wuji_group_sums){sums, sums + items, sums + (size_t)2 * items, sums + (size_t)3 * items,
                                    wuji_arena_array(scratch, items, sizeof *bench->groups.difference)};
  if (bench->groups.difference == NULL) return false;
  return wuji_option_bench_init(&bench->options, sheet, capacity, scratch) &&
         wuji_state_init(&bench->class_state, sheet, false, scratch);
}

void wuji_bench_dispose(wuji_bench *bench) {
  wuji_arena_dispose(&bench->scratch);
}

wuji_present wuji_bench_list(wuji_bench *bench, const wuji_sheet *sheet, wuji_slice positions,
                             wuji_state *state) {
  uint32_t count = 0;
  for (uint32_t position = positions.row0; position < positions.row1; position++) {
    uint32_t row = wuji_paper_row(sheet->paper, position);
    if (wuji_sheet_present(sheet, row)) {
      bench->rows[count] = row;
      bench->totals[count] = (uint32_t)sheet->raw[row];
      count++;
    } else if (state != NULL && sheet->cohort->counted[row]) {
      state->absent += sheet->status[row] == WUJI_ABSENT;
      state->void_count += sheet->status[row] == WUJI_VOID;
    }
  }
  return (wuji_present){bench->rows, bench->totals, count};
}

/* Who reaches a segment and not the next; those above the highest total stay 0. A ladder that lists its
 * totals would be searched for every segment: there both are walked through together. */
static void count_segments(const wuji_sheet *sheet, const wuji_distribution *d, const wuji_ladder *ladder,
                           uint32_t *segments) {
  uint32_t s = 0;
  if (ladder->total == NULL) {
    for (uint32_t reached = d->n; s < sheet->segment_count && reached > 0; s++) {
      bool last = s + 1 == sheet->segment_count;
      uint32_t beyond = last ? 0 : wuji_ladder_reach(ladder, sheet->segment_lo[s + 1]);
      segments[s] = reached - beyond;
      reached = beyond;
    }
    return;
  }
  for (uint32_t i = 0; i < d->distinct && sheet->segment_count > 0; i++) {
    while (s + 1 < sheet->segment_count && sheet->segment_lo[s + 1] <= d->total[i]) s++;
    segments[s] += d->count[i];
  }
}

static void clear_groups(const wuji_bench *bench, uint32_t items) {
  memset(bench->groups.above, 0,
         (size_t)4 * items * sizeof *bench->groups.above); /* the four are one array */
}

static void finish_aspects(wuji_sheet_result *result, int32_t node, const wuji_aspect_sums *sums) {
  if (result->aspects == NULL) return;
  wuji_aspect_sum *into = result->aspects + (size_t)node * sums->count;
  for (uint32_t v = 0; v < sums->count; v++) into[v] = (wuji_aspect_sum){sums->sum[v], sums->square[v]};
}

/* All that follows from the distribution and the sums alone; the node has its ladder. */
static wuji_groups finish_totals(wuji_bench *bench, wuji_sheet_result *result, int32_t node,
                                 const wuji_state *state) {
  wuji_groups groups = wuji_groups_of(&bench->d);
  wuji_paper_finish(&result->nodes[node], &result->sheet, state, &bench->d, &groups);
  count_segments(&result->sheet, &bench->d, &result->ladders[node],
                 result->segments + (size_t)node * result->sheet.segment_count);
  finish_aspects(result, node, &state->aspects);
  clear_groups(bench, result->sheet.marks.items);
  return groups;
}

static bool finish_items(wuji_bench *bench, wuji_sheet_result *result, int32_t node, const wuji_state *state,
                         const wuji_groups *groups) {
  if (result->items == NULL) return true;
  return wuji_item_block_fill(&result->items[node], &result->sheet, state, &bench->d, groups, &bench->groups,
                              bench->kept);
}

static bool finish_options(wuji_bench *bench, wuji_sheet_result *result, int32_t node, bool curves) {
  return wuji_option_bench_finish(
      &bench->options, &result->sheet, result->options != NULL ? &result->options[node] : NULL,
      curves && result->curves != NULL ? &result->curves[node] : NULL, bench->kept);
}

bool wuji_finish_class(wuji_bench *bench, wuji_sheet_result *result, int32_t node, const wuji_state *state,
                       const wuji_present *present, wuji_option_bins *above) {
  wuji_distribution_of_list(&bench->d, present->totals, present->count, &bench->histogram);
  if (!wuji_ladder_make(&result->ladders[node], &bench->d, bench->kept)) return false;
  wuji_groups groups = finish_totals(bench, result, node, state);
  if (result->items != NULL) {
    wuji_groups_of_list(&groups, &result->sheet.marks, present->rows, present->totals, present->count,
                        &bench->groups);
  }
  wuji_option_bench_begin(&bench->options, &result->sheet, &bench->d, &groups, NULL);
  wuji_option_bench_add_class(&bench->options, &result->sheet, present, above);
  return finish_items(bench, result, node, state, &groups) && finish_options(bench, result, node, false);
}

/* What a node's state holds no bins for, from its rows once more. */
static void finish_from_rows(wuji_bench *bench, const wuji_sheet *sheet, int32_t node,
                             const wuji_state *state, const wuji_groups *groups) {
  bool items = state->bins.sum == NULL;
  bool options = state->options.count == NULL && sheet->options.chosen.cells > 0;
  if (sheet->paper == NULL || !(items || options)) return;
  wuji_slice rest = wuji_paper_slice(sheet->cohort, sheet->paper, node);
  while (rest.row0 < rest.row1) {
    wuji_slice part = rest;
    if (part.row1 - part.row0 > bench->capacity) part.row1 = part.row0 + bench->capacity;
    rest.row0 = part.row1;
    wuji_present present = wuji_bench_list(bench, sheet, part, NULL);
    if (items) {
      wuji_groups_absorb(groups, &sheet->marks, present.rows, present.totals, present.count, &bench->groups);
    }
    wuji_option_bench_add_list(&bench->options, sheet, state, &present);
  }
}

bool wuji_finish_node(wuji_bench *bench, wuji_sheet_result *result, int32_t node, const wuji_state *state) {
  const wuji_sheet *sheet = &result->sheet;
  wuji_distribution_of(&bench->d, &state->histogram);
  if (!wuji_ladder_make(&result->ladders[node], &bench->d, bench->kept)) return false;
  wuji_groups groups = finish_totals(bench, result, node, state);
  if (state->bins.sum != NULL) wuji_groups_absorb_bins(&groups, &bench->d, &state->bins, &bench->groups);
  wuji_option_bench_begin(&bench->options, sheet, &bench->d, &groups, state);
  wuji_option_bench_add_bins(&bench->options, sheet, state);
  finish_from_rows(bench, sheet, node, state, &groups);
  wuji_groups_finish(&groups, sheet->marks.items, &bench->groups);
  if (result->tallies != NULL && !wuji_mark_tally_make(&result->tallies[node], &state->marks, bench->kept)) {
    return false;
  }
  return finish_items(bench, result, node, state, &groups) && finish_options(bench, result, node, true);
}
