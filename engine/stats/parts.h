/* What the exam's total is made of at a node: Σ and Σ² of each paper that counts into it, in units of the
 * total (a paper absent, void or not taken is 0), and which papers the candidates take. Mergeable: addition,
 * AND, OR. */
#ifndef WUJI_STATS_PARTS_H
#define WUJI_STATS_PARTS_H

#include "stats/sheet.h"

typedef struct wuji_parts {
  uint64_t sum[WUJI_MOST_PAPERS];
  uint64_t square[WUJI_MOST_PAPERS];
  uint64_t taken_by_all; /* bit p: everyone takes paper p; all bits set where there is no one */
  uint64_t taken_by_any;
} wuji_parts;

void wuji_parts_clear(wuji_parts *parts);
void wuji_parts_absorb(wuji_parts *parts, const wuji_cohort *cohort, const uint32_t *rows, uint32_t count);
void wuji_parts_merge(wuji_parts *into, const wuji_parts *from, uint32_t paper_count);

#endif
