/* sql/ as it was when this program was built. */
#ifndef WUJI_STORE_SQL_EMBEDDED_H
#define WUJI_STORE_SQL_EMBEDDED_H

#include "pg/migrate.h"

typedef wuji_pg_script wuji_sql_file;

/** Every file of sql/migrations and sql/live, sorted by name, ended by a NULL name. Made by
 * tools/embed-sql.cmake. */
extern const wuji_sql_file wuji_sql_files[];

#endif
