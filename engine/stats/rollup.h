/* One sheet through the tree: rows into classes, classes into schools, schools up to the provinces. */
#ifndef WUJI_STATS_ROLLUP_H
#define WUJI_STATS_ROLLUP_H

#include "stats/results.h"

/** Told after every school. */
typedef struct wuji_school_done {
  void (*done)(void *context); /* from any thread, one call at a time */
  void *context;
} wuji_school_done;

/** Fills `nodes` (all but ranks and gap), `items`, `segments` and `ladders` of `result`, whose sheet is
 * initialised and whose arrays are made and zeroed. Memory for wide items from `arena`. */
WUJI_CHECKED wuji_status wuji_rollup(wuji_sheet_result *result, uint32_t threads, wuji_school_done told,
                                     wuji_arena *arena, wuji_error *error);

#endif
