#include "stats/parts.h"

void wuji_parts_clear(wuji_parts *parts) {
  *parts = (wuji_parts){.taken_by_all = UINT64_MAX};
}

void wuji_parts_absorb(wuji_parts *parts, const wuji_cohort *cohort, const uint32_t *rows, uint32_t count) {
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    const wuji_paper *paper = &cohort->papers[p];
    if (!paper->in_total) continue;
    uint64_t scale = cohort->total.units / paper->units;
    uint64_t sum = 0;
    uint64_t square = 0;
    uint32_t taken = 0;
    for (uint32_t i = 0; i < count; i++) {
      uint64_t x = scale * (uint64_t)paper->raw[rows[i]];
      sum += x;
      square += x * x;
      taken += paper->status[rows[i]] != WUJI_NOT_TAKEN;
    }
    parts->sum[p] += sum;
    parts->square[p] += square;
    if (taken > 0) parts->taken_by_any |= UINT64_C(1) << p;
    if (taken < count) parts->taken_by_all &= ~(UINT64_C(1) << p);
  }
}

void wuji_parts_merge(wuji_parts *into, const wuji_parts *from, uint32_t paper_count) {
  for (uint32_t p = 0; p < paper_count; p++) {
    into->sum[p] += from->sum[p];
    into->square[p] += from->square[p];
  }
  into->taken_by_all &= from->taken_by_all;
  into->taken_by_any |= from->taken_by_any;
}
