#include "base/threads.h"

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <stdio.h>

#include "support/quiet.h"

enum { TASKS = 1000 };

typedef struct log_of_run {
  atomic_uint ran[TASKS];
  atomic_uint worker_too_high;
  uint32_t threads;
  uint32_t fail_from, fail_step; /* tasks fail_from, + fail_step … fail; 0: none does */
} log_of_run;

static wuji_status note(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  log_of_run *log = context;
  atomic_fetch_add(&log->ran[task], 1);
  if (worker >= log->threads) atomic_fetch_add(&log->worker_too_high, 1);
  bool fails = log->fail_step != 0 && task >= log->fail_from && (task - log->fail_from) % log->fail_step == 0;
  return fails ? wuji_fail(error, WUJI_REJECTED, "task %u", task) : WUJI_OK;
}

Test(threads, every_task_runs_once_on_any_number_of_threads) {
  for (uint32_t threads = 0; threads <= 9; threads++) {
    log_of_run log = {.threads = threads == 0 ? 1 : threads};
    cr_assert_eq(wuji_parallel(threads, TASKS, note, &log, NULL), WUJI_OK);
    for (uint32_t task = 0; task < TASKS; task++)
      quiet_assert(log.ran[task] == 1, "task %u ran %u times", task, log.ran[task]);
    cr_assert_eq(log.worker_too_high, 0);
  }
}

Test(threads, more_threads_than_tasks_or_than_there_can_be_is_good) {
  log_of_run log = {.threads = 3};
  cr_expect_eq(wuji_parallel(100000, 3, note, &log, NULL), WUJI_OK);
  cr_expect_eq(log.worker_too_high, 0);
  cr_expect_eq(log.ran[0] + log.ran[1] + log.ran[2], 3);
  cr_expect_eq(log.ran[3], 0);
}

Test(threads, no_task_is_no_work) {
  log_of_run log = {0};
  cr_expect_eq(wuji_parallel(4, 0, note, &log, NULL), WUJI_OK);
}

Test(threads, one_thread_stops_at_the_first_failure) {
  log_of_run log = {.threads = 1, .fail_from = 7, .fail_step = 1};
  wuji_error error = {0};
  cr_expect_eq(wuji_parallel(1, TASKS, note, &log, &error), WUJI_REJECTED);
  cr_expect_str_eq(error.message, "task 7");
  cr_expect_eq(log.ran[8], 0);
}

Test(threads, the_lowest_failing_task_is_the_one_told) {
  for (int round = 0; round < 50; round++) {
    log_of_run log = {.threads = 8, .fail_from = 10, .fail_step = 3};
    wuji_error error = {0};
    cr_assert_eq(wuji_parallel(8, TASKS, note, &log, &error), WUJI_REJECTED);
    uint32_t lowest = 10;
    while (log.ran[lowest] == 0) lowest += 3;
    char expected[32];
    (void)snprintf(expected, sizeof expected, "task %u", lowest);
    cr_assert_str_eq(error.message, expected);
  }
}

Test(threads, there_is_at_least_one_processor) {
  cr_expect_geq(wuji_processors(), 1);
  cr_expect_leq(wuji_processors(), 256);
}
