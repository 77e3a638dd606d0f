/* point_stat, diagnostic and stored: the aspects of a paper at a node. */
#include "report/pack.h"
#include "report/writers.h"
#include "stats/aspect_result.h"

static double full_mark(const wuji_sheet *sheet, uint32_t value) {
  return (double)sheet->aspects.values[value].full / (double)sheet->units;
}

/* One value at every node. */
static wuji_status write_value(const wuji_source *source, const wuji_sheet_result *result, uint32_t v,
                               wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_aspect_value *value = &result->sheet.aspects.values[v];
  for (int32_t id = 0; id < source->cohort->node_count; id++) {
    const wuji_node *node = &source->cohort->nodes[id];
    if (!result->nodes[id].on_sheet) continue;
    wuji_aspect_figures figures = wuji_aspect_figures_of(result, id, v);
    wuji_rows_text(rows, source->cohort->plan.code);
    wuji_rows_text(rows, wuji_sheet_code(&result->sheet));
    wuji_rows_text(rows, wuji_str_of(wuji_aspect_names[value->aspect]));
    wuji_rows_text(rows, value->name);
    wuji_rows_text(rows, wuji_str_of(wuji_level_names[node->level]));
    wuji_rows_text(rows, node->path);
    wuji_rows_int(rows, result->nodes[id].n);
    wuji_rows_int(rows, value->items);
    wuji_rows_real(rows, full_mark(&result->sheet, v));
    wuji_rows_real(rows, figures.mean);
    wuji_rows_real(rows, figures.score_rate);
    wuji_rows_real(rows, figures.sd);
    wuji_rows_real(rows, figures.gap);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_point_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (uint32_t v = 0; v < result->sheet.aspects.sets.count; v++) {
      WUJI_TRY(write_value(source, result, v, rows, error));
    }
  }
done:
  return status;
}

wuji_status wuji_store_aspect_value(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet *sheet = &source->analysis->sheets[s].sheet;
    for (uint32_t v = 0; v < sheet->aspects.sets.count; v++) {
      const wuji_aspect_value *value = &sheet->aspects.values[v];
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, s);
      wuji_rows_int(rows, v);
      wuji_rows_text(rows, wuji_str_of(wuji_aspect_names[value->aspect]));
      wuji_rows_text(rows, value->name);
      wuji_rows_int(rows, value->items);
      wuji_rows_int(rows, value->full);
      wuji_rows_real(rows, full_mark(sheet, v));
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

enum { VALUE_BYTES = 16 };

/* Cells wide, state, sds. */
static void state_cells(wuji_rows *rows, const wuji_sheet_result *result, int32_t node) {
  uint32_t count = result->sheet.aspects.sets.count;
  bool wide = wuji_aspects_wide(result, node);
  const wuji_aspect_sum *here = wuji_aspects_at(result, node);
  const wuji_aspect_sum *above = wuji_aspects_at(result, result->sheet.cohort->nodes[node].parent);
  unsigned char *bytes = wuji_rows_alloc(rows, (size_t)count * VALUE_BYTES);
  double *sds = wide ? wuji_rows_alloc(rows, count * sizeof *sds) : NULL;
  unsigned char *at = bytes;
  for (uint32_t v = 0; at != NULL && v < count; v++) {
    uint64_t of_parent = above == NULL ? 0 : above[v].sum;
    at = wuji_pack(at, here[v].sum, wide ? 8 : 4);
    if (!wide) at = wuji_pack(at, here[v].square, 8);
    at = wuji_pack(at, of_parent, wide ? 8 : 4);
    if (sds != NULL) sds[v] = wuji_aspect_figures_of(result, node, v).sd;
  }
  wuji_rows_bool(rows, wide);
  wuji_rows_text(rows, (wuji_str){(const char *)bytes, count * VALUE_BYTES});
  wuji_rows_text(rows, (wuji_str){(const char *)sds, wide ? count * (uint32_t)sizeof *sds : 0});
}

wuji_status wuji_store_point_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    if (result->aspects == NULL) continue;
    for (int32_t node = 0; node < source->cohort->node_count; node++) {
      int32_t parent = source->cohort->nodes[node].parent;
      if (!result->nodes[node].on_sheet) continue;
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, s);
      wuji_rows_int(rows, node);
      wuji_rows_int(rows, result->nodes[node].n);
      wuji_rows_int(rows, parent < 0 ? WUJI_NULL_INT : (int64_t)result->nodes[parent].n);
      state_cells(rows, result, node);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}
