/* Binary COPY out of the database: rows as they come over the wire, no text made of them.
 *
 *   wuji_pg_out_begin(pg, "copy (select a, b from t) to stdout (format binary)", 2, &out, error)
 *   while (wuji_pg_out_row(out, cells, &more, error) == WUJI_OK && more) … wuji_pg_get_integer(cells[0]) …
 *   wuji_pg_out_end(out) */
#ifndef WUJI_PG_COPY_OUT_H
#define WUJI_PG_COPY_OUT_H

#include "pg/connection.h"

typedef struct wuji_pg_out wuji_pg_out;

/** Begins `sql`, a binary COPY to stdout of `fields` columns, on `pg` (borrowed, busy until the last row).
 * `*out` is the caller's, to be ended. */
WUJI_CHECKED wuji_status wuji_pg_out_begin(wuji_pg *pg, const char *sql, uint32_t fields, wuji_pg_out **out,
                                           wuji_error *error);

/** The next row: its fields in `cells`, null as a null text, borrowed until the next call. `*more` false:
 * there was none, and the connection is free again. */
WUJI_CHECKED wuji_status wuji_pg_out_row(wuji_pg_out *out, wuji_str *cells, bool *more, wuji_error *error);

/** Frees it; NULL is good. Before the last row, the connection is good for nothing any more but closing. */
void wuji_pg_out_end(wuji_pg_out *out);

/* Values of cells. */

/** `bytes` bytes, big-endian. */
static inline uint64_t wuji_pg_get_bits(const void *at, uint32_t bytes) {
  uint64_t value = 0;
  for (uint32_t i = 0; i < bytes; i++) value = value << 8 | ((const uint8_t *)at)[i];
  return value;
}

/** smallint, integer, bigint; boolean as 0 or 1. Null: INT64_MIN. */
static inline int64_t wuji_pg_get_integer(wuji_str cell) {
  if (cell.ptr == NULL) return INT64_MIN;
  uint64_t value = wuji_pg_get_bits(cell.ptr, cell.len);
  switch (cell.len) {
  case 2: return (int16_t)value;
  case 4: return (int32_t)value;
  default: return (int64_t)value;
  }
}

#endif
