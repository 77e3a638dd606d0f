/* PostgreSQL's server programs: which, and how they are run. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "pg/cluster_inside.h"

enum { OLDEST = 15, NEWEST = 99 };

static bool has_programs(const char *bin) {
  static const char *const programs[] = {"/initdb", "/pg_ctl", "/postgres"};
  char path[PATH_MAX];
  for (uint32_t i = 0; i < 3; i++) {
    if (wuji_pg_path(path, bin, programs[i], NULL) != WUJI_OK || access(path, X_OK) != 0) return false;
  }
  return true;
}

/* The version that made the data folder; 0 if there is none yet. */
static int data_version(const wuji_pg_place *place) {
  char path[PATH_MAX];
  char text[16] = "";
  if (wuji_pg_path(path, place->data, "/PG_VERSION", NULL) != WUJI_OK) return 0;
  FILE *file = fopen(path, "re");
  if (file == NULL) return 0;
  const char *line = fgets(text, sizeof text, file);
  (void)fclose(file);
  return line == NULL ? 0 : (int)strtol(text, NULL, 10);
}

static bool among_versions(int version, char bin[PATH_MAX]) {
  int highest = version == 0 ? NEWEST : version;
  int lowest = version == 0 ? OLDEST : version;
  for (int v = highest; v >= lowest; v--) {
    (void)snprintf(bin, PATH_MAX, "/usr/lib/postgresql/%d/bin", v);
    if (has_programs(bin)) return true;
  }
  return false;
}

static bool on_path(char bin[PATH_MAX]) {
  const char *path = getenv("PATH");
  while (path != NULL && *path != '\0') {
    size_t length = strcspn(path, ":");
    if (length > 0 && length < PATH_MAX && path[0] == '/') {
      memcpy(bin, path, length);
      bin[length] = '\0';
      if (has_programs(bin)) return true;
    }
    path += length + (path[length] == ':');
  }
  return false;
}

wuji_status wuji_pg_programs(const wuji_pg_place *place, char bin[PATH_MAX], wuji_error *error) {
  const char *given = getenv("WUJI_PG_BIN");
  if (given != NULL && given[0] != '\0') {
    if (realpath(given, bin) != NULL && has_programs(bin)) return WUJI_OK;
    return wuji_fail(error, WUJI_NOT_FOUND, "WUJI_PG_BIN=%s: no initdb, pg_ctl and postgres there", given);
  }
  int version = data_version(place);
  if (among_versions(version, bin) || on_path(bin)) return WUJI_OK;
  if (version != 0) {
    return wuji_fail(error, WUJI_NOT_FOUND,
                     "%s was made by PostgreSQL %d, whose server programs are not here: install Debian's "
                     "package postgresql-%d, or "
                     "set WUJI_PG_BIN",
                     place->data, version, version);
  }
  return wuji_fail(error, WUJI_NOT_FOUND,
                   "PostgreSQL's server programs (initdb, pg_ctl, postgres) are not here: install Debian's "
                   "package postgresql, "
                   "set WUJI_PG_BIN, or name a server with --db");
}

/* In the new process: the server's user, nothing of ours open, output to the log. Async-signal-safe calls
 * only. */
static void become(const wuji_pg_place *place, int log) {
  int nothing = open("/dev/null", O_RDONLY);
  bool good = nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(log, STDOUT_FILENO) >= 0 &&
              dup2(log, STDERR_FILENO) >= 0 && chdir("/") == 0;
  (void)umask(0077);
  if (close_range(3, ~0U, 0) != 0) {
    for (int fd = 3; fd < 1024; fd++) (void)close(fd); /* a kernel before 5.9 */
  }
  if (place->root) {
    good = good && setgroups((size_t)place->group_count, place->groups) == 0 && setgid(place->gid) == 0 &&
           setuid(place->uid) == 0;
  }
  /* What the caller's threads block or ignore is not for the server to inherit. */
  sigset_t none;
  (void)sigemptyset(&none);
  (void)sigprocmask(SIG_SETMASK, &none, NULL);
  (void)signal(SIGPIPE, SIG_DFL);
  if (!good) _exit(126);
}

/* The last line in the log, which is the program's own reason. */
static void last_line(const char *path, char *line, size_t size) {
  char tail[2048];
  line[0] = '\0';
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  off_t end = lseek(fd, 0, SEEK_END);
  off_t from = end > (off_t)sizeof tail - 1 ? end - ((off_t)sizeof tail - 1) : 0;
  ssize_t got = pread(fd, tail, sizeof tail - 1, from);
  (void)close(fd);
  if (got <= 0) return;
  while (got > 0 && tail[got - 1] == '\n') got--;
  tail[got] = '\0';
  const char *start = strrchr(tail, '\n');
  (void)snprintf(line, size, "%.400s", start == NULL ? tail : start + 1);
}

static wuji_status wait_for(pid_t child, const char *program, const wuji_pg_place *place, wuji_error *error) {
  int outcome = 0;
  char line[512];
  while (waitpid(child, &outcome, 0) < 0) {
    if (errno != EINTR) return wuji_fail(error, WUJI_IO, "%s: %s", program, strerror(errno));
  }
  if (WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0) return WUJI_OK;
  last_line(place->log, line, sizeof line);
  return wuji_fail(error, WUJI_IO, "%s failed: %s (see %s)", program, line, place->log);
}

wuji_status wuji_pg_program_run(const wuji_pg_place *place, const char *bin, const char *program,
                                const char *const *arguments, wuji_error *error) {
  /* PGPORT and its like would reach the server; a locale that is not installed would stop initdb. */
  char path[PATH_MAX + 8];
  (void)snprintf(path, sizeof path, "PATH=%s:/usr/bin:/bin", bin);
  char home[PATH_MAX + 8];
  (void)snprintf(home, sizeof home, "HOME=%s", place->home);
  char *const variables[] = {path, home, "LC_ALL=C.UTF-8", "TZ=UTC", NULL};
  char folder[PATH_MAX];
  char file[PATH_MAX];
  char *vector[WUJI_PG_MOST_ARGUMENTS + 2] = {file};
  uint32_t count = 0;
  wuji_status status;
  WUJI_TRY(wuji_pg_path(folder, bin, "/", error));
  WUJI_TRY(wuji_pg_path(file, folder, program, error));
  for (; arguments[count] != NULL && count < WUJI_PG_MOST_ARGUMENTS; count++)
    vector[count + 1] = (char *)arguments[count];
  int log = open(place->log, O_WRONLY | O_APPEND | O_CLOEXEC);
  if (log < 0) {
    status = wuji_fail(error, WUJI_IO, "%s: %s", place->log, strerror(errno));
    goto done;
  }
  pid_t child = fork();
  if (child == 0) {
    become(place, log);
    (void)execve(file, vector, variables);
    _exit(127);
  }
  if (child < 0) {
    status = wuji_fail(error, WUJI_IO, "%s: %s", program, strerror(errno));
  } else {
    status = wait_for(child, program, place, error);
  }
  (void)close(log);
done:
  return status;
}
