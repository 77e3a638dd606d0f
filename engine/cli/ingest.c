#include "cli/commands.h"
#include "cli/language.h"

#include <stdio.h>

static void tell(const settings *s, const wuji_exam *exam, const wuji_published *stored) {
  const char *code = wuji_exam_code(exam);
  if (stored->unchanged) unchanged_tell(s, exam);
  if (s->json) {
    summary_print_json(exam, stored->unchanged ? "unchanged" : "ingested", stored);
  } else if (!s->quiet && !stored->unchanged) {
    printf(say("%s: stored as run %d; wuji analyze %s computes and publishes it\n"), code, stored->run, code);
  }
}

wuji_status command_ingest(const settings *s, wuji_error *error) {
  wuji_exam *exam = NULL;
  wuji_db *db = NULL;
  wuji_published stored = {0};
  wuji_status status = require_database(s, error);
  if (status == WUJI_OK) status = open_package(s, s->operands[0], &exam, error);
  if (status == WUJI_OK) status = open_database(s, &db, error);
  if (status == WUJI_OK) status = wuji_db_ingest(db, exam, s->replace, &stored, error);
  if (status == WUJI_OK) tell(s, exam, &stored);
  wuji_db_close(db);
  wuji_exam_close(exam);
  return status;
}
