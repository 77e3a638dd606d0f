/* A connection to PostgreSQL, queries with parameters, and their rows. */
#ifndef WUJI_PG_CONNECTION_H
#define WUJI_PG_CONNECTION_H

#include "base/status.h"
#include "base/str.h"

typedef struct wuji_pg wuji_pg;           /* one connection, one thread at a time */
typedef struct wuji_pg_rows wuji_pg_rows; /* the rows of one query */

/** Connects by `conninfo` (keywords or URI; "" is the libpq environment). Text is UTF-8 in both directions.
 * `*pg` is the caller's. WUJI_DATABASE: not reached, a server before 15, or a database that is not in UTF-8.
 */
WUJI_CHECKED wuji_status wuji_pg_open(const char *conninfo, wuji_pg **pg, wuji_error *error);
void wuji_pg_close(wuji_pg *pg); /* NULL is good */

/** Runs a script of constant text, several statements allowed, whose rows nobody wants. */
WUJI_CHECKED wuji_status wuji_pg_run(wuji_pg *pg, const char *script, wuji_error *error);

/** Runs one statement with the parameters $1 … $`count`, all of type text (a null wuji_str is null): cast in
 * SQL, e.g.
 *  `$1::integer`. `*rows` (nullable) is the caller's. On failure wuji_pg_state() tells the SQLSTATE. */
WUJI_CHECKED wuji_status wuji_pg_query(wuji_pg *pg, const char *sql, uint32_t count, const wuji_str *params,
                                       wuji_pg_rows **rows, wuji_error *error);
/** Whether the database refuses to be written: a standby, or default_transaction_read_only. */
WUJI_CHECKED wuji_status wuji_pg_is_read_only(wuji_pg *pg, bool *read_only, wuji_error *error);

/** SQLSTATE of the last statement that failed on `pg`, "" before any; borrowed until the next failure. */
const char *wuji_pg_state(const wuji_pg *pg);

void wuji_pg_rows_free(wuji_pg_rows *rows); /* NULL is good */
uint32_t wuji_pg_row_count(const wuji_pg_rows *rows);

/* Cells, borrowed from `rows`. Which function fits is up to the statement: cast in SQL where in doubt. */
bool wuji_pg_is_null(const wuji_pg_rows *rows, uint32_t row, uint32_t column);
wuji_str wuji_pg_text(const wuji_pg_rows *rows, uint32_t row,
                      uint32_t column); /* text, json; null: ptr NULL */
int64_t wuji_pg_integer(const wuji_pg_rows *rows, uint32_t row,
                        uint32_t column); /* int2, int4, int8, bool; null: INT64_MIN */
double wuji_pg_real(const wuji_pg_rows *rows, uint32_t row, uint32_t column); /* float8; null: NaN */

/** An integer as the text of a parameter. */
typedef struct wuji_pg_number {
  char text[24];
} wuji_pg_number;
wuji_str wuji_pg_number_text(wuji_pg_number *number, int64_t value);

#endif
