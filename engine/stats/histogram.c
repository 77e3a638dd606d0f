#include "stats/histogram.h"

#include <string.h>

static void widen(wuji_histogram *h, uint32_t low, uint32_t high) {
  if (h->low == h->high) {
    h->low = low;
    h->high = high;
  } else {
    if (low < h->low) h->low = low;
    if (high > h->high) h->high = high;
  }
}

void wuji_histogram_absorb(wuji_histogram *histogram, const uint32_t *totals, uint32_t count) {
  if (count == 0) return;
  uint32_t least = totals[0];
  uint32_t most = totals[0];
  for (uint32_t i = 0; i < count; i++) {
    if (totals[i] < least) least = totals[i];
    if (totals[i] > most) most = totals[i];
    histogram->count[totals[i]]++;
  }
  widen(histogram, least, most + 1);
}

void wuji_histogram_merge(wuji_histogram *into, const wuji_histogram *from) {
  if (from->low == from->high) return;
  for (uint32_t t = from->low; t < from->high; t++) into->count[t] += from->count[t];
  widen(into, from->low, from->high);
}

void wuji_histogram_clear(wuji_histogram *histogram) {
  memset(histogram->count + histogram->low, 0, (histogram->high - histogram->low) * sizeof *histogram->count);
  histogram->low = histogram->high = 0;
}
