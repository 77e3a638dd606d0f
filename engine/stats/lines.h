/* Lines on the exam's total, their effective scores on the papers, and who reaches them
 * (statistics.md#lines). */
#ifndef WUJI_STATS_LINES_H
#define WUJI_STATS_LINES_H

#include "stats/results.h"

/** Fills line_marks, line_counts and line_n of the total and of every paper that counts into it; the sheets'
 * `nodes` and `ladders` are finished already. Memory for them from the analysis' arena. */
WUJI_CHECKED wuji_status wuji_lines(wuji_analysis *analysis, uint32_t threads, wuji_error *error);

#endif
