/* The plan of the analysis: each sheet through the tree, then what needs the whole exam. */
#include "stats/analysis.h"

#include "base/threads.h"
#include "stats/bands.h"
#include "stats/lines.h"
#include "stats/mark_list.h"
#include "stats/mean_ranks.h"
#include "stats/results.h"
#include "stats/rollup.h"

#include <stdlib.h>

typedef struct progress {
  const wuji_options *options;
  const wuji_analysis *analysis;
  uint64_t done, all; /* schools × sheets */
} progress;

static void tell(void *context) {
  progress *p = context;
  p->done++;
  uint64_t step = p->all / 100 + 1; /* about a hundred calls are enough */
  if (p->options->progress == NULL || (p->done % step != 0 && p->done != p->all)) return;
  p->options->progress(p->options->progress_context, "analyse", (double)p->done / (double)p->all);
}

/* What needs all nodes of a sheet. */
static wuji_status finish_sheet(void *context, wuji_sheet_result *result, wuji_arena *kept,
                                wuji_error *error) {
  const progress *p = context;
  const wuji_analysis *a = p->analysis;
  wuji_status status;
  WUJI_TRY(wuji_rank_means(a->cohort, result->nodes, error));
  if (result->tallies != NULL) {
    WUJI_TRY(wuji_mark_list_make(result, a->roots, a->root_count, kept, error));
  }
done:
  return status;
}

static wuji_status find_roots(wuji_analysis *analysis, progress *p, wuji_error *error) {
  const wuji_cohort *cohort = analysis->cohort;
  size_t nodes = (size_t)cohort->node_count;
  analysis->roots = wuji_arena_array(&analysis->arena, nodes, sizeof *analysis->roots);
  analysis->root_of_node = wuji_arena_array(&analysis->arena, nodes, sizeof *analysis->root_of_node);
  if (analysis->roots == NULL || analysis->root_of_node == NULL) return wuji_fail_memory(error);
  for (int32_t n = 0; n < cohort->node_count; n++) {
    if (cohort->nodes[n].parent < 0) analysis->roots[analysis->root_count++] = n;
    analysis->root_of_node[n] = analysis->root_count - 1;
    p->all += cohort->nodes[n].level == WUJI_SCHOOL;
  }
  p->all *= analysis->sheet_count;
  return WUJI_OK;
}

/* Room for the items of every node that has a row; a node too wide for it makes its own. */
static wuji_status make_items(wuji_sheet_result *result, wuji_arena *arena, wuji_error *error) {
  const wuji_cohort *cohort = result->sheet.cohort;
  uint32_t items = result->sheet.marks.items;
  size_t nodes = 0;
  for (int32_t n = 0; n < cohort->node_count; n++)
    nodes += wuji_node_on_paper(cohort, result->sheet.paper, n);
  result->items = wuji_arena_array(arena, (size_t)cohort->node_count, sizeof *result->items);
  wuji_item_narrow *narrow = wuji_arena_array(arena, nodes * items, sizeof *narrow);
  if (result->items == NULL || narrow == NULL) return wuji_fail_memory(error);
  for (int32_t n = 0; n < cohort->node_count; n++) {
    if (!wuji_node_on_paper(cohort, result->sheet.paper, n)) continue;
    result->items[n].narrow = narrow;
    narrow += items;
  }
  return WUJI_OK;
}

/* Room for the options of every node that has a row, as many bytes as its candidates can need; a node that
 * needs more makes its own. */
static wuji_status make_options(wuji_sheet_result *result, wuji_arena *arena, wuji_error *error) {
  const wuji_cohort *cohort = result->sheet.cohort;
  const wuji_paper *paper = result->sheet.paper;
  uint32_t options = result->sheet.options.count;
  if (options == 0) return WUJI_OK;
  result->options = wuji_arena_array(arena, (size_t)cohort->node_count, sizeof *result->options);
  if (result->options == NULL) return wuji_fail_memory(error);
  size_t bytes = 0;
  for (int32_t n = 0; n < cohort->node_count; n++) {
    wuji_slice slice = wuji_paper_slice(cohort, paper, n);
    if (!wuji_node_on_paper(cohort, paper, n)) continue;
    result->options[n].room = options * wuji_option_form_bytes(wuji_option_form_for(slice.row1 - slice.row0));
    bytes += result->options[n].room;
  }
  unsigned char *state = wuji_arena_alloc(arena, bytes);
  if (state == NULL) return wuji_fail_memory(error);
  for (int32_t n = 0; n < cohort->node_count; n++) {
    result->options[n].state = state;
    state += result->options[n].room;
  }
  return WUJI_OK;
}

/* Room for the curves of the schools and above. */
static wuji_status make_curves(wuji_sheet_result *result, wuji_arena *arena, wuji_error *error) {
  const wuji_cohort *cohort = result->sheet.cohort;
  size_t items = result->sheet.marks.items;
  size_t options = result->sheet.options.count;
  size_t nodes = 0;
  for (int32_t n = 0; n < cohort->node_count; n++) nodes += cohort->nodes[n].level != WUJI_CLASS;
  result->curves = wuji_arena_array(arena, (size_t)cohort->node_count, sizeof *result->curves);
  double *means = wuji_arena_array(arena, nodes * (1 + items + options), WUJI_FIFTHS * sizeof *means);
  if (result->curves == NULL || means == NULL) return wuji_fail_memory(error);
  for (int32_t n = 0; n < cohort->node_count; n++) {
    if (cohort->nodes[n].level == WUJI_CLASS) continue;
    result->curves[n] = (wuji_curves){
        .total = means, .items = means + WUJI_FIFTHS, .options = means + WUJI_FIFTHS * (1 + items)};
    means += WUJI_FIFTHS * (1 + items + options);
  }
  return WUJI_OK;
}

static wuji_status make_sheet(wuji_analysis *analysis, uint32_t index, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_sheet_result *r = &analysis->sheets[index];
  wuji_arena *arena = &analysis->arena;
  const wuji_cohort *cohort = analysis->cohort;
  size_t nodes = (size_t)cohort->node_count;
  WUJI_TRY(wuji_sheet_init(&r->sheet, cohort, index, arena, error));
  r->nodes = wuji_arena_array(arena, nodes, sizeof *r->nodes);
  r->segments = wuji_arena_array(arena, nodes * r->sheet.segment_count, sizeof *r->segments);
  r->ladders = wuji_arena_array(arena, nodes, sizeof *r->ladders);
  if (r->nodes == NULL || r->segments == NULL || r->ladders == NULL) WUJI_TRY(wuji_fail_memory(error));
  if (r->sheet.paper != NULL) {
    r->tallies = wuji_arena_array(arena, nodes, sizeof *r->tallies);
    if (r->tallies == NULL) WUJI_TRY(wuji_fail_memory(error));
  }
  if (r->sheet.aspects.sets.count > 0) {
    r->aspects = wuji_arena_array(arena, nodes * r->sheet.aspects.sets.count, sizeof *r->aspects);
    if (r->aspects == NULL) WUJI_TRY(wuji_fail_memory(error));
  }
  if (r->sheet.paper != NULL) {
    WUJI_TRY(make_items(r, arena, error));
    WUJI_TRY(make_options(r, arena, error));
    WUJI_TRY(make_curves(r, arena, error));
  }
done:
  return status;
}

static wuji_status open_analysis(const wuji_cohort *cohort, wuji_analysis **analysis, wuji_error *error) {
  wuji_analysis *a = calloc(1, sizeof *a);
  *analysis = a;
  if (a == NULL) return wuji_fail_memory(error);
  a->cohort = cohort;
  a->sheet_count = cohort->paper_count + 1;
  a->sheets = wuji_arena_array(&a->arena, a->sheet_count, sizeof *a->sheets);
  return a->sheets == NULL ? wuji_fail_memory(error) : WUJI_OK;
}

wuji_status wuji_analysis_outline(const wuji_cohort *cohort, wuji_analysis **analysis, wuji_error *error) {
  wuji_status status;
  wuji_analysis *a;
  *analysis = NULL;
  WUJI_TRY(open_analysis(cohort, &a, error));
  for (uint32_t s = 0; s < a->sheet_count; s++)
    WUJI_TRY(wuji_sheet_init(&a->sheets[s].sheet, cohort, s, &a->arena, error));
  *analysis = a;
  a = NULL;
done:
  wuji_analysis_free(a);
  return status;
}

wuji_status wuji_analyze(const wuji_cohort *cohort, const wuji_options *options, wuji_analysis **analysis,
                         wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_options usual = {0};
  progress p = {.options = options != NULL ? options : &usual};
  uint32_t threads = p.options->threads != 0 ? p.options->threads : wuji_processors();
  wuji_analysis *a;
  *analysis = NULL;
  WUJI_TRY(open_analysis(cohort, &a, error));
  WUJI_TRY(find_roots(a, &p, error));
  p.analysis = a;
  for (uint32_t s = 0; s < a->sheet_count; s++) WUJI_TRY(make_sheet(a, s, error));
  WUJI_TRY(wuji_rollup(a->sheets, a->sheet_count, threads, (wuji_rollup_told){tell, finish_sheet, &p},
                       &a->arena, error));
  WUJI_TRY(wuji_lines(a, threads, error));
  WUJI_TRY(wuji_bands(a, error));
  *analysis = a;
  a = NULL;
done:
  wuji_analysis_free(a);
  return status;
}

void wuji_analysis_free(wuji_analysis *analysis) {
  if (analysis == NULL) return;
  wuji_arena_dispose(&analysis->arena);
  free(analysis);
}
