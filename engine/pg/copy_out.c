#include "pg/copy_out.h"

#include <stdlib.h>

#include "pg/connection_inside.h"

enum { SIGNATURE_BYTES = 11, HEADER_BYTES = 19 };

struct wuji_pg_out {
  wuji_pg *pg;
  uint32_t fields;
  char *message; /* libpq's, one or more whole rows */
  const char *at, *end;
  bool begun; /* the header has come */
};

wuji_status wuji_pg_out_begin(wuji_pg *pg, const char *sql, uint32_t fields, wuji_pg_out **out,
                              wuji_error *error) {
  *out = NULL;
  wuji_pg_out *made = calloc(1, sizeof *made);
  if (made == NULL) return wuji_fail_memory(error);
  *made = (wuji_pg_out){.pg = pg, .fields = fields};
  PGresult *result = PQexec(pg->conn, sql);
  wuji_status status = PQresultStatus(result) == PGRES_COPY_OUT ? WUJI_OK : wuji_pg_fail(pg, result, error);
  PQclear(result);
  if (status != WUJI_OK) {
    free(made);
    return status;
  }
  *out = made;
  return WUJI_OK;
}

static size_t left(const wuji_pg_out *out) {
  return (size_t)(out->end - out->at);
}

static wuji_status no_row(wuji_error *error) {
  return wuji_fail(error, WUJI_DATABASE, "database: what the server sent is no binary COPY");
}

/* The next message; none is left after the trailer, when the server says how the COPY has ended. */
static wuji_status fetch(wuji_pg_out *out, bool *more, wuji_error *error) {
  PQfreemem(out->message);
  out->message = NULL;
  int length = PQgetCopyData(out->pg->conn, &out->message, 0);
  out->at = out->message;
  out->end = length > 0 ? out->message + length : out->message;
  *more = length > 0;
  if (length > 0) return WUJI_OK;
  if (length == -2) return wuji_pg_fail(out->pg, NULL, error);
  wuji_status status = WUJI_OK;
  for (PGresult *result; (result = PQgetResult(out->pg->conn)) != NULL; PQclear(result)) {
    if (PQresultStatus(result) != PGRES_COMMAND_OK && status == WUJI_OK)
      status = wuji_pg_fail(out->pg, result, error);
  }
  return status;
}

static wuji_status pass_header(wuji_pg_out *out, wuji_error *error) {
  if (left(out) < HEADER_BYTES || memcmp(out->at, "PGCOPY\n\377\r\n", SIGNATURE_BYTES) != 0)
    return no_row(error);
  uint64_t extension = wuji_pg_get_bits(out->at + HEADER_BYTES - 4, 4);
  if (extension > left(out) - HEADER_BYTES) return no_row(error);
  out->at += HEADER_BYTES + extension;
  out->begun = true;
  return WUJI_OK;
}

static wuji_status read_cells(wuji_pg_out *out, wuji_str *cells, wuji_error *error) {
  for (uint32_t f = 0; f < out->fields; f++) {
    if (left(out) < 4) return no_row(error);
    int32_t length = (int32_t)wuji_pg_get_bits(out->at, 4);
    out->at += 4;
    cells[f] = WUJI_NO_STR;
    if (length < 0) continue; /* null */
    if ((size_t)length > left(out)) return no_row(error);
    cells[f] = (wuji_str){out->at, (uint32_t)length};
    out->at += length;
  }
  return WUJI_OK;
}

wuji_status wuji_pg_out_row(wuji_pg_out *out, wuji_str *cells, bool *more, wuji_error *error) {
  wuji_status status = WUJI_OK;
  *more = true;
  if (left(out) == 0) WUJI_TRY(fetch(out, more, error));
  if (!*more) goto done;
  if (!out->begun) {
    WUJI_TRY(pass_header(out, error));
    if (left(out) == 0) WUJI_TRY(fetch(out, more, error));
    if (!*more) goto done;
  }
  if (left(out) < 2) WUJI_TRY(no_row(error));
  int16_t fields = (int16_t)wuji_pg_get_bits(out->at, 2);
  out->at += 2;
  if (fields == -1) { /* the trailer */
    WUJI_TRY(fetch(out, more, error));
    if (*more) WUJI_TRY(no_row(error));
    goto done;
  }
  if ((uint32_t)fields != out->fields) WUJI_TRY(no_row(error));
  status = read_cells(out, cells, error);
done:
  if (status != WUJI_OK) *more = false;
  return status;
}

void wuji_pg_out_end(wuji_pg_out *out) {
  if (out == NULL) return;
  PQfreemem(out->message);
  free(out);
}
