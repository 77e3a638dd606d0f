#include "base/threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { MOST_THREADS = 256 };

typedef struct job {
  wuji_task run;
  void *context;
  uint32_t tasks;
  atomic_uint next;
  atomic_bool failed;
  pthread_mutex_t lock; /* guards the three below */
  uint32_t failed_task;
  wuji_status status;
  wuji_error error;
} job;

typedef struct worker {
  job *job;
  uint32_t index;
} worker;

static void keep_first_failure(job *j, uint32_t task, wuji_status status, const wuji_error *error) {
  pthread_mutex_lock(&j->lock);
  if (j->status == WUJI_OK || task < j->failed_task) {
    j->status = status;
    j->failed_task = task;
    j->error = *error;
  }
  pthread_mutex_unlock(&j->lock);
  atomic_store(&j->failed, true);
}

static void *work(void *argument) {
  const worker *me = argument;
  job *j = me->job;
  while (!atomic_load(&j->failed)) {
    uint32_t task = atomic_fetch_add(&j->next, 1);
    if (task >= j->tasks) break;
    wuji_error error = {0};
    wuji_status status = j->run(j->context, task, me->index, &error);
    if (status != WUJI_OK) keep_first_failure(j, task, status, &error);
  }
  return NULL;
}

wuji_status wuji_parallel(uint32_t threads, uint32_t tasks, wuji_task run, void *context, wuji_error *error) {
  if (threads > tasks) threads = tasks;
  if (threads > MOST_THREADS) threads = MOST_THREADS;
  if (threads == 0) threads = 1;
  job j = {.run = run, .context = context, .tasks = tasks};
  pthread_mutex_init(&j.lock, NULL);
  worker workers[MOST_THREADS];
  pthread_t ids[MOST_THREADS];
  uint32_t started = 1;
  workers[0] = (worker){&j, 0};
  for (; started < threads; started++) {
    workers[started] = (worker){&j, started};
    /* Fewer threads than asked for is slower, not wrong. */
    if (pthread_create(&ids[started], NULL, work, &workers[started]) != 0) break;
  }
  work(&workers[0]);
  for (uint32_t i = 1; i < started; i++) pthread_join(ids[i], NULL);
  pthread_mutex_destroy(&j.lock);
  if (j.status != WUJI_OK && error != NULL) *error = j.error;
  return j.status;
}

uint32_t wuji_processors(void) {
  cpu_set_t set;
  int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : (uint32_t)count;
}
