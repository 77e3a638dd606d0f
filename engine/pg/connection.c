#include "pg/connection_inside.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LOWEST_SERVER = 150000, MOST_PARAMS = 16, TEXT_OID = 25 };

/* Nothing of ours depends on a search path or on how dates are printed, but what a user has set for his role
 * could still reach the functions that COPY and casts call. A server that sees its client gone should notice
 * soon. */
static const char session[] =
    "set search_path = pg_catalog; set datestyle = 'ISO, YMD'; set timezone = 'UTC';"
    "set client_min_messages = warning; set jit = off;"
    "set client_connection_check_interval = '2s'";

/* libpq's messages span lines and end with one; ours are one line. */
static void one_line(const char *text, char *out, size_t size) {
  size_t used = 0;
  for (; *text != '\0' && used + 1 < size; text++) {
    if (*text != '\n') {
      out[used++] = *text == '\t' ? ' ' : *text;
    } else if (text[1] != '\0') {
      out[used++] = ' ';
    }
  }
  out[used] = '\0';
}

wuji_status wuji_pg_fail(wuji_pg *pg, const PGresult *result, wuji_error *error) {
  char message[900];
  const char *primary = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const char *detail = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
  const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  one_line(primary != NULL ? primary : PQerrorMessage(pg->conn), message, sizeof message);
  (void)snprintf(pg->state, sizeof pg->state, "%s", state == NULL ? "" : state);
  if (detail != NULL) {
    char more[900];
    one_line(detail, more, sizeof more);
    return wuji_fail(error, WUJI_DATABASE, "database: %s (%s)", message, more);
  }
  return wuji_fail(error, WUJI_DATABASE, "database: %s",
                   message[0] == '\0' ? wuji_in_language("connection lost") : message);
}

static void ignore_notice(void *context, const PGresult *result) {
  (void)context;
  (void)result;
}

static wuji_status check_server(wuji_pg *pg, wuji_error *error) {
  int version = PQserverVersion(pg->conn);
  if (version < LOWEST_SERVER) {
    return wuji_fail(error, WUJI_DATABASE,
                     "database: the server is PostgreSQL %d.%d, and Wuji needs 15 or later", version / 10000,
                     version % 10000);
  }
  const char *encoding = PQparameterStatus(pg->conn, "server_encoding");
  if (encoding == NULL || strcmp(encoding, "UTF8") != 0) {
    return wuji_fail(error, WUJI_DATABASE, "database: %s is in the encoding %s, and Wuji needs UTF8",
                     PQdb(pg->conn), encoding == NULL ? "unknown" : encoding);
  }
  return wuji_pg_run(pg, session, error);
}

wuji_status wuji_pg_open(const char *conninfo, wuji_pg **pg, wuji_error *error) {
  const char *const keys[] = {"dbname", "client_encoding", "fallback_application_name", NULL};
  const char *const values[] = {conninfo, "UTF8", "wuji", NULL};
  wuji_pg *made = calloc(1, sizeof *made);
  if (made == NULL) return wuji_fail_memory(error);
  made->conn = PQconnectdbParams(keys, values, 1);
  wuji_status status = WUJI_OK;
  if (made->conn == NULL) {
    status = wuji_fail_memory(error);
  } else if (PQstatus(made->conn) != CONNECTION_OK) {
    status = wuji_pg_fail(made, NULL, error);
  } else {
    (void)PQsetNoticeReceiver(made->conn, ignore_notice, NULL);
    status = check_server(made, error);
  }
  if (status != WUJI_OK) {
    wuji_pg_close(made);
    made = NULL;
  }
  *pg = made;
  return status;
}

void wuji_pg_close(wuji_pg *pg) {
  if (pg == NULL) return;
  PQfinish(pg->conn);
  free(pg);
}

wuji_status wuji_pg_run(wuji_pg *pg, const char *script, wuji_error *error) {
  PGresult *result = PQexec(pg->conn, script);
  ExecStatusType outcome = PQresultStatus(result);
  wuji_status status = WUJI_OK;
  if (outcome != PGRES_COMMAND_OK && outcome != PGRES_TUPLES_OK && outcome != PGRES_EMPTY_QUERY) {
    status = wuji_pg_fail(pg, result, error);
  }
  PQclear(result);
  return status;
}

/* Parameters go in the binary format of text, which is the bytes with their length: no NUL is needed behind
 * them. */
wuji_status wuji_pg_query(wuji_pg *pg, const char *sql, uint32_t count, const wuji_str *params,
                          wuji_pg_rows **rows, wuji_error *error) {
  Oid types[MOST_PARAMS] = {0};
  const char *values[MOST_PARAMS] = {NULL};
  int lengths[MOST_PARAMS] = {0};
  int formats[MOST_PARAMS] = {0};
  if (rows != NULL) *rows = NULL;
  if (count > MOST_PARAMS) return wuji_fail(error, WUJI_INTERNAL, "a query of %u parameters", count);
  for (uint32_t i = 0; i < count; i++) {
    types[i] = TEXT_OID;
    values[i] = params[i].ptr;
    lengths[i] = (int)params[i].len;
    formats[i] = 1;
  }
  PGresult *result = PQexecParams(pg->conn, sql, (int)count, types, values, lengths, formats, 1);
  ExecStatusType outcome = PQresultStatus(result);
  if (outcome != PGRES_COMMAND_OK && outcome != PGRES_TUPLES_OK) {
    wuji_status status = wuji_pg_fail(pg, result, error);
    PQclear(result);
    return status;
  }
  if (rows != NULL) {
    *rows = (wuji_pg_rows *)result; /* an opaque name for libpq's own */
  } else {
    PQclear(result);
  }
  return WUJI_OK;
}

wuji_status wuji_pg_is_read_only(wuji_pg *pg, bool *read_only, wuji_error *error) {
  wuji_pg_rows *rows;
  wuji_status status =
      wuji_pg_query(pg, "select current_setting('transaction_read_only')::boolean", 0, NULL, &rows, error);
  if (status != WUJI_OK) return status;
  *read_only = wuji_pg_integer(rows, 0, 0) == 1;
  wuji_pg_rows_free(rows);
  return WUJI_OK;
}

const char *wuji_pg_state(const wuji_pg *pg) {
  return pg->state;
}

static const PGresult *inside(const wuji_pg_rows *rows) {
  return (const PGresult *)rows;
}

void wuji_pg_rows_free(wuji_pg_rows *rows) {
  PQclear((PGresult *)rows);
}

uint32_t wuji_pg_row_count(const wuji_pg_rows *rows) {
  return (uint32_t)PQntuples(inside(rows));
}

bool wuji_pg_is_null(const wuji_pg_rows *rows, uint32_t row, uint32_t column) {
  return PQgetisnull(inside(rows), (int)row, (int)column) != 0;
}

wuji_str wuji_pg_text(const wuji_pg_rows *rows, uint32_t row, uint32_t column) {
  if (wuji_pg_is_null(rows, row, column)) return WUJI_NO_STR;
  return (wuji_str){PQgetvalue(inside(rows), (int)row, (int)column),
                    (uint32_t)PQgetlength(inside(rows), (int)row, (int)column)};
}

/* The big-endian integer a cell holds, zero-extended; `*bits` is its width. */
static uint64_t cell_bits(const wuji_pg_rows *rows, uint32_t row, uint32_t column, uint32_t *bits) {
  wuji_str cell = wuji_pg_text(rows, row, column);
  uint64_t value = 0;
  for (uint32_t i = 0; i < cell.len; i++) value = value << 8 | (unsigned char)cell.ptr[i];
  *bits = 8 * cell.len;
  return value;
}

int64_t wuji_pg_integer(const wuji_pg_rows *rows, uint32_t row, uint32_t column) {
  if (wuji_pg_is_null(rows, row, column)) return INT64_MIN;
  uint32_t bits;
  uint64_t value = cell_bits(rows, row, column, &bits);
  switch (bits) {
  case 8: return (int64_t)value;
  case 16: return (int16_t)value;
  case 32: return (int32_t)value;
  default: return (int64_t)value;
  }
}

double wuji_pg_real(const wuji_pg_rows *rows, uint32_t row, uint32_t column) {
  if (wuji_pg_is_null(rows, row, column)) return NAN;
  uint32_t bits;
  uint64_t value = cell_bits(rows, row, column, &bits);
  double real;
  memcpy(&real, &value, sizeof real);
  return real;
}

wuji_str wuji_pg_number_text(wuji_pg_number *number, int64_t value) {
  int length = snprintf(number->text, sizeof number->text, "%" PRId64, value);
  return (wuji_str){number->text, (uint32_t)length};
}
