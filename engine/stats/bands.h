/* Rank bands (名次段): how many of a node's candidates stand among the first of their root
 * (statistics.md#bands). */
#ifndef WUJI_STATS_BANDS_H
#define WUJI_STATS_BANDS_H

#include "stats/results.h"

/** Fills band_tops and bands of every sheet that the plan names; the sheets' `ladders` are complete already.
 * Memory from the analysis' arena. */
WUJI_CHECKED wuji_status wuji_bands(wuji_analysis *analysis, wuji_error *error);

#endif
