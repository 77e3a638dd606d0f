/* Fifths of a node by the paper's total, fair to ties (statistics.md#fifths): each weighs exactly n/5; who
 * has a total that several fifths share counts in each of them in proportion. */
#ifndef WUJI_STATS_FIFTHS_H
#define WUJI_STATS_FIFTHS_H

#include "stats/distribution.h"

enum {
  WUJI_FIFTHS = 5,
  WUJI_FIFTH_ZONES = 2 * WUJI_FIFTHS - 1 /* what lies wholly in a fifth, and the totals that are shared */
};

/** What a fifth takes of a shared total: of its `count` candidates each counts weight / (5·count) here. */
typedef struct wuji_fifth_part {
  uint32_t zone;
  uint32_t count;  /* > 0 */
  uint64_t weight; /* 0 … 5·count */
} wuji_fifth_part;

typedef struct wuji_fifths {
  uint32_t n;                           /* 0: none, fewer than 10 candidates */
  wuji_fifth_part part[WUJI_FIFTHS][2]; /* no part: zone 0, count 1, weight 0 */
} wuji_fifths;

/** zone[t] of every total t of `d`: below WUJI_FIFTHS the fifth in which it lies wholly, the lowest first;
 * from there on the shared totals, ascending. Where there are no fifths nothing is written. */
wuji_fifths wuji_fifths_of(const wuji_distribution *d, uint32_t *zone);

/** The mean over a fifth of what adds up to sum[zone] in each zone, divided by `units`; exact but for the
 * last division. There must be fifths. */
double wuji_fifth_mean(const wuji_fifths *fifths, uint32_t fifth, const uint64_t sum[WUJI_FIFTH_ZONES],
                       uint32_t units);

#endif
