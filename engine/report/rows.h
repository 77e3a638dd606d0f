/* Writing rows one cell after another, in the order of the table's columns. */
#ifndef WUJI_REPORT_ROWS_H
#define WUJI_REPORT_ROWS_H

#include "table/table.h"

/** A table being filled; owned by whoever opened it. */
typedef struct wuji_rows {
  wuji_batch batch;
  const wuji_sink *sink;
  uint32_t column;    /* of the next cell */
  wuji_arena text;    /* text made for the rows of the batch; gone after it is handed over */
  size_t text_used;   /* bytes of it */
  bool out_of_memory; /* of such text; wuji_rows_next() tells */
} wuji_rows;

WUJI_CHECKED wuji_status wuji_rows_open(wuji_rows *rows, const wuji_table_def *def, const wuji_sink *sink,
                                        wuji_error *error);
/** Hands over what is left if `status` is good, releases everything, and returns the first failure. */
WUJI_CHECKED wuji_status wuji_rows_close(wuji_rows *rows, wuji_status status, wuji_error *error);

/** Ends a row, all of whose cells are written. */
WUJI_CHECKED wuji_status wuji_rows_next(wuji_rows *rows, wuji_error *error);

/* One cell each; the column must be of that type (asserted). Text is borrowed until the table is closed. */
void wuji_rows_text(wuji_rows *rows, wuji_str text); /* TEXT, JSON, DATE, TIME, BYTES, REALS */
void wuji_rows_int(wuji_rows *rows, int64_t value);
void wuji_rows_real(wuji_rows *rows, double value); /* NaN is null */
void wuji_rows_bool(wuji_rows *rows, bool value);
/** Null, for any type. */
void wuji_rows_null(wuji_rows *rows);

/** Zeroed memory for text of the present batch; NULL when memory is out, which the row's end reports. */
void *wuji_rows_alloc(wuji_rows *rows, size_t size);

#endif
