#include "cli/commands.h"
#include "cli/json.h"
#include "cli/language.h"

#include <stdio.h>

wuji_status command_withdraw(const settings *s, wuji_error *error) {
  wuji_db *db = NULL;
  const char *code = s->operands[0];
  wuji_status status = open_database(s, &db, error);
  if (status == WUJI_OK) status = wuji_db_withdraw(db, code, error);
  if (status == WUJI_OK && s->json) {
    json_put(json_pack("{s:s, s:s}", "exam", code, "status", "withdrawn"));
  } else if (status == WUJI_OK && !s->quiet) {
    printf(say("%s: withdrawn\n"), code);
  }
  wuji_db_close(db);
  return status;
}
