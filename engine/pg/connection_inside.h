/* What the sources of this room share and nobody else sees. */
#ifndef WUJI_PG_CONNECTION_INSIDE_H
#define WUJI_PG_CONNECTION_INSIDE_H

#include "pg/connection.h"

#include <libpq-fe.h>

struct wuji_pg {
  PGconn *conn;
  char state[6]; /* SQLSTATE of the last failure */
};

/** WUJI_DATABASE with what the server said (`result` nullable: what libpq says), on one line; notes the
 * SQLSTATE. */
wuji_status wuji_pg_fail(wuji_pg *pg, const PGresult *result, wuji_error *error);

#endif
