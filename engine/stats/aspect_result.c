#include "stats/aspect_result.h"

#include <math.h>

static double rate_at(const wuji_sheet_result *result, int32_t node, uint32_t value) {
  uint64_t n = result->nodes[node].n;
  uint64_t full = result->sheet.aspects.values[value].full;
  return n == 0 ? NAN : (double)wuji_aspects_at(result, node)[value].sum / (double)(n * full);
}

/* The forms are those of the database's view, operation by operation: both must give the same bits.
 * statistics.md#aspects */
wuji_aspect_figures wuji_aspect_figures_of(const wuji_sheet_result *result, int32_t node, uint32_t value) {
  wuji_aspect_figures figures = {NAN, NAN, NAN, NAN};
  const wuji_sheet *sheet = &result->sheet;
  const wuji_aspect_sum *y = &wuji_aspects_at(result, node)[value];
  int32_t parent = sheet->cohort->nodes[node].parent;
  uint64_t n = result->nodes[node].n;
  if (n == 0) return figures;
  figures.mean = (double)y->sum / (double)(n * sheet->units);
  figures.score_rate = rate_at(result, node, value);
  if (n >= 2) {
    __int128 variance = (__int128)n * y->square - (__int128)y->sum * y->sum;
    figures.sd = sqrt((double)variance / (double)(n * (n - 1))) / (double)sheet->units;
  }
  if (parent >= 0) figures.gap = figures.score_rate - rate_at(result, parent, value);
  return figures;
}

bool wuji_aspects_wide(const wuji_sheet_result *result, int32_t node) {
  const wuji_aspect_sum *here = wuji_aspects_at(result, node);
  const wuji_aspect_sum *above = wuji_aspects_at(result, result->sheet.cohort->nodes[node].parent);
  uint64_t n = result->nodes[node].n;
  for (uint32_t v = 0; v < result->sheet.aspects.sets.count; v++) {
    if (here[v].sum > INT32_MAX || (above != NULL && above[v].sum > INT32_MAX)) return true;
    if ((__int128)n * here[v].square >= (__int128)1 << 62) return true;
  }
  return false;
}
