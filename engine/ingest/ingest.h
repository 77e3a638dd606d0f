/* A package folder to a checked cohort, or to the list of everything that is wrong with it. */
#ifndef WUJI_INGEST_INGEST_H
#define WUJI_INGEST_INGEST_H

#include "cohort/cohort.h"

/** Faults and warnings of one package; text owned by `arena`. */
typedef struct wuji_findings {
  wuji_arena arena;
  wuji_problem *problems; /* sorted by file (in the order they are read), line, column */
  size_t problem_count;
  wuji_warning *warnings; /* one a code, in a fixed order */
  size_t warning_count;
} wuji_findings;

/** Reads `package` on options->threads threads. WUJI_OK: `*cohort` is sealed and the caller's
 * (wuji_cohort_free()); WUJI_REJECTED: `findings` says why, `*cohort` is NULL, or holds no more than
 * plan.code; WUJI_NOT_FOUND: no such folder. `findings` comes in all zero and is the caller's to dispose in
 * every case. Findings are the same for any thread count. */
WUJI_CHECKED wuji_status wuji_ingest(const char *package, const wuji_options *options, wuji_cohort **cohort,
                                     wuji_findings *findings, wuji_error *error);
void wuji_findings_dispose(wuji_findings *findings);

#endif
