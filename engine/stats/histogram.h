/* Candidates by total. Mergeable: addition. */
#ifndef WUJI_STATS_HISTOGRAM_H
#define WUJI_STATS_HISTOGRAM_H

#include <stdint.h>

typedef struct wuji_histogram {
  uint32_t *count;    /* by total in units, as long as the sheet has bins; the caller's, zeroed */
  uint32_t low, high; /* all counts lie in [low, high); empty: both 0 */
} wuji_histogram;

void wuji_histogram_absorb(wuji_histogram *histogram, const uint32_t *totals, uint32_t count);
void wuji_histogram_merge(wuji_histogram *into, const wuji_histogram *from);
void wuji_histogram_clear(wuji_histogram *histogram);

#endif
