#include "stats/groups.h"

#include <stddef.h>

enum { LEAST_CANDIDATES = 4 };

wuji_groups wuji_groups_of(const wuji_distribution *d) {
  wuji_groups groups = {0};
  if (d->n < LEAST_CANDIDATES) return groups;
  groups.size = (uint32_t)(((uint64_t)27 * d->n + 50) / 100);
  uint32_t left = groups.size;
  uint32_t i = d->distinct - 1;
  for (; left > d->count[i]; i--) left -= d->count[i];
  groups.top = (wuji_group){d->total[i], d->count[i], left};
  left = groups.size;
  for (i = 0; left > d->count[i]; i++) left -= d->count[i];
  groups.bottom = (wuji_group){d->total[i], d->count[i], left};
  return groups;
}

__int128 wuji_groups_weight(const wuji_groups *groups) {
  return (__int128)groups->top.count * groups->bottom.count * groups->size;
}

__int128 wuji_groups_difference(const wuji_groups *groups, uint64_t above, uint64_t at_top, uint64_t below,
                                uint64_t at_bottom) {
  const wuji_group *top = &groups->top;
  const wuji_group *bottom = &groups->bottom;
  __int128 top_sum = (__int128)above * top->count + (__int128)at_top * top->rest;
  __int128 bottom_sum = (__int128)below * bottom->count + (__int128)at_bottom * bottom->rest;
  return top_sum * bottom->count - bottom_sum * top->count;
}

__int128 wuji_groups_of_totals(const wuji_groups *groups, const wuji_distribution *d) {
  if (groups->size == 0) return 0;
  uint64_t above = 0;
  uint64_t below = 0;
  for (uint32_t i = 0; i < d->distinct; i++) {
    uint64_t sum = (uint64_t)d->total[i] * d->count[i];
    if (d->total[i] > groups->top.boundary) above += sum;
    if (d->total[i] < groups->bottom.boundary) below += sum;
  }
  return wuji_groups_difference(groups, above, (uint64_t)groups->top.boundary * groups->top.count, below,
                                (uint64_t)groups->bottom.boundary * groups->bottom.count);
}

/* Adds the marks of the rows whose totals lie in [least, most]. */
static void absorb_between(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals,
                           uint32_t count, uint32_t least, uint32_t most, uint64_t *sum) {
  uint32_t picked[256];
  const uint32_t room = sizeof picked / sizeof *picked;
  uint32_t used = 0;
  for (uint32_t i = 0; i < count; i++) {
    picked[used] = rows[i]; /* written in any case: no branch to mispredict */
    used += totals[i] >= least && totals[i] <= most;
    if (used == room) {
      wuji_marks_add(marks, picked, used, sum);
      used = 0;
    }
  }
  wuji_marks_add(marks, picked, used, sum);
}

void wuji_groups_absorb(const wuji_groups *groups, const wuji_marks *marks, const uint32_t *rows,
                        const uint32_t *totals, uint32_t count, const wuji_group_sums *sums) {
  if (groups->size == 0) return;
  uint32_t top = groups->top.boundary;
  uint32_t bottom = groups->bottom.boundary;
  absorb_between(marks, rows, totals, count, top + 1, UINT32_MAX, sums->above);
  absorb_between(marks, rows, totals, count, top, top, sums->at_top);
  absorb_between(marks, rows, totals, count, bottom, bottom, sums->at_bottom);
  if (bottom > 0) absorb_between(marks, rows, totals, count, 0, bottom - 1, sums->below);
}

void wuji_groups_absorb_bins(const wuji_groups *groups, const wuji_distribution *d,
                             const wuji_item_bins *bins, const wuji_group_sums *sums) {
  if (groups->size == 0) return;
  for (uint32_t i = 0; i < d->distinct; i++) {
    uint32_t total = d->total[i];
    if (total > groups->top.boundary) wuji_item_bins_read(bins, total, sums->above);
    if (total == groups->top.boundary) wuji_item_bins_read(bins, total, sums->at_top);
    if (total < groups->bottom.boundary) wuji_item_bins_read(bins, total, sums->below);
    if (total == groups->bottom.boundary) wuji_item_bins_read(bins, total, sums->at_bottom);
  }
}

void wuji_groups_finish(const wuji_groups *groups, uint32_t items, const wuji_group_sums *sums) {
  for (uint32_t i = 0; i < items; i++) {
    sums->difference[i] = groups->size == 0 ? 0
                                            : wuji_groups_difference(groups, sums->above[i], sums->at_top[i],
                                                                     sums->below[i], sums->at_bottom[i]);
  }
}

/* What a candidate's marks are multiplied by on the way into wuji_groups_difference(). */
static int16_t weight_of(const wuji_groups *groups, uint32_t total) {
  const wuji_group *top = &groups->top;
  const wuji_group *bottom = &groups->bottom;
  int32_t whole = (int32_t)(top->count * bottom->count);
  int32_t weight = (total > top->boundary) * whole - (total < bottom->boundary) * whole;
  weight += (total == top->boundary) * (int32_t)(top->rest * bottom->count);
  weight -= (total == bottom->boundary) * (int32_t)(bottom->rest * top->count);
  return (int16_t)weight;
}

void wuji_groups_of_list(const wuji_groups *groups, const wuji_marks *marks, const uint32_t *rows,
                         const uint32_t *totals, uint32_t count, const wuji_group_sums *sums) {
  enum { BLOCK = 256 };
  int16_t weights[BLOCK];
  int64_t *sum = (int64_t *)sums->above;
  if (groups->size == 0 || (uint64_t)groups->top.count * groups->bottom.count > INT16_MAX) {
    wuji_groups_absorb(groups, marks, rows, totals, count, sums);
    wuji_groups_finish(groups, marks->items, sums);
    return;
  }
  for (uint32_t start = 0; start < count; start += BLOCK) {
    uint32_t part = count - start < BLOCK ? count - start : BLOCK;
    for (uint32_t i = 0; i < part; i++) weights[i] = weight_of(groups, totals[start + i]);
    wuji_marks_weigh(marks, rows + start, weights, part, sum);
  }
  for (uint32_t i = 0; i < marks->items; i++) sums->difference[i] = sum[i];
}
