/* paper_stat, item_stat, segment_stat, line_stat: the nodes' statistics. */
#include "report/writers.h"

#include <math.h>

/* Cells exam, paper. */
static void paper_key(wuji_rows *rows, const wuji_source *source, const wuji_sheet *sheet) {
  wuji_rows_text(rows, source->cohort->plan.code);
  wuji_rows_text(rows, wuji_sheet_code(sheet));
}

/* Cells level, node. */
static void node_key(wuji_rows *rows, const wuji_source *source, int32_t id) {
  const wuji_node *node = &source->cohort->nodes[id];
  wuji_rows_text(rows, wuji_str_of(wuji_level_names[node->level]));
  wuji_rows_text(rows, node->path);
}

static double share(uint32_t x, uint32_t n) {
  return n == 0 ? NAN : (double)x / (double)n;
}

static void rank_cell(wuji_rows *rows, uint32_t rank) {
  wuji_rows_int(rows, rank == 0 ? WUJI_NULL_INT : (int64_t)rank);
}

void wuji_rows_paper_result(wuji_rows *rows, const wuji_paper_result *r, bool is_root) {
  wuji_rows_real(rows, r->mean);
  wuji_rows_real(rows, r->sd);
  wuji_rows_real(rows, r->min);
  wuji_rows_real(rows, r->p25);
  wuji_rows_real(rows, r->median);
  wuji_rows_real(rows, r->p75);
  wuji_rows_real(rows, r->max);
  wuji_rows_real(rows, r->score_rate);
  wuji_rows_real(rows, r->excellent);
  wuji_rows_real(rows, r->good);
  wuji_rows_real(rows, r->pass);
  wuji_rows_real(rows, r->low);
  wuji_rows_real(rows, r->skewness);
  wuji_rows_real(rows, r->kurtosis);
  wuji_rows_real(rows, r->alpha);
  wuji_rows_real(rows, r->split_half);
  wuji_rows_real(rows, r->sem);
  wuji_rows_real(rows, r->discrimination);
  rank_cell(rows, r->rank_root);
  wuji_rows_int(rows, r->n_root);
  rank_cell(rows, r->rank_parent);
  wuji_rows_int(rows, is_root ? WUJI_NULL_INT : (int64_t)r->n_parent);
  wuji_rows_real(rows, r->gap);
}

wuji_status wuji_write_paper_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (int32_t node = 0; node < source->cohort->node_count; node++) {
      const wuji_paper_result *r = &result->nodes[node];
      if (!r->on_sheet) continue;
      paper_key(rows, source, &result->sheet);
      node_key(rows, source, node);
      wuji_rows_int(rows, r->n);
      wuji_rows_int(rows, r->absent);
      wuji_rows_int(rows, r->void_count);
      wuji_rows_real(rows, result->sheet.full_mark);
      wuji_rows_paper_result(rows, r, source->cohort->nodes[node].parent < 0);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

/* One item at every node. */
static wuji_status write_item(const wuji_source *source, const wuji_sheet_result *result, uint32_t item,
                              wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_sheet *sheet = &result->sheet;
  double max_mark = (double)sheet->paper->items[item].max / (double)sheet->units;
  for (int32_t node = 0; node < source->cohort->node_count; node++) {
    uint32_t n = result->nodes[node].n;
    if (!result->nodes[node].on_sheet) continue;
    wuji_item_values v = wuji_item_block_values(&result->items[node], sheet, n, item);
    paper_key(rows, source, sheet);
    wuji_rows_text(rows, sheet->paper->items[item].name);
    node_key(rows, source, node);
    wuji_rows_int(rows, n);
    wuji_rows_real(rows, max_mark);
    wuji_rows_real(rows, v.mean);
    wuji_rows_real(rows, v.sd);
    wuji_rows_real(rows, v.difficulty);
    wuji_rows_real(rows, v.discrimination);
    wuji_rows_real(rows, v.r_total);
    wuji_rows_real(rows, v.r_rest);
    wuji_rows_real(rows, v.alpha_drop);
    wuji_rows_real(rows, v.full);
    wuji_rows_real(rows, v.zero);
    wuji_rows_real(rows, v.blank);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_item_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (uint32_t item = 0; item < result->sheet.paper->item_count; item++) {
      WUJI_TRY(write_item(source, result, item, rows, error));
    }
  }
done:
  return status;
}

/* All segments of a node. */
static wuji_status write_segments(const wuji_source *source, const wuji_sheet_result *result, int32_t node,
                                  wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_sheet *sheet = &result->sheet;
  const uint32_t *counts = result->segments + (size_t)node * sheet->segment_count;
  uint32_t n = result->nodes[node].n;
  uint32_t at_or_above = n;
  for (uint32_t i = 0; i < sheet->segment_count; i++) {
    wuji_decimal lo = {(int64_t)i * sheet->segment.num, sheet->segment.den};
    wuji_decimal hi = {(int64_t)(i + 1) * sheet->segment.num, sheet->segment.den};
    paper_key(rows, source, sheet);
    node_key(rows, source, node);
    wuji_rows_real(rows, wuji_decimal_real(lo));
    wuji_rows_real(rows, i + 1 < sheet->segment_count ? wuji_decimal_real(hi) : sheet->full_mark);
    wuji_rows_int(rows, counts[i]);
    wuji_rows_real(rows, share(counts[i], n));
    wuji_rows_int(rows, at_or_above);
    at_or_above -= counts[i];
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_segment_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (int32_t node = 0; node < source->cohort->node_count; node++) {
      if (!result->nodes[node].on_sheet) continue;
      WUJI_TRY(write_segments(source, result, node, rows, error));
    }
  }
done:
  return status;
}

/* A line on one sheet, at every node. */
static wuji_status write_line(const wuji_source *source, const wuji_sheet_result *result, uint32_t line,
                              wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_analysis *a = source->analysis;
  uint32_t line_count = source->cohort->plan.line_count;
  for (int32_t node = 0; node < source->cohort->node_count; node++) {
    if (!result->nodes[node].on_sheet) continue;
    const wuji_line_count *count = &result->line_counts[(size_t)node * line_count + line];
    const wuji_line_mark *mark = &result->line_marks[(size_t)line * a->root_count + a->root_of_node[node]];
    uint32_t n = result->line_n[node];
    bool is_total = result->sheet.paper == NULL;
    wuji_rows_text(rows, source->cohort->plan.code);
    wuji_rows_text(rows, source->cohort->plan.lines[line].name);
    wuji_rows_text(rows, wuji_sheet_code(&result->sheet));
    node_key(rows, source, node);
    wuji_rows_real(rows, mark->mark);
    wuji_rows_int(rows, n);
    wuji_rows_int(rows, count->reached);
    wuji_rows_real(rows, share(count->reached, n));
    wuji_rows_int(rows, is_total ? WUJI_NULL_INT : (int64_t)count->both);
    wuji_rows_real(rows, is_total ? NAN : share(count->both, count->reached));
    wuji_rows_real(rows, is_total ? NAN : share(count->both, count->passed));
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_line_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t line = 0; line < source->cohort->plan.line_count; line++) {
    for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
      const wuji_sheet_result *result = &source->analysis->sheets[s];
      if (result->line_marks == NULL) continue;
      WUJI_TRY(write_line(source, result, line, rows, error));
    }
  }
done:
  return status;
}
