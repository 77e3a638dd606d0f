#include "cohort/cohort.h"

#include <stdlib.h>

const char *const wuji_level_names[WUJI_LEVELS] = {"province", "city", "county", "school", "class"};

wuji_cohort *wuji_cohort_new(void) {
  return calloc(1, sizeof(wuji_cohort));
}

void wuji_cohort_free(wuji_cohort *cohort) {
  if (cohort == NULL) return;
  wuji_arena_dispose(&cohort->arena);
  free(cohort);
}

uint8_t wuji_mark_width(uint32_t max) {
  for (uint8_t width = 1; width < 4; width = (uint8_t)(2 * width)) {
    if (max < wuji_mark_code(width, WUJI_CODE_NOT_TAKEN)) return width;
  }
  return 4;
}

uint32_t wuji_paper_mark(const wuji_paper *paper, uint32_t row, uint32_t item) {
  size_t at = (size_t)row * paper->item_count + item;
  switch (paper->width) {
  case 1: return ((const uint8_t *)paper->marks)[at];
  case 2: return ((const uint16_t *)paper->marks)[at];
  default: return ((const uint32_t *)paper->marks)[at];
  }
}

uint32_t wuji_paper_chosen(const wuji_paper *paper, uint32_t row, uint32_t choice) {
  size_t at = (size_t)row * paper->choice_count + choice;
  return paper->chosen_width == 1 ? ((const uint8_t *)paper->chosen)[at]
                                  : ((const uint16_t *)paper->chosen)[at];
}

bool wuji_node_on_paper(const wuji_cohort *cohort, const wuji_paper *paper, int32_t node) {
  if (cohort->nodes[node].own) return true;
  wuji_slice rows = wuji_paper_slice(cohort, paper, node);
  return rows.row0 < rows.row1;
}

uint32_t wuji_cohort_chunk_rows(const wuji_cohort *cohort) {
  /* A tuple that fills a page has 8,160 bytes: 24 of header, 16 of run, paper, chunk and the length word. */
  const uint32_t page_bytes = 8120;
  uint32_t widest = WUJI_STANDING_BYTES;
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    uint32_t bytes = cohort->papers[p].item_count * cohort->papers[p].width;
    if (bytes > widest) widest = bytes;
  }
  uint32_t rows = page_bytes / widest;
  return rows < 1 ? 1 : rows;
}
