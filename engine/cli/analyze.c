#include "cli/commands.h"

/* Whoever ingested the content has said --replace where it was needed. */
static const bool replace = true;

wuji_status command_analyze(const settings *s, wuji_error *error) {
  wuji_exam *exam = NULL;
  wuji_db *db = NULL;
  const char *code = s->operands[0];
  wuji_options options = options_of(s);
  wuji_status status = require_database(s, error);
  if (status == WUJI_OK && s->out != NULL) status = wuji_directory_prepare(s->out, error);
  if (status == WUJI_OK) status = open_database(s, &db, error);
  if (status == WUJI_OK) status = wuji_exam_load(db, code, &options, &exam, error);
  if (status == WUJI_OK) status = publish_exam(s, db, exam, replace, error);
  wuji_db_close(db);
  wuji_exam_close(exam);
  return status;
}
