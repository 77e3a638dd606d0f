/* Diagnostic tables of an exam in memory to files. */
#include "api/exam_handle.h"
#include "base/threads.h"
#include "emit/emit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

wuji_status wuji_directory_prepare(const char *directory, wuji_error *error) {
  if (mkdir(directory, 0777) != 0 && errno != EEXIST) {
    return wuji_fail(error, WUJI_IO, "%s: the folder cannot be made: %s", directory, wuji_reason(errno));
  }
  wuji_status status = WUJI_OK;
  char *probe = NULL;
  if (asprintf(&probe, "%s/.wuji-probe-%ld", directory, (long)getpid()) < 0) return wuji_fail_memory(error);
  int fd = open(probe, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) {
    status = wuji_fail(error, WUJI_IO, "%s: no file can be written there: %s", directory, wuji_reason(errno));
  } else {
    (void)close(fd);
    (void)unlink(probe);
  }
  free(probe);
  return status;
}

typedef struct writing {
  const wuji_exam *exam;
  const char *directory;
  bool items;
  bool bom;
} writing;

static wuji_status write_rows(const writing *w, const wuji_table_def *def, int fd, wuji_error *error) {
  wuji_emitter emitter = {0};
  wuji_status status = wuji_emit_open(&emitter, def, WUJI_CSV, w->bom, fd, error);
  if (status != WUJI_OK) return status;
  wuji_sink sink = {wuji_emit_push, &emitter};
  status = wuji_report_rows(w->exam->cohort, w->exam->analysis, def, &sink, error);
  if (status != WUJI_OK) {
    wuji_emit_abandon(&emitter);
    return status;
  }
  return wuji_emit_close(&emitter, error);
}

/* A table is written beside its name and renamed when whole, so that no half file bears the name. */
static wuji_status write_table(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  const writing *w = context;
  const wuji_table_def *def = &wuji_catalog[task];
  if (!def->diagnostic || (strcmp(def->name, "item_score") == 0 && !w->items)) return WUJI_OK;

  wuji_status status = WUJI_OK;
  char *path = NULL;
  char *part = NULL;
  int fd = -1;
  if (asprintf(&path, "%s/%s.csv", w->directory, def->name) < 0) path = NULL;
  if (asprintf(&part, "%s/%s.csv.part", w->directory, def->name) < 0) part = NULL;
  if (path == NULL || part == NULL) WUJI_TRY(wuji_fail_memory(error));
  fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) WUJI_TRY(wuji_fail(error, WUJI_IO, "%s: %s", part, wuji_reason(errno)));
  WUJI_TRY(write_rows(w, def, fd, error));
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

wuji_status wuji_exam_write(wuji_exam *exam, const char *directory, bool items, bool bom, wuji_error *error) {
  wuji_status status = wuji_exam_require_analysis(exam, error);
  if (status == WUJI_OK) status = wuji_directory_prepare(directory, error);
  if (status != WUJI_OK) return status;
  writing w = {exam, directory, items, bom};
  return wuji_parallel(exam->options.threads, (uint32_t)wuji_table_kinds(), write_table, &w, error);
}
