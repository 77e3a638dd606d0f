#include "stats/rollup.h"

#include "base/threads.h"
#include "stats/node_finish.h"

#include <pthread.h>
#include <stdlib.h>

/* Schools are the tasks. A finished node gives its state to its parent, the last child of a parent finishes
 * the parent in turn; so only nodes under way hold states. Merging is exact, so who comes first does not
 * matter. */
typedef struct rollup {
  wuji_sheet_result *result;
  const wuji_cohort *cohort;
  wuji_school_done told;
  int32_t *schools;
  uint32_t school_count;
  wuji_bench *benches; /* one a thread */

  pthread_mutex_t lock; /* guards all below */
  wuji_arena arena;     /* of the states */
  wuji_state *idle;
  wuji_state **state; /* by node: what has arrived from its children */
  uint32_t *awaited;  /* by node: children yet to arrive */
} rollup;

static wuji_state *take_state(rollup *r) {
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

static void leave_state(rollup *r, wuji_state *state) {
  wuji_state_clear(state);
  pthread_mutex_lock(&r->lock);
  state->next = r->idle;
  r->idle = state;
  pthread_mutex_unlock(&r->lock);
}

/* Hands a finished node's state to its parent. Returns the parent's state if that was the last child, else
 * NULL. */
static wuji_state *hand_up(rollup *r, int32_t parent, wuji_state *state) {
  wuji_state *complete = NULL;
  wuji_state *spent = NULL;
  pthread_mutex_lock(&r->lock);
  if (r->state[parent] == NULL) {
    r->state[parent] = state; /* the first child's state becomes the parent's */
  } else {
    wuji_state_merge(r->state[parent], &r->result->sheet, state);
    spent = state;
  }
  if (--r->awaited[parent] == 0) complete = r->state[parent];
  pthread_mutex_unlock(&r->lock);
  if (spent != NULL) leave_state(r, spent);
  return complete;
}

static bool do_classes(rollup *r, wuji_bench *bench, int32_t school, wuji_state *state) {
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

static wuji_status do_school(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  rollup *r = context;
  wuji_bench *bench = &r->benches[worker];
  int32_t node = r->schools[task];
  wuji_state *state = take_state(r);
  if (state == NULL || !do_classes(r, bench, node, state)) return wuji_fail_memory(error);
  while (state != NULL) {
    if (!wuji_finish_node(bench, r->result, node, state)) return wuji_fail_memory(error);
    node = r->cohort->nodes[node].parent;
    if (node < 0) {
      leave_state(r, state);
      state = NULL;
    } else {
      state = hand_up(r, node, state);
    }
  }
  if (r->told.done != NULL) {
    pthread_mutex_lock(&r->lock);
    r->told.done(r->told.context);
    pthread_mutex_unlock(&r->lock);
  }
  return WUJI_OK;
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

static wuji_status prepare(rollup *r, uint32_t threads, wuji_error *error) {
  const wuji_cohort *cohort = r->cohort;
  size_t nodes = (size_t)cohort->node_count;
  r->schools = wuji_arena_array(&r->arena, nodes, sizeof *r->schools);
  r->state = wuji_arena_array(&r->arena, nodes, sizeof(wuji_state *));
  r->awaited = wuji_arena_array(&r->arena, nodes, sizeof *r->awaited);
  if (r->schools == NULL || r->state == NULL || r->awaited == NULL) return wuji_fail_memory(error);
  for (int32_t n = 0; n < cohort->node_count; n++) {
    const wuji_node *node = &cohort->nodes[n];
    if (node->level == WUJI_SCHOOL) r->schools[r->school_count++] = n;
    if (node->parent >= 0 && node->level <= WUJI_SCHOOL) r->awaited[node->parent]++;
  }
  uint32_t capacity = list_capacity(cohort, &r->result->sheet);
  for (uint32_t t = 0; t < threads; t++) {
    if (!wuji_bench_init(&r->benches[t], &r->result->sheet, capacity)) return wuji_fail_memory(error);
  }
  return WUJI_OK;
}

wuji_status wuji_rollup(wuji_sheet_result *result, uint32_t threads, wuji_school_done told, wuji_arena *arena,
                        wuji_error *error) {
  wuji_status status = WUJI_OK;
  rollup r = {.result = result, .cohort = result->sheet.cohort, .told = told};
  if (threads == 0) threads = 1;
  if (pthread_mutex_init(&r.lock, NULL) != 0) return wuji_fail_memory(error);
  r.benches = calloc(threads, sizeof *r.benches);
  if (r.benches == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(prepare(&r, threads, error));
  WUJI_TRY(wuji_parallel(threads, r.school_count, do_school, &r, error));
done:
  for (uint32_t t = 0; r.benches != NULL && t < threads; t++) {
    wuji_arena_adopt(arena, &r.benches[t].kept);
    wuji_bench_dispose(&r.benches[t]);
  }
  free(r.benches);
  wuji_arena_dispose(&r.arena);
  pthread_mutex_destroy(&r.lock);
  return status;
}
