/* What `run` and `analyze` share: from a checked exam to its tables, as files and in the database. */
#include "cli/commands.h"
#include "cli/language.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* exam.csv once more, now that the exam has a run and a time of publishing. */
static wuji_status rewrite_exam_table(const settings *s, wuji_db *db, const wuji_exam *exam,
                                      wuji_error *error) {
  char *path = NULL;
  if (asprintf(&path, "%s/exam.csv", s->out) < 0) return fail(error, WUJI_NO_MEMORY, "out of memory");
  wuji_status status = WUJI_OK;
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) {
    status = fail(error, WUJI_IO, "%s: %s", path, say(strerror(errno)));
  } else {
    wuji_export what = {.exam = wuji_exam_code(exam), .table = "exam", .no_bom = s->no_bom};
    status = wuji_db_export(db, &what, fd, error);
    if (close(fd) != 0 && status == WUJI_OK)
      status = fail(error, WUJI_IO, "%s: %s", path, say(strerror(errno)));
  }
  free(path);
  return status;
}

/* Where the published tables can be read, for a person. */
static void tell_where(const settings *s, char *where, size_t size) {
  wuji_error ignored;
  bool environment = getenv("PGHOST") != NULL || getenv("PGSERVICE") != NULL || getenv("PGDATABASE") != NULL;
  where[0] = '\0';
  if (s->db != NULL) {
    (void)snprintf(where, size, "%s", s->db);
  } else if (environment) {
    (void)snprintf(where, size, "%s", say("the database of the PG… environment"));
  } else if (wuji_cluster_uri(where, size, &ignored) != WUJI_OK) {
    where[0] = '\0';
  }
}

void unchanged_tell(const settings *s, const wuji_exam *exam) {
  if (s->quiet) return;
  progress_clear();
  (void)fprintf(stderr, say("unchanged: the database has this very content of exam %s already\n"),
                wuji_exam_code(exam));
}

wuji_status publish_exam(const settings *s, wuji_db *db, wuji_exam *exam, bool replace, wuji_error *error) {
  wuji_published published = {0};
  char where[512];
  size_t told = wuji_exam_warning_count(exam);
  wuji_status status = WUJI_OK;
  if (db != NULL) status = wuji_db_match_priors(db, exam, error);
  if (status == WUJI_OK && db != NULL) status = wuji_db_may_publish(db, exam, replace, error);
  /* Without files, publishing analyses it by itself, while its content is on the way. */
  if (status == WUJI_OK && (db == NULL || s->out != NULL)) status = wuji_exam_analyze(exam, error);
  if (status == WUJI_OK && s->out != NULL)
    status = wuji_exam_write(exam, s->out, s->items, !s->no_bom, error);
  if (status == WUJI_OK && db != NULL) status = wuji_db_publish(db, exam, replace, &published, error);
  if (status == WUJI_OK && db != NULL && s->out != NULL) status = rewrite_exam_table(s, db, exam, error);
  progress_clear();
  if (!s->quiet) warnings_tell(exam, told);
  if (status == WUJI_OK && published.unchanged) unchanged_tell(s, exam);
  if (status == WUJI_OK && (s->json || !s->quiet)) {
    tell_where(s, where, sizeof where);
    status = summary_print(s, exam, db == NULL ? NULL : &published, where, error);
  }
  return status;
}
