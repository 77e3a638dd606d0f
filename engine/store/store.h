/* Marks and tables to and from PostgreSQL; publishing. The engine's own room for `wuji_db`. */
#ifndef WUJI_STORE_STORE_H
#define WUJI_STORE_STORE_H

#include "cohort/digest.h"
#include "table/table.h"

typedef struct wuji_store wuji_store; /* connections to one database whose schema is up to date */

/** Connects by `conninfo` (never NULL; "" is the libpq environment), checks the server (>= 15), creates or
 * migrates the schema under an advisory lock. */
WUJI_CHECKED wuji_status wuji_store_open(const char *conninfo, wuji_store **store, wuji_error *error);
void wuji_store_close(wuji_store *store);

/** What is to be stored, and on what condition. Borrowed. */
typedef struct wuji_claim {
  const char *exam;
  const uint8_t *content; /* digest of it, WUJI_DIGEST_BYTES; NULL: not known, the same as nothing */
  int32_t statistics;     /* version of the statistics to be published; 0: the content alone is kept */
  const uint8_t *growth;  /* digest of what growth rests on besides the content; NULL: on nothing else */
  bool replace;           /* other content may be published in its place */
  const uint8_t
      *loaded; /* digest of the content that was read from here and must be here still; NULL: none was */
  uint32_t chunk_rows; /* wuji_cohort_chunk_rows() of it; 0: not known, the same as nothing */
} wuji_claim;

/** WUJI_CONFLICT where wuji_store_begin() would end so, WUJI_DATABASE where the database can only be read. */
WUJI_CHECKED wuji_status wuji_store_may_publish(wuji_store *store, const wuji_claim *claim,
                                                wuji_error *error);
/** Whether `name`, EXAM:PAPER, is a paper (or the total) of a published exam. */
WUJI_CHECKED wuji_status wuji_store_has_paper(wuji_store *store, wuji_str name, bool *has, wuji_error *error);

/** How a paper of an exam stored before went into wuji_store_earlier(). */
typedef struct wuji_earlier_found {
  uint8_t content[WUJI_DIGEST_BYTES]; /* of that exam; all zero where it was stored without its content */
  uint64_t twice;                     /* candidates whose person_id stands twice there */
  uint64_t not_present;               /* who is absent, void or not counted there */
  wuji_str twice_example, not_present_example; /* a person_id of the cohort; null: none */
} wuji_earlier_found;

/** The marks of a cohort's candidates on `name`, EXAM:PAPER of a published exam, matched by person_id.
 * `values` (row_count) gets NaN where there is none. WUJI_NOT_FOUND: no such paper; WUJI_REJECTED: it is of
 * the cohort's own exam. */
WUJI_CHECKED wuji_status wuji_store_earlier(wuji_store *store, wuji_str name, const wuji_cohort *cohort,
                                            double *values, wuji_earlier_found *found, wuji_error *error);

/** Begins a run: takes the exam's advisory lock (WUJI_CONFLICT: another run of it is under way, it is
 * published with other content and not to be replaced, or what was loaded has changed), removes the rows of
 * runs that were killed, and gives the new run's number. `*unchanged` true: the database holds this very
 * content already, nothing has begun, `*run` holds it. Where the claim's content is kept to be analysed, the
 * run is that which keeps it: wuji_store_has_content(). */
WUJI_CHECKED wuji_status wuji_store_begin(wuji_store *store, const wuji_claim *claim, int32_t *run,
                                          bool *unchanged, wuji_error *error);
/** Whether the run under way holds its content already, so that its statistics alone are to be written. */
bool wuji_store_has_content(const wuji_store *store);

/** Whether it is the store that writes the stored table `def`, packed from the cohort's matrices; report
 * writes the rest. */
bool wuji_store_packs(const wuji_table_def *def);

/** A connection that writes tables of `run`, one after another. Several may be at work, each on its own
 * thread. `*lane` is the caller's, to be closed. */
typedef struct wuji_store_lane wuji_store_lane;
WUJI_CHECKED wuji_status wuji_store_lane_open(wuji_store *store, int32_t run, wuji_store_lane **lane,
                                              wuji_error *error);
void wuji_store_lane_close(wuji_store_lane *lane); /* NULL is good */

/** COPYs all rows of a table that the store packs, and has the planner sample it. */
WUJI_CHECKED wuji_status wuji_store_pack(wuji_store_lane *lane, const wuji_table_def *def,
                                         const wuji_cohort *cohort, wuji_error *error);
/** A binary COPY into the stored table `def`: it takes batches as a sink {wuji_store_copy_push, lane}.
 * wuji_store_copy_end() commits and has the planner sample the table, or, with `good` false, rolls back. */
WUJI_CHECKED wuji_status wuji_store_copy_begin(wuji_store_lane *lane, const wuji_table_def *def,
                                               wuji_error *error);
WUJI_CHECKED wuji_status wuji_store_copy_push(void *lane, const wuji_batch *batch, wuji_error *error);
WUJI_CHECKED wuji_status wuji_store_copy_end(wuji_store_lane *lane, bool good, wuji_error *error);

/** Publishes `run` as the exam's tables in one short transaction, then deletes the run it replaces
 * (`*replaced`) and content that was kept to be analysed. */
WUJI_CHECKED wuji_status wuji_store_publish(wuji_store *store, const wuji_cohort *cohort,
                                            const wuji_claim *claim, int32_t run, bool *replaced,
                                            wuji_error *error);
/** Keeps `run` as the exam's content, to be loaded and analysed; readers see nothing of it. Deletes the run
 * that was kept before (`*replaced`). */
WUJI_CHECKED wuji_status wuji_store_keep(wuji_store *store, const wuji_cohort *cohort,
                                         const wuji_claim *claim, int32_t run, bool *replaced,
                                         wuji_error *error);
/** Deletes what an unfinished run has stored (content that was kept before it stays so) and lets the exam's
 * lock go. */
void wuji_store_abandon(wuji_store *store, int32_t run);

/** Takes the exam back: tables and content. WUJI_NOT_FOUND: there is none; WUJI_CONFLICT: a run of it is
 * under way. */
WUJI_CHECKED wuji_status wuji_store_withdraw(wuji_store *store, const char *exam, wuji_error *error);

/** Reads the content of `exam` back, what was kept last or else what is published, into `cohort` (empty):
 * everything but what wuji_cohort_seal() makes and, of the plan, all but `text`. `content` gets the digest it
 * was stored by. WUJI_NOT_FOUND: no such exam, or one stored without its content. Several connections, one a
 * thread. */
WUJI_CHECKED wuji_status wuji_store_load(wuji_store *store, const char *exam, wuji_cohort *cohort,
                                         uint8_t content[WUJI_DIGEST_BYTES], wuji_error *error);
/** As it was opened by; borrowed. */
const char *wuji_store_conninfo(const wuji_store *store);

/** Rows of the diagnostic table `def` of published exam `exam` to `sink`, in the order of tables.md, from one
 * snapshot. `node` NULL: all, else that node and all below it; `paper` NULL: all. WUJI_NOT_FOUND: no such
 * exam, node or paper. Tables without a node or paper column ignore `node` or `paper`. */
WUJI_CHECKED wuji_status wuji_store_read(wuji_store *store, const wuji_table_def *def, const char *exam,
                                         const char *node, const char *paper, const wuji_sink *sink,
                                         wuji_error *error);
/** Rows of the diagnostic table exam, ordered by code. */
WUJI_CHECKED wuji_status wuji_store_exams(wuji_store *store, const wuji_sink *sink, wuji_error *error);

#endif
