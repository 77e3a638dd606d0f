#include "stats/item_result.h"

#include <math.h>

/* What an item's formulas need of its node. */
typedef struct setting {
  uint32_t n, units, varying;
  __int128 sum_total, var_total, var_items, group_weight;
} setting;

/* An item's exact sums there. */
typedef struct exact {
  uint32_t max; /* units */
  __int128 sum, square, cross, groups;
} exact;

/* Those of the values that need more than a count. */
typedef struct derived {
  double sd, discrimination, r_total, r_rest, alpha_drop;
} derived;

static double clamp(double r) {
  return r > 1.0 ? 1.0 : r < -1.0 ? -1.0 : r;
}

/* The forms are those of the database's view, operation by operation: both must give the same bits.
 * statistics.md#item_sd, #item_discrimination, #r_total, #r_rest, #alpha_drop */
static derived derive(const setting *s, const exact *x) {
  __int128 n = s->n;
  __int128 vx = n * x->square - x->sum * x->sum;
  __int128 c = n * x->cross - x->sum * s->sum_total;
  __int128 v_rest = s->var_total + vx - 2 * c;
  uint32_t rest_varying = s->varying - (vx > 0);
  derived d = {NAN, NAN, NAN, NAN, NAN};
  if (s->n >= 2) d.sd = sqrt((double)vx / (double)(n * (n - 1))) / (double)s->units;
  if (s->group_weight > 0) d.discrimination = (double)x->groups / (double)(s->group_weight * x->max);
  if (vx > 0 && s->var_total > 0) d.r_total = clamp((double)c / sqrt((double)vx * (double)s->var_total));
  if (vx > 0 && v_rest > 0) d.r_rest = clamp((double)(c - vx) / sqrt((double)vx * (double)v_rest));
  if (rest_varying >= 2 && v_rest > 0) {
    d.alpha_drop = (double)rest_varying / (double)(rest_varying - 1) *
                   (1.0 - (double)(s->var_items - vx) / (double)v_rest);
  }
  return d;
}

static exact exact_of_state(const wuji_sheet *sheet, const wuji_state *state, const wuji_group_sums *sums,
                            uint32_t item) {
  const wuji_mark_sums *by_item = &state->items.by_item;
  return (exact){.max = sheet->paper->items[item].max,
                 .sum = by_item->sum[item],
                 .square = by_item->square[item],
                 .cross = by_item->cross[item],
                 .groups = sums->difference[item]};
}

static setting setting_of_state(const wuji_sheet *sheet, const wuji_state *state, const wuji_distribution *d,
                                const wuji_groups *groups) {
  setting s = {.n = d->n,
               .units = sheet->units,
               .sum_total = d->sum,
               .var_total = wuji_distribution_variance(d),
               .group_weight = groups->size > 0 ? wuji_groups_weight(groups) : 0};
  const wuji_mark_sums *by_item = &state->items.by_item;
  for (uint32_t i = 0; i < state->items.items; i++) {
    __int128 vx = (__int128)d->n * by_item->square[i] - (__int128)by_item->sum[i] * by_item->sum[i];
    s.var_items += vx;
    s.varying += vx > 0;
  }
  return s;
}

static bool fill_wide(wuji_item_block *block, const wuji_sheet *sheet, const wuji_state *state,
                      const wuji_distribution *d, const wuji_groups *groups, const wuji_group_sums *sums,
                      wuji_arena *arena) {
  setting s = setting_of_state(sheet, state, d, groups);
  uint32_t items = state->items.items;
  wuji_item_wide *wide = wuji_arena_array(arena, items, sizeof *wide);
  if (wide == NULL) return false;
  *block = (wuji_item_block){.wide = true, .varying = s.varying, .of_wide = wide};
  const wuji_mark_sums *by_item = &state->items.by_item;
  for (uint32_t i = 0; i < items; i++) {
    exact x = exact_of_state(sheet, state, sums, i);
    derived v = derive(&s, &x);
    wide[i] = (wuji_item_wide){.sum = by_item->sum[i],
                               .full = by_item->full[i],
                               .zero = by_item->zero[i],
                               .blank = by_item->blank[i],
                               .sd = v.sd,
                               .discrimination = v.discrimination,
                               .r_total = v.r_total,
                               .r_rest = v.r_rest,
                               .alpha_drop = v.alpha_drop};
  }
  return true;
}

/* Bounds within which the database's bigint arithmetic and its conversions to double are exact; n·Σx² and
 * (Σx)² of every item, and so the sum of the variances, then stay below 2^62. */
static bool fits(const wuji_sheet *sheet, const wuji_state *state, const wuji_distribution *d,
                 const wuji_groups *groups, const wuji_group_sums *sums) {
  const wuji_mark_sums *by_item = &state->items.by_item;
  uint32_t items = state->items.items;
  uint64_t all = d->sum; /* every bit that is set in any of them */
  uint32_t max = 0;
  bool small = true;
  if (d->n > UINT16_MAX || (__int128)d->n * d->square >= (__int128)1 << 62) return false;
  for (uint32_t i = 0; i < items; i++) all |= by_item->sum[i] | by_item->square[i] | by_item->cross[i];
  if (all > INT32_MAX) return false;
  if (groups->size == 0) return true;
  for (uint32_t i = 0; i < items; i++) {
    if (sheet->paper->items[i].max > max) max = sheet->paper->items[i].max;
    small &= sums->difference[i] <= INT32_MAX && sums->difference[i] >= -INT32_MAX;
  }
  return small && wuji_groups_weight(groups) * max < ((__int128)1 << 53);
}

bool wuji_item_block_fill(wuji_item_block *block, const wuji_sheet *sheet, const wuji_state *state,
                          const wuji_distribution *d, const wuji_groups *groups, const wuji_group_sums *sums,
                          wuji_arena *arena) {
  if (!fits(sheet, state, d, groups, sums)) return fill_wide(block, sheet, state, d, groups, sums, arena);
  const wuji_mark_sums *by_item = &state->items.by_item;
  block->wide = false;
  block->varying = 0;
  block->sum_total = (int64_t)d->sum;
  block->var_total = (int64_t)wuji_distribution_variance(d);
  block->var_items = 0;
  block->group_weight = groups->size > 0 ? (int64_t)wuji_groups_weight(groups) : 0;
  for (uint32_t i = 0; i < state->items.items; i++) {
    int64_t sum = (int64_t)by_item->sum[i];
    int64_t variance = (int64_t)d->n * (int64_t)by_item->square[i] - sum * sum;
    block->var_items += variance;
    block->varying += variance > 0;
    block->narrow[i] = (wuji_item_narrow){.sum = (int32_t)sum,
                                          .square = (int32_t)by_item->square[i],
                                          .cross = (int32_t)by_item->cross[i],
                                          .groups = (int32_t)sums->difference[i],
                                          .full = (uint16_t)by_item->full[i],
                                          .zero = (uint16_t)by_item->zero[i],
                                          .blank = (uint16_t)by_item->blank[i]};
  }
  return true;
}

/* The values that are a count or a sum over something. */
static wuji_item_values simple_values(uint32_t n, uint32_t units, uint32_t max, uint64_t sum, uint32_t full,
                                      uint32_t zero, uint32_t blank) {
  return (wuji_item_values){.mean = (double)sum / (double)((uint64_t)n * units),
                            .difficulty = (double)sum / (double)((uint64_t)n * max),
                            .full = (double)full / (double)n,
                            .zero = (double)zero / (double)n,
                            .blank = (double)blank / (double)n};
}

wuji_item_values wuji_item_block_values(const wuji_item_block *block, const wuji_sheet *sheet, uint32_t n,
                                        uint32_t item) {
  uint32_t max = sheet->paper->items[item].max;
  wuji_item_values values;
  derived v;
  if (n == 0) {
    return (wuji_item_values){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
  }
  if (block->wide) {
    const wuji_item_wide *w = &block->of_wide[item];
    values = simple_values(n, sheet->units, max, w->sum, w->full, w->zero, w->blank);
    v = (derived){w->sd, w->discrimination, w->r_total, w->r_rest, w->alpha_drop};
  } else {
    const wuji_item_narrow *x = &block->narrow[item];
    setting s = {n,
                 sheet->units,
                 block->varying,
                 block->sum_total,
                 block->var_total,
                 block->var_items,
                 block->group_weight};
    exact e = {max, x->sum, x->square, x->cross, x->groups};
    values = simple_values(n, sheet->units, max, (uint64_t)x->sum, x->full, x->zero, x->blank);
    v = derive(&s, &e);
  }
  values.sd = v.sd;
  values.discrimination = v.discrimination;
  values.r_total = v.r_total;
  values.r_rest = v.r_rest;
  values.alpha_drop = v.alpha_drop;
  return values;
}
