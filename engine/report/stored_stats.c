/* Stored tables paper_stat and item_stat: one row a sheet and node. */
#include "report/pack.h"
#include "report/writers.h"

static wuji_str segment_bytes(const wuji_sheet_result *result, wuji_rows *rows, int32_t node) {
  uint32_t count = result->sheet.segment_count;
  unsigned char *bytes = wuji_rows_alloc(rows, (size_t)count * 4);
  if (bytes == NULL) return WUJI_NO_STR;
  unsigned char *at = bytes;
  for (uint32_t i = 0; i < count; i++) at = wuji_pack(at, result->segments[(size_t)node * count + i], 4);
  return (wuji_str){(const char *)bytes, count * 4};
}

static wuji_str line_bytes(const wuji_source *source, const wuji_sheet_result *result, wuji_rows *rows,
                           int32_t node) {
  uint32_t lines = source->cohort->plan.line_count;
  uint32_t size = 4 + 12 * lines;
  if (result->line_marks == NULL) return WUJI_NO_STR;
  unsigned char *bytes = wuji_rows_alloc(rows, size);
  if (bytes == NULL) return WUJI_NO_STR;
  unsigned char *at = wuji_pack(bytes, result->line_n[node], 4);
  for (uint32_t l = 0; l < lines; l++) {
    const wuji_line_count *count = &result->line_counts[(size_t)node * lines + l];
    at = wuji_pack(at, count->reached, 4);
    at = wuji_pack(at, count->both, 4);
    at = wuji_pack(at, count->passed, 4);
  }
  return (wuji_str){(const char *)bytes, size};
}

wuji_status wuji_store_paper_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (int32_t node = 0; node < source->cohort->node_count; node++) {
      const wuji_paper_result *r = &result->nodes[node];
      if (!r->on_sheet) continue;
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, s);
      wuji_rows_int(rows, node);
      wuji_rows_int(rows, r->n);
      wuji_rows_int(rows, r->absent);
      wuji_rows_int(rows, r->void_count);
      wuji_rows_paper_result(rows, r, source->cohort->nodes[node].parent < 0);
      wuji_rows_text(rows, segment_bytes(result, rows, node));
      wuji_rows_text(rows, line_bytes(source, result, rows, node));
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

enum { NARROW_BYTES = 22, WIDE_BYTES = 20, WIDE_REALS = 5 };

/* Cells state, reals of a narrow node: the item's exact integers, finished by the view. */
static void narrow_cells(wuji_rows *rows, const wuji_item_block *block, uint32_t items) {
  unsigned char *bytes = wuji_rows_alloc(rows, (size_t)items * NARROW_BYTES);
  unsigned char *at = bytes;
  for (uint32_t i = 0; bytes != NULL && i < items; i++) {
    const wuji_item_narrow *x = &block->narrow[i];
    at = wuji_pack(at, (uint32_t)x->sum, 4);
    at = wuji_pack(at, (uint32_t)x->square, 4);
    at = wuji_pack(at, (uint32_t)x->cross, 4);
    at = wuji_pack(at, (uint32_t)x->groups, 4);
    at = wuji_pack(at, x->full, 2);
    at = wuji_pack(at, x->zero, 2);
    at = wuji_pack(at, x->blank, 2);
  }
  wuji_rows_text(rows, (wuji_str){(const char *)bytes, items * NARROW_BYTES});
  wuji_rows_null(rows);
}

/* Cells state, reals of a wide node: counts, and what is too large for the view's integers as finished
 * doubles. */
static void wide_cells(wuji_rows *rows, const wuji_item_block *block, uint32_t items) {
  unsigned char *bytes = wuji_rows_alloc(rows, (size_t)items * WIDE_BYTES);
  double *reals = wuji_rows_alloc(rows, (size_t)items * WIDE_REALS * sizeof *reals);
  unsigned char *at = bytes;
  for (uint32_t i = 0; bytes != NULL && reals != NULL && i < items; i++) {
    const wuji_item_wide *x = &block->of_wide[i];
    at = wuji_pack(at, x->sum, 8);
    at = wuji_pack(at, x->full, 4);
    at = wuji_pack(at, x->zero, 4);
    at = wuji_pack(at, x->blank, 4);
    double *real = reals + (size_t)i * WIDE_REALS;
    real[0] = x->sd;
    real[1] = x->discrimination;
    real[2] = x->r_total;
    real[3] = x->r_rest;
    real[4] = x->alpha_drop;
  }
  wuji_rows_text(rows, (wuji_str){(const char *)bytes, items * WIDE_BYTES});
  wuji_rows_text(rows, (wuji_str){(const char *)reals, items * WIDE_REALS * (uint32_t)sizeof *reals});
}

wuji_status wuji_store_item_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (int32_t node = 0; node < source->cohort->node_count; node++) {
      const wuji_item_block *block = &result->items[node];
      bool narrow = !block->wide;
      if (!result->nodes[node].on_sheet) continue;
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, s);
      wuji_rows_int(rows, node);
      wuji_rows_int(rows, result->nodes[node].n);
      wuji_rows_bool(rows, block->wide);
      wuji_rows_int(rows, narrow ? block->sum_total : WUJI_NULL_INT);
      wuji_rows_int(rows, narrow ? block->var_total : WUJI_NULL_INT);
      wuji_rows_int(rows, narrow ? block->var_items : WUJI_NULL_INT);
      wuji_rows_int(rows, block->varying);
      wuji_rows_int(rows, narrow ? block->group_weight : WUJI_NULL_INT);
      if (narrow) {
        narrow_cells(rows, block, result->sheet.marks.items);
      } else {
        wide_cells(rows, block, result->sheet.marks.items);
      }
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}
