/* student_score, item_score: the candidates. */
#include "report/writers.h"

#include <math.h>

static wuji_str status_text(wuji_attendance status) {
  switch (status) {
  case WUJI_PRESENT: return wuji_str_of("present");
  case WUJI_ABSENT: return wuji_str_of("absent");
  case WUJI_VOID: return wuji_str_of("void");
  default: return WUJI_NO_STR;
  }
}

/* The candidate's class on the sheet and what lies above it, class first. */
static void ancestry(const wuji_cohort *cohort, int32_t class_node, int32_t nodes[WUJI_LEVELS]) {
  int32_t node = class_node;
  for (int i = 0; i < WUJI_LEVELS; i++) {
    nodes[i] = node;
    node = cohort->nodes[node].parent;
  }
}

/* 100·(below + equal/2)/n, with `equal` counting the candidate himself (statistics.md#pct). */
static double percentile(wuji_standing standing, uint32_t n) {
  uint64_t below = n - (standing.rank - 1) - standing.equal;
  return (double)(100 * (2 * below + standing.equal)) / (double)(2 * (uint64_t)n);
}

/* Cells raw, scaled, z, t. */
static void score_cells(wuji_rows *rows, const wuji_sheet_result *result, uint32_t row, int32_t root) {
  const wuji_sheet *sheet = &result->sheet;
  double raw = NAN;
  double z = NAN;
  if (sheet->status[row] == WUJI_PRESENT) {
    const wuji_paper_result *reference = &result->nodes[root];
    raw = (double)sheet->raw[row] / (double)sheet->units;
    if (sheet->cohort->counted[row] && reference->sd > 0.0) z = (raw - reference->mean) / reference->sd;
  }
  wuji_rows_real(rows, raw);
  wuji_rows_null(rows);
  wuji_rows_real(rows, z);
  wuji_rows_real(rows, 50.0 + 10.0 * z);
}

/* Cells rank_class … n_province. */
static void standing_cells(wuji_rows *rows, const wuji_sheet_result *result, uint32_t row,
                           const int32_t nodes[WUJI_LEVELS]) {
  const wuji_cohort *cohort = result->sheet.cohort;
  bool counted = cohort->counted[row];
  bool present = wuji_sheet_present(&result->sheet, row);
  wuji_standing places[WUJI_LEVELS];
  for (int i = 0; i < WUJI_LEVELS; i++) {
    places[i] = wuji_sheet_place(result, nodes[i], row);
    wuji_rows_int(rows, present ? (int64_t)places[i].rank : WUJI_NULL_INT);
  }
  for (int i = 0; i < WUJI_LEVELS; i++) {
    uint32_t n = result->nodes[nodes[i]].n;
    wuji_rows_real(rows, present ? percentile(places[i], n) : NAN);
  }
  for (int i = 0; i < WUJI_LEVELS; i++) {
    wuji_rows_int(rows, counted ? (int64_t)result->nodes[nodes[i]].n : WUJI_NULL_INT);
  }
}

static wuji_status write_scores(const wuji_source *source, const wuji_sheet_result *result, wuji_rows *rows,
                                wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_cohort *cohort = source->cohort;
  const wuji_paper *paper = result->sheet.paper;
  wuji_str code = wuji_sheet_code(&result->sheet);
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    if (result->sheet.status[row] == WUJI_NOT_TAKEN) continue;
    int32_t nodes[WUJI_LEVELS];
    ancestry(cohort, wuji_class_on_paper(cohort, paper, row), nodes);
    wuji_rows_text(rows, cohort->plan.code);
    wuji_rows_text(rows, code);
    wuji_rows_text(rows, cohort->student_id[row]);
    wuji_rows_text(rows, cohort->nodes[nodes[1]].path);
    wuji_rows_text(rows, cohort->nodes[nodes[0]].path);
    wuji_rows_text(rows, status_text(result->sheet.status[row]));
    score_cells(rows, result, row, nodes[WUJI_LEVELS - 1]);
    wuji_rows_text(rows, paper != NULL && paper->teacher != NULL ? paper->teacher[row] : WUJI_NO_STR);
    standing_cells(rows, result, row, nodes);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_student_score(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
    WUJI_TRY(write_scores(source, &source->analysis->sheets[s], rows, error));
  }
done:
  return status;
}

/* The item's place among the paper's choices; choice_count where what was chosen on it is not said. */
static uint32_t choice_of(const wuji_paper *paper, uint32_t item) {
  uint32_t choice = 0;
  while (choice < paper->choice_count && paper->choices[choice].item != item) choice++;
  return choice;
}

/* Null where he chose none, as where nobody says what was chosen. */
static wuji_str chosen_text(const wuji_paper *paper, uint32_t row, uint32_t choice) {
  if (choice == paper->choice_count) return WUJI_NO_STR;
  uint32_t code = wuji_paper_chosen(paper, row, choice);
  return code == 0 ? WUJI_NO_STR : paper->choices[choice].options[code].text;
}

static wuji_status write_item_scores(const wuji_source *source, const wuji_paper *paper, uint32_t item,
                                     wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t blank = wuji_mark_code(paper->width, WUJI_CODE_BLANK);
  uint32_t choice = choice_of(paper, item);
  for (uint32_t row = 0; row < source->cohort->row_count; row++) {
    if (paper->status[row] != WUJI_PRESENT || !source->cohort->counted[row]) continue;
    uint32_t mark = wuji_paper_mark(paper, row, item);
    wuji_rows_text(rows, source->cohort->plan.code);
    wuji_rows_text(rows, paper->code);
    wuji_rows_text(rows, paper->items[item].name);
    wuji_rows_text(rows, source->cohort->student_id[row]);
    wuji_rows_real(rows, mark == blank ? NAN : (double)mark / (double)paper->units);
    wuji_rows_text(rows, chosen_text(paper, row, choice));
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_item_score(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t p = 0; p < source->cohort->paper_count; p++) {
    const wuji_paper *paper = &source->cohort->papers[p];
    for (uint32_t item = 0; item < paper->item_count; item++) {
      WUJI_TRY(write_item_scores(source, paper, item, rows, error));
    }
  }
done:
  return status;
}
