/* A run from its beginning to its publication or removal.
 *
 * Two advisory locks, both the session's, so that they go with a process that is killed:
 * - the exam's (exclusive, a hash of its code): one run of an exam at a time;
 * - the run's (shared, by every connection that writes for it): a run whose lock can be had exclusively has
 * no writer left, not even a server process that is still to notice that its client is gone. If nothing
 * points to it either, its rows are rubbish; if it is only kept to be analysed, its statistics are. */
#include "store/store_inside.h"

#include <stdio.h>

/* "wuji" in ASCII: keeps the numbers of runs apart from other users of advisory locks. */
#define RUN_LOCK "2004183657"

static wuji_status hold_run(wuji_pg *pg, int32_t run, wuji_error *error) {
  wuji_pg_number number;
  wuji_str param = wuji_pg_number_text(&number, run);
  return wuji_pg_query(pg, "select pg_advisory_lock_shared(" RUN_LOCK ", $1::integer)", 1, &param, NULL,
                       error);
}

wuji_status wuji_store_connect(const wuji_store *store, int32_t run, wuji_pg **pg, wuji_error *error) {
  wuji_status status = wuji_pg_open(store->conninfo, pg, error);
  if (status != WUJI_OK) return status;
  status = hold_run(*pg, run, error);
  if (status != WUJI_OK) {
    wuji_pg_close(*pg);
    *pg = NULL;
  }
  return status;
}

/* The server takes a moment to notice that a process was killed, hence the patience. */
wuji_status wuji_store_lock(wuji_store *store, const char *exam, wuji_error *error) {
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

void wuji_store_unlock(wuji_store *store) {
  wuji_error ignored; /* if the connection is gone, so are its locks */
  wuji_status status =
      wuji_pg_run(store->pg, "select pg_advisory_unlock_all(); reset lock_timeout", &ignored);
  (void)status;
  store->has_content = false;
}

/* Rows of a run, in the transaction that is open: of every table, or of those that hold statistics. */
static wuji_status delete_rows(wuji_pg *pg, int32_t run, bool statistics_only, wuji_error *error) {
  wuji_pg_number number;
  wuji_str param = wuji_pg_number_text(&number, run);
  char sql[160];
  wuji_status status = WUJI_OK;
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL && status == WUJI_OK; def++) {
    if (def->diagnostic || (statistics_only && def->content)) continue;
    (void)snprintf(sql, sizeof sql, "delete from wuji_store.%s where run = $1::integer", def->name);
    status = wuji_pg_query(pg, sql, 1, &param, NULL, error);
  }
  return status;
}

/* All there is of it. Refused by a foreign key while an exam points to it. */
static wuji_status delete_run(wuji_pg *pg, int32_t run, wuji_error *error) {
  wuji_pg_number number;
  wuji_str param = wuji_pg_number_text(&number, run);
  wuji_status status = delete_rows(pg, run, false, error);
  if (status != WUJI_OK) return status;
  return wuji_pg_query(pg, "delete from wuji_store.run where run = $1::integer", 1, &param, NULL, error);
}

/* Content that was being analysed is merely kept once more. */
static wuji_status delete_statistics(wuji_pg *pg, int32_t run, wuji_error *error) {
  wuji_pg_number number;
  wuji_str param = wuji_pg_number_text(&number, run);
  wuji_status status = delete_rows(pg, run, true, error);
  if (status != WUJI_OK) return status;
  return wuji_pg_query(pg, "update wuji_store.run set statistics = null where run = $1::integer", 1, &param,
                       NULL, error);
}

void wuji_store_rollback(wuji_pg *pg) {
  wuji_error ignored;
  wuji_status status = wuji_pg_run(pg, "rollback", &ignored);
  (void)status;
}

typedef wuji_status removal(wuji_pg *pg, int32_t run, wuji_error *error);

/* Removes what `remove` does of the run, unless someone still writes for it, or another process is removing
 * it. */
static wuji_status remove_unless_written(wuji_pg *pg, int32_t run, removal *remove, wuji_error *error) {
  wuji_pg_number number;
  wuji_str param = wuji_pg_number_text(&number, run);
  wuji_pg_rows *rows = NULL;
  wuji_status status;
  WUJI_TRY(wuji_pg_run(pg, "begin", error));
  WUJI_TRY(wuji_pg_query(pg, "select pg_try_advisory_xact_lock(" RUN_LOCK ", $1::integer)", 1, &param, &rows,
                         error));
  if (wuji_pg_integer(rows, 0, 0) == 1) WUJI_TRY(remove(pg, run, error));
  status = wuji_pg_run(pg, "commit", error);
done:
  wuji_pg_rows_free(rows);
  if (status != WUJI_OK) wuji_store_rollback(pg);
  return status;
}

static wuji_status remove_each(wuji_pg *pg, const char *sql, removal *remove, wuji_error *error) {
  wuji_pg_rows *rows = NULL;
  wuji_status status = wuji_pg_query(pg, sql, 0, NULL, &rows, error);
  for (uint32_t r = 0; status == WUJI_OK && r < wuji_pg_row_count(rows); r++)
    status = remove_unless_written(pg, (int32_t)wuji_pg_integer(rows, r, 0), remove, error);
  wuji_pg_rows_free(rows);
  return status;
}

/* What killed processes left: runs that nothing points to, never published, or replaced by one that was
 * killed right after; and statistics of content that is only kept. */
static wuji_status remove_killed(wuji_pg *pg, wuji_error *error) {
  static const char unpointed[] =
      "select r.run from wuji_store.run as r"
      " where not exists (select from wuji_store.exam as e where e.run = r.run)"
      " and not exists (select from wuji_store.ingested as i where i.run = r.run)";
  static const char half_analysed[] = "select r.run from wuji_store.run as r"
                                      " join wuji_store.ingested as i on i.run = r.run"
                                      " where r.statistics is not null";
  wuji_status status = remove_each(pg, unpointed, delete_run, error);
  return status == WUJI_OK ? remove_each(pg, half_analysed, delete_statistics, error) : status;
}

/* The run that keeps the claim's content goes on as the one that will be published. That it has statistics is
 * said before there are any, so that what a killed process leaves is found. Where such are there still, since
 * a server process of a killed one has not ended yet, this run is left alone. */
static wuji_status adopt_run(wuji_store *store, const wuji_claim *claim, int32_t kept, wuji_error *error) {
  static const char adopt[] = "update wuji_store.run set statistics = $2::integer"
                              " where run = $1::integer and statistics is null returning run";
  wuji_pg_number numbers[2];
  wuji_str params[] = {wuji_pg_number_text(&numbers[0], kept),
                       wuji_pg_number_text(&numbers[1], claim->statistics)};
  wuji_pg_rows *rows = NULL;
  wuji_status status;
  WUJI_TRY(hold_run(store->pg, kept, error));
  WUJI_TRY(wuji_pg_query(store->pg, adopt, 2, params, &rows, error));
  store->has_content = wuji_pg_row_count(rows) == 1;
done:
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
  WUJI_TRY(hold_run(pg, *run, error));
  status = wuji_pg_query(
      pg, "insert into wuji_store.run (run, exam) overriding system value values ($1::integer, $2)", 2,
      params, NULL, error);
done:
  wuji_pg_rows_free(rows);
  return status;
}

/* Who stores what is published wants that to be loaded next, whatever else was kept. */
static wuji_status forget_kept(wuji_store *store, const wuji_claim *claim, const wuji_held *held,
                               wuji_error *error) {
  wuji_str exam = wuji_str_of(claim->exam);
  if (claim->statistics != 0 || held->kept == 0 || held->kept_same) return WUJI_OK;
  wuji_status status =
      wuji_pg_query(store->pg, "delete from wuji_store.ingested where exam = $1", 1, &exam, NULL, error);
  if (status == WUJI_OK) wuji_store_discard(store, held->kept);
  return status;
}

wuji_status wuji_store_begin(wuji_store *store, const wuji_claim *claim, int32_t *run, bool *unchanged,
                             wuji_error *error) {
  wuji_status status;
  wuji_held held;
  WUJI_TRY(wuji_store_must_write(store, error));
  WUJI_TRY(wuji_store_lock(store, claim->exam, error));
  WUJI_TRY(wuji_store_held(store, claim, &held, error));
  WUJI_TRY(wuji_held_allows(&held, claim, error));
  WUJI_TRY(remove_killed(store->pg, error));
  *run = wuji_held_unchanged(&held, claim);
  *unchanged = *run != 0;
  if (*unchanged) {
    WUJI_TRY(forget_kept(store, claim, &held, error));
    wuji_store_unlock(store);
    goto done;
  }
  bool kept_serves = claim->statistics != 0 && held.kept_same && held.kept_fits;
  if (kept_serves) WUJI_TRY(adopt_run(store, claim, held.kept, error));
  *run = held.kept;
  if (!store->has_content) status = new_run(store->pg, claim->exam, run, error);
done:
  if (status != WUJI_OK) wuji_store_unlock(store);
  return status;
}

void wuji_store_discard(wuji_store *store, int32_t run) {
  wuji_error ignored; /* what stays is removed by the next run */
  wuji_status status = run == 0 ? WUJI_OK : remove_unless_written(store->pg, run, delete_run, &ignored);
  (void)status;
}

void wuji_store_abandon(wuji_store *store, int32_t run) {
  wuji_error ignored; /* what cannot be removed now is removed by the next run */
  wuji_store_rollback(store->pg);
  wuji_status status = wuji_pg_run(store->pg, "begin", &ignored);
  if (status == WUJI_OK) {
    removal *remove = store->has_content ? delete_statistics : delete_run;
    status = remove(store->pg, run, &ignored);
  }
  if (status == WUJI_OK) status = wuji_pg_run(store->pg, "commit", &ignored);
  if (status != WUJI_OK) wuji_store_rollback(store->pg);
  wuji_store_unlock(store);
}

bool wuji_store_has_content(const wuji_store *store) {
  return store->has_content;
}
