/* Marks and tables to and from PostgreSQL; publishing. The engine's own room for `wuji_db`. */
#ifndef WUJI_STORE_STORE_H
#define WUJI_STORE_STORE_H

#include "cohort/cohort.h"
#include "table/table.h"

typedef struct wuji_store wuji_store; /* connections to one database whose schema is up to date */

/** Connects by `conninfo` (never NULL; "" is the libpq environment), checks the server (>= 15), creates or
 * migrates the schema under an advisory lock. */
WUJI_CHECKED wuji_status wuji_store_open(const char *conninfo, wuji_store **store, wuji_error *error);
void wuji_store_close(wuji_store *store);

/** WUJI_CONFLICT if `exam` is published and `replace` is false. */
WUJI_CHECKED wuji_status wuji_store_may_publish(wuji_store *store, const char *exam, bool replace,
                                                wuji_error *error);

/** Begins a run of `exam`: takes the exam's advisory lock (WUJI_CONFLICT: another run of it is under way, or
 * published and not `replace`), removes the rows of runs that were killed, and gives the new run's number. */
WUJI_CHECKED wuji_status wuji_store_begin(wuji_store *store, const char *exam, bool replace, int32_t *run,
                                          wuji_error *error);

/** COPYs all marks of `cohort` as chunks, on a connection of its own. May run beside wuji_store_copy_*. */
WUJI_CHECKED wuji_status wuji_store_marks(wuji_store *store, const wuji_cohort *cohort, int32_t run,
                                          wuji_error *error);

/** A binary COPY into the stored table `def`, on a connection of its own. Several may run at once, each on
 * its own thread. `*copy` takes batches as a sink {wuji_store_copy_push, copy}; wuji_store_copy_end() commits
 * (or, with `good` false, rolls back) and frees it in every case. */
typedef struct wuji_store_copy wuji_store_copy;
WUJI_CHECKED wuji_status wuji_store_copy_begin(wuji_store *store, const wuji_table_def *def,
                                               wuji_store_copy **copy, wuji_error *error);
WUJI_CHECKED wuji_status wuji_store_copy_push(void *copy, const wuji_batch *batch, wuji_error *error);
WUJI_CHECKED wuji_status wuji_store_copy_end(wuji_store_copy *copy, bool good, wuji_error *error);

/** Publishes `run` as the exam's tables in one short transaction, then deletes the run it replaces
 * (`*replaced`). */
WUJI_CHECKED wuji_status wuji_store_publish(wuji_store *store, const wuji_cohort *cohort, int32_t run,
                                            bool *replaced, wuji_error *error);
/** Deletes what an unfinished run has stored and lets the exam's lock go. */
void wuji_store_abandon(wuji_store *store, int32_t run);

/** Rows of the diagnostic table `def` of published exam `exam` to `sink`, in the order of tables.md, from one
 * snapshot. `node` NULL: all, else that node and all below it; `paper` NULL: all. WUJI_NOT_FOUND: no such
 * exam, node or paper. Tables without a node or paper column ignore `node` or `paper`. */
WUJI_CHECKED wuji_status wuji_store_read(wuji_store *store, const wuji_table_def *def, const char *exam,
                                         const char *node, const char *paper, const wuji_sink *sink,
                                         wuji_error *error);
/** Rows of the diagnostic table exam, ordered by code. */
WUJI_CHECKED wuji_status wuji_store_exams(wuji_store *store, const wuji_sink *sink, wuji_error *error);

#endif
