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

/* Why the program failed: of what it has logged since `from`, the first line that sounds like a reason, else
 * the last. */
static void find_reason(const char *log, off_t from, char *reason, size_t size) {
  static const char *const words[] = {"error:", "FATAL", "denied", "could not", "cannot"};
  char text[4096];
  int fd = open(log, O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? -1 : pread(fd, text, sizeof text - 1, from);
  if (fd >= 0) (void)close(fd);
  text[got < 0 ? 0 : got] = '\0';
  bool found = false;
  char *rest = NULL;
  (void)snprintf(reason, size, "no message");
  for (const char *line = strtok_r(text, "\n", &rest); line != NULL && !found;
       line = strtok_r(NULL, "\n", &rest)) {
    (void)snprintf(reason, size, "%.400s", line);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) found = found || strstr(line, words[w]) != NULL;
  }
}

static wuji_status wait_for(pid_t child, const char *program, const char *log, off_t from,
                            wuji_error *error) {
  int outcome = 0;
  char reason[512];
  while (waitpid(child, &outcome, 0) < 0) {
    if (errno != EINTR) return wuji_fail(error, WUJI_IO, "%s: %s", program, wuji_reason(errno));
  }
  if (WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0) return WUJI_OK;
  find_reason(log, from, reason, sizeof reason);
  return wuji_fail(error, WUJI_IO, "%s failed: %s (see %s)", program, reason, log);
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
    status = wuji_fail(error, WUJI_IO, "%s: %s", place->log, wuji_reason(errno));
    goto done;
  }
  off_t from = lseek(log, 0, SEEK_END);
  pid_t child = fork();
  if (child == 0) {
    become(place, log);
    (void)execve(file, vector, variables);
    _exit(127);
  }
  if (child < 0) {
    status = wuji_fail(error, WUJI_IO, "%s: %s", program, wuji_reason(errno));
  } else {
    status = wait_for(child, program, place->log, from, error);
  }
  (void)close(log);
done:
  return status;
}
