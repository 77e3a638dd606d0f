#include "api/csv_file.h"

#include "emit/emit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static wuji_status write_rows(const wuji_table_def *def, bool bom, int fd, wuji_rows_of rows,
                              const void *context, wuji_error *error) {
  wuji_emitter emitter = {0};
  wuji_status status = wuji_emit_open(&emitter, def, WUJI_CSV, bom, fd, error);
  if (status != WUJI_OK) return status;
  wuji_sink sink = {wuji_emit_push, &emitter};
  status = rows(context, def, &sink, error);
  if (status != WUJI_OK) {
    wuji_emit_abandon(&emitter);
    return status;
  }
  return wuji_emit_close(&emitter, error);
}

wuji_status wuji_csv_file_write(const char *directory, const wuji_table_def *def, bool bom, wuji_rows_of rows,
                                const void *context, wuji_error *error) {
  wuji_status status = WUJI_OK;
  char *path = NULL;
  char *part = NULL;
  int fd = -1;
  if (asprintf(&path, "%s/%s.csv", directory, def->name) < 0) path = NULL;
  if (asprintf(&part, "%s/%s.csv.part", directory, def->name) < 0) part = NULL;
  if (path == NULL || part == NULL) WUJI_TRY(wuji_fail_memory(error));
  fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) WUJI_TRY(wuji_fail(error, WUJI_IO, "%s: %s", part, wuji_reason(errno)));
  WUJI_TRY(write_rows(def, bom, fd, rows, context, error));
  int closed = close(fd);
  fd = -1;
  if (closed != 0) WUJI_TRY(wuji_fail(error, WUJI_IO, "%s: %s", part, wuji_reason(errno)));
  if (rename(part, path) != 0) WUJI_TRY(wuji_fail(error, WUJI_IO, "%s: %s", path, wuji_reason(errno)));
done:
  if (fd >= 0) (void)close(fd);
  if (status != WUJI_OK && part != NULL) (void)unlink(part);
  free(path);
  free(part);
  return status;
}
