#include "api/carry.h"

#include "base/clock.h"
#include "base/threads.h"
#include "report/report.h"

enum { CONNECTIONS = 4 };

static const struct entry {
  const char *table;
  uint32_t connection;
  bool content;
} entries[] = {
#define CARRY(connection, table, content) {#table, connection, content},
#include "api/carry.def"
#undef CARRY
};

typedef struct carrying {
  wuji_store *store;
  const wuji_cohort *cohort;
  const wuji_analysis *analysis;
  int32_t run;
  bool content_only;
  double seconds[CONNECTIONS];
} carrying;

static wuji_status copy_table(const carrying *c, const char *name, wuji_error *error) {
  const wuji_table_def *def = wuji_catalog_find_stored(name);
  if (def == NULL) return wuji_fail(error, WUJI_INTERNAL, "there is no stored table %s", name);
  if (wuji_store_packs(def)) return wuji_store_pack(c->store, def, c->cohort, c->run, error);
  wuji_store_copy *copy = NULL;
  wuji_status status = wuji_store_copy_begin(c->store, def, &copy, error);
  if (status != WUJI_OK) return status;
  wuji_sink sink = {wuji_store_copy_push, copy};
  status = wuji_report_stored(c->cohort, c->analysis, def, c->run, &sink, error);
  if (status == WUJI_OK) return wuji_store_copy_end(copy, true, error);
  wuji_status ended = wuji_store_copy_end(copy, false, NULL); /* the first failure is the one to tell */
  (void)ended;
  return status;
}

static wuji_status carry(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  carrying *c = context;
  wuji_status status = WUJI_OK;
  double start = wuji_now_s();
  for (size_t i = 0; status == WUJI_OK && i < sizeof entries / sizeof *entries; i++) {
    if (entries[i].connection == task && (entries[i].content || !c->content_only))
      status = copy_table(c, entries[i].table, error);
  }
  c->seconds[task] = wuji_now_s() - start;
  return status;
}

wuji_status wuji_carry(wuji_store *store, const wuji_cohort *cohort, const wuji_analysis *analysis,
                       int32_t run, bool content_only, wuji_carried *carried, wuji_error *error) {
  carrying c = {
      .store = store, .cohort = cohort, .analysis = analysis, .run = run, .content_only = content_only};
  double start = wuji_now_s();
  wuji_status status = wuji_parallel(CONNECTIONS, CONNECTIONS, carry, &c, error);
  *carried = (wuji_carried){.marks_s = c.seconds[0], .tables_s = wuji_now_s() - start};
  return status;
}
