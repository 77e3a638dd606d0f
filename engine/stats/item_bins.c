#include "stats/item_bins.h"

#include <stddef.h>
#include <string.h>

static uint32_t *bin(const wuji_item_bins *bins, uint32_t total) {
  return bins->sum + (size_t)total * bins->items;
}

void wuji_item_bins_absorb(const wuji_item_bins *bins, const wuji_marks *marks, const uint32_t *rows,
                           const uint32_t *totals, uint32_t count) {
  if (bins->sum == NULL) return;
  wuji_marks_bin(marks, rows, totals, count, bins->sum);
}

void wuji_item_bins_merge(const wuji_item_bins *into, const wuji_item_bins *from,
                          const wuji_histogram *histogram) {
  if (into->sum == NULL) return;
  for (uint32_t t = histogram->low; t < histogram->high; t++) {
    if (histogram->count[t] == 0) continue;
    const uint32_t *restrict of_from = bin(from, t);
    uint32_t *restrict of_into = bin(into, t);
    for (uint32_t i = 0; i < into->items; i++) of_into[i] += of_from[i];
  }
}

void wuji_item_bins_clear(const wuji_item_bins *bins, const wuji_histogram *histogram) {
  if (bins->sum == NULL) return;
  for (uint32_t t = histogram->low; t < histogram->high; t++) {
    if (histogram->count[t] != 0) memset(bin(bins, t), 0, bins->items * sizeof *bins->sum);
  }
}

void wuji_item_bins_read(const wuji_item_bins *bins, uint32_t total, uint64_t *sum) {
  const uint32_t *restrict from = bin(bins, total);
  uint64_t *restrict into = sum;
  for (uint32_t i = 0; i < bins->items; i++) into[i] += from[i];
}
