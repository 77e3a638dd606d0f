/* Runs begin, end, are replaced, abandoned and killed. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "database.h"

static const char *count_of(wuji_pg *pg, const char *table, int32_t run) {
  char sql[128];
  (void)snprintf(sql, sizeof sql, "select count(*)::text from wuji_store.%s where run = %d", table, run);
  return test_ask(pg, sql);
}

static void expect_no_row(wuji_pg *pg, int32_t run) {
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL; def++) {
    if (!def->diagnostic)
      cr_expect_str_eq(count_of(pg, def->name, run), "0", "%s has rows of run %d", def->name, run);
  }
  cr_expect_str_eq(count_of(pg, "run", run), "0", "run %d", run);
}

Test(runs, a_published_exam_is_a_conflict_unless_replaced) {
  wuji_error error;
  int32_t run;
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  test_analysed made;
  test_analysed_make(&made, "published", 1);
  test_good(wuji_store_may_publish(
                store, &(wuji_claim){.exam = "published", .statistics = 1, .replace = false}, &error),
            &error);
  int32_t first = test_publish(store, &made, false);
  cr_expect_eq(wuji_store_may_publish(
                   store, &(wuji_claim){.exam = "published", .statistics = 1, .replace = false}, &error),
               WUJI_CONFLICT);
  cr_expect(strstr(error.message, "published") != NULL);
  cr_expect_eq(test_begin(store, "published", false, &run, &error), WUJI_CONFLICT);
  test_good(wuji_store_may_publish(
                store, &(wuji_claim){.exam = "published", .statistics = 1, .replace = true}, &error),
            &error);
  int32_t second = test_publish(store, &made, true);
  cr_expect_neq(first, second);
  expect_no_row(pg, first);
  cr_expect_str_neq(count_of(pg, "candidate", second), "0");
  cr_expect_str_eq(
      test_ask(pg, "select name || date || candidates from wuji.exam where exam = 'published'"),
      test_ask(
          pg,
          "select '一次考试2026-01-12' || count(*) from wuji.student where exam = 'published' and counted"));
  test_analysed_free(&made);
  wuji_pg_close(pg);
  wuji_store_close(store);
}

Test(runs, one_run_of_an_exam_at_a_time_and_others_beside_it) {
  wuji_error error;
  int32_t run;
  int32_t other;
  wuji_store *store = test_store();
  wuji_store *beside = test_store();
  test_good(test_begin(store, "alone", false, &run, &error), &error);
  cr_expect_eq(test_begin(beside, "alone", false, &other, &error), WUJI_CONFLICT);
  cr_expect(strstr(error.message, "under way") != NULL, "%s", error.message);
  test_good(test_begin(beside, "another", false, &other, &error), &error);
  wuji_store_abandon(beside, other);
  wuji_store_abandon(store, run);
  test_good(test_begin(beside, "alone", false, &other, &error), &error);
  wuji_store_abandon(beside, other);
  wuji_store_close(beside);
  wuji_store_close(store);
}

Test(runs, an_abandoned_run_leaves_nothing) {
  wuji_error error;
  int32_t run;
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  test_analysed made;
  test_analysed_make(&made, "abandoned", 2);
  test_good(test_begin(store, "abandoned", false, &run, &error), &error);
  test_write_run(store, &made, run);
  cr_expect_str_neq(count_of(pg, "candidate", run), "0");
  cr_expect_str_eq(test_ask(pg, "select count(*)::text from wuji.student where exam = 'abandoned'"), "0",
                   "not visible");
  wuji_store_abandon(store, run);
  expect_no_row(pg, run);
  test_analysed_free(&made);
  wuji_pg_close(pg);
  wuji_store_close(store);
}

/* In a process of its own: writes a run, says so, and waits to be killed. */
static pid_t begin_and_hang(const char *code, int32_t *run) {
  int ends[2];
  cr_assert_eq(pipe(ends), 0);
  pid_t child = fork();
  if (child == 0) {
    wuji_error error;
    test_analysed made;
    wuji_store *store = test_store();
    test_analysed_make(&made, code, 5);
    test_good(test_begin(store, code, true, run, &error), &error);
    test_write_run(store, &made, *run);
    (void)!write(ends[1], run, sizeof *run);
    for (;;) (void)pause();
  }
  cr_assert_eq(read(ends[0], run, sizeof *run), (ssize_t)sizeof *run);
  return child;
}

Test(runs, what_a_killed_run_left_is_removed_by_the_next_of_any_exam, .timeout = 60) {
  wuji_error error;
  int32_t killed;
  int32_t living;
  int32_t next;
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  pid_t victim = begin_and_hang("killed", &killed);
  pid_t survivor = begin_and_hang("living", &living);
  (void)kill(victim, SIGKILL);
  (void)waitpid(victim, NULL, 0);
  cr_expect_str_neq(count_of(pg, "candidate", killed), "0", "killed too early to leave anything");
  cr_expect_str_eq(test_ask(pg, "select count(*)::text from wuji.student where exam = 'killed'"), "0",
                   "not visible");

  /* The same exam: its lock is free once the server has noticed. */
  test_good(test_begin(store, "killed", false, &next, &error), &error);
  expect_no_row(pg, killed);
  cr_expect_str_neq(count_of(pg, "candidate", living), "0", "a run under way keeps its rows");
  wuji_store_abandon(store, next);

  (void)kill(survivor, SIGKILL);
  (void)waitpid(survivor, NULL, 0);
  for (int tries = 0; tries < 50 && strcmp(count_of(pg, "candidate", living), "0") != 0; tries++) {
    test_good(test_begin(store, "yet another", false, &next, &error), &error);
    wuji_store_abandon(store, next);
    (void)usleep(100000);
  }
  expect_no_row(pg, living);
  wuji_pg_close(pg);
  wuji_store_close(store);
}

Test(runs, a_reader_in_a_transaction_keeps_the_old_tables_and_the_next_sees_the_new_ones) {
  static const char sum[] =
      "select md5(string_agg(s::text, ',' order by paper, student_id)) from wuji.student_score as s"
      " where exam = 'swapped'";
  char before[64];
  wuji_store *store = test_store();
  wuji_pg *reader = test_connection();
  wuji_pg *fresh = test_connection();
  test_analysed first;
  test_analysed second;
  test_analysed_make(&first, "swapped", 11);
  test_analysed_make(&second, "swapped", 12);
  (void)test_publish(store, &first, true);
  test_run(reader, "begin isolation level repeatable read");
  (void)snprintf(before, sizeof before, "%s", test_ask(reader, sum));
  (void)test_publish(store, &second, true);
  cr_expect_str_eq(test_ask(reader, sum), before, "the snapshot has changed");
  cr_expect_str_neq(test_ask(fresh, sum), before, "the new tables are not seen");
  test_run(reader, "commit");
  char after[64];
  (void)snprintf(after, sizeof after, "%s", test_ask(fresh, sum));
  cr_expect_str_eq(test_ask(reader, sum), after);
  test_analysed_free(&first);
  test_analysed_free(&second);
  wuji_pg_close(fresh);
  wuji_pg_close(reader);
  wuji_store_close(store);
}
