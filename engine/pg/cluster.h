/* Wuji's own PostgreSQL under $WUJI_HOME: made by initdb, started on first use, reached by a Unix socket
 * only. */
#ifndef WUJI_PG_CLUSTER_H
#define WUJI_PG_CLUSTER_H

#include "base/status.h"

/** Fills the libpq connection URI of the private cluster (percent-encoded); starts nothing. WUJI_IO: too
 * long. */
WUJI_CHECKED wuji_status wuji_pg_cluster_uri(char *uri, size_t size, wuji_error *error);
/** Makes the cluster where it is missing, starts it where it is down, makes the database `wuji`. Safe to call
 * from several processes at once (a file lock in the cluster's home). */
WUJI_CHECKED wuji_status wuji_pg_cluster_start(wuji_error *error);
/** Stops it if it runs (fast shutdown). */
WUJI_CHECKED wuji_status wuji_pg_cluster_stop(wuji_error *error);
/** `home`: its folder, whether or not it is there yet. */
WUJI_CHECKED wuji_status wuji_pg_cluster_status(bool *running, char *home, size_t size, wuji_error *error);

#endif
