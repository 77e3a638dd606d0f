/* An exam's content into the database and back. */
#include "api/exam_handle.h"

wuji_status wuji_db_ingest(wuji_db *db, wuji_exam *exam, bool replace, wuji_published *stored,
                           wuji_error *error) {
  (void)db, (void)exam, (void)replace, (void)stored;
  return wuji_fail(error, WUJI_INTERNAL, "not there yet");
}

wuji_status wuji_exam_load(wuji_db *db, const char *code, const wuji_options *options, wuji_exam **exam,
                           wuji_error *error) {
  (void)db, (void)code, (void)options;
  *exam = NULL;
  return wuji_fail(error, WUJI_INTERNAL, "not there yet");
}

wuji_status wuji_db_withdraw(wuji_db *db, const char *code, wuji_error *error) {
  (void)db, (void)code;
  return wuji_fail(error, WUJI_INTERNAL, "not there yet");
}

bool wuji_exam_needs_database(const wuji_exam *exam) {
  (void)exam;
  return false;
}
