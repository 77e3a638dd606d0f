/* Which marks of a paper have rows of their own: those that a counted present candidate of the exam got. */
#ifndef WUJI_STATS_MARK_LIST_H
#define WUJI_STATS_MARK_LIST_H

#include "stats/results.h"

/** Fills `marks` of the sheet's result from the tallies of the roots. Memory from `arena`. */
WUJI_CHECKED wuji_status wuji_mark_list_make(wuji_sheet_result *result, const int32_t *roots,
                                             uint32_t root_count, wuji_arena *arena, wuji_error *error);

#endif
