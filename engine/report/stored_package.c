/* Stored tables paper, item, line, node, class_member: the package and the exam-wide facts. */
#include "report/writers.h"

/* A decimal of at most nine decimals and nine digits before the point, exactly. */
static int64_t billionths(wuji_decimal value) {
  return value.num * (1000000000 / value.den);
}

wuji_status wuji_store_paper(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
    const wuji_sheet *sheet = &source->analysis->sheets[s].sheet;
    const wuji_paper *paper = sheet->paper;
    wuji_rows_int(rows, source->run);
    wuji_rows_int(rows, s);
    wuji_rows_text(rows, wuji_sheet_code(sheet));
    wuji_rows_text(rows, paper == NULL ? WUJI_NO_STR : paper->name);
    wuji_rows_real(rows, sheet->full_mark);
    if (paper == NULL) {
      wuji_rows_null(rows);
    } else {
      wuji_rows_bool(rows, sheet->in_total);
    }
    wuji_rows_int(rows, sheet->units);
    wuji_rows_real(rows, wuji_decimal_real(sheet->segment));
    wuji_rows_int(rows, sheet->segment_count);
    wuji_rows_int(rows, paper == NULL ? WUJI_NULL_INT : paper->item_count);
    wuji_rows_int(rows, paper == NULL ? 0 : paper->width);
    wuji_rows_bool(rows, paper != NULL && paper->class_node != NULL);
    wuji_rows_bool(rows, paper == NULL);
    wuji_rows_int(rows, paper == NULL ? WUJI_NULL_INT : billionths(sheet->segment));
    wuji_rows_int(rows, paper == NULL ? WUJI_NULL_INT : paper->choice_count);
    wuji_rows_int(rows, paper == NULL || paper->choice_count == 0 ? 0 : paper->chosen_width);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

/* What the codes of a choice stand for, each ended by ';', so that a view finds one without a join. */
static wuji_str options_text(wuji_rows *rows, const wuji_choice *choice) {
  size_t size = 0;
  for (uint32_t o = 0; o < choice->option_count; o++) size += (size_t)choice->options[o].text.len + 1;
  char *text = wuji_rows_alloc(rows, size);
  if (text == NULL) return WUJI_NO_STR;
  char *at = text;
  for (uint32_t o = 0; o < choice->option_count; o++) {
    wuji_str option = choice->options[o].text;
    if (option.len > 0) memcpy(at, option.ptr, option.len);
    at += option.len;
    *at++ = ';';
  }
  return (wuji_str){text, (uint32_t)size};
}

/* Cells choice and chosen_options; `*next` is the first choice of an item not before this one. */
static void write_choice(wuji_rows *rows, const wuji_paper *paper, uint32_t item, uint32_t *next) {
  if (*next < paper->choice_count && paper->choices[*next].item == item) {
    wuji_rows_int(rows, *next);
    wuji_rows_text(rows, options_text(rows, &paper->choices[*next]));
    (*next)++;
  } else {
    wuji_rows_null(rows);
    wuji_rows_null(rows);
  }
}

wuji_status wuji_store_item(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t p = 0; p < source->cohort->paper_count; p++) {
    const wuji_paper *paper = &source->cohort->papers[p];
    uint32_t choice = 0;
    for (uint32_t i = 0; i < paper->item_count; i++) {
      const wuji_item *item = &paper->items[i];
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, p);
      wuji_rows_int(rows, i);
      wuji_rows_text(rows, item->name);
      wuji_rows_int(rows, item->max);
      wuji_rows_real(rows, (double)item->max / (double)paper->units);
      wuji_rows_text(rows, wuji_kind_text(item->kind));
      wuji_rows_text(rows, item->key);
      wuji_rows_text(rows, item->options);
      wuji_rows_text(rows, item->points);
      wuji_rows_text(rows, item->ability);
      wuji_rows_real(rows, wuji_item_planned(item));
      write_choice(rows, paper, i, &choice);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

wuji_status wuji_store_line(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_analysis *a = source->analysis;
  for (uint32_t l = 0; l < source->cohort->plan.line_count; l++) {
    const wuji_line_plan *line = &source->cohort->plan.lines[l];
    for (uint32_t s = 0; s < a->sheet_count; s++) {
      const wuji_line_mark *marks = a->sheets[s].line_marks;
      if (marks == NULL) continue;
      for (uint32_t root = 0; root < a->root_count; root++) {
        wuji_rows_int(rows, source->run);
        wuji_rows_int(rows, l);
        wuji_rows_int(rows, s);
        wuji_rows_int(rows, a->roots[root]);
        wuji_rows_text(rows, line->name);
        wuji_rows_line(rows, line);
        wuji_rows_real(rows, marks[(size_t)l * a->root_count + root].mark);
        WUJI_TRY(wuji_rows_next(rows, error));
      }
    }
  }
done:
  return status;
}

wuji_status wuji_store_node(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_cohort *cohort = source->cohort;
  for (int32_t n = 0; n < cohort->node_count; n++) {
    const wuji_node *node = &cohort->nodes[n];
    bool is_root = node->parent < 0;
    wuji_rows_int(rows, source->run);
    wuji_rows_int(rows, n);
    wuji_rows_text(rows, wuji_str_of(wuji_level_names[node->level]));
    wuji_rows_int(rows, is_root ? WUJI_NULL_INT : node->parent);
    wuji_rows_int(rows, node->root);
    wuji_rows_text(rows, node->name);
    wuji_rows_text(rows, node->path);
    wuji_rows_text(rows, is_root ? WUJI_NO_STR : cohort->nodes[node->parent].path);
    wuji_rows_int(rows, node->candidates);
    wuji_rows_int(rows, node->rows.row0);
    wuji_rows_int(rows, node->rows.row1);
    wuji_rows_bool(rows, node->own);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_store_class_member(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t p = 0; p < source->cohort->paper_count; p++) {
    const wuji_paper *paper = &source->cohort->papers[p];
    if (paper->class_node == NULL) continue;
    for (uint32_t row = 0; row < source->cohort->row_count; row++) {
      if (paper->status[row] == WUJI_NOT_TAKEN) continue;
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, p);
      wuji_rows_int(rows, row);
      wuji_rows_int(rows, paper->class_node[row]);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}
