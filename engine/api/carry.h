/* All rows of a run into the database, over several connections at once. */
#ifndef WUJI_API_CARRY_H
#define WUJI_API_CARRY_H

#include "api/exam_handle.h"
#include "store/store.h"

typedef struct wuji_carried {
  double marks_s, tables_s; /* seconds: the connection of the marks; all of them */
} wuji_carried;

/** Writes every stored table of `run`, or, with `content_only`, those that hold the exam's content.
 * `analysis` may be a mere outline then. */
WUJI_CHECKED wuji_status wuji_carry(wuji_store *store, const wuji_cohort *cohort,
                                    const wuji_analysis *analysis, int32_t run, bool content_only,
                                    wuji_carried *carried, wuji_error *error);

#endif
