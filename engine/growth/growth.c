/* The plan of it all: each outcome's cases, then each root of each outcome by itself, in parallel. What a
 * task fills (the root's nodes, its candidates, its rows) belongs to it alone. */
#include "growth/growth.h"

#include "base/threads.h"
#include "growth/design.h"

#include <math.h>
#include <stdlib.h>

const char *const wuji_growth_model_names[WUJI_GROWTH_MODELS] = {"hlm", "contextual", "residual"};
const char *const wuji_growth_part_names[WUJI_GROWTH_PARTS] = {"fixed", "variance", "fit"};

const char *const wuji_growth_warning_codes[WUJI_GROWTH_WARNINGS] = {
#define GROWTH_WARNING(name, code, text) code,
#include "growth/warnings.def"
#undef GROWTH_WARNING
};
const char *const wuji_growth_warning_texts[WUJI_GROWTH_WARNINGS] = {
#define GROWTH_WARNING(name, code, text) text,
#include "growth/warnings.def"
#undef GROWTH_WARNING
};

typedef struct growth_job {
  const wuji_cohort *cohort;
  const wuji_analysis *analysis;
  wuji_growth *growth;
  wuji_growth_request *requests;
  wuji_growth_cases *cases; /* by outcome */
  wuji_arena *case_arenas;  /* by outcome: its cases, gone at the end */
  wuji_arena *arenas;       /* by outcome: its figures */
  wuji_growth_task *tasks;  /* outcome × root */
  wuji_arena *task_arenas;  /* likewise: its rows */
  uint32_t task_count;
  uint32_t threads; /* of a fit */
} growth_job;

static bool fill_nan(double **values, wuji_arena *arena, size_t count) {
  *values = wuji_arena_array(arena, count, sizeof **values);
  for (size_t i = 0; *values != NULL && i < count; i++) (*values)[i] = NAN;
  return *values != NULL;
}

static bool make_effects(wuji_growth_effect **effects, wuji_arena *arena, size_t count) {
  const wuji_growth_effect none = {.own = NAN, .own_se = NAN, .effect = NAN, .se = NAN, .effect_sd = NAN};
  *effects = wuji_arena_array(arena, count, sizeof **effects);
  for (size_t i = 0; *effects != NULL && i < count; i++) (*effects)[i] = none;
  return *effects != NULL;
}

/* Room for an outcome's figures; cases counted and intake measured at every node. */
static wuji_status gather(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  growth_job *job = context;
  wuji_arena *arena = &job->arenas[task];
  wuji_growth_cases *cases = &job->cases[task];
  wuji_growth_outcome *outcome = &job->growth->outcomes[task];
  size_t nodes = (size_t)job->cohort->node_count;
  wuji_status status = wuji_growth_cases_gather(&job->requests[task], &job->case_arenas[task], cases, error);
  if (status != WUJI_OK) return status;
  outcome->sheet = job->requests[task].index;
  outcome->n = wuji_arena_array(arena, nodes, sizeof *outcome->n);
  outcome->roots = wuji_arena_array(arena, job->analysis->root_count, sizeof *outcome->roots);
  bool good = outcome->n != NULL && outcome->roots != NULL;
  good &= fill_nan(&outcome->intake, arena, nodes);
  good &= fill_nan(&outcome->expected, arena, job->cohort->row_count);
  for (int m = 0; m < WUJI_GROWTH_MODELS; m++) good &= make_effects(&outcome->effects[m], arena, nodes);
  return good ? WUJI_OK : wuji_fail_memory(error);
}

/* (node's mean of the first prior − root's)/root's SD. */
static void measure_intake(wuji_growth_task *task) {
  const double *prior = wuji_cases_prior(task->cases, 0);
  double mean = wuji_mean_of(prior, task->slice);
  double sd = wuji_sd_of(prior, task->slice);
  for (int32_t n = task->root; n < task->cohort->nodes[task->root].end; n++) {
    wuji_slice slice = task->cases->of_node[n];
    task->outcome->n[n] = slice.row1 - slice.row0;
    if (sd > 0) task->outcome->intake[n] = (wuji_mean_of(prior, slice) - mean) / sd;
  }
}

static wuji_status choose_levels(wuji_growth_task *task, wuji_error *error) {
  uint32_t idle;
  wuji_status status = wuji_growth_levels_choose(task->request, task->cases, task->root, &task->scratch,
                                                 &task->levels, &idle, error);
  for (int level = 0; status == WUJI_OK && level < WUJI_LEVELS; level++) {
    if ((idle & 1U << level) != 0)
      status = wuji_growth_warn(task, WUJI_GROWTH_LEVEL_IDLE, wuji_str_of(wuji_level_names[level]), error);
  }
  if (status == WUJI_OK && task->levels.count == 0)
    status = wuji_growth_warn(task, WUJI_GROWTH_NO_LEVEL, task->cohort->nodes[task->root].path, error);
  return status;
}

static wuji_status compute(wuji_growth_task *task, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_growth_columns columns;
  measure_intake(task);
  if (task->slice.row0 == task->slice.row1) {
    WUJI_TRY(wuji_growth_warn(task, WUJI_GROWTH_NO_CASES, task->cohort->nodes[task->root].path, error));
  } else {
    WUJI_TRY(choose_levels(task, error));
    WUJI_TRY(wuji_growth_columns_make(task, &columns, error));
    task->columns = &columns;
    for (int model = WUJI_HLM; model <= WUJI_CONTEXTUAL && task->levels.count > 0; model++) {
      WUJI_TRY(wuji_growth_mixed(task, (wuji_growth_model)model, error));
      WUJI_TRY(wuji_growth_check_model(task, (wuji_growth_model)model, error));
    }
    WUJI_TRY(wuji_growth_residual(task, error));
    WUJI_TRY(wuji_growth_check_model(task, WUJI_RESIDUAL, error));
  }
  status = wuji_growth_check_cases(task, error);
done:
  task->columns = NULL;
  return status;
}

static wuji_status run_task(void *context, uint32_t index, uint32_t worker, wuji_error *error) {
  (void)worker;
  growth_job *job = context;
  wuji_growth_task *task = &job->tasks[index];
  uint32_t outcome = index / job->analysis->root_count;
  uint32_t root = index % job->analysis->root_count;
  *task = (wuji_growth_task){.request = &job->requests[outcome],
                             .cohort = job->cohort,
                             .cases = &job->cases[outcome],
                             .root = job->analysis->roots[root],
                             .threads = job->threads,
                             .outcome = &job->growth->outcomes[outcome],
                             .result = &job->growth->outcomes[outcome].roots[root],
                             .arena = &job->task_arenas[index]};
  task->slice = task->cases->of_node[task->root];
  task->sd = wuji_sd_of(task->cases->outcome, task->slice);
  wuji_status status = compute(task, error);
  wuji_arena_dispose(&task->scratch);
  return status;
}

/* In the order of the tasks, so that the example is the same for any number of threads. */
static void sum_warnings(growth_job *job) {
  for (uint32_t t = 0; t < job->task_count; t++) {
    for (int w = 0; w < WUJI_GROWTH_WARNINGS; w++) {
      wuji_growth_tally *sum = &job->growth->warnings[w];
      const wuji_growth_tally *one = &job->tasks[t].warnings[w];
      if (sum->count == 0) sum->example = one->example;
      sum->count += one->count;
    }
  }
}

static wuji_status make_room(growth_job *job, wuji_error *error) {
  wuji_growth *growth = job->growth;
  uint32_t outcomes = growth->outcome_count;
  job->task_count = outcomes * job->analysis->root_count;
  growth->outcomes = wuji_arena_array(&growth->arena, outcomes, sizeof *growth->outcomes);
  job->cases = calloc(outcomes, sizeof *job->cases);
  job->case_arenas = calloc(outcomes, sizeof *job->case_arenas);
  job->arenas = calloc(outcomes, sizeof *job->arenas);
  job->tasks = calloc(job->task_count, sizeof *job->tasks);
  job->task_arenas = calloc(job->task_count, sizeof *job->task_arenas);
  bool good = growth->outcomes != NULL && job->cases != NULL && job->case_arenas != NULL &&
              job->arenas != NULL && job->tasks != NULL && job->task_arenas != NULL;
  return good ? WUJI_OK : wuji_fail_memory(error);
}

wuji_status wuji_growth_make(const wuji_cohort *cohort, const wuji_analysis *analysis,
                             const wuji_earlier *earlier, uint32_t earlier_count, uint32_t threads,
                             wuji_growth **growth, wuji_error *error) {
  wuji_status status;
  growth_job job = {.cohort = cohort, .analysis = analysis, .growth = calloc(1, sizeof **growth)};
  uint32_t outcomes = 0;
  *growth = NULL;
  if (job.growth == NULL) return wuji_fail_memory(error);
  WUJI_TRY(wuji_growth_requests(cohort, analysis, earlier, earlier_count, &job.growth->arena, &job.requests,
                                &outcomes, error));
  if (outcomes > 0 && analysis->root_count > 0) {
    job.growth->outcome_count = outcomes;
    WUJI_TRY(make_room(&job, error));
    job.threads = threads > job.task_count ? threads / job.task_count : 1;
    WUJI_TRY(wuji_parallel(threads, outcomes, gather, &job, error));
    WUJI_TRY(wuji_parallel(threads, job.task_count, run_task, &job, error));
    sum_warnings(&job);
  }
  *growth = job.growth;
done:
  for (uint32_t o = 0; job.arenas != NULL && o < outcomes; o++)
    wuji_arena_adopt(&job.growth->arena, &job.arenas[o]);
  for (uint32_t t = 0; job.task_arenas != NULL && t < job.task_count; t++)
    wuji_arena_adopt(&job.growth->arena, &job.task_arenas[t]);
  for (uint32_t o = 0; job.case_arenas != NULL && o < outcomes; o++) wuji_arena_dispose(&job.case_arenas[o]);
  free(job.cases);
  free(job.case_arenas);
  free(job.arenas);
  free(job.tasks);
  free(job.task_arenas);
  if (status != WUJI_OK) wuji_growth_free(job.growth);
  return status;
}

void wuji_growth_free(wuji_growth *growth) {
  if (growth == NULL) return;
  wuji_arena_dispose(&growth->arena);
  free(growth);
}
