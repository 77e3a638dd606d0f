/* An exam in memory into the database, and published tables out of it. */
#include "api/exam_handle.h"
#include "api/table_handle.h"
#include "base/threads.h"
#include "emit/emit.h"
#include "pg/cluster.h"
#include "store/store.h"

#include <stdlib.h>
#include <time.h>

struct wuji_db {
  wuji_store *store;
};

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

wuji_status wuji_db_may_publish(wuji_db *db, const wuji_exam *exam, bool replace, wuji_error *error) {
  return wuji_store_may_publish(db->store, exam->code, replace, error);
}

/* What one connection carries: the marks, or a list of stored tables. */
typedef struct load {
  bool marks;
  const char *tables[10]; /* NULL ends the list */
  double seconds;
} load;

typedef struct publishing {
  wuji_store *store;
  const wuji_exam *exam;
  int32_t run;
  load *loads;
} publishing;

static double now_s(void) {
  struct timespec t;
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static wuji_status copy_table(const publishing *p, const char *name, wuji_error *error) {
  const wuji_table_def *def = wuji_catalog_find_stored(name);
  wuji_store_copy *copy = NULL;
  wuji_status status = wuji_store_copy_begin(p->store, def, &copy, error);
  if (status != WUJI_OK) return status;
  wuji_sink sink = {wuji_store_copy_push, copy};
  status = wuji_report_stored(p->exam->cohort, p->exam->analysis, def, p->run, &sink, error);
  if (status == WUJI_OK) return wuji_store_copy_end(copy, true, error);
  wuji_status ended = wuji_store_copy_end(copy, false, NULL); /* the first failure is the one to tell */
  (void)ended;
  return status;
}

static wuji_status carry(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  const publishing *p = context;
  load *l = &p->loads[task];
  double start = now_s();
  wuji_status status = l->marks ? wuji_store_marks(p->store, p->exam->cohort, p->run, error) : WUJI_OK;
  for (uint32_t i = 0; status == WUJI_OK && l->tables[i] != NULL; i++)
    status = copy_table(p, l->tables[i], error);
  l->seconds = now_s() - start;
  return status;
}

wuji_status wuji_db_publish(wuji_db *db, wuji_exam *exam, bool replace, wuji_published *published,
                            wuji_error *error) {
  wuji_status status = wuji_exam_require_analysis(exam, error);
  if (status != WUJI_OK) return status;
  int32_t run = 0;
  status = wuji_store_begin(db->store, exam->code, replace, &run, error);
  if (status != WUJI_OK) return status;

  /* Four connections: waiting for one COPY leaves the processors to the others. */
  load loads[] = {
      {.marks = true, .tables = {"class_member"}},
      {.tables = {"candidate", "line", "reference"}},
      {.tables = {"item_stat", "paper_stat", "node", "paper", "item", "band_stat", "band", "point_stat",
                  "aspect_value"}},
      {.tables = {"option_stat", "option_curve", "item_curve", "option"}},
  };
  enum { LOADS = sizeof loads / sizeof *loads };
  publishing p = {db->store, exam, run, loads};
  bool replaced = false;
  double start = now_s();
  WUJI_TRY(wuji_parallel(LOADS, LOADS, carry, &p, error));
  double copied = now_s();
  WUJI_TRY(wuji_store_publish(db->store, exam->cohort, run, &replaced, error));
  if (published != NULL) {
    *published = (wuji_published){.run = run,
                                  .replaced = replaced,
                                  .marks_s = loads[0].seconds,
                                  .tables_s = copied - start,
                                  .publish_s = now_s() - copied};
  }
done:
  if (status != WUJI_OK) wuji_store_abandon(db->store, run);
  return status;
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
