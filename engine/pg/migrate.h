/* Brings a database's schema up to what this program was built with. */
#ifndef WUJI_PG_MIGRATE_H
#define WUJI_PG_MIGRATE_H

#include "pg/connection.h"

/** A file of sql/: `name` as migrations/0001_x.sql or live/10_x.sql, its whole text. Both static. */
typedef struct wuji_pg_script {
  const char *name;
  const char *text;
} wuji_pg_script;

/** Applies the migrations of `scripts` (sorted by name, ended by a NULL name) that the database lacks, each
 * in a transaction of its own, then, where the text of the live scripts has changed, all of them in one.
 * Bookkeeping is wuji_store.migration and wuji_store.live. Several programs may do this at once; where
 * nothing is to do nothing is written or locked, so that a role that may only read gets through.
 * WUJI_DATABASE: also when the database has migrations that this program does not know. */
WUJI_CHECKED wuji_status wuji_pg_migrate(wuji_pg *pg, const wuji_pg_script *scripts, wuji_error *error);

#endif
