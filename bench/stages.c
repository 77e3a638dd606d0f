/* Times the stages of the main job from inside, one after the other, round by round:
 *
 *   bench_stages [--random OTHER] PACKAGE [REPS [THREADS [SUMS]]]
 *   bench_stages --statistics PACKAGE [REPS [THREADS]]   reads once, then only statistics and items
 *   bench_stages --growth PACKAGE [REPS [THREADS]]       reads once, then only growth (of one with priors)
 *
 * read: the package to a checked cohort; random: so with OTHER, whose rows stand in no order; statistics: all
 * of them, as exact sums where those are kept; items: every value of every item at every node from them, in
 * doubles, as the tables and the peers have them; digest: of the content; emit: every table but item_score as
 * CSV to /dev/null. Each on one thread and on THREADS (default: all processors). Prints one JSON object;
 * writes to the file SUMS what bench/lib/checksum.py compares. */
#include "base/threads.h"
#include "clock.h"
#include "cohort/digest.h"
#include "emit/emit.h"
#include "growth/growth.h"
#include "ingest/ingest.h"
#include "report/report.h"
#include "stats/results.h"

#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
  READ_1,
  READ_N,
  RANDOM_1,
  RANDOM_N,
  STATISTICS_1,
  STATISTICS_N,
  ITEMS_1,
  ITEMS_N,
  DIGEST_1,
  DIGEST_N,
  EMIT_1,
  EMIT_N,
  GROWTH_1,
  GROWTH_N,
  STAGES
};

static bench_times stages[STAGES + 1] = {
    {.name = "read_1"},       {.name = "read_n"},       {.name = "random_1"}, {.name = "random_n"},
    {.name = "statistics_1"}, {.name = "statistics_n"}, {.name = "items_1"},  {.name = "items_n"},
    {.name = "digest_1"},     {.name = "digest_n"},     {.name = "emit_1"},   {.name = "emit_n"},
    {.name = "growth_1"},     {.name = "growth_n"},     {.name = NULL},
};

typedef struct exam {
  const char *package;
  const char *random; /* the same in no order, NULL: not to be read */
  wuji_cohort *cohort;
  wuji_analysis *analysis;
} exam;

static wuji_status time_read(exam *e, const char *package, uint32_t threads, bench_times *times,
                             wuji_error *error) {
  wuji_findings findings = {0};
  wuji_options options = {.threads = threads};
  wuji_cohort_free(e->cohort);
  e->cohort = NULL;
  double begun = bench_now();
  wuji_status status = wuji_ingest(package, &options, &e->cohort, &findings, error);
  bench_note(times, begun);
  if (status == WUJI_REJECTED && findings.problem_count > 0)
    status = wuji_fail(error, WUJI_REJECTED, "%s", findings.problems[0].message);
  wuji_findings_dispose(&findings);
  return status;
}

static wuji_status time_statistics(exam *e, uint32_t threads, bench_times *times, wuji_error *error) {
  wuji_options options = {.threads = threads};
  wuji_analysis_free(e->analysis);
  e->analysis = NULL;
  double begun = bench_now();
  wuji_status status = wuji_analyze(e->cohort, &options, &e->analysis, error);
  bench_note(times, begun);
  return status;
}

/* Nodes of a paper by the thousand: a task that is neither too small nor too large for two threads. */
enum { NODES_A_TASK = 1000 };

static uint32_t items_tasks(const exam *e) {
  return ((uint32_t)e->cohort->node_count + NODES_A_TASK - 1) / NODES_A_TASK;
}

typedef struct items_job {
  const exam *exam;
  double checked; /* the values are used, so that none is left out of the program */
} items_job;

static wuji_status finish_items(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  (void)error;
  items_job *job = context;
  const exam *e = job->exam;
  const wuji_sheet_result *r = &e->analysis->sheets[task / items_tasks(e)];
  int32_t node = (int32_t)(task % items_tasks(e)) * NODES_A_TASK;
  int32_t end = node + NODES_A_TASK < e->cohort->node_count ? node + NODES_A_TASK : e->cohort->node_count;
  double sum = 0;
  for (; node < end; node++) {
    uint32_t n = r->nodes[node].n;
    for (uint32_t i = 0; n > 0 && i < r->sheet.marks.items; i++) {
      wuji_item_values v = wuji_item_block_values(&r->items[node], &r->sheet, n, i);
      sum += v.mean + v.sd + v.difficulty + v.discrimination + v.r_total + v.r_rest + v.alpha_drop + v.full +
             v.zero + v.blank;
    }
  }
  __atomic_store(&job->checked, &sum, __ATOMIC_RELAXED);
  return WUJI_OK;
}

static wuji_status time_items(const exam *e, uint32_t threads, bench_times *times, wuji_error *error) {
  items_job job = {.exam = e};
  double begun = bench_now();
  wuji_status status =
      wuji_parallel(threads, e->cohort->paper_count * items_tasks(e), finish_items, &job, error);
  bench_note(times, begun);
  return status;
}

static wuji_status time_digest(const exam *e, uint32_t threads, bench_times *times, wuji_error *error) {
  uint8_t digest[WUJI_DIGEST_BYTES];
  double begun = bench_now();
  wuji_status status = wuji_cohort_digest(e->cohort, threads, digest, error);
  bench_note(times, begun);
  return status;
}

/* As wuji_exam_write() does it: a table is a task. */
static wuji_status emit_table(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  const exam *e = context;
  const wuji_table_def *def = &wuji_catalog[task];
  if (strcmp(def->name, "item_score") == 0) return WUJI_OK;
  int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return wuji_fail(error, WUJI_IO, "/dev/null cannot be written");
  wuji_emitter emitter = {0};
  wuji_status status = wuji_emit_open(&emitter, def, WUJI_CSV, false, fd, error);
  if (status == WUJI_OK) {
    wuji_sink sink = {wuji_emit_push, &emitter};
    status = wuji_report_rows(e->cohort, e->analysis, NULL, def, &sink, error);
    if (status == WUJI_OK) {
      status = wuji_emit_close(&emitter, error);
    } else {
      wuji_emit_abandon(&emitter);
    }
  }
  (void)close(fd);
  return status;
}

static wuji_status time_emit(exam *e, uint32_t threads, bench_times *times, wuji_error *error) {
  double begun = bench_now();
  wuji_status status = wuji_parallel(threads, (uint32_t)wuji_table_kinds(), emit_table, e, error);
  bench_note(times, begun);
  return status;
}

/* The models of every outcome, and what is judged by them. */
static wuji_status time_growth(const exam *e, uint32_t threads, bench_times *times, wuji_error *error) {
  wuji_growth *growth = NULL;
  double begun = bench_now();
  wuji_status status = wuji_growth_make(e->cohort, e->analysis, NULL, 0, threads, &growth, error);
  bench_note(times, begun);
  wuji_growth_free(growth);
  return status;
}

/* Statistics and what is finished from them. */
static wuji_status round_of_statistics(exam *e, uint32_t threads, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const uint32_t of[2] = {1, threads};
  for (size_t i = 0; i < 2; i++) WUJI_TRY(time_statistics(e, of[i], &stages[STATISTICS_1 + i], error));
  for (size_t i = 0; i < 2; i++) WUJI_TRY(time_items(e, of[i], &stages[ITEMS_1 + i], error));
done:
  return status;
}

static wuji_status round_of_growth(exam *e, uint32_t threads, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const uint32_t of[2] = {1, threads};
  for (size_t i = 0; i < 2; i++) WUJI_TRY(time_growth(e, of[i], &stages[GROWTH_1 + i], error));
done:
  return status;
}

static wuji_status round_of_stages(exam *e, uint32_t threads, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const uint32_t of[2] = {1, threads};
  for (size_t i = 0; e->random != NULL && i < 2; i++)
    WUJI_TRY(time_read(e, e->random, of[i], &stages[RANDOM_1 + i], error));
  for (size_t i = 0; i < 2; i++) WUJI_TRY(time_read(e, e->package, of[i], &stages[READ_1 + i], error));
  WUJI_TRY(round_of_statistics(e, threads, error));
  for (size_t i = 0; i < 2; i++) WUJI_TRY(time_digest(e, of[i], &stages[DIGEST_1 + i], error));
  for (size_t i = 0; i < 2; i++) WUJI_TRY(time_emit(e, of[i], &stages[EMIT_1 + i], error));
  wuji_analysis_free(e->analysis); /* borrows from the cohort, which the next round reads anew */
  e->analysis = NULL;
done:
  return status;
}

static int64_t millionths(double value) {
  return isnan(value) ? INT64_MIN : (int64_t)floor(value * 1e6 + 0.513);
}

static void print_millionths(FILE *out, double value, char after) {
  int64_t m = millionths(value);
  if (m != INT64_MIN) (void)fprintf(out, "%" PRId64, m);
  (void)fputc(after, out);
}

/* The figures that peers compute as well, a line each; see bench/lib/checksum.py for the form. */
static void print_sums(FILE *out, const exam *e) {
  for (uint32_t s = 0; s + 1 < e->analysis->sheet_count; s++) {
    const wuji_sheet_result *r = &e->analysis->sheets[s];
    const wuji_paper *paper = r->sheet.paper;
    for (int32_t node = 0; node < e->cohort->node_count; node++) {
      uint32_t n = r->nodes[node].n;
      if (n == 0) continue;
      wuji_str path = e->cohort->nodes[node].path;
      (void)fprintf(out, "%.*s,%.*s,,%" PRIu32 ",%" PRIu64 ",", (int)paper->code.len, paper->code.ptr,
                    (int)path.len, path.ptr, n, r->nodes[node].sum);
      print_millionths(out, r->nodes[node].alpha, '\n');
      for (uint32_t i = 0; i < paper->item_count; i++) {
        const wuji_item_block *block = &r->items[node];
        wuji_item_values v = wuji_item_block_values(block, &r->sheet, n, i);
        uint64_t sum = block->wide ? block->of_wide[i].sum : (uint64_t)block->narrow[i].sum;
        (void)fprintf(out, "%.*s,%.*s,%" PRIu32 ",%" PRIu32 ",%" PRIu64 ",", (int)paper->code.len,
                      paper->code.ptr, (int)path.len, path.ptr, i, n, sum);
        print_millionths(out, v.sd, ',');
        print_millionths(out, v.discrimination, ',');
        print_millionths(out, v.r_total, '\n');
      }
    }
  }
}

static wuji_status write_sums(exam *e, uint32_t threads, const char *path, wuji_error *error) {
  wuji_options options = {.threads = threads};
  wuji_status status = wuji_analyze(e->cohort, &options, &e->analysis, error);
  if (status != WUJI_OK) return status;
  FILE *out = fopen(path, "w");
  if (out == NULL) return wuji_fail(error, WUJI_IO, "%s cannot be written", path);
  print_sums(out, e);
  return fclose(out) == 0 ? WUJI_OK : wuji_fail(error, WUJI_IO, "%s cannot be written", path);
}

static void print_json(const exam *e, uint32_t threads, long peak_kb) {
  uint64_t marks = 0;
  uint64_t choices = 0;
  for (uint32_t p = 0; p < e->cohort->paper_count; p++) {
    marks += (uint64_t)e->cohort->row_count * e->cohort->papers[p].item_count;
    choices += (uint64_t)e->cohort->row_count * e->cohort->papers[p].choice_count;
  }
  (void)printf("{\"candidates\": %" PRIu32 ", \"nodes\": %" PRId32 ", \"marks\": %" PRIu64
               ", \"choices\": %" PRIu64 ", \"threads\": %" PRIu32 ", \"peak_kb\": %ld, \"seconds\": ",
               e->cohort->row_count, e->cohort->node_count, marks, choices, threads, peak_kb);
  bench_print(stages);
  (void)printf("}\n");
}

/* What is timed: all stages, or one alone of an exam that is read once. */
typedef enum { ALL_STAGES, ONLY_STATISTICS, ONLY_GROWTH } timed;

static timed timed_of(const char *argument) {
  if (argument != NULL && strcmp(argument, "--statistics") == 0) return ONLY_STATISTICS;
  return argument != NULL && strcmp(argument, "--growth") == 0 ? ONLY_GROWTH : ALL_STAGES;
}

static wuji_status rounds(exam *e, timed what, long reps, uint32_t threads, wuji_error *error) {
  static wuji_status (*const round_of[])(exam *, uint32_t, wuji_error *) = {
      round_of_stages, round_of_statistics, round_of_growth};
  wuji_status status = WUJI_OK;
  if (what != ALL_STAGES) WUJI_TRY(time_read(e, e->package, threads, &stages[READ_N], error));
  if (what == ONLY_GROWTH) WUJI_TRY(time_statistics(e, threads, &stages[STATISTICS_N], error));
  for (long i = 0; i < reps; i++) WUJI_TRY(round_of[what](e, threads, error));
done:
  return status;
}

int main(int argc, char **argv) {
  timed what = timed_of(argv[1]);
  if (what != ALL_STAGES) {
    argc--;
    argv++;
  }
  const char *random = NULL;
  if (argc > 2 && strcmp(argv[1], "--random") == 0) {
    random = argv[2];
    argc -= 2;
    argv += 2;
  }
  if (argc < 2) {
    (void)fprintf(stderr, "usage: bench_stages [--statistics | --growth | --random OTHER] PACKAGE "
                          "[REPS [THREADS [SUMS]]]\n");
    return 2;
  }
  long reps = argc > 2 ? strtol(argv[2], NULL, 10) : 1;
  if (reps < 1) reps = 1; /* what is told of the exam is told of one that was read */
  uint32_t threads = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 0;
  if (threads == 0) threads = wuji_processors();
  exam e = {.package = argv[1], .random = random};
  wuji_error error = {0};
  wuji_status status = rounds(&e, what, reps, threads, &error);
  struct rusage usage;
  (void)getrusage(RUSAGE_SELF, &usage);
  if (status == WUJI_OK && argc > 4) status = write_sums(&e, threads, argv[4], &error);
  if (status == WUJI_OK) {
    print_json(&e, threads, usage.ru_maxrss);
  } else {
    (void)fprintf(stderr, "bench_stages: %s\n", error.message);
  }
  wuji_analysis_free(e.analysis);
  wuji_cohort_free(e.cohort);
  return wuji_status_exit(status);
}
