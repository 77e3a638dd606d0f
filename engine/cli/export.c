#include "cli/commands.h"
#include "cli/language.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_table(const char *name) {
  for (size_t i = 0; i < wuji_table_kinds(); i++) {
    if (strcmp(wuji_table_kind(i), name) == 0) return true;
  }
  return false;
}

/* Where an export goes: standard output, the file itself where it is no regular file (a pipe, /dev/null),
 * else a file beside it that takes its name when whole. */
typedef struct target {
  const char *path;
  char *part; /* NULL: written in place */
  int fd;
} target;

static wuji_status target_open(target *t, const char *path, wuji_error *error) {
  struct stat info;
  *t = (target){.path = path, .fd = STDOUT_FILENO};
  if (path == NULL) return WUJI_OK;
  bool in_place = stat(path, &info) == 0 && !S_ISREG(info.st_mode);
  if (!in_place && asprintf(&t->part, "%s.part", path) < 0)
    return fail(error, WUJI_NO_MEMORY, "out of memory");
  t->fd = open(in_place ? path : t->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (t->fd >= 0) return WUJI_OK;
  free(t->part);
  t->part = NULL;
  return fail(error, WUJI_IO, "%s: %s", path, say(strerror(errno)));
}

/* Ends the file; one that `status` says is not whole does not take the name. */
static wuji_status target_close(target *t, wuji_status status, wuji_error *error) {
  if (t->path == NULL) return status;
  bool written = close(t->fd) == 0;
  if (t->part != NULL && written && status == WUJI_OK) written = rename(t->part, t->path) == 0;
  if (!written && status == WUJI_OK) status = fail(error, WUJI_IO, "%s: %s", t->path, say(strerror(errno)));
  if (t->part != NULL && status != WUJI_OK) (void)unlink(t->part);
  free(t->part);
  return status;
}

static wuji_status export_to(const settings *s, const wuji_export *what, wuji_error *error) {
  target t;
  wuji_db *db = NULL;
  wuji_status status = target_open(&t, s->out, error);
  if (status != WUJI_OK) return status;
  status = open_database(s, &db, error);
  if (status == WUJI_OK) status = wuji_db_export(db, what, t.fd, error);
  wuji_db_close(db);
  return target_close(&t, status, error);
}

wuji_status command_export(const settings *s, wuji_error *error) {
  wuji_export what = {.exam = s->operands[0],
                      .table = s->operands[1],
                      .node = s->node,
                      .paper = s->paper,
                      .format = WUJI_CSV,
                      .no_bom = s->no_bom};
  wuji_status status = require_database(s, error);
  if (status != WUJI_OK) return status;
  if (!is_table(what.table)) return fail(error, WUJI_USAGE, "there is no table %s", what.table);
  const char *format = s->format != NULL ? s->format : s->json ? "json" : "csv";
  if (strcmp(format, "json") == 0) {
    what.format = WUJI_JSON_ARRAY;
  } else if (strcmp(format, "csv") != 0) {
    return fail(error, WUJI_USAGE, "--format %s is neither csv nor json", format);
  }
  return export_to(s, &what, error);
}
