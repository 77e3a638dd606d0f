/* The database opened, published tables out of it, the private cluster. */
#include "api/db_handle.h"
#include "api/table_handle.h"
#include "emit/emit.h"
#include "pg/cluster.h"

#include <stdlib.h>

wuji_status wuji_db_open(const char *conninfo, wuji_db **db, wuji_error *error) {
  wuji_status status = WUJI_OK;
  char uri[512];
  *db = NULL;
  wuji_db *handle = calloc(1, sizeof *handle);
  if (handle == NULL) return wuji_fail_memory(error);
  if (conninfo == NULL &&
      (getenv("PGHOST") != NULL || getenv("PGSERVICE") != NULL || getenv("PGDATABASE") != NULL)) {
    conninfo = "";
  }
  if (conninfo == NULL) {
    WUJI_TRY(wuji_pg_cluster_start(error));
    WUJI_TRY(wuji_pg_cluster_uri(uri, sizeof uri, error));
    conninfo = uri;
  }
  WUJI_TRY(wuji_store_open(conninfo, &handle->store, error));
  *db = handle;
  handle = NULL;
done:
  free(handle);
  return status;
}

void wuji_db_close(wuji_db *db) {
  if (db == NULL) return;
  wuji_store_close(db->store);
  free(db);
}

wuji_status wuji_db_export(wuji_db *db, const wuji_export *what, int fd, wuji_error *error) {
  const wuji_table_def *def = wuji_catalog_find(what->table);
  if (def == NULL) return wuji_fail(error, WUJI_USAGE, "there is no table %s", what->table);
  wuji_emitter emitter = {0};
  wuji_status status = wuji_emit_open(&emitter, def, what->format, !what->no_bom, fd, error);
  if (status != WUJI_OK) return status;
  wuji_sink sink = {wuji_emit_push, &emitter};
  status = wuji_store_read(db->store, def, what->exam, what->node, what->paper, &sink, error);
  if (status != WUJI_OK) {
    wuji_emit_abandon(&emitter);
    return status;
  }
  return wuji_emit_close(&emitter, error);
}

wuji_status wuji_db_exams(wuji_db *db, wuji_table **table, wuji_error *error) {
  *table = NULL;
  wuji_table *whole = wuji_table_new(wuji_catalog_find("exam"));
  if (whole == NULL) return wuji_fail_memory(error);
  wuji_sink sink = wuji_table_sink(whole);
  wuji_status status = wuji_store_exams(db->store, &sink, error);
  if (status == WUJI_OK) {
    *table = whole;
  } else {
    wuji_table_close(whole);
  }
  return status;
}

wuji_status wuji_cluster_start(wuji_error *error) {
  return wuji_pg_cluster_start(error);
}

wuji_status wuji_cluster_stop(wuji_error *error) {
  return wuji_pg_cluster_stop(error);
}

wuji_status wuji_cluster_status(bool *running, char *home, size_t home_size, wuji_error *error) {
  return wuji_pg_cluster_status(running, home, home_size, error);
}

wuji_status wuji_cluster_uri(char *uri, size_t uri_size, wuji_error *error) {
  return wuji_pg_cluster_uri(uri, uri_size, error);
}
