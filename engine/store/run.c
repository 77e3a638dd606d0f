/* A run from its beginning to its publication or removal.
 *
 * Two advisory locks, both the session's, so that they go with a process that is killed:
 * - the exam's (exclusive, a hash of its code): one run of an exam at a time;
 * - the run's (shared, by every connection that writes for it): a run whose lock can be had exclusively has
 * no writer left, not even a server process that is still to notice that its client is gone. If nothing
 * points to it either, its rows are rubbish. */
#include "store/store_inside.h"

#include <stdio.h>

/* "wuji" in ASCII: keeps the numbers of runs apart from other users of advisory locks. */
#define RUN_LOCK "2004183657"

wuji_status wuji_store_connect(const wuji_store *store, int32_t run, wuji_pg **pg, wuji_error *error) {
  wuji_pg_number number;
  wuji_str param = wuji_pg_number_text(&number, run);
  wuji_status status = wuji_pg_open(store->conninfo, pg, error);
  if (status != WUJI_OK) return status;
  status =
      wuji_pg_query(*pg, "select pg_advisory_lock_shared(" RUN_LOCK ", $1::integer)", 1, &param, NULL, error);
  if (status != WUJI_OK) {
    wuji_pg_close(*pg);
    *pg = NULL;
  }
  return status;
}

wuji_status wuji_store_may_publish(wuji_store *store, const char *exam, bool replace, wuji_error *error) {
  if (replace) return WUJI_OK;
  wuji_pg_rows *rows;
  wuji_str code = wuji_str_of(exam);
  wuji_status status =
      wuji_pg_query(store->pg, "select run from wuji_store.exam where exam = $1", 1, &code, &rows, error);
  if (status != WUJI_OK) return status;
  if (wuji_pg_row_count(rows) > 0) {
    status = wuji_fail(error, WUJI_CONFLICT,
                       "%s is published already (run %ld): --replace publishes another run in its place",
                       exam, (long)wuji_pg_integer(rows, 0, 0));
  }
  wuji_pg_rows_free(rows);
  return status;
}

/* The server takes a moment to notice that a process was killed, hence the patience. */
static wuji_status lock_exam(wuji_store *store, const char *exam, wuji_error *error) {
  static const char lock[] = "select pg_advisory_lock(hashtextextended('wuji exam ' || $1, 0))";
  wuji_str code = wuji_str_of(exam);
  wuji_error why = {0};
  wuji_status status = wuji_pg_run(store->pg, "set lock_timeout = '3s'", error);
  if (status != WUJI_OK) return status;
  status = wuji_pg_query(store->pg, lock, 1, &code, NULL, &why);
  if (status == WUJI_OK) return wuji_pg_run(store->pg, "reset lock_timeout", error);
  if (strcmp(wuji_pg_state(store->pg), "55P03") == 0) {
    return wuji_fail(error, WUJI_CONFLICT, "another run of %s is under way", exam);
  }
  return wuji_fail(error, status, "%s", why.message);
}

static void unlock_all(wuji_store *store) {
  wuji_error ignored; /* if the connection is gone, so are its locks */
  wuji_status status =
      wuji_pg_run(store->pg, "select pg_advisory_unlock_all(); reset lock_timeout", &ignored);
  (void)status;
  store->run = 0;
}

/* All rows of a run, in the transaction that is open. Refused by a foreign key while an exam points to it. */
static wuji_status delete_rows(wuji_pg *pg, int32_t run, wuji_error *error) {
  wuji_pg_number number;
  wuji_str param = wuji_pg_number_text(&number, run);
  char sql[160];
  wuji_status status = WUJI_OK;
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL && status == WUJI_OK; def++) {
    if (def->diagnostic) continue;
    (void)snprintf(sql, sizeof sql, "delete from wuji_store.%s where run = $1::integer", def->name);
    status = wuji_pg_query(pg, sql, 1, &param, NULL, error);
  }
  if (status == WUJI_OK) {
    status = wuji_pg_query(pg, "delete from wuji_store.run where run = $1::integer", 1, &param, NULL, error);
  }
  return status;
}

static void rollback(wuji_pg *pg) {
  wuji_error ignored;
  wuji_status status = wuji_pg_run(pg, "rollback", &ignored);
  (void)status;
}

/* Removes `run` unless someone still writes for it, or another process is removing it. */
static wuji_status remove_run(wuji_pg *pg, int32_t run, wuji_error *error) {
  wuji_pg_number number;
  wuji_str param = wuji_pg_number_text(&number, run);
  wuji_pg_rows *rows = NULL;
  wuji_status status;
  WUJI_TRY(wuji_pg_run(pg, "begin", error));
  WUJI_TRY(wuji_pg_query(pg, "select pg_try_advisory_xact_lock(" RUN_LOCK ", $1::integer)", 1, &param, &rows,
                         error));
  if (wuji_pg_integer(rows, 0, 0) == 1) WUJI_TRY(delete_rows(pg, run, error));
  status = wuji_pg_run(pg, "commit", error);
done:
  wuji_pg_rows_free(rows);
  if (status != WUJI_OK) rollback(pg);
  return status;
}

/* Runs that nothing points to: killed before they were published, or replaced by one that was killed right
 * after. */
static wuji_status remove_killed(wuji_pg *pg, wuji_error *error) {
  wuji_pg_rows *rows = NULL;
  wuji_status status =
      wuji_pg_query(pg,
                    "select r.run from wuji_store.run as r"
                    " where not exists (select from wuji_store.exam as e where e.run = r.run)",
                    0, NULL, &rows, error);
  for (uint32_t r = 0; status == WUJI_OK && r < wuji_pg_row_count(rows); r++) {
    status = remove_run(pg, (int32_t)wuji_pg_integer(rows, r, 0), error);
  }
  wuji_pg_rows_free(rows);
  return status;
}

/* The lock comes before the row: a row without a lock is a killed run. */
static wuji_status new_run(wuji_pg *pg, const char *exam, int32_t *run, wuji_error *error) {
  wuji_pg_rows *rows = NULL;
  wuji_pg_number number;
  wuji_str params[2] = {WUJI_NO_STR, wuji_str_of(exam)};
  wuji_status status;
  WUJI_TRY(wuji_pg_query(pg, "select nextval(pg_get_serial_sequence('wuji_store.run', 'run'))::integer", 0,
                         NULL, &rows, error));
  *run = (int32_t)wuji_pg_integer(rows, 0, 0);
  params[0] = wuji_pg_number_text(&number, *run);
  WUJI_TRY(
      wuji_pg_query(pg, "select pg_advisory_lock_shared(" RUN_LOCK ", $1::integer)", 1, params, NULL, error));
  status = wuji_pg_query(
      pg, "insert into wuji_store.run (run, exam) overriding system value values ($1::integer, $2)", 2,
      params, NULL, error);
done:
  wuji_pg_rows_free(rows);
  return status;
}

wuji_status wuji_store_begin(wuji_store *store, const char *exam, bool replace, int32_t *run,
                             wuji_error *error) {
  wuji_status status;
  WUJI_TRY(lock_exam(store, exam, error));
  WUJI_TRY(wuji_store_may_publish(store, exam, replace, error));
  WUJI_TRY(remove_killed(store->pg, error));
  WUJI_TRY(new_run(store->pg, exam, run, error));
  store->run = *run;
done:
  if (status != WUJI_OK) unlock_all(store);
  return status;
}

/* The planner must know the new rows before anyone reads them: without statistics on `run` it takes a
 * province for a handful of rows, and reads that need milliseconds take seconds. A sample of 3,000 rows a
 * table is enough for that (sql/migrations sets it), and costs a tenth of a second. */
static wuji_status analyze_tables(wuji_pg *pg, wuji_error *error) {
  char sql[96];
  wuji_status status = WUJI_OK;
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL && status == WUJI_OK; def++) {
    if (def->diagnostic) continue;
    (void)snprintf(sql, sizeof sql, "analyze wuji_store.%s", def->name);
    status = wuji_pg_run(pg, sql, error);
  }
  return status;
}

/* The one moment at which readers pass from the old tables to the new. `*old`: the run before, 0 if there was
 * none. */
static wuji_status turn_pointer(wuji_pg *pg, const wuji_cohort *cohort, int32_t run, int32_t *old,
                                wuji_error *error) {
  wuji_pg_number numbers[2];
  wuji_str params[] = {wuji_pg_number_text(&numbers[0], run), cohort->plan.code, cohort->plan.name,
                       cohort->plan.date, wuji_pg_number_text(&numbers[1], cohort->counted_count)};
  wuji_pg_rows *rows = NULL;
  wuji_status status;
  *old = 0;
  WUJI_TRY(wuji_pg_run(pg, "begin", error));
  WUJI_TRY(wuji_pg_query(pg, "select run from wuji_store.exam where exam = $1 for update", 1, &params[1],
                         &rows, error));
  if (wuji_pg_row_count(rows) > 0) *old = (int32_t)wuji_pg_integer(rows, 0, 0);
  WUJI_TRY(wuji_pg_query(
      pg,
      "update wuji_store.run set published_at = now(), name = $3, date = $4::date, candidates = $5::integer"
      " where run = $1::integer and exam = $2",
      5, params, NULL, error));
  WUJI_TRY(wuji_pg_query(pg,
                         "insert into wuji_store.exam (run, exam) values ($1::integer, $2)"
                         " on conflict (exam) do update set run = excluded.run",
                         2, params, NULL, error));
  /* The planner must know how many exams there are at the very moment there is one more: every read begins
   * with them. */
  WUJI_TRY(wuji_pg_run(pg, "analyze wuji_store.exam; analyze wuji_store.run", error));
  status = wuji_pg_run(pg, "commit", error);
done:
  wuji_pg_rows_free(rows);
  if (status != WUJI_OK) rollback(pg);
  return status;
}

wuji_status wuji_store_publish(wuji_store *store, const wuji_cohort *cohort, int32_t run, bool *replaced,
                               wuji_error *error) {
  int32_t old = 0;
  wuji_status status;
  WUJI_TRY(analyze_tables(store->pg, error));
  WUJI_TRY(turn_pointer(store->pg, cohort, run, &old, error));
  *replaced = old != 0;
  if (old != 0) {
    wuji_error
        ignored; /* the new run is published whatever happens here; what stays is removed by the next run */
    wuji_status removed = remove_run(store->pg, old, &ignored);
    (void)removed;
  }
  unlock_all(store);
done:
  return status;
}

void wuji_store_abandon(wuji_store *store, int32_t run) {
  wuji_error ignored; /* what cannot be removed now is removed by the next run */
  rollback(store->pg);
  wuji_status status = wuji_pg_run(store->pg, "begin", &ignored);
  if (status == WUJI_OK) status = delete_rows(store->pg, run, &ignored);
  if (status == WUJI_OK) status = wuji_pg_run(store->pg, "commit", &ignored);
  if (status != WUJI_OK) rollback(store->pg);
  unlock_all(store);
}
