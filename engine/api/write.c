/* Diagnostic tables of an exam in memory to files. */
#include "api/csv_file.h"
#include "api/exam_handle.h"
#include "base/threads.h"

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

static wuji_status rows_of(const void *context, const wuji_table_def *def, const wuji_sink *sink,
                           wuji_error *error) {
  const wuji_exam *exam = context;
  return wuji_report_rows(exam->cohort, exam->analysis, exam->growth.made, def, sink, error);
}

static wuji_status write_table(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  const writing *w = context;
  const wuji_table_def *def = &wuji_catalog[task];
  if (!def->diagnostic || (strcmp(def->name, "item_score") == 0 && !w->items)) return WUJI_OK;
  return wuji_csv_file_write(w->directory, def, w->bom, rows_of, w->exam, error);
}

wuji_status wuji_exam_write(wuji_exam *exam, const char *directory, bool items, bool bom, wuji_error *error) {
  wuji_status status = wuji_exam_require_analysis(exam, error);
  if (status == WUJI_OK) status = wuji_directory_prepare(directory, error);
  if (status != WUJI_OK) return status;
  writing w = {exam, directory, items, bom};
  return wuji_parallel(exam->options.threads, (uint32_t)wuji_table_kinds(), write_table, &w, error);
}
