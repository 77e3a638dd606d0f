#include "report/rows.h"

#include <assert.h>
#include <math.h>

/* A batch is handed over when it has so many rows or so much text of its own: what fits the cache is still
 * there when it is copied on. */
enum { BATCH_ROWS = 4096, BATCH_TEXT = 512 * 1024 };

wuji_status wuji_rows_open(wuji_rows *rows, const wuji_table_def *def, const wuji_sink *sink,
                           wuji_error *error) {
  *rows = (wuji_rows){.sink = sink};
  return wuji_batch_init(&rows->batch, def, BATCH_ROWS, error);
}

static wuji_status hand_over(wuji_rows *rows, wuji_error *error) {
  wuji_status status = wuji_batch_flush(&rows->batch, true, rows->sink, error);
  wuji_arena_dispose(&rows->text);
  rows->text_used = 0;
  return status;
}

wuji_status wuji_rows_close(wuji_rows *rows, wuji_status status, wuji_error *error) {
  if (status == WUJI_OK) status = hand_over(rows, error);
  wuji_arena_dispose(&rows->text);
  wuji_batch_dispose(&rows->batch);
  return status;
}

wuji_status wuji_rows_next(wuji_rows *rows, wuji_error *error) {
  assert(rows->column == rows->batch.def->column_count);
  if (rows->out_of_memory) return wuji_fail_memory(error);
  rows->column = 0;
  rows->batch.rows++;
  bool full = rows->batch.rows == rows->batch.capacity || rows->text_used >= BATCH_TEXT;
  return full ? hand_over(rows, error) : WUJI_OK;
}

/* The place of the next cell; its column's type. */
static wuji_column *next_cell(wuji_rows *rows, wuji_type *type) {
  assert(rows->column < rows->batch.def->column_count);
  *type = rows->batch.def->columns[rows->column].type;
  return &rows->batch.columns[rows->column++];
}

static bool is_integer(wuji_type type) {
  return type == WUJI_INT2 || type == WUJI_INT4 || type == WUJI_INT8;
}

void wuji_rows_text(wuji_rows *rows, wuji_str text) {
  wuji_type type;
  wuji_column *column = next_cell(rows, &type);
  assert(!is_integer(type) && type != WUJI_REAL && type != WUJI_BOOL);
  column->text[rows->batch.rows] = text;
}

void wuji_rows_int(wuji_rows *rows, int64_t value) {
  wuji_type type;
  wuji_column *column = next_cell(rows, &type);
  assert(is_integer(type));
  column->integer[rows->batch.rows] = value;
}

void wuji_rows_real(wuji_rows *rows, double value) {
  wuji_type type;
  wuji_column *column = next_cell(rows, &type);
  assert(type == WUJI_REAL);
  column->real[rows->batch.rows] = value;
}

void wuji_rows_bool(wuji_rows *rows, bool value) {
  wuji_type type;
  wuji_column *column = next_cell(rows, &type);
  assert(type == WUJI_BOOL);
  column->integer[rows->batch.rows] = value;
}

void wuji_rows_null(wuji_rows *rows) {
  wuji_type type;
  wuji_column *column = next_cell(rows, &type);
  if (type == WUJI_REAL) {
    column->real[rows->batch.rows] = NAN;
  } else if (is_integer(type) || type == WUJI_BOOL) {
    column->integer[rows->batch.rows] = WUJI_NULL_INT;
  } else {
    column->text[rows->batch.rows] = WUJI_NO_STR;
  }
}

void *wuji_rows_alloc(wuji_rows *rows, size_t size) {
  void *memory = wuji_arena_alloc(&rows->text, size);
  rows->text_used += size;
  if (memory == NULL) rows->out_of_memory = true;
  return memory;
}
