/* What the tests against a database share. What cannot be done ends the test program with a message. */
#ifndef WUJI_TESTS_DATABASE_H
#define WUJI_TESTS_DATABASE_H

#include "pg/connection.h"
#include "report/report.h"
#include "store/store.h"
#include "support/cohort_maker.h"

/** Ends the program unless `status` is WUJI_OK. */
void test_good(wuji_status status, const wuji_error *error);

const char *test_conninfo(void); /* of the database of this run, see with-cluster */
wuji_store *test_store(void);    /* opened on it */
wuji_pg *test_connection(void);  /* likewise, beside the store */

/** The first cell of the statement's answer as text (cast it: select count(*)::text …); "(none)" for no row,
 * "(null)". Valid until the next call. */
const char *test_ask(wuji_pg *pg, const char *sql);
void test_run(wuji_pg *pg, const char *script);

/** A random exam by the code `code`, sealed and analysed. */
typedef struct test_analysed {
  test_exam exam;
  wuji_analysis *analysis;
  wuji_growth *growth; /* NULL: none */
} test_analysed;
void test_analysed_make(test_analysed *made, const char *code, uint64_t seed);
void test_analysed_free(test_analysed *made);

/** Writes marks and all stored tables of `made` as `run`. */
void test_write_run(wuji_store *store, const test_analysed *made, int32_t run);
/** wuji_store_begin() of content that nothing is the same as. */
wuji_status test_begin(wuji_store *store, const char *code, bool replace, int32_t *run, wuji_error *error);
/** Begins, writes, publishes; returns the run. */
int32_t test_publish(wuji_store *store, const test_analysed *made, bool replace);

/** The table as CSV, as the report room makes it and as the store reads it; the caller's, to be freed. */
char *test_csv_made(const test_analysed *made, const wuji_table_def *def);
char *test_csv_stored(wuji_store *store, const wuji_table_def *def, const char *exam, const char *node,
                      const char *paper);

#endif
