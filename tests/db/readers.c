/* Four readers, each in one transaction over several views, while replacing runs go by. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "database.h"

enum { READERS = 4, RUNS = 20, SEEN_BYTES = 1024 };

/* One statement a view, as a dashboard asks them: whatever they tell must be of one run. */
static const char *const questions[] = {
    "select run::text from wuji.exam where exam = 'watched'",
    "select candidates::text from wuji.exam where exam = 'watched'",
    "select md5(string_agg(s::text, ',' order by paper, node)) from wuji.paper_stat as s where exam = "
    "'watched'",
    "select count(*) || ' ' || count(rank_province) from wuji.student_score where exam = 'watched'",
    "select sum(n) || ' ' || count(*) from wuji.paper_stat where exam = 'watched' and level = 'province'",
    "select md5(string_agg(s::text, ',' order by paper, item, node)) from wuji.item_stat as s where exam = "
    "'watched'",
    "select sum(candidates)::text from wuji.node where exam = 'watched' and level = 'class'",
    "select count(*) || ' ' || sum(mark::numeric) from wuji.item_score where exam = 'watched'",
    "select count(*)::text from wuji.student where exam = 'watched' and counted",
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

/* The answers to all but the first question, which is the run, one after the other; false: the connection
 * failed. */
static bool ask_all(wuji_pg *pg, bool slowly, char run[32], char seen[SEEN_BYTES]) {
  size_t used = 0;
  seen[0] = '\0';
  if (wuji_pg_run(pg, "begin isolation level repeatable read read only", NULL) != WUJI_OK) return false;
  for (uint32_t q = 0; q < QUESTIONS; q++) {
    wuji_pg_rows *rows;
    if (wuji_pg_query(pg, questions[q], 0, NULL, &rows, NULL) != WUJI_OK) return false;
    wuji_str answer = wuji_pg_row_count(rows) == 1 ? wuji_pg_text(rows, 0, 0) : wuji_str_of("(none)");
    if (q == 0) {
      (void)snprintf(run, 32, "%.*s", (int)answer.len, answer.ptr);
    } else {
      used += (size_t)snprintf(seen + used, SEEN_BYTES - used, "%.*s | ", (int)answer.len, answer.ptr);
    }
    wuji_pg_rows_free(rows);
    if (slowly) (void)usleep(2000); /* so that a run is published in between */
  }
  return wuji_pg_run(pg, "commit", NULL) == WUJI_OK;
}

/* What the two contents look like, and what a reader has found. */
typedef struct watch {
  char contents[2][SEEN_BYTES];
  atomic_bool over;
} watch;

typedef struct reader {
  watch *watch;
  wuji_pg *pg;
  uint32_t reads, runs; /* how often he looked; how many runs he met */
  bool failed;
  char mixed[SEEN_BYTES]; /* neither of the contents */
} reader;

static void *read_on(void *context) {
  reader *r = context;
  char last[32] = "";
  while (!atomic_load(&r->watch->over) && !r->failed && r->mixed[0] == '\0') {
    char run[32];
    char seen[SEEN_BYTES];
    r->failed = !ask_all(r->pg, true, run, seen);
    if (r->failed) break;
    r->reads++;
    r->runs += strcmp(run, last) != 0;
    (void)snprintf(last, sizeof last, "%s", run);
    if (strcmp(seen, r->watch->contents[0]) != 0 && strcmp(seen, r->watch->contents[1]) != 0)
      (void)snprintf(r->mixed, sizeof r->mixed, "%s", seen);
  }
  return NULL;
}

Test(readers, see_one_run_whole_while_twenty_go_by, .timeout = 300) {
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  static watch w;
  test_analysed made[2];
  reader readers[READERS];
  pthread_t threads[READERS];
  char run[32];
  for (uint32_t c = 0; c < 2; c++) {
    test_analysed_make(&made[c], "watched", 21 + c);
    (void)test_publish(store, &made[c], true);
    cr_assert(ask_all(pg, false, run, w.contents[c]));
  }
  cr_assert_str_neq(w.contents[0], w.contents[1]);
  for (uint32_t i = 0; i < READERS; i++) {
    readers[i] = (reader){.watch = &w, .pg = test_connection()};
    cr_assert_eq(pthread_create(&threads[i], NULL, read_on, &readers[i]), 0);
  }
  for (uint32_t i = 0; i < RUNS; i++) (void)test_publish(store, &made[i % 2], true);
  atomic_store(&w.over, true);
  uint32_t met = 0;
  for (uint32_t i = 0; i < READERS; i++) {
    (void)pthread_join(threads[i], NULL);
    cr_expect(!readers[i].failed, "reader %u: his connection failed", i);
    cr_expect_str_eq(readers[i].mixed, "", "reader %u has seen neither content\n%s\n%s", i, w.contents[0],
                     w.contents[1]);
    cr_expect_gt(readers[i].reads, 0u);
    met += readers[i].runs;
    wuji_pg_close(readers[i].pg);
  }
  cr_expect_gt(met, (uint32_t)READERS, "no reader has met a second run");
  for (uint32_t c = 0; c < 2; c++) test_analysed_free(&made[c]);
  wuji_pg_close(pg);
  wuji_store_close(store);
}
