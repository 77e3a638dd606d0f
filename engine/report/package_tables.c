/* exam, paper, item, line, student, node: what the package said. */
#include "report/writers.h"

#include <math.h>

wuji_str wuji_sheet_code(const wuji_sheet *sheet) {
  return sheet->paper == NULL ? wuji_str_of("total") : sheet->paper->code;
}

wuji_str wuji_kind_text(wuji_kind kind) {
  switch (kind) {
  case WUJI_OBJECTIVE: return wuji_str_of("objective");
  case WUJI_SUBJECTIVE: return wuji_str_of("subjective");
  default: return WUJI_NO_STR;
  }
}

double wuji_item_planned(const wuji_item *item) {
  return item->planned_difficulty.den == 0 ? NAN : wuji_decimal_real(item->planned_difficulty);
}

void wuji_rows_line(wuji_rows *rows, const wuji_line_plan *line) {
  double value = wuji_decimal_real(line->value);
  wuji_rows_real(rows, line->kind == WUJI_LINE_SCORE ? value : NAN);
  wuji_rows_real(rows, line->kind == WUJI_LINE_SHARE ? value : NAN);
}

wuji_status wuji_write_exam(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  const wuji_plan *plan = &source->cohort->plan;
  wuji_rows_text(rows, plan->code);
  wuji_rows_text(rows, plan->name);
  wuji_rows_text(rows, plan->date);
  wuji_rows_int(rows, source->cohort->counted_count);
  wuji_rows_null(rows); /* run and published_at are the database's to give */
  wuji_rows_null(rows);
  return wuji_rows_next(rows, error);
}

wuji_status wuji_write_paper(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
    const wuji_sheet *sheet = &source->analysis->sheets[s].sheet;
    wuji_rows_text(rows, source->cohort->plan.code);
    wuji_rows_text(rows, wuji_sheet_code(sheet));
    wuji_rows_text(rows, sheet->paper == NULL ? WUJI_NO_STR : sheet->paper->name);
    wuji_rows_real(rows, sheet->full_mark);
    if (sheet->paper == NULL) {
      wuji_rows_null(rows); /* the total does not count into itself */
    } else {
      wuji_rows_bool(rows, sheet->in_total);
    }
    wuji_rows_real(rows, 1.0 / (double)sheet->units);
    wuji_rows_int(rows, sheet->paper == NULL ? WUJI_NULL_INT : sheet->paper->item_count);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_item(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t p = 0; p < source->cohort->paper_count; p++) {
    const wuji_paper *paper = &source->cohort->papers[p];
    for (uint32_t i = 0; i < paper->item_count; i++) {
      const wuji_item *item = &paper->items[i];
      wuji_rows_text(rows, source->cohort->plan.code);
      wuji_rows_text(rows, paper->code);
      wuji_rows_text(rows, item->name);
      wuji_rows_int(rows, i + 1);
      wuji_rows_real(rows, (double)item->max / (double)paper->units);
      wuji_rows_text(rows, wuji_kind_text(item->kind));
      wuji_rows_text(rows, item->key);
      wuji_rows_text(rows, item->points);
      wuji_rows_text(rows, item->ability);
      wuji_rows_real(rows, wuji_item_planned(item));
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

wuji_status wuji_write_line(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_analysis *a = source->analysis;
  const wuji_line_mark *mark = wuji_analysis_total(a)->line_marks;
  /* The key is exam, root, line; roots by ordinal, lines as written. */
  for (uint32_t root = 0; root < a->root_count; root++) {
    for (uint32_t l = 0; l < source->cohort->plan.line_count; l++) {
      const wuji_line_plan *line = &source->cohort->plan.lines[l];
      wuji_rows_text(rows, source->cohort->plan.code);
      wuji_rows_text(rows, source->cohort->nodes[a->roots[root]].path);
      wuji_rows_text(rows, line->name);
      wuji_rows_line(rows, line);
      wuji_rows_real(rows, mark[(size_t)l * a->root_count + root].mark);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

wuji_status wuji_write_student(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_cohort *cohort = source->cohort;
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    wuji_rows_text(rows, cohort->plan.code);
    wuji_rows_text(rows, cohort->student_id[row]);
    wuji_rows_text(rows, cohort->person_id[row]);
    wuji_rows_text(rows, cohort->name[row]);
    wuji_rows_text(rows, cohort->sex[row]);
    wuji_rows_text(rows, cohort->nodes[cohort->own_class[row]].path);
    wuji_rows_bool(rows, cohort->counted[row]);
    wuji_rows_text(rows, cohort->attributes[row]);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_node(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_cohort *cohort = source->cohort;
  for (int32_t n = 0; n < cohort->node_count; n++) {
    const wuji_node *node = &cohort->nodes[n];
    wuji_rows_text(rows, cohort->plan.code);
    wuji_rows_text(rows, wuji_str_of(wuji_level_names[node->level]));
    wuji_rows_text(rows, node->path);
    wuji_rows_text(rows, node->parent < 0 ? WUJI_NO_STR : cohort->nodes[node->parent].path);
    wuji_rows_text(rows, node->name);
    wuji_rows_int(rows, node->candidates);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}
