#include "cli/commands.h"

/* The content is the same: whoever stored it has said --replace where it was needed. */
static const bool replace = true;

wuji_status command_growth(const settings *s, wuji_error *error) {
  wuji_exam *exam = NULL;
  wuji_db *db = NULL;
  const char *code = s->operands[0];
  wuji_options options = options_of(s);
  wuji_growth_options growth = {
      .priors = s->priors, .covariates = s->attributes, .random = s->random, .slope = s->slope, .ml = s->ml};
  wuji_status status = require_database(s, error);
  if (status == WUJI_OK && s->out != NULL) status = wuji_directory_prepare(s->out, error);
  if (status == WUJI_OK) status = open_database(s, &db, error);
  if (status == WUJI_OK) status = wuji_exam_load(db, code, &options, &exam, error);
  if (status == WUJI_OK) status = wuji_exam_set_growth(exam, &growth, error);
  if (status == WUJI_OK && !wuji_exam_has_growth(exam))
    status = fail(error, WUJI_REJECTED, "exam %s has no priors: --priors names them", code);
  if (status == WUJI_OK) status = publish_exam(s, db, exam, replace, error);
  wuji_db_close(db);
  wuji_exam_close(exam);
  return status;
}
