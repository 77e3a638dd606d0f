#include "cli/commands.h"

#include <stdio.h>
#include <string.h>

wuji_status require_database(const settings *s, wuji_error *error) {
  return s->no_db ? fail(error, WUJI_USAGE, "this command needs a database, --db none gives it none")
                  : WUJI_OK;
}

wuji_status open_database(const settings *s, wuji_db **db, wuji_error *error) {
  wuji_status status = require_database(s, error);
  return status == WUJI_OK ? wuji_db_open(s->db, db, error) : status;
}

static wuji_status migrate(const settings *s, wuji_error *error) {
  wuji_db *db = NULL;
  wuji_status status = open_database(s, &db, error); /* opening creates or migrates */
  wuji_db_close(db);
  return status;
}

static wuji_status tell_status(wuji_error *error) {
  bool running = false;
  char home[4096];
  wuji_status status = wuji_cluster_status(&running, home, sizeof home, error);
  if (status == WUJI_OK) printf("%s %s\n", running ? "running" : "stopped", home);
  return status;
}

static wuji_status tell_uri(const settings *s, wuji_error *error) {
  char uri[512];
  if (s->db != NULL) return fail(error, WUJI_USAGE, "wuji db uri tells of the private cluster only");
  wuji_status status = wuji_cluster_uri(uri, sizeof uri, error);
  if (status == WUJI_OK) puts(uri);
  return status;
}

wuji_status command_db(const settings *s, wuji_error *error) {
  const char *verb = s->operands[0];
  if (strcmp(verb, "start") == 0) return wuji_cluster_start(error);
  if (strcmp(verb, "stop") == 0) return wuji_cluster_stop(error);
  if (strcmp(verb, "status") == 0) return tell_status(error);
  if (strcmp(verb, "uri") == 0) return tell_uri(s, error);
  if (strcmp(verb, "migrate") == 0) return migrate(s, error);
  return fail(error, WUJI_USAGE, "usage: wuji db start|stop|status|uri|migrate");
}
