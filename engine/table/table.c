#include "table/table.h"

static bool is_text(wuji_type type) {
  return type == WUJI_TEXT || type == WUJI_JSON || type == WUJI_DATE || type == WUJI_TIME ||
         type == WUJI_BYTES || type == WUJI_REALS;
}

wuji_status wuji_batch_init(wuji_batch *batch, const wuji_table_def *def, uint32_t capacity,
                            wuji_error *error) {
  *batch = (wuji_batch){.def = def, .capacity = capacity};
  for (uint32_t c = 0; c < def->column_count; c++) {
    size_t size = is_text(def->columns[c].type) ? sizeof(wuji_str) : sizeof(int64_t);
    void *values = wuji_arena_array(&batch->arena, capacity, size);
    if (values == NULL) {
      wuji_batch_dispose(batch);
      return wuji_fail_memory(error);
    }
    batch->columns[c].text = values;
  }
  return WUJI_OK;
}

void wuji_batch_dispose(wuji_batch *batch) {
  wuji_arena_dispose(&batch->arena);
  batch->rows = 0;
}

wuji_status wuji_batch_flush(wuji_batch *batch, bool force, const wuji_sink *sink, wuji_error *error) {
  if (batch->rows == 0 || (!force && batch->rows < batch->capacity)) return WUJI_OK;
  wuji_status status = sink->push(sink->context, batch, error);
  batch->rows = 0;
  return status;
}
