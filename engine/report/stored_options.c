/* Stored tables option, option_stat, item_curve, option_curve: one row an option, then one a paper and node.
 */
#include "report/writers.h"

wuji_status wuji_store_option(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_option_sheet *options = &source->analysis->sheets[s].sheet.options;
    uint32_t choice = 0;
    for (uint32_t o = 0; o < options->count; o++) {
      while (o >= options->first[choice + 1]) choice++;
      uint32_t item = options->paper->choices[choice].item;
      const wuji_option *option = wuji_option_sheet_at(options, choice, o);
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, s);
      wuji_rows_int(rows, o);
      wuji_rows_int(rows, item);
      wuji_rows_text(rows, options->paper->items[item].name);
      wuji_rows_text(rows, option->text);
      wuji_rows_bool(rows, option->is_key);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

/* Cells run, paper, node. */
static void key_cells(const wuji_source *source, wuji_rows *rows, uint32_t sheet, int32_t node) {
  wuji_rows_int(rows, source->run);
  wuji_rows_int(rows, sheet);
  wuji_rows_int(rows, node);
}

/* Cell state, as it lies in memory, and cell reals of a wide node. */
static void state_cells(wuji_rows *rows, const wuji_option_block *block, uint32_t options) {
  uint32_t size = options * wuji_option_form_bytes(block->form);
  wuji_rows_text(rows, (wuji_str){(const char *)block->state, size});
  if (block->reals == NULL) {
    wuji_rows_null(rows);
  } else {
    size = options * WUJI_OPTION_REALS * (uint32_t)sizeof *block->reals;
    wuji_rows_text(rows, (wuji_str){(const char *)block->reals, size});
  }
}

wuji_status wuji_store_option_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (int32_t node = 0; result->options != NULL && node < source->cohort->node_count; node++) {
      const wuji_option_block *block = &result->options[node];
      bool wide = block->reals != NULL;
      if (!result->nodes[node].on_sheet) continue;
      key_cells(source, rows, s, node);
      wuji_rows_int(rows, result->nodes[node].n);
      wuji_rows_int(rows, block->form);
      wuji_rows_int(rows, wide ? WUJI_NULL_INT : block->sum_total);
      wuji_rows_int(rows, wide ? WUJI_NULL_INT : block->var_total);
      wuji_rows_int(rows, wide ? WUJI_NULL_INT : block->groups.size);
      wuji_rows_int(rows, wide ? WUJI_NULL_INT : block->groups.top.count);
      wuji_rows_int(rows, wide ? WUJI_NULL_INT : block->groups.top.rest);
      wuji_rows_int(rows, wide ? WUJI_NULL_INT : block->groups.bottom.count);
      wuji_rows_int(rows, wide ? WUJI_NULL_INT : block->groups.bottom.rest);
      state_cells(rows, block, result->sheet.options.count);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

/* Means by fifths of `count` things; null where there are no fifths. */
static void fifths_cell(wuji_rows *rows, const double *means, uint32_t count) {
  if (means == NULL) {
    wuji_rows_null(rows);
  } else {
    wuji_rows_text(rows, (wuji_str){(const char *)means, count * WUJI_FIFTHS * (uint32_t)sizeof *means});
  }
}

wuji_status wuji_store_item_curve(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (int32_t node = 0; node < source->cohort->node_count; node++) {
      if (!result->nodes[node].on_sheet || source->cohort->nodes[node].level == WUJI_CLASS) continue;
      key_cells(source, rows, s, node);
      wuji_rows_int(rows, result->nodes[node].n);
      fifths_cell(rows, result->curves[node].total, 1);
      fifths_cell(rows, result->curves[node].items, result->sheet.marks.items);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

wuji_status wuji_store_option_curve(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    uint32_t options = result->sheet.options.count;
    for (int32_t node = 0; options > 0 && node < source->cohort->node_count; node++) {
      if (!result->nodes[node].on_sheet || source->cohort->nodes[node].level == WUJI_CLASS) continue;
      key_cells(source, rows, s, node);
      fifths_cell(rows, result->curves[node].options, options);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}
