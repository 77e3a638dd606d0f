/* The totals of a node: each distinct total once, ascending, with how many have it. Every statistic of a
 * paper's total is read from here, whether it came from a class's list or from the merged histogram of a
 * province. */
#ifndef WUJI_STATS_DISTRIBUTION_H
#define WUJI_STATS_DISTRIBUTION_H

#include "stats/histogram.h"

typedef struct wuji_distribution {
  uint32_t distinct;
  uint32_t *total; /* ascending; room for as many as there are bins, the caller's */
  uint32_t *count;
  uint32_t n;
  uint64_t sum;    /* Σt */
  uint64_t square; /* Σt², at most 2^63 */
} wuji_distribution;

/** From a histogram. */
void wuji_distribution_of(wuji_distribution *d, const wuji_histogram *histogram);

/** From a list; `empty` is an empty histogram and is left so. */
void wuji_distribution_of_list(wuji_distribution *d, const uint32_t *totals, uint32_t count,
                               wuji_histogram *empty);

/** How many have at least `total`. */
uint32_t wuji_distribution_reach(const wuji_distribution *d, uint32_t total);

/** n·Σt² − (Σt)², n² times the variance over n. */
static inline __int128 wuji_distribution_variance(const wuji_distribution *d) {
  return (__int128)d->n * d->square - (__int128)d->sum * d->sum;
}

/** Quantile of type 7 at fourths/4, times 4, in units: exact. n > 0.  (statistics.md#quantiles) */
uint64_t wuji_distribution_quartile(const wuji_distribution *d, uint32_t fourths);

typedef struct wuji_moments {
  double third, fourth;
} wuji_moments;

/** Σ(n·t − Σt)^power / n over the candidates, summed in order of totals, so that the bits are the same for
 * any threads; each n·t − Σt is exact (below 2^43). */
wuji_moments wuji_distribution_moments(const wuji_distribution *d);

#endif
