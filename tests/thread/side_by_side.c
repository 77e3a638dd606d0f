/* Two exams side by side in one process, each read, computed, written and published by several threads of its
 * own, three times over. Exit status 0 if every step went well: the rest is for ThreadSanitizer to say. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wuji/wuji.h>

enum { EXAMS = 2, ROUNDS = 3, THREADS = 3 };

typedef struct job {
  char package[64], out[64];
  atomic_int steps; /* told by the progress */
  wuji_error error;
} job;

static void count_step(void *context, const char *stage, double share) {
  job *j = context;
  if (stage[0] != '\0' && share >= 0) atomic_fetch_add(&j->steps, 1);
}

static wuji_status run_once(job *j, wuji_error *error) {
  wuji_options options = {.threads = THREADS, .progress = count_step, .progress_context = j};
  wuji_exam *exam = NULL;
  wuji_db *db = NULL;
  wuji_published published;
  wuji_table *table = NULL;
  wuji_status status = wuji_exam_open(j->package, &options, &exam, error);
  if (status == WUJI_OK) status = wuji_exam_analyze(exam, error);
  if (status == WUJI_OK) status = wuji_exam_table(exam, "paper_stat", &table, error);
  if (status == WUJI_OK) status = wuji_exam_write(exam, j->out, true, true, error);
  if (status == WUJI_OK) status = wuji_db_open(getenv("WUJI_TEST_DB"), &db, error);
  if (status == WUJI_OK) status = wuji_db_publish(db, exam, true, &published, error);
  wuji_table_close(table);
  wuji_db_close(db);
  wuji_exam_close(exam);
  return status;
}

static void *run(void *argument) {
  job *j = argument;
  wuji_status status = wuji_directory_prepare(j->out, &j->error);
  for (int round = 0; status == WUJI_OK && round < ROUNDS; round++) status = run_once(j, &j->error);
  j->error.status = status;
  return NULL;
}

/* The folders are left to with-cluster, which removes them with its own. */
static wuji_status prepare(job *j, uint64_t seed) {
  const char *home = getenv("WUJI_HOME");
  (void)snprintf(j->package, sizeof j->package, "%s/../exam%d", home, (int)seed);
  (void)snprintf(j->out, sizeof j->out, "%s/../out%d", home, (int)seed);
  wuji_gen_options options = {.scale = "0.002", .seed = seed};
  return wuji_gen(j->package, &options, &j->error);
}

int main(void) {
  static job jobs[EXAMS];
  pthread_t threads[EXAMS];
  wuji_status status = WUJI_OK;
  for (int i = 0; i < EXAMS && status == WUJI_OK; i++) status = prepare(&jobs[i], (uint64_t)i + 1);
  if (status != WUJI_OK) return 1;
  for (int i = 0; i < EXAMS; i++) {
    if (pthread_create(&threads[i], NULL, run, &jobs[i]) != 0) return 1;
  }
  for (int i = 0; i < 20; i++) { /* messages change their language meanwhile */
    wuji_set_language(i % 2 == 0 ? WUJI_CHINESE : WUJI_ENGLISH);
    (void)wuji_status_text(WUJI_REJECTED);
    (void)usleep(10000);
  }
  int bad = 0;
  for (int i = 0; i < EXAMS; i++) {
    (void)pthread_join(threads[i], NULL);
    if (jobs[i].error.status != WUJI_OK || atomic_load(&jobs[i].steps) == 0) {
      (void)fprintf(stderr, "exam %d: %s\n", i + 1, jobs[i].error.message);
      bad = 1;
    }
  }
  return bad;
}
