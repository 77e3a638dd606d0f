/* All classical statistics of a sealed cohort, at every node of every paper and of the total. */
#ifndef WUJI_STATS_ANALYSIS_H
#define WUJI_STATS_ANALYSIS_H

#include "cohort/cohort.h"

typedef struct wuji_analysis wuji_analysis; /* laid open to report in stats/results.h */

/** Version of the statistics: raised whenever the same content gives other tables, so that what an earlier
 * version has published is published anew. */
enum { WUJI_STATISTICS_VERSION = 2 };

/** `*analysis` is the caller's, to be freed; it borrows from `cohort`, which must outlive it. The same bits
 * for any thread count. Tells `options->progress`. */
WUJI_CHECKED wuji_status wuji_analyze(const wuji_cohort *cohort, const wuji_options *options,
                                      wuji_analysis **analysis, wuji_error *error);
/** The analysis before anything is computed: its sheets, and zero everywhere. What the stored tables of an
 * exam's content are written from. */
WUJI_CHECKED wuji_status wuji_analysis_outline(const wuji_cohort *cohort, wuji_analysis **analysis,
                                               wuji_error *error);
void wuji_analysis_free(wuji_analysis *analysis);

#endif
