/* The marks of a package into PostgreSQL and nothing else, as a run does it:
 *
 *   bench_marks PACKAGE CONNINFO
 *
 * Prints the seconds from the first row to the commit. Nothing stays stored. */
#include "clock.h"
#include "ingest/ingest.h"
#include "store/store.h"

#include <stdio.h>

static wuji_status store_marks(const wuji_cohort *cohort, const char *conninfo, double *seconds,
                               wuji_error *error) {
  wuji_store *store = NULL;
  wuji_store_lane *lane = NULL;
  int32_t run = 0;
  bool unchanged = false;
  wuji_claim claim = {.exam = "bench"};
  wuji_status status = wuji_store_open(conninfo, &store, error);
  if (status != WUJI_OK) return status;
  status = wuji_store_begin(store, &claim, &run, &unchanged, error);
  if (status == WUJI_OK) {
    double begun = bench_now();
    status = wuji_store_lane_open(store, run, &lane, error);
    if (status == WUJI_OK) status = wuji_store_pack(lane, wuji_catalog_find_stored("marks"), cohort, error);
    wuji_store_lane_close(lane);
    *seconds = bench_now() - begun;
    wuji_store_abandon(store, run);
  }
  wuji_store_close(store);
  return status;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    (void)fprintf(stderr, "usage: bench_marks PACKAGE CONNINFO\n");
    return 2;
  }
  wuji_error error = {0};
  wuji_cohort *cohort = NULL;
  wuji_findings findings = {0};
  wuji_options options = {.threads = 1};
  double seconds = 0.0;
  wuji_status status = wuji_ingest(argv[1], &options, &cohort, &findings, &error);
  if (status == WUJI_OK) status = store_marks(cohort, argv[2], &seconds, &error);
  if (status == WUJI_OK) {
    (void)printf("%.6f\n", seconds);
  } else {
    (void)fprintf(stderr, "bench_marks: %s\n", error.message);
  }
  wuji_findings_dispose(&findings);
  wuji_cohort_free(cohort);
  return wuji_status_exit(status);
}
