/* All classical statistics of a sealed cohort, at every node of every paper and of the total. */
#ifndef WUJI_STATS_ANALYSIS_H
#define WUJI_STATS_ANALYSIS_H

#include "cohort/cohort.h"

typedef struct wuji_analysis wuji_analysis; /* laid open to report in stats/results.h */

/** `*analysis` is the caller's, to be freed; it borrows from `cohort`, which must outlive it. The same bits
 * for any thread count. Tells `options->progress`. */
WUJI_CHECKED wuji_status wuji_analyze(const wuji_cohort *cohort, const wuji_options *options,
                                      wuji_analysis **analysis, wuji_error *error);
void wuji_analysis_free(wuji_analysis *analysis);

#endif
