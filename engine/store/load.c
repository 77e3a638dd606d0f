/* The plan of reading an exam back: which run, the small tables, then candidates and matrices side by side.
 */
#include "store/load.h"

#include "base/threads.h"

wuji_status wuji_load_damaged(const wuji_loading *loading, const char *table, wuji_error *error) {
  return wuji_fail(error, WUJI_DATABASE,
                   "database: what is stored of exam %s is damaged: table wuji_store.%s", loading->exam,
                   table);
}

/* COPY takes no parameters: the run travels as a setting of the session. */
wuji_status wuji_load_connect(const wuji_loading *loading, wuji_pg **pg, wuji_error *error) {
  wuji_pg_number number;
  wuji_str run = wuji_pg_number_text(&number, loading->run);
  wuji_status status = wuji_store_connect(loading->store, loading->run, pg, error);
  if (status != WUJI_OK) return status;
  status = wuji_pg_query(*pg, "select set_config('wuji.run', $1, false)", 1, &run, NULL, error);
  if (status != WUJI_OK) {
    wuji_pg_close(*pg);
    *pg = NULL;
  }
  return status;
}

/* The run that holds the exam's content: what was kept last, else what is published. 0: none. */
static wuji_status find_run(wuji_pg *pg, const char *exam, int32_t *run, wuji_error *error) {
  static const char look[] = "select coalesce((select run from wuji_store.ingested where exam = $1),"
                             " (select run from wuji_store.exam where exam = $1), 0)";
  wuji_str code = wuji_str_of(exam);
  wuji_pg_rows *rows;
  wuji_status status = wuji_pg_query(pg, look, 1, &code, &rows, error);
  if (status != WUJI_OK) return status;
  *run = (int32_t)wuji_pg_integer(rows, 0, 0);
  wuji_pg_rows_free(rows);
  return *run != 0 ? WUJI_OK : wuji_fail(error, WUJI_NOT_FOUND, "there is no exam %s", exam);
}

/* A run may be replaced and removed between the moment we learn of it and that at which our lock keeps it;
 * then there is another. */
static wuji_status hold_run(wuji_loading *loading, wuji_pg **pg, wuji_error *error) {
  wuji_status status = WUJI_OK;
  WUJI_TRY(find_run(loading->store->pg, loading->exam, &loading->run, error));
  for (;;) {
    int32_t now = 0;
    WUJI_TRY(wuji_load_connect(loading, pg, error));
    WUJI_TRY(find_run(*pg, loading->exam, &now, error));
    if (now == loading->run) break;
    loading->run = now;
    wuji_pg_close(*pg);
    *pg = NULL;
  }
done:
  return status;
}

static wuji_status load_run(wuji_loading *loading, wuji_pg *pg, uint8_t content[WUJI_DIGEST_BYTES],
                            wuji_error *error) {
  wuji_pg_number number;
  wuji_str run = wuji_pg_number_text(&number, loading->run);
  wuji_pg_rows *rows = NULL;
  wuji_status status;
  WUJI_TRY(wuji_pg_query(pg, "select content, plan from wuji_store.run where run = $1::integer", 1, &run,
                         &rows, error));
  bool there = wuji_pg_row_count(rows) == 1;
  wuji_str digest = there ? wuji_pg_text(rows, 0, 0) : WUJI_NO_STR;
  wuji_str plan = there ? wuji_pg_text(rows, 0, 1) : WUJI_NO_STR;
  if (digest.len != WUJI_DIGEST_BYTES || plan.ptr == NULL) {
    WUJI_TRY(wuji_fail(error, WUJI_NOT_FOUND,
                       "exam %s was stored without its content: run its package once more", loading->exam));
  } else {
    memcpy(content, digest.ptr, WUJI_DIGEST_BYTES);
    loading->cohort->plan.text = wuji_arena_copy(&loading->cohort->arena, plan);
    if (loading->cohort->plan.text.ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  }
done:
  wuji_pg_rows_free(rows);
  return status;
}

/* All at once: the packed tables fill matrices, the candidates make text in an arena of their own. */
typedef struct parts {
  wuji_loading *loading;
  wuji_arena text;
} parts;

static wuji_status load_part(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  parts *p = context;
  return task == 0 ? wuji_load_candidates(p->loading, &p->text, error)
                   : wuji_load_packed(p->loading, task - 1, error);
}

wuji_status wuji_store_load(wuji_store *store, const char *exam, wuji_cohort *cohort,
                            uint8_t content[WUJI_DIGEST_BYTES], wuji_error *error) {
  wuji_loading loading = {.store = store, .exam = exam, .cohort = cohort};
  parts p = {.loading = &loading};
  wuji_pg *pg = NULL;
  wuji_status status;
  WUJI_TRY(hold_run(&loading, &pg, error));
  WUJI_TRY(load_run(&loading, pg, content, error));
  WUJI_TRY(wuji_load_package(&loading, pg, error));
  WUJI_TRY(wuji_load_make_room(&loading, error));
  uint32_t count = 1 + wuji_load_packed_count();
  status = wuji_parallel(count, count, load_part, &p, error);
done:
  wuji_arena_adopt(&cohort->arena, &p.text);
  wuji_pg_close(pg);
  return status;
}
