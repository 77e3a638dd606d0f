/* A connection that writes for a run, and batches of a stored table into its binary COPY. */
#include "store/store_inside.h"

#include <stdio.h>
#include <stdlib.h>

wuji_status wuji_store_lane_open(wuji_store *store, int32_t run, wuji_store_lane **lane, wuji_error *error) {
  *lane = NULL;
  wuji_store_lane *made = calloc(1, sizeof *made);
  if (made == NULL) return wuji_fail_memory(error);
  made->run = run;
  wuji_status status = wuji_store_connect(store, run, &made->pg, error);
  if (status == WUJI_OK) {
    *lane = made;
  } else {
    free(made);
  }
  return status;
}

void wuji_store_lane_close(wuji_store_lane *lane) {
  if (lane == NULL) return;
  wuji_pg_close(lane->pg);
  free(lane);
}

wuji_status wuji_store_copy_begin(wuji_store_lane *lane, const wuji_table_def *def, wuji_error *error) {
  char sql[2048];
  int length = snprintf(sql, sizeof sql, "copy wuji_store.%s (", def->name);
  for (uint32_t c = 0; c < def->column_count; c++) {
    length += snprintf(sql + length, sizeof sql - (size_t)length, "%s\"%s\"", c == 0 ? "" : ", ",
                       def->columns[c].name);
  }
  (void)snprintf(sql + length, sizeof sql - (size_t)length, ") from stdin (format binary)");
  lane->def = def;
  lane->rows = 0;
  return wuji_pg_copy_begin(lane->pg, sql, &lane->copy, error);
}

static bool has_bytes(wuji_type type) {
  return type == WUJI_TEXT || type == WUJI_JSON || type == WUJI_BYTES || type == WUJI_REALS;
}

/* Most bytes that row `row` takes; 12 is the length and value of the widest number. */
static size_t row_room(const wuji_batch *batch, uint32_t row) {
  size_t room = 12 * (size_t)batch->def->column_count;
  for (uint32_t c = 0; c < batch->def->column_count; c++) {
    wuji_type type = batch->def->columns[c].type;
    if (!has_bytes(type)) continue;
    uint32_t len = batch->columns[c].text[row].len;
    room += type == WUJI_REALS ? wuji_pg_reals_room(len / sizeof(double)) : len;
  }
  return room;
}

static uint8_t *put_integer(uint8_t *at, uint32_t bytes, int64_t value) {
  return value == WUJI_NULL_INT ? wuji_pg_put_null(at) : wuji_pg_put_integer(at, bytes, value);
}

static uint8_t *put_real(uint8_t *at, double value) {
  return value != value ? wuji_pg_put_null(at) : wuji_pg_put_real(at, value);
}

static uint8_t *put_reals(uint8_t *at, wuji_str value) {
  return value.ptr == NULL ? wuji_pg_put_null(at)
                           : wuji_pg_put_reals(at, value.ptr, (uint32_t)(value.len / sizeof(double)));
}

static uint8_t *put_cell(uint8_t *at, wuji_type type, const wuji_column *column, uint32_t row) {
  switch (type) {
  case WUJI_INT2: return put_integer(at, 2, column->integer[row]);
  case WUJI_INT4: return put_integer(at, 4, column->integer[row]);
  case WUJI_INT8: return put_integer(at, 8, column->integer[row]);
  case WUJI_BOOL: return put_integer(at, 1, column->integer[row]);
  case WUJI_REAL: return put_real(at, column->real[row]);
  case WUJI_REALS: return put_reals(at, column->text[row]);
  case WUJI_TEXT:
  case WUJI_JSON:
  case WUJI_BYTES:
  case WUJI_DATE: /* no stored table has the last two: the server would refuse their text, and say why */
  case WUJI_TIME: break;
  }
  return wuji_pg_put_bytes(at, column->text[row]);
}

wuji_status wuji_store_copy_push(void *lane, const wuji_batch *batch, wuji_error *error) {
  wuji_pg_copy *out = ((wuji_store_lane *)lane)->copy;
  const wuji_table_def *def = batch->def;
  wuji_status status = WUJI_OK;
  for (uint32_t r = 0; r < batch->rows; r++) {
    uint8_t *at = wuji_pg_copy_row(out, (uint16_t)def->column_count, row_room(batch, r), &status, error);
    if (at == NULL) break;
    for (uint32_t c = 0; c < def->column_count; c++)
      at = put_cell(at, def->columns[c].type, &batch->columns[c], r);
    wuji_pg_copy_done(out, at);
  }
  ((wuji_store_lane *)lane)->rows += batch->rows;
  return status;
}

/* The planner must know the new rows before anyone reads them: without statistics on `run` it takes a
 * province for a handful of rows, and reads that need milliseconds take seconds. A sample of 3,000 rows a
 * table is enough for that (sql/migrations sets it). */
static wuji_status sample(const wuji_store_lane *lane, wuji_error *error) {
  char sql[96];
  (void)snprintf(sql, sizeof sql, "analyze wuji_store.%s", lane->def->name);
  return wuji_pg_run(lane->pg, sql, error);
}

wuji_status wuji_store_copy_end(wuji_store_lane *lane, bool good, wuji_error *error) {
  wuji_status status = wuji_pg_copy_end(lane->copy, good, error);
  lane->copy = NULL;
  return status == WUJI_OK && good && lane->rows > 0 ? sample(lane, error) : status;
}
