#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "emit/emit.h"

static void give_up(const char *what, const char *why) {
  (void)fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

void test_good(wuji_status status, const wuji_error *error) {
  if (status != WUJI_OK) give_up("unexpected failure", error->message);
}

const char *test_conninfo(void) {
  const char *conninfo = getenv("WUJI_TEST_DB");
  if (conninfo == NULL) give_up("WUJI_TEST_DB", "not set: run by tests/db/with-cluster");
  return conninfo;
}

wuji_store *test_store(void) {
  wuji_store *store;
  wuji_error error;
  test_good(wuji_store_open(test_conninfo(), &store, &error), &error);
  return store;
}

wuji_pg *test_connection(void) {
  wuji_pg *pg;
  wuji_error error;
  test_good(wuji_pg_open(test_conninfo(), &pg, &error), &error);
  return pg;
}

const char *test_ask(wuji_pg *pg, const char *sql) {
  static char answer[8192];
  wuji_error error;
  wuji_pg_rows *rows;
  test_good(wuji_pg_query(pg, sql, 0, NULL, &rows, &error), &error);
  if (wuji_pg_row_count(rows) == 0) {
    (void)snprintf(answer, sizeof answer, "(none)");
  } else if (wuji_pg_is_null(rows, 0, 0)) {
    (void)snprintf(answer, sizeof answer, "(null)");
  } else {
    wuji_str text = wuji_pg_text(rows, 0, 0);
    (void)snprintf(answer, sizeof answer, "%.*s", (int)text.len, text.ptr);
  }
  wuji_pg_rows_free(rows);
  return answer;
}

void test_run(wuji_pg *pg, const char *script) {
  wuji_error error;
  test_good(wuji_pg_run(pg, script, &error), &error);
}

void test_analysed_make(test_analysed *made, const char *code, uint64_t seed) {
  wuji_error error;
  *made = (test_analysed){0};
  /* Every fifth with large marks: four bytes a mark, and sums that need the wide form of the item state. */
  test_exam_random(&made->exam, seed, seed % 5 == 0 ? 9 : 1);
  wuji_cohort *cohort = made->exam.cohort;
  cohort->plan.code = wuji_arena_copy(&cohort->arena, wuji_str_of(code));
  cohort->plan.name = wuji_str_of("一次考试");
  cohort->plan.date = wuji_str_of("2026-01-12");
  test_good(wuji_analyze(cohort, &(wuji_options){.threads = 2}, &made->analysis, &error), &error);
}

void test_analysed_free(test_analysed *made) {
  wuji_growth_free(made->growth);
  wuji_analysis_free(made->analysis);
  test_exam_free(&made->exam);
}

void test_write_run(wuji_store *store, const test_analysed *made, int32_t run) {
  wuji_error error;
  wuji_store_lane *lane;
  test_good(wuji_store_lane_open(store, run, &lane, &error), &error);
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL; def++) {
    if (def->diagnostic || (def->content && wuji_store_has_content(store))) continue;
    if (wuji_store_packs(def)) {
      test_good(wuji_store_pack(lane, def, made->exam.cohort, &error), &error);
      continue;
    }
    test_good(wuji_store_copy_begin(lane, def, &error), &error);
    wuji_sink sink = {wuji_store_copy_push, lane};
    test_good(wuji_report_stored(made->exam.cohort, made->analysis, made->growth, def, run, &sink, &error),
              &error);
    test_good(wuji_store_copy_end(lane, true, &error), &error);
  }
  wuji_store_lane_close(lane);
}

wuji_status test_begin(wuji_store *store, const char *code, bool replace, int32_t *run, wuji_error *error) {
  bool unchanged;
  return wuji_store_begin(store, &(wuji_claim){.exam = code, .replace = replace, .statistics = 1}, run,
                          &unchanged, error);
}

int32_t test_publish(wuji_store *store, const test_analysed *made, bool replace) {
  wuji_error error;
  int32_t run;
  bool replaced;
  const char *code = made->exam.cohort->plan.code.ptr;
  test_good(test_begin(store, code, replace, &run, &error), &error);
  test_write_run(store, made, run);
  wuji_claim claim = {.exam = code, .statistics = 1};
  test_good(wuji_store_publish(store, made->exam.cohort, &claim, run, &replaced, &error), &error);
  return run;
}

static char *slurp(int fd) {
  off_t size = lseek(fd, 0, SEEK_END);
  char *text = malloc((size_t)size + 1);
  if (text == NULL || pread(fd, text, (size_t)size, 0) != size) give_up("memory file", "not read");
  text[size] = '\0';
  (void)close(fd);
  return text;
}

static int begin_csv(wuji_emitter *emitter, const wuji_table_def *def) {
  wuji_error error;
  int fd = memfd_create("table", MFD_CLOEXEC);
  test_good(wuji_emit_open(emitter, def, WUJI_CSV, false, fd, &error), &error);
  return fd;
}

char *test_csv_made(const test_analysed *made, const wuji_table_def *def) {
  wuji_error error;
  wuji_emitter emitter;
  int fd = begin_csv(&emitter, def);
  wuji_sink sink = {wuji_emit_push, &emitter};
  test_good(wuji_report_rows(made->exam.cohort, made->analysis, made->growth, def, &sink, &error), &error);
  test_good(wuji_emit_close(&emitter, &error), &error);
  return slurp(fd);
}

char *test_csv_stored(wuji_store *store, const wuji_table_def *def, const char *exam, const char *node,
                      const char *paper) {
  wuji_error error;
  wuji_emitter emitter;
  int fd = begin_csv(&emitter, def);
  wuji_sink sink = {wuji_emit_push, &emitter};
  test_good(wuji_store_read(store, def, exam, node, paper, &sink, &error), &error);
  test_good(wuji_emit_close(&emitter, &error), &error);
  return slurp(fd);
}
