#include "pg/copy.h"

#include <math.h>
#include <stdlib.h>

#include "pg/connection_inside.h"

/* Large enough that a system call and a protocol message are nothing beside their bytes, small enough for the
 * cache. */
enum { BUFFER_BYTES = 512 * 1024, HEADER_BYTES = 19, FLOAT8_OID = 701 };

struct wuji_pg_copy {
  wuji_pg *pg;
  uint8_t *buffer;
  size_t used, size;
};

static wuji_status begin(wuji_pg *pg, const char *sql, wuji_error *error) {
  PGresult *result = PQexec(pg->conn, sql);
  wuji_status status = PQresultStatus(result) == PGRES_COPY_IN ? WUJI_OK : wuji_pg_fail(pg, result, error);
  PQclear(result);
  return status;
}

wuji_status wuji_pg_copy_begin(wuji_pg *pg, const char *sql, wuji_pg_copy **copy, wuji_error *error) {
  static const uint8_t header[HEADER_BYTES + 1] =
      "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"; /* flags 0, no extension */
  *copy = NULL;
  wuji_pg_copy *made = calloc(1, sizeof *made);
  uint8_t *buffer = malloc(BUFFER_BYTES);
  wuji_status status = made == NULL || buffer == NULL ? wuji_fail_memory(error) : begin(pg, sql, error);
  if (status != WUJI_OK) {
    free(buffer);
    free(made);
    return status;
  }
  *made = (wuji_pg_copy){.pg = pg, .buffer = buffer, .used = HEADER_BYTES, .size = BUFFER_BYTES};
  memcpy(buffer, header, HEADER_BYTES);
  *copy = made;
  return WUJI_OK;
}

static wuji_status send(wuji_pg_copy *copy, wuji_error *error) {
  if (copy->used > 0 && PQputCopyData(copy->pg->conn, (const char *)copy->buffer, (int)copy->used) != 1) {
    return wuji_pg_fail(copy->pg, NULL, error);
  }
  copy->used = 0;
  return WUJI_OK;
}

/* A row larger than the buffer makes it grow; PostgreSQL takes fields up to 1 GiB, and so do we. */
static wuji_status make_room(wuji_pg_copy *copy, size_t bytes, wuji_error *error) {
  wuji_status status = send(copy, error);
  if (status != WUJI_OK || bytes <= copy->size) return status;
  uint8_t *larger = bytes > INT32_MAX ? NULL : realloc(copy->buffer, bytes);
  if (larger == NULL) return wuji_fail_memory(error);
  copy->buffer = larger;
  copy->size = bytes;
  return WUJI_OK;
}

uint8_t *wuji_pg_copy_row(wuji_pg_copy *copy, uint16_t fields, size_t room, wuji_status *status,
                          wuji_error *error) {
  *status = WUJI_OK;
  if (room + 2 > copy->size - copy->used) *status = make_room(copy, room + 2, error);
  if (*status != WUJI_OK) return NULL;
  return wuji_pg_put_bits(copy->buffer + copy->used, 2, fields);
}

void wuji_pg_copy_done(wuji_pg_copy *copy, const uint8_t *end) {
  copy->used = (size_t)(end - copy->buffer);
}

/* All results of the COPY; the first failure counts, for what follows it is only its echo. */
static wuji_status drain(wuji_pg_copy *copy, bool want_good, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (PGresult *result; (result = PQgetResult(copy->pg->conn)) != NULL; PQclear(result)) {
    if (PQresultStatus(result) != PGRES_COMMAND_OK && status == WUJI_OK && want_good) {
      status = wuji_pg_fail(copy->pg, result, error);
    }
  }
  return status;
}

wuji_status wuji_pg_copy_end(wuji_pg_copy *copy, bool good, wuji_error *error) {
  static const uint8_t trailer[2] = {0xFF, 0xFF}; /* field count -1 */
  wuji_status status = WUJI_OK;
  if (good) {
    status = make_room(copy, sizeof trailer, error);
    if (status == WUJI_OK) {
      memcpy(copy->buffer, trailer, sizeof trailer);
      copy->used = sizeof trailer;
      status = send(copy, error);
    }
  }
  const char *abandoned = good && status == WUJI_OK ? NULL : "abandoned by wuji";
  if (PQputCopyEnd(copy->pg->conn, abandoned) != 1 && status == WUJI_OK && good) {
    status = wuji_pg_fail(copy->pg, NULL, error);
  }
  /* Where the server has ended the COPY itself (a bad row, a full disk), only its result tells why. */
  wuji_error why = {0};
  wuji_status outcome = drain(copy, good, &why);
  if (good && outcome != WUJI_OK) status = wuji_fail(error, outcome, "%s", why.message);
  free(copy->buffer);
  free(copy);
  return status;
}

/* array_recv's form: dimensions, whether there are nulls, element type, then size and lower bound of the
 * dimension. */
uint8_t *wuji_pg_put_reals(uint8_t *at, const void *values, uint32_t count) {
  uint8_t *length = at;
  bool nulls = false;
  at = wuji_pg_put_bits(at + 4, 4, count == 0 ? 0 : 1);
  uint8_t *has_nulls = at;
  at = wuji_pg_put_bits(at + 4, 4, FLOAT8_OID);
  if (count > 0) at = wuji_pg_put_bits(wuji_pg_put_bits(at, 4, count), 4, 1);
  for (uint32_t i = 0; i < count; i++) {
    double value;
    memcpy(&value, (const uint8_t *)values + 8 * (size_t)i, sizeof value);
    at = isnan(value) ? wuji_pg_put_null(at) : wuji_pg_put_real(at, value);
    nulls = nulls || isnan(value);
  }
  (void)wuji_pg_put_bits(has_nulls, 4, nulls);
  (void)wuji_pg_put_bits(length, 4, (uint64_t)(at - length - 4));
  return at;
}
