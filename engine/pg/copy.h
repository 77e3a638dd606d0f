/* Binary COPY into a table: fields are laid straight into a large buffer in PostgreSQL's own form
 * (big-endian, each behind its length), which goes out when it is full.
 *
 *   wuji_pg_copy_begin(pg, "copy t (a, b) from stdin (format binary)", &copy, error)
 *   uint8_t *at = wuji_pg_copy_row(copy, 2, room, error);       room for the whole row, or NULL
 *   at = wuji_pg_put_integer(at, 4, a); at = wuji_pg_put_bytes(at, b); wuji_pg_copy_done(copy, at);
 *   wuji_pg_copy_end(copy, true, error)                          commits */
#ifndef WUJI_PG_COPY_H
#define WUJI_PG_COPY_H

#include "pg/connection.h"

typedef struct wuji_pg_copy wuji_pg_copy;

/** Begins `sql`, a binary COPY from stdin, on `pg` (borrowed, busy until the end). `*copy` is the caller's,
 * to be ended. */
WUJI_CHECKED wuji_status wuji_pg_copy_begin(wuji_pg *pg, const char *sql, wuji_pg_copy **copy,
                                            wuji_error *error);

/** Begins a row of `fields` fields and gives room for their bytes, lengths included (4 a field, see below).
 * NULL: the server has gone or memory is out, `*status` says which. Valid until wuji_pg_copy_done(). */
uint8_t *wuji_pg_copy_row(wuji_pg_copy *copy, uint16_t fields, size_t room, wuji_status *status,
                          wuji_error *error);
/** Ends the row; `end` is one past its last byte. */
void wuji_pg_copy_done(wuji_pg_copy *copy, const uint8_t *end);

/** Ends the COPY: with `good` all rows are in and, outside a transaction, committed; else none are. Frees
 * `copy` in every case; the connection is free again. */
WUJI_CHECKED wuji_status wuji_pg_copy_end(wuji_pg_copy *copy, bool good, wuji_error *error);

/* Fields. Each writes its length and value at `at` and returns the place behind; they need 4 bytes and the
 * value's. */

static inline uint8_t *wuji_pg_put_bits(uint8_t *at, uint32_t bytes, uint64_t value) {
  for (uint32_t i = 0; i < bytes; i++) at[i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
  return at + bytes;
}

static inline uint8_t *wuji_pg_put_null(uint8_t *at) {
  return wuji_pg_put_bits(at, 4, UINT32_MAX);
}

/** smallint, integer or bigint of 2, 4 or 8 `bytes`; boolean of 1. */
static inline uint8_t *wuji_pg_put_integer(uint8_t *at, uint32_t bytes, int64_t value) {
  return wuji_pg_put_bits(wuji_pg_put_bits(at, 4, bytes), bytes, (uint64_t)value);
}

/** double precision. */
static inline uint8_t *wuji_pg_put_real(uint8_t *at, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return wuji_pg_put_bits(wuji_pg_put_bits(at, 4, 8), 8, bits);
}

/** text, json or bytea; a null text is null. */
static inline uint8_t *wuji_pg_put_bytes(uint8_t *at, wuji_str value) {
  if (value.ptr == NULL) return wuji_pg_put_null(at);
  at = wuji_pg_put_bits(at, 4, value.len);
  memcpy(at, value.ptr, value.len);
  return at + value.len;
}

/** Bytes that double precision[] of `count` elements needs, at most, its length included. */
static inline size_t wuji_pg_reals_room(size_t count) {
  return 4 + 20 + 12 * count;
}

/** double precision[]: `count` native doubles at `values` (unaligned), NaN is a null element. */
uint8_t *wuji_pg_put_reals(uint8_t *at, const void *values, uint32_t count);

#endif
