#include "stats/rollup.h"

#include "base/threads.h"
#include "stats/node_finish.h"

#include <pthread.h>
#include <stdlib.h>

/* A sheet under way. A finished node gives its state to its parent, the last child of a parent finishes the
 * parent in turn; so only nodes under way hold states. Merging is exact, so who comes first does not matter.
 */
typedef struct one_sheet {
  wuji_sheet_result *result;
  const wuji_cohort *cohort;
  uint32_t capacity;
  wuji_bench *benches; /* one a thread, made when it first comes here */

  pthread_mutex_t lock; /* guards all below */
  uint32_t schools;     /* yet to be done */
  wuji_arena arena;     /* of the states */
  wuji_state *idle;
  wuji_state **state; /* by node: what waits there for another child's */
  uint32_t *merges;   /* by node: how many until all its children are in one state */
} one_sheet;

/* Schools of all sheets are the tasks, a sheet after the other: nobody waits for the end of a sheet. */
typedef struct rollup {
  wuji_rollup_told told;
  int32_t *schools;
  uint32_t school_count;
  one_sheet *sheets;
  wuji_arena *kept;     /* one a thread: what outlives the rollup */
  pthread_mutex_t lock; /* of telling */
} rollup;

static wuji_state *take_state(one_sheet *r) {
  pthread_mutex_lock(&r->lock);
  wuji_state *state = r->idle;
  if (state != NULL) {
    r->idle = state->next;
  } else {
    state = wuji_arena_alloc(&r->arena, sizeof *state);
    if (state != NULL && !wuji_state_init(state, &r->result->sheet, true, &r->arena)) state = NULL;
  }
  pthread_mutex_unlock(&r->lock);
  return state;
}

static void leave_state(one_sheet *r, wuji_state *state) {
  wuji_state_clear(state);
  pthread_mutex_lock(&r->lock);
  state->next = r->idle;
  r->idle = state;
  pthread_mutex_unlock(&r->lock);
}

/* Hands a finished node's state to its parent. Returns the parent's state if that is complete now, else NULL:
 * it waits for another. Merging happens outside the lock, with what waited there. */
static wuji_state *hand_up(one_sheet *r, int32_t parent, wuji_state *state) {
  for (;;) {
    pthread_mutex_lock(&r->lock);
    bool complete = r->merges[parent] == 0;
    wuji_state *other = r->state[parent];
    r->state[parent] = complete || other != NULL ? NULL : state;
    r->merges[parent] -= other != NULL;
    pthread_mutex_unlock(&r->lock);
    if (complete) return state;
    if (other == NULL) return NULL;
    wuji_state_merge(state, &r->result->sheet, other);
    leave_state(r, other);
  }
}

static bool do_classes(one_sheet *r, wuji_bench *bench, int32_t school, wuji_state *state) {
  const wuji_sheet *sheet = &r->result->sheet;
  bool good = true;
  for (int32_t node = school + 1; good && node < r->cohort->nodes[school].end; node++) {
    if (!wuji_node_on_paper(r->cohort, sheet->paper, node)) continue;
    wuji_state *of_class = &bench->class_state;
    wuji_state_clear(of_class);
    wuji_present present =
        wuji_bench_list(bench, sheet, wuji_paper_slice(r->cohort, sheet->paper, node), of_class);
    wuji_state_absorb(of_class, sheet, &present);
    good = wuji_finish_class(bench, r->result, node, of_class, &present, &state->options);
    wuji_state_absorb_class(state, sheet, of_class, &present);
  }
  return good;
}

/* A school, and every node above it that this completes. */
static bool do_school(one_sheet *r, wuji_bench *bench, int32_t node) {
  wuji_state *state = take_state(r);
  if (state == NULL || !do_classes(r, bench, node, state)) return false;
  while (state != NULL) {
    if (!wuji_finish_node(bench, r->result, node, state)) return false;
    node = r->cohort->nodes[node].parent;
    if (node < 0) {
      leave_state(r, state);
      state = NULL;
    } else {
      state = hand_up(r, node, state);
    }
  }
  return true;
}

static void close_sheet(one_sheet *r, uint32_t threads) {
  for (uint32_t t = 0; r->benches != NULL && t < threads; t++) wuji_bench_dispose(&r->benches[t]);
  free(r->benches);
  r->benches = NULL;
  wuji_arena_dispose(&r->arena);
}

typedef struct job {
  rollup *all;
  uint32_t threads;
} job;

static wuji_status do_task(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  const job *j = context;
  rollup *all = j->all;
  one_sheet *r = &all->sheets[task / all->school_count];
  wuji_bench *bench = &r->benches[worker];
  if (bench->kept == NULL && !wuji_bench_init(bench, &r->result->sheet, r->capacity, &all->kept[worker])) {
    return wuji_fail_memory(error);
  }
  if (!do_school(r, bench, all->schools[task % all->school_count])) return wuji_fail_memory(error);
  pthread_mutex_lock(&r->lock);
  bool last = --r->schools == 0;
  pthread_mutex_unlock(&r->lock);
  pthread_mutex_lock(&all->lock);
  if (all->told.school != NULL) all->told.school(all->told.context);
  pthread_mutex_unlock(&all->lock);
  if (!last) return WUJI_OK;
  close_sheet(r, j->threads);
  return all->told.sheet != NULL ? all->told.sheet(all->told.context, r->result, &all->kept[worker], error)
                                 : WUJI_OK;
}

/* The list must hold a whole class; larger nodes pass through it in blocks. */
static uint32_t list_capacity(const wuji_cohort *cohort, const wuji_sheet *sheet) {
  uint32_t capacity = 1024;
  for (int32_t n = 0; n < cohort->node_count; n++) {
    if (cohort->nodes[n].level != WUJI_CLASS) continue;
    wuji_slice slice = wuji_paper_slice(cohort, sheet->paper, n);
    if (slice.row1 - slice.row0 > capacity) capacity = slice.row1 - slice.row0;
  }
  return capacity;
}

static wuji_status open_sheet(rollup *all, one_sheet *r, wuji_sheet_result *result, uint32_t threads,
                              wuji_error *error) {
  const wuji_cohort *cohort = result->sheet.cohort;
  size_t nodes = (size_t)cohort->node_count;
  *r = (one_sheet){.result = result, .cohort = cohort, .schools = all->school_count};
  if (pthread_mutex_init(&r->lock, NULL) != 0) return wuji_fail_memory(error);
  r->capacity = list_capacity(cohort, &result->sheet);
  r->benches = calloc(threads, sizeof *r->benches);
  r->state = wuji_arena_array(&r->arena, nodes, sizeof(wuji_state *));
  r->merges = wuji_arena_array(&r->arena, nodes, sizeof *r->merges);
  if (r->benches == NULL || r->state == NULL || r->merges == NULL) return wuji_fail_memory(error);
  for (int32_t n = 0; n < cohort->node_count; n++) {
    const wuji_node *node = &cohort->nodes[n];
    if (node->parent >= 0 && node->level <= WUJI_SCHOOL) r->merges[node->parent]++;
  }
  for (size_t n = 0; n < nodes; n++) r->merges[n] -= r->merges[n] > 0; /* of c children, c - 1 */
  return WUJI_OK;
}

static wuji_status list_schools(rollup *all, const wuji_cohort *cohort, wuji_error *error) {
  all->schools = calloc((size_t)cohort->node_count + 1, sizeof *all->schools);
  if (all->schools == NULL) return wuji_fail_memory(error);
  for (int32_t n = 0; n < cohort->node_count; n++) {
    if (cohort->nodes[n].level == WUJI_SCHOOL) all->schools[all->school_count++] = n;
  }
  return WUJI_OK;
}

wuji_status wuji_rollup(wuji_sheet_result *results, uint32_t sheet_count, uint32_t threads,
                        wuji_rollup_told told, wuji_arena *arena, wuji_error *error) {
  wuji_status status = WUJI_OK;
  rollup all = {.told = told};
  uint32_t opened = 0;
  if (threads == 0) threads = 1;
  if (pthread_mutex_init(&all.lock, NULL) != 0) return wuji_fail_memory(error);
  all.sheets = calloc(sheet_count, sizeof *all.sheets);
  all.kept = calloc(threads, sizeof *all.kept);
  if (all.sheets == NULL || all.kept == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(list_schools(&all, results[0].sheet.cohort, error));
  while (opened < sheet_count) {
    one_sheet *r = &all.sheets[opened];
    status = open_sheet(&all, r, &results[opened], threads, error);
    opened++;
    if (status != WUJI_OK) goto done;
  }
  WUJI_TRY(wuji_parallel(threads, all.school_count * sheet_count, do_task, &(job){&all, threads}, error));
  for (uint32_t s = 0; all.school_count == 0 && told.sheet != NULL && s < sheet_count; s++) {
    WUJI_TRY(told.sheet(told.context, &results[s], arena, error)); /* nobody sat the exam */
  }
done:
  for (uint32_t s = 0; s < opened; s++) {
    close_sheet(&all.sheets[s], threads);
    pthread_mutex_destroy(&all.sheets[s].lock);
  }
  for (uint32_t t = 0; all.kept != NULL && t < threads; t++) wuji_arena_adopt(arena, &all.kept[t]);
  free(all.kept);
  free(all.sheets);
  free(all.schools);
  pthread_mutex_destroy(&all.lock);
  return status;
}
