#include "stats/bands.h"

#include "base/threads.h"

#include <stdlib.h>

/* NULL where the plan has none for this sheet. */
static const wuji_band_plan *plan_of(const wuji_sheet *sheet) {
  const wuji_plan *plan = &sheet->cohort->plan;
  for (uint32_t b = 0; b < plan->band_count; b++) {
    bool named = sheet->paper == NULL ? wuji_str_is(plan->bands[b].paper, "total")
                                      : wuji_str_equal(plan->bands[b].paper, sheet->paper->code);
    if (named) return &plan->bands[b];
  }
  return NULL;
}

static int ascending(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a;
  uint32_t y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static wuji_status prepare(wuji_sheet_result *result, wuji_arena *arena, wuji_error *error) {
  const wuji_band_plan *plan = plan_of(&result->sheet);
  if (plan == NULL || plan->top_count == 0) return WUJI_OK;
  size_t nodes = (size_t)result->sheet.cohort->node_count;
  uint32_t *tops = wuji_arena_array(arena, plan->top_count, sizeof *tops);
  result->bands = wuji_arena_array(arena, nodes * plan->top_count, sizeof *result->bands);
  if (tops == NULL || result->bands == NULL) return wuji_fail_memory(error);
  memcpy(tops, plan->tops, plan->top_count * sizeof *tops);
  qsort(tops, plan->top_count, sizeof *tops, ascending);
  result->band_tops = tops;
  result->band_count = plan->top_count;
  return WUJI_OK;
}

/* Counts at the candidates' classes; then each node adds itself to its parent, which precedes it. */
static wuji_status count_sheet(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  (void)error;
  const wuji_analysis *a = context;
  const wuji_cohort *cohort = a->cohort;
  const wuji_sheet_result *result = &a->sheets[task];
  uint32_t bands = result->band_count;
  if (bands == 0) return WUJI_OK;
  const wuji_standing *standing = result->standing[WUJI_PROVINCE];
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    if (standing[row].rank == 0 || standing[row].rank > result->band_tops[bands - 1]) continue;
    int32_t node = wuji_class_on_paper(cohort, result->sheet.paper, row);
    uint32_t *counts = result->bands + (size_t)node * bands;
    for (uint32_t b = 0; b < bands; b++) counts[b] += standing[row].rank <= result->band_tops[b];
  }
  for (int32_t node = cohort->node_count - 1; node >= 0; node--) {
    int32_t parent = cohort->nodes[node].parent;
    if (parent < 0) continue;
    for (uint32_t b = 0; b < bands; b++) {
      result->bands[(size_t)parent * bands + b] += result->bands[(size_t)node * bands + b];
    }
  }
  return WUJI_OK;
}

wuji_status wuji_bands(wuji_analysis *analysis, uint32_t threads, wuji_error *error) {
  for (uint32_t s = 0; s < analysis->sheet_count; s++) {
    wuji_status status = prepare(&analysis->sheets[s], &analysis->arena, error);
    if (status != WUJI_OK) return status;
  }
  return wuji_parallel(threads, analysis->sheet_count, count_sheet, analysis, error);
}
