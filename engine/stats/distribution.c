#include "stats/distribution.h"

#include <stdlib.h>

static void start(wuji_distribution *d) {
  d->distinct = 0;
  d->n = 0;
  d->sum = 0;
  d->square = 0;
}

static void append(wuji_distribution *d, uint32_t total, uint32_t count) {
  d->total[d->distinct] = total;
  d->count[d->distinct] = count;
  d->distinct++;
  d->n += count;
  d->sum += (uint64_t)total * count;
  d->square += (uint64_t)total * total * count;
}

/* Totals that nobody has are written over by the next; about every other one is such in a class, which no
 * branch could foresee. There is room for as many totals as there are bins. */
void wuji_distribution_of(wuji_distribution *d, const wuji_histogram *histogram) {
  uint32_t *restrict total = d->total;
  uint32_t *restrict count = d->count;
  const uint32_t *restrict bin = histogram->count;
  uint32_t high = histogram->high;
  uint32_t distinct = 0;
  uint32_t n = 0;
  uint64_t sum = 0;
  uint64_t square = 0;
  for (uint32_t t = histogram->low; t < high; t++) {
    uint64_t of_bin = (uint64_t)t * bin[t];
    total[distinct] = t;
    count[distinct] = bin[t];
    distinct += bin[t] != 0;
    n += bin[t];
    sum += of_bin;
    square += of_bin * t;
  }
  d->distinct = distinct;
  d->n = n;
  d->sum = sum;
  d->square = square;
}

static int ascending(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a;
  uint32_t y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* A few candidates over a wide range (a class, marks in hundredths): sorting beats walking the empty bins. */
static void sort_list(wuji_distribution *d, const uint32_t *totals, uint32_t count, wuji_histogram *bins) {
  uint32_t distinct = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (bins->count[totals[i]]++ == 0) d->total[distinct++] = totals[i];
  }
  qsort(d->total, distinct, sizeof *d->total, ascending);
  for (uint32_t i = 0; i < distinct; i++) {
    uint32_t total = d->total[i]; /* append() writes this very place back */
    append(d, total, bins->count[total]);
    bins->count[total] = 0;
  }
}

void wuji_distribution_of_list(wuji_distribution *d, const uint32_t *totals, uint32_t count,
                               wuji_histogram *empty) {
  const uint32_t walk_per_candidate = 32;
  start(d);
  if (count == 0) return;
  uint32_t least = totals[0];
  uint32_t most = totals[0];
  for (uint32_t i = 1; i < count; i++) {
    if (totals[i] < least) least = totals[i];
    if (totals[i] > most) most = totals[i];
  }
  if ((most - least) / walk_per_candidate > count) {
    sort_list(d, totals, count, empty);
  } else {
    for (uint32_t i = 0; i < count; i++) empty->count[totals[i]]++;
    empty->low = least;
    empty->high = most + 1;
    wuji_distribution_of(d, empty);
    wuji_histogram_clear(empty);
  }
}

uint32_t wuji_distribution_reach(const wuji_distribution *d, uint32_t total) {
  uint32_t reached = 0;
  for (uint32_t i = d->distinct; i > 0 && d->total[i - 1] >= total; i--) reached += d->count[i - 1];
  return reached;
}

/* The order statistic `rank` (from 0). */
static uint32_t order_statistic(const wuji_distribution *d, uint64_t rank) {
  uint32_t i = 0;
  for (uint64_t below = d->count[0]; below <= rank && i + 1 < d->distinct; below += d->count[i]) i++;
  return d->total[i];
}

uint64_t wuji_distribution_quartile(const wuji_distribution *d, uint32_t fourths) {
  uint64_t place = (uint64_t)(d->n - 1) * fourths;
  uint64_t rest = place % 4;
  uint64_t a = order_statistic(d, place / 4);
  uint64_t b = rest == 0 ? a : order_statistic(d, place / 4 + 1);
  return a * (4 - rest) + b * rest;
}

wuji_moments wuji_distribution_moments(const wuji_distribution *d) {
  wuji_moments m = {0};
  for (uint32_t i = 0; i < d->distinct; i++) {
    double distance = (double)((int64_t)d->n * d->total[i] - (int64_t)d->sum);
    double third = d->count[i] * distance * distance * distance;
    m.third += third;
    m.fourth += third * distance;
  }
  return (wuji_moments){m.third / (double)d->n, m.fourth / (double)d->n};
}
