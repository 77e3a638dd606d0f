#include "pg/cluster.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "pg/cluster_inside.h"
#include "pg/connection_inside.h"

static const char stop_patience[] = "300";  /* seconds: the last checkpoint of a large load */
static const char start_patience[] = "900"; /* recovery after a crash */

/* `postgresql://postgres@/DATABASE?host=…&port=5432`: the port, since PGPORT may be set to another. */
static wuji_status print_uri(const wuji_pg_place *place, const char *database, char *uri, size_t size,
                             wuji_error *error) {
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  char host[3 * PATH_MAX];
  size_t used = 0;
  for (const char *at = place->sockets; *at != '\0'; at++) {
    bool as_is = strchr(plain, *at) != NULL;
    used += (size_t)snprintf(host + used, sizeof host - used, as_is ? "%c" : "%%%02X", (unsigned char)*at);
  }
  int length = snprintf(uri, size, "postgresql://postgres@/%s?host=%s&port=5432", database, host);
  if (length < 0 || (size_t)length >= size)
    return wuji_fail(error, WUJI_IO, "the URI of %s is too long", place->home);
  return WUJI_OK;
}

wuji_status wuji_pg_cluster_uri(char *uri, size_t size, wuji_error *error) {
  wuji_pg_place place;
  wuji_status status = wuji_pg_place_find(&place, error);
  return status == WUJI_OK ? print_uri(&place, "wuji", uri, size, error) : status;
}

/* One process at a time makes, starts or stops the cluster of a home. The lock goes with the descriptor, so
 * also with a process that is killed. */
static wuji_status lock(const wuji_pg_place *place, int *fd, wuji_error *error) {
  char path[PATH_MAX];
  wuji_status status = wuji_pg_path(path, place->home, "/lock", error);
  if (status != WUJI_OK) return status;
  *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  int got = -1;
  while (*fd >= 0 && (got = flock(*fd, LOCK_EX)) != 0 && errno == EINTR) {
  }
  return got == 0 ? WUJI_OK : wuji_fail(error, WUJI_IO, "%s: %s", path, wuji_reason(errno));
}

/* A crash leaves the pid file and the socket's lock file, and if their process number belongs to another
 * process by now (after a restart of the machine, and always in containers), the server would not start.
 * Wants the lock. */
static void clear_stale(const wuji_pg_place *place) {
  static const char *const left[] = {"/.s.PGSQL.5432.lock", "/.s.PGSQL.5432"};
  char path[PATH_MAX];
  if (wuji_pg_path(path, place->data, "/postmaster.pid", NULL) == WUJI_OK) (void)unlink(path);
  for (uint32_t i = 0; i < 2; i++) {
    if (wuji_pg_path(path, place->sockets, left[i], NULL) == WUJI_OK) (void)unlink(path);
  }
}

/* `-w` waits until it takes connections; the server itself goes into a session of its own. */
static wuji_status start_server(const wuji_pg_place *place, wuji_error *error) {
  char bin[PATH_MAX];
  char options[PATH_MAX];
  wuji_status status;
  WUJI_TRY(wuji_pg_programs(place, bin, error));
  WUJI_TRY(wuji_pg_data_make(place, bin, error));
  WUJI_TRY(wuji_pg_place_sockets(place, error));
  clear_stale(place);
  WUJI_TRY(wuji_pg_path(options, "-k ", place->sockets, error));
  const char *const arguments[] = {"start", "-D", place->data, "-l",           place->log, "-o",
                                   options, "-w", "-t",        start_patience, "-s",       NULL};
  status = wuji_pg_program_run(place, bin, "pg_ctl", arguments, error);
done:
  return status;
}

/* The server may run and still be reading its log after a crash that another wuji has seen. */
static wuji_status await(const wuji_pg_place *place, wuji_error *error) {
  const char *const keys[] = {"host", "port", "dbname", "user", NULL};
  const char *const values[] = {place->sockets, "5432", "postgres", "postgres", NULL};
  for (uint32_t tenth_s = 0; tenth_s < 9000; tenth_s++) {
    PGPing answer = PQpingParams(keys, values, 0);
    if (answer == PQPING_OK) return WUJI_OK;
    if (answer == PQPING_NO_ATTEMPT || wuji_pg_place_server(place) == 0) break;
    (void)usleep(100 * 1000);
  }
  return wuji_fail(error, WUJI_DATABASE, "the private cluster in %s does not answer: see %s", place->home,
                   place->log);
}

static wuji_status make_database(const wuji_pg_place *place, wuji_error *error) {
  char uri[1024];
  wuji_pg *pg = NULL;
  wuji_pg_rows *rows = NULL;
  wuji_status status;
  WUJI_TRY(print_uri(place, "postgres", uri, sizeof uri, error));
  WUJI_TRY(wuji_pg_open(uri, &pg, error));
  WUJI_TRY(wuji_pg_query(pg, "select from pg_database where datname = 'wuji'", 0, NULL, &rows, error));
  if (wuji_pg_row_count(rows) == 0) WUJI_TRY(wuji_pg_run(pg, "create database wuji", error));
done:
  wuji_pg_rows_free(rows);
  wuji_pg_close(pg);
  return status;
}

wuji_status wuji_pg_cluster_start(wuji_error *error) {
  wuji_pg_place place;
  int fd = -1;
  wuji_status status;
  WUJI_TRY(wuji_pg_place_find(&place, error));
  WUJI_TRY(wuji_pg_place_prepare(&place, error));
  WUJI_TRY(lock(&place, &fd, error));
  WUJI_TRY(
      wuji_pg_place_find(&place, error)); /* once more: another process may have started it while we waited */
  if (wuji_pg_place_server(&place) == 0) WUJI_TRY(start_server(&place, error));
  WUJI_TRY(await(&place, error));
  status = make_database(&place, error);
done:
  if (fd >= 0) (void)close(fd);
  return status;
}

/* pg_ctl waits for the pid file to go, which is a moment before the process does. The folder of the socket is
 * empty then; it is made again by the next start. */
static wuji_status see_off(const wuji_pg_place *place, pid_t server, wuji_error *error) {
  for (uint32_t tenth_s = 0; tenth_s < 100 && wuji_pg_place_is_server(place, server); tenth_s++)
    (void)usleep(100 * 1000);
  (void)rmdir(place->sockets);
  if (!wuji_pg_place_is_server(place, server)) return WUJI_OK;
  return wuji_fail(error, WUJI_IO, "the private cluster in %s has not stopped: process %ld", place->home,
                   (long)server);
}

wuji_status wuji_pg_cluster_stop(wuji_error *error) {
  wuji_pg_place place;
  pid_t server = 0;
  char bin[PATH_MAX];
  int fd = -1;
  wuji_status status;
  WUJI_TRY(wuji_pg_place_find(&place, error));
  if (access(place.data, F_OK) != 0) goto done; /* there is none */
  WUJI_TRY(lock(&place, &fd, error));
  WUJI_TRY(wuji_pg_place_find(&place, error)); /* once more: it may have been started while we waited */
  server = wuji_pg_place_server(&place);
  if (server == 0) goto done;
  WUJI_TRY(wuji_pg_programs(&place, bin, error));
  const char *const arguments[] = {"stop", "-D", place.data,    "-m", "fast",
                                   "-w",   "-t", stop_patience, "-s", NULL};
  WUJI_TRY(wuji_pg_program_run(&place, bin, "pg_ctl", arguments, error));
  status = see_off(&place, server, error);
done:
  if (fd >= 0) (void)close(fd);
  return status;
}

wuji_status wuji_pg_cluster_status(bool *running, char *home, size_t size, wuji_error *error) {
  wuji_pg_place place;
  wuji_status status = wuji_pg_place_find(&place, error);
  if (status != WUJI_OK) return status;
  *running = wuji_pg_place_server(&place) != 0;
  if ((size_t)snprintf(home, size, "%s", place.home) >= size)
    status = wuji_fail(error, WUJI_IO, "%s: too long", place.home);
  return status;
}
