#include "cli/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_table(const char *name) {
  for (size_t i = 0; i < wuji_table_kinds(); i++) {
    if (strcmp(wuji_table_kind(i), name) == 0) return true;
  }
  return false;
}

/* The file is written beside its name and renamed when whole; standard output is written as it is. */
static wuji_status export_to(const settings *s, const wuji_export *what, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_db *db = NULL;
  char *part = NULL;
  int fd = STDOUT_FILENO;
  if (s->out != NULL) {
    if (asprintf(&part, "%s.part", s->out) < 0) return fail(error, WUJI_NO_MEMORY, "out of memory");
    fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
      status = fail(error, WUJI_IO, "%s: %s", s->out, strerror(errno));
      free(part);
      return status;
    }
  }
  status = open_database(s, &db, error);
  if (status == WUJI_OK) status = wuji_db_export(db, what, fd, error);
  wuji_db_close(db);
  if (part != NULL) {
    bool good = close(fd) == 0 && status == WUJI_OK && rename(part, s->out) == 0;
    if (!good && status == WUJI_OK) status = fail(error, WUJI_IO, "%s: %s", s->out, strerror(errno));
    if (!good) (void)unlink(part);
  }
  free(part);
  return status;
}

wuji_status command_export(const settings *s, wuji_error *error) {
  wuji_export what = {.exam = s->operands[0],
                      .table = s->operands[1],
                      .node = s->node,
                      .paper = s->paper,
                      .format = WUJI_CSV,
                      .no_bom = s->no_bom};
  if (s->no_db) return fail(error, WUJI_USAGE, "export needs a database, --db none gives it none");
  if (!is_table(what.table)) return fail(error, WUJI_USAGE, "there is no table %s", what.table);
  const char *format = s->format != NULL ? s->format : s->json ? "json" : "csv";
  if (strcmp(format, "json") == 0) {
    what.format = WUJI_JSON_ARRAY;
  } else if (strcmp(format, "csv") != 0) {
    return fail(error, WUJI_USAGE, "--format %s is neither csv nor json", format);
  }
  return export_to(s, &what, error);
}
