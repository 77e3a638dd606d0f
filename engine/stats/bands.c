#include "stats/bands.h"

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

static void count_node(const wuji_sheet_result *result, int32_t node) {
  uint32_t bands = result->band_count;
  const wuji_ladder *root = &result->ladders[result->sheet.cohort->nodes[node].root];
  uint32_t *counts = result->bands + (size_t)node * bands;
  for (uint32_t b = 0; b < bands; b++) {
    counts[b] = wuji_ladder_reach(&result->ladders[node], wuji_ladder_least(root, result->band_tops[b]));
  }
}

wuji_status wuji_bands(wuji_analysis *analysis, wuji_error *error) {
  for (uint32_t s = 0; s < analysis->sheet_count; s++) {
    wuji_sheet_result *result = &analysis->sheets[s];
    wuji_status status = prepare(result, &analysis->arena, error);
    if (status != WUJI_OK) return status;
    for (int32_t node = 0; result->band_count > 0 && node < analysis->cohort->node_count; node++) {
      count_node(result, node);
    }
  }
  return WUJI_OK;
}
