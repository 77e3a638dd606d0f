/* The last step of building a cohort: what follows from the rest, computed once. */
#include "base/threads.h"
#include "cohort/build.h"

#include <stdlib.h>

static wuji_status count_candidates(wuji_cohort *cohort, wuji_error *error) {
  uint32_t *before = malloc(((size_t)cohort->row_count + 1) * sizeof *before); /* counted rows before a row */
  if (before == NULL) return wuji_fail_memory(error);
  before[0] = 0;
  for (uint32_t r = 0; r < cohort->row_count; r++) before[r + 1] = before[r] + cohort->counted[r];
  for (int32_t n = 0; n < cohort->node_count; n++) {
    wuji_node *node = &cohort->nodes[n];
    node->candidates = before[node->rows.row1] - before[node->rows.row0];
  }
  cohort->counted_count = before[cohort->row_count];
  free(before);
  return WUJI_OK;
}

/* Sum of a row's marks; a blank is 0. One loop a width, so that each is a plain loop over its type. */
#define SUM_OF_ROW(width, type)                                                                              \
  static int32_t sum_of_row_##width(const void *marks, size_t row, uint32_t items) {                         \
    const type *m = (const type *)marks + row * items;                                                       \
    const type blank = (type)-1;                                                                             \
    uint32_t sum = 0;                                                                                        \
    for (uint32_t i = 0; i < items; i++) sum += m[i] == blank ? 0U : (uint32_t)m[i];                         \
    return (int32_t)sum;                                                                                     \
  }
SUM_OF_ROW(1, uint8_t)
SUM_OF_ROW(2, uint16_t)
SUM_OF_ROW(4, uint32_t)

static wuji_status seal_paper(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  wuji_cohort *cohort = context;
  wuji_paper *paper = &cohort->papers[task];
  wuji_status status = wuji_paper_list_options(cohort, paper, error);
  if (status != WUJI_OK) return status;
  int32_t (*sum)(const void *, size_t, uint32_t) = paper->width == 1   ? sum_of_row_1
                                                   : paper->width == 2 ? sum_of_row_2
                                                                       : sum_of_row_4;
  for (uint32_t r = 0; r < cohort->row_count; r++) {
    paper->raw[r] = paper->status[r] == WUJI_PRESENT ? sum(paper->marks, r, paper->item_count) : 0;
  }
  if (paper->class_node == NULL) return WUJI_OK;
  /* Rows by teaching class inside each school, keeping the matrix order inside a class. A school's classes
   * are the nodes after it, so the counting sort's buckets are its node_slice entries themselves. */
  for (int32_t n = 0; n < cohort->node_count; n++) {
    const wuji_node *node = &cohort->nodes[n];
    if (node->level != WUJI_CLASS) paper->node_slice[n] = node->rows;
    if (node->level != WUJI_SCHOOL) continue;
    for (uint32_t r = node->rows.row0; r < node->rows.row1; r++)
      paper->node_slice[paper->class_node[r]].row1++;
    uint32_t at = node->rows.row0;
    for (int32_t c = n + 1; c < node->end; c++) {
      uint32_t count = paper->node_slice[c].row1;
      paper->node_slice[c] = (wuji_slice){at, at};
      at += count;
    }
    for (uint32_t r = node->rows.row0; r < node->rows.row1; r++) {
      paper->order[paper->node_slice[paper->class_node[r]].row1++] = r;
    }
  }
  return WUJI_OK;
}

wuji_status wuji_cohort_seal(wuji_cohort *cohort, uint32_t threads, uint32_t *bad_row, wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (bad_row != NULL) *bad_row = UINT32_MAX;
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    wuji_paper *paper = &cohort->papers[p];
    if (paper->full > WUJI_MOST_UNITS) {
      WUJI_TRY(wuji_fail(error, WUJI_REJECTED,
                         "the full mark of paper %.*s is %u steps of 1/%u, more than %d",
                         (int)paper->code.len, paper->code.ptr, paper->full, paper->units, WUJI_MOST_UNITS));
    }
    paper->raw = wuji_arena_array(&cohort->arena, cohort->row_count, sizeof *paper->raw);
    if (paper->raw == NULL) WUJI_TRY(wuji_fail_memory(error));
    if (paper->class_node != NULL) {
      paper->order = wuji_arena_array(&cohort->arena, cohort->row_count, sizeof *paper->order);
      paper->node_slice =
          wuji_arena_array(&cohort->arena, (size_t)cohort->node_count, sizeof *paper->node_slice);
      if (paper->order == NULL || paper->node_slice == NULL) WUJI_TRY(wuji_fail_memory(error));
    }
  }
  WUJI_TRY(count_candidates(cohort, error));
  WUJI_TRY(wuji_parallel(threads, cohort->paper_count, seal_paper, cohort, error));
  WUJI_TRY(wuji_cohort_make_total(cohort, bad_row, error));
done:
  return status;
}
