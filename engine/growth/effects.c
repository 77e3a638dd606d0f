/* What follows from the effects of a level: in standard deviations, and between which ranks they lie. */
#include "growth/task.h"

#include <math.h>
#include <stdlib.h>

/** An effect's 95 % interval. NaN where either is. */
static double lo95(const wuji_growth_effect *e) {
  return e->effect - 1.96 * e->se;
}
static double hi95(const wuji_growth_effect *e) {
  return e->effect + 1.96 * e->se;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return (x > y) - (x < y);
}

/* How many of the ascending values are below `value` (or, with `equal`, at most it). */
static uint32_t count_below(const double *sorted, uint32_t count, double value, bool equal) {
  uint32_t low = 0;
  uint32_t high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    bool below = equal ? sorted[middle] <= value : sorted[middle] < value;
    if (below)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

wuji_status wuji_growth_finish_level(wuji_growth_task *task, wuji_growth_model model, int level,
                                     wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_growth_effect *effects = task->outcome->effects[model];
  const wuji_node *nodes = task->cohort->nodes;
  uint32_t most = (uint32_t)(nodes[task->root].end - task->root);
  double *lo = malloc(most * sizeof *lo);
  double *hi = malloc(most * sizeof *hi);
  uint32_t count = 0;
  if (lo == NULL || hi == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (int32_t n = task->root; n < nodes[task->root].end; n++) {
    if (nodes[n].level != level) continue;
    if (task->sd > 0) effects[n].effect_sd = effects[n].effect / task->sd;
    if (isnan(lo95(&effects[n]))) continue;
    lo[count] = lo95(&effects[n]);
    hi[count++] = hi95(&effects[n]);
  }
  qsort(lo, count, sizeof *lo, by_value);
  qsort(hi, count, sizeof *hi, by_value);
  for (int32_t n = task->root; n < nodes[task->root].end; n++) {
    if (nodes[n].level != level || isnan(lo95(&effects[n]))) continue;
    effects[n].rank_lo95 = 1 + count - count_below(lo, count, hi95(&effects[n]), true);
    effects[n].rank_hi95 = count - count_below(hi, count, lo95(&effects[n]), false);
  }
done:
  free(lo);
  free(hi);
  return status;
}
