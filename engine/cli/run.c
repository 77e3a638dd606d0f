#include "cli/commands.h"

wuji_status command_run(const settings *s, wuji_error *error) {
  wuji_exam *exam = NULL;
  wuji_db *db = NULL;
  wuji_status status = WUJI_OK;
  if (s->no_db && s->out == NULL) return fail(error, WUJI_USAGE, "--db none makes nothing without --out DIR");
  if (s->out != NULL) status = wuji_directory_prepare(s->out, error);
  if (status == WUJI_OK) status = open_package(s, s->operands[0], &exam, error);
  if (status == WUJI_OK && s->no_db && wuji_exam_needs_database(exam)) {
    status = fail(error, WUJI_REJECTED,
                  "exam %s has priors from an exam stored before, so it can't be run with --db none",
                  wuji_exam_code(exam));
  }
  if (status == WUJI_OK && !s->no_db) status = open_database(s, &db, error);
  if (status == WUJI_OK) status = publish_exam(s, db, exam, s->replace, error);
  wuji_db_close(db);
  wuji_exam_close(exam);
  return status;
}
