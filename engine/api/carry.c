#include "api/carry.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "base/threads.h"
#include "report/report.h"

/* Waiting for one COPY leaves the processors to the others. */
enum { LANES = 4 };

static const char *const tables[] = {
#define CARRY(table) #table,
#include "api/carry.def"
#undef CARRY
};
enum { TABLES = sizeof tables / sizeof *tables };

/* Where lanes wait for the statistics. */
typedef struct gate {
  pthread_mutex_t lock;
  pthread_cond_t turned;
  bool settled; /* they are there, or will never be */
} gate;

typedef struct carrying {
  wuji_store *store;
  const wuji_cargo *cargo;
  wuji_analysis *outline; /* what content is written from */
  atomic_uint next_content, next_statistics;
  gate gate;
  double marks_s;
} carrying;

static void settle(gate *g) {
  pthread_mutex_lock(&g->lock);
  g->settled = true;
  pthread_cond_broadcast(&g->turned);
  pthread_mutex_unlock(&g->lock);
}

static void wait_for(gate *g) {
  pthread_mutex_lock(&g->lock);
  while (!g->settled) pthread_cond_wait(&g->turned, &g->lock);
  pthread_mutex_unlock(&g->lock);
}

static wuji_status copy_table(carrying *c, wuji_store_lane *lane, const wuji_table_def *def,
                              wuji_error *error) {
  const wuji_exam *exam = c->cargo->exam;
  double start = wuji_now_s();
  if (wuji_store_packs(def)) {
    wuji_status packed = wuji_store_pack(lane, def, exam->cohort, error);
    if (strcmp(def->name, "marks") == 0) c->marks_s = wuji_now_s() - start;
    return packed;
  }
  wuji_status status = wuji_store_copy_begin(lane, def, error);
  if (status != WUJI_OK) return status;
  wuji_sink sink = {wuji_store_copy_push, lane};
  const wuji_analysis *analysis = def->content ? c->outline : exam->analysis;
  status = wuji_report_stored(exam->cohort, analysis, exam->growth.made, def, c->cargo->run, &sink, error);
  if (status == WUJI_OK) return wuji_store_copy_end(lane, true, error);
  wuji_status ended = wuji_store_copy_end(lane, false, NULL); /* the first failure is the one to tell */
  (void)ended;
  return status;
}

/* Takes tables of one kind until none is left. */
static wuji_status copy_tables(carrying *c, wuji_store_lane *lane, bool content, wuji_error *error) {
  atomic_uint *next = content ? &c->next_content : &c->next_statistics;
  wuji_status status = WUJI_OK;
  for (uint32_t i; status == WUJI_OK && (i = atomic_fetch_add(next, 1)) < TABLES;) {
    const wuji_table_def *def = wuji_catalog_find_stored(tables[i]);
    if (def == NULL) return wuji_fail(error, WUJI_INTERNAL, "there is no stored table %s", tables[i]);
    if (def->content == content) status = copy_table(c, lane, def, error);
  }
  return status;
}

static wuji_status run_lane(carrying *c, wuji_error *error) {
  wuji_store_lane *lane = NULL;
  wuji_status status;
  WUJI_TRY(wuji_store_lane_open(c->store, c->cargo->run, &lane, error));
  if (c->cargo->content) WUJI_TRY(copy_tables(c, lane, true, error));
  if (!c->cargo->statistics) goto done;
  wait_for(&c->gate);
  if (c->cargo->exam->analysis != NULL) status = copy_tables(c, lane, false, error);
done:
  wuji_store_lane_close(lane);
  return status;
}

static wuji_status analyse(carrying *c, wuji_error *error) {
  wuji_status status = c->cargo->statistics ? wuji_exam_analyze(c->cargo->exam, error) : WUJI_OK;
  settle(&c->gate);
  return status;
}

/* The first task is the one that others wait for: whoever begins at all begins with it. */
static wuji_status carry(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  return task == 0 ? analyse(context, error) : run_lane(context, error);
}

wuji_status wuji_carry(wuji_store *store, const wuji_cargo *cargo, wuji_carried *carried, wuji_error *error) {
  carrying c = {.store = store,
                .cargo = cargo,
                .gate = {.lock = PTHREAD_MUTEX_INITIALIZER, .turned = PTHREAD_COND_INITIALIZER}};
  double start = wuji_now_s();
  wuji_status status = WUJI_OK;
  if (cargo->content) status = wuji_analysis_outline(cargo->exam->cohort, &c.outline, error);
  if (status == WUJI_OK) status = wuji_parallel(1 + LANES, 1 + LANES, carry, &c, error);
  *carried = (wuji_carried){.marks_s = c.marks_s, .tables_s = wuji_now_s() - start};
  wuji_analysis_free(c.outline);
  pthread_cond_destroy(&c.gate.turned);
  pthread_mutex_destroy(&c.gate.lock);
  return status;
}
