/* The parts of the private cluster: where things lie, how programs are run, how a data folder comes into
 * being. */
#ifndef WUJI_PG_CLUSTER_INSIDE_H
#define WUJI_PG_CLUSTER_INSIDE_H

#include <limits.h>
#include <sys/types.h>

#include "pg/cluster.h"

enum { WUJI_PG_MOST_GROUPS = 64, WUJI_PG_MOST_ARGUMENTS = 24 };

/** Who the server runs as, and where everything lies. No path has a trailing slash. */
typedef struct wuji_pg_place {
  bool root; /* we are root: programs run as the user postgres */
  uid_t uid; /* the server's user and groups */
  gid_t gid;
  gid_t groups[WUJI_PG_MOST_GROUPS];
  int group_count;
  char home[PATH_MAX];    /* $WUJI_HOME */
  char data[PATH_MAX];    /* home/data, PostgreSQL's data folder */
  char log[PATH_MAX];     /* home/postgres.log */
  char sockets[PATH_MAX]; /* folder of the Unix socket: that of the running server, else where it would be */
} wuji_pg_place;

/** Works it out from the environment; touches nothing. */
WUJI_CHECKED wuji_status wuji_pg_place_find(wuji_pg_place *place, wuji_error *error);

/** Makes the home, and the log in it, where they are missing; the server's user owns both. Then proves that
 * this user can enter every folder on the way: WUJI_IO names the one he cannot. */
WUJI_CHECKED wuji_status wuji_pg_place_prepare(const wuji_pg_place *place, wuji_error *error);

/** Makes the folder of the socket, which only the server's user (and root) may enter. */
WUJI_CHECKED wuji_status wuji_pg_place_sockets(const wuji_pg_place *place, wuji_error *error);

/** The process of the running server, read from its pid file; 0 if none runs. A pid file that was left behind
 * by a crash does not count, even where its number now belongs to some other process. */
pid_t wuji_pg_place_server(const wuji_pg_place *place);

/** Whether process `pid` is a server of this data folder. */
bool wuji_pg_place_is_server(const wuji_pg_place *place, pid_t pid);

/** The folder of PostgreSQL's server programs: WUJI_PG_BIN, else that of the data folder's version, or of the
 * highest, below /usr/lib/postgresql, else one of PATH. WUJI_NOT_FOUND says what to install. */
WUJI_CHECKED wuji_status wuji_pg_programs(const wuji_pg_place *place, char bin[PATH_MAX], wuji_error *error);

/** Runs `bin`/`program` as the server's user, in /, with an environment of its own, its output at the end of
 * the log, and none of our open files: whoever captures our output does not wait for the server to end.
 * `arguments` end with NULL. WUJI_IO where it fails, with the last line it has logged. */
WUJI_CHECKED wuji_status wuji_pg_program_run(const wuji_pg_place *place, const char *bin, const char *program,
                                             const char *const *arguments, wuji_error *error);

/** Makes the data folder where it is missing, in one step: it is whole or not there. Wants the lock. */
WUJI_CHECKED wuji_status wuji_pg_data_make(const wuji_pg_place *place, const char *bin, wuji_error *error);

/** path = first + second, or WUJI_IO: too long. */
WUJI_CHECKED wuji_status wuji_pg_path(char path[PATH_MAX], const char *first, const char *second,
                                      wuji_error *error);

#endif
