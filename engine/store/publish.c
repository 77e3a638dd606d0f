/* The pointers of an exam: to the run that readers see, and to the content that is kept to be analysed. */
#include "store/store_inside.h"

/* A statement about the exam that gives one run, 0 if it gives none. */
static wuji_status ask_run(wuji_pg *pg, const char *sql, wuji_str exam, int32_t *run, wuji_error *error) {
  wuji_pg_rows *rows;
  wuji_status status = wuji_pg_query(pg, sql, 1, &exam, &rows, error);
  *run = 0;
  if (status == WUJI_OK && wuji_pg_row_count(rows) > 0) *run = (int32_t)wuji_pg_integer(rows, 0, 0);
  wuji_pg_rows_free(rows);
  return status;
}

/* What the run's own row says of the exam and its content. */
static wuji_status describe_run(wuji_pg *pg, const wuji_cohort *cohort, const wuji_claim *claim, int32_t run,
                                wuji_error *error) {
  static const char update[] =
      "update wuji_store.run set name = $3, date = $4::date, candidates = $5::integer,"
      " content = decode($6, 'hex'), statistics = $7::integer, plan = $8,"
      " growth = decode($10, 'hex'),"
      " chunk_rows = $9::integer, published_at = case when $7 is not null then now() end"
      " where run = $1::integer and exam = $2";
  wuji_pg_number numbers[4];
  wuji_hex content;
  wuji_hex growth;
  wuji_str statistics =
      claim->statistics == 0 ? WUJI_NO_STR : wuji_pg_number_text(&numbers[2], claim->statistics);
  wuji_str params[] = {wuji_pg_number_text(&numbers[0], run),
                       cohort->plan.code,
                       cohort->plan.name,
                       cohort->plan.date,
                       wuji_pg_number_text(&numbers[1], cohort->counted_count),
                       wuji_hex_text(&content, claim->content),
                       statistics,
                       cohort->plan.text,
                       wuji_pg_number_text(&numbers[3], claim->chunk_rows),
                       wuji_hex_text(&growth, claim->growth)};
  return wuji_pg_query(pg, update, 10, params, NULL, error);
}

/* Runs the statement that makes the exam point to `run`. */
static wuji_status point(wuji_pg *pg, const char *sql, wuji_str exam, int32_t run, wuji_error *error) {
  wuji_pg_number number;
  wuji_str params[] = {wuji_pg_number_text(&number, run), exam};
  return wuji_pg_query(pg, sql, 2, params, NULL, error);
}

/* The one moment at which readers pass from the old tables to the new. */
static wuji_status turn_published(wuji_pg *pg, const wuji_cohort *cohort, const wuji_claim *claim,
                                  int32_t run, int32_t *old, int32_t *kept, wuji_error *error) {
  wuji_status status;
  WUJI_TRY(wuji_pg_run(pg, "begin", error));
  WUJI_TRY(ask_run(pg, "select run from wuji_store.exam where exam = $1 for update", cohort->plan.code, old,
                   error));
  WUJI_TRY(ask_run(pg, "delete from wuji_store.ingested where exam = $1 returning run", cohort->plan.code,
                   kept, error));
  WUJI_TRY(describe_run(pg, cohort, claim, run, error));
  WUJI_TRY(point(pg,
                 "insert into wuji_store.exam (run, exam) values ($1::integer, $2)"
                 " on conflict (exam) do update set run = excluded.run",
                 cohort->plan.code, run, error));
  /* The planner must know how many exams there are at the very moment there is one more: every read begins
   * with them. */
  WUJI_TRY(wuji_pg_run(pg, "analyze wuji_store.exam; analyze wuji_store.run", error));
  status = wuji_pg_run(pg, "commit", error);
done:
  if (status != WUJI_OK) wuji_store_rollback(pg);
  return status;
}

wuji_status wuji_store_publish(wuji_store *store, const wuji_cohort *cohort, const wuji_claim *claim,
                               int32_t run, bool *replaced, wuji_error *error) {
  int32_t old = 0;
  int32_t kept = 0;
  wuji_status status;
  WUJI_TRY(turn_published(store->pg, cohort, claim, run, &old, &kept, error));
  *replaced = old != 0;
  wuji_store_discard(store, old);
  if (kept != run) wuji_store_discard(store, kept);
  wuji_store_unlock(store);
done:
  return status;
}

static wuji_status turn_kept(wuji_pg *pg, const wuji_cohort *cohort, const wuji_claim *claim, int32_t run,
                             int32_t *old, wuji_error *error) {
  wuji_status status;
  WUJI_TRY(wuji_pg_run(pg, "begin", error));
  WUJI_TRY(ask_run(pg, "select run from wuji_store.ingested where exam = $1 for update", cohort->plan.code,
                   old, error));
  WUJI_TRY(describe_run(pg, cohort, claim, run, error));
  WUJI_TRY(point(pg,
                 "insert into wuji_store.ingested (run, exam) values ($1::integer, $2)"
                 " on conflict (exam) do update set run = excluded.run",
                 cohort->plan.code, run, error));
  status = wuji_pg_run(pg, "commit", error);
done:
  if (status != WUJI_OK) wuji_store_rollback(pg);
  return status;
}

wuji_status wuji_store_keep(wuji_store *store, const wuji_cohort *cohort, const wuji_claim *claim,
                            int32_t run, bool *replaced, wuji_error *error) {
  int32_t old = 0;
  wuji_status status = turn_kept(store->pg, cohort, claim, run, &old, error);
  if (status != WUJI_OK) return status;
  *replaced = old != 0;
  wuji_store_discard(store, old);
  wuji_store_unlock(store);
  return WUJI_OK;
}

static wuji_status drop_pointers(wuji_pg *pg, const char *exam, int32_t *published, int32_t *kept,
                                 wuji_error *error) {
  wuji_str code = wuji_str_of(exam);
  wuji_status status;
  WUJI_TRY(wuji_pg_run(pg, "begin", error));
  WUJI_TRY(ask_run(pg, "delete from wuji_store.exam where exam = $1 returning run", code, published, error));
  WUJI_TRY(ask_run(pg, "delete from wuji_store.ingested where exam = $1 returning run", code, kept, error));
  if (*published == 0 && *kept == 0) WUJI_TRY(wuji_fail(error, WUJI_NOT_FOUND, "there is no exam %s", exam));
  status = wuji_pg_run(pg, "commit", error);
done:
  if (status != WUJI_OK) wuji_store_rollback(pg);
  return status;
}

wuji_status wuji_store_withdraw(wuji_store *store, const char *exam, wuji_error *error) {
  int32_t published = 0;
  int32_t kept = 0;
  wuji_status status;
  WUJI_TRY(wuji_store_must_write(store, error));
  WUJI_TRY(wuji_store_lock(store, exam, error));
  WUJI_TRY(drop_pointers(store->pg, exam, &published, &kept, error));
  wuji_store_discard(store, published);
  wuji_store_discard(store, kept);
done:
  wuji_store_unlock(store);
  return status;
}
