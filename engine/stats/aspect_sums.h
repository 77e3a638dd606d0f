/* A node's sums by value of the paper's aspects: Σy and Σy², y a candidate's marks on the value's items.
 * y < 2^20 and fewer than 2^23 candidates keep Σy² below 2^63. Mergeable: addition. */
#ifndef WUJI_STATS_ASPECT_SUMS_H
#define WUJI_STATS_ASPECT_SUMS_H

#include "stats/aspects.h"

typedef struct wuji_aspect_sums {
  uint64_t *sum;    /* by value, and last that of the items at odd places */
  uint64_t *square; /* likewise */
  uint32_t count;   /* values */
} wuji_aspect_sums;

/** Zeroed sums in `arena`; false when memory is out. */
bool wuji_aspect_sums_init(wuji_aspect_sums *sums, const wuji_aspects *aspects, wuji_arena *arena);
void wuji_aspect_sums_absorb(const wuji_aspect_sums *sums, const wuji_aspects *aspects,
                             const wuji_marks *marks, const uint32_t *rows, uint32_t count);
void wuji_aspect_sums_merge(const wuji_aspect_sums *into, const wuji_aspect_sums *from);
void wuji_aspect_sums_clear(const wuji_aspect_sums *sums);

#endif
