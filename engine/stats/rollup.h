/* All sheets through the tree: rows into classes, classes into schools, schools up to the provinces. */
#ifndef WUJI_STATS_ROLLUP_H
#define WUJI_STATS_ROLLUP_H

#include "stats/results.h"

/** Who is told what is done; either may be NULL. */
typedef struct wuji_rollup_told {
  void (*school)(void *context); /* after every school of every sheet: from any thread, one call at a time */
  /** When a sheet is complete: from any thread, beside others. Memory that stays from `kept`; what it returns
   * other than WUJI_OK ends the rollup. */
  wuji_status (*sheet)(void *context, wuji_sheet_result *result, wuji_arena *kept, wuji_error *error);
  void *context;
} wuji_rollup_told;

/** Fills `nodes` (all but ranks and gap), `items`, `segments` and `ladders` of all `results`, at least one,
 * whose sheets are initialised and whose arrays are made and zeroed. Memory for wide items from `arena`. */
WUJI_CHECKED wuji_status wuji_rollup(wuji_sheet_result *results, uint32_t sheet_count, uint32_t threads,
                                     wuji_rollup_told told, wuji_arena *arena, wuji_error *error);

#endif
