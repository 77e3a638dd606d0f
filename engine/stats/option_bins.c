#include "stats/option_bins.h"

#include <stddef.h>
#include <string.h>

static uint32_t *bin(const wuji_option_bins *bins, uint32_t total) {
  return bins->count + (size_t)total * bins->cells;
}

void wuji_option_bins_absorb(const wuji_option_bins *bins, const wuji_chosen *chosen, const uint32_t *rows,
                             const uint32_t *totals, uint32_t count) {
  if (bins->sum != NULL) wuji_chosen_sum(chosen, rows, totals, count, bins->sum);
  if (bins->count == NULL) return;
  wuji_chosen_count(chosen, rows, totals, count, bins->count);
}

void wuji_option_bins_add_sums(const wuji_option_bins *bins, const uint64_t *sum) {
  uint64_t *restrict into = bins->sum;
  for (uint32_t cell = 0; cell < bins->cells; cell++) into[cell] += sum[cell];
}

void wuji_option_bins_merge(const wuji_option_bins *into, const wuji_option_bins *from,
                            const wuji_histogram *histogram) {
  if (into->sum != NULL) wuji_option_bins_add_sums(into, from->sum);
  if (into->count == NULL) return;
  for (uint32_t t = histogram->low; t < histogram->high; t++) {
    if (histogram->count[t] != 0) wuji_option_bins_read(from, t, bin(into, t));
  }
}

void wuji_option_bins_clear(const wuji_option_bins *bins, const wuji_histogram *histogram) {
  if (bins->sum != NULL) memset(bins->sum, 0, bins->cells * sizeof *bins->sum);
  if (bins->count == NULL) return;
  for (uint32_t t = histogram->low; t < histogram->high; t++) {
    if (histogram->count[t] != 0) memset(bin(bins, t), 0, bins->cells * sizeof *bins->count);
  }
}

void wuji_option_bins_read(const wuji_option_bins *bins, uint32_t total, uint32_t *count) {
  const uint32_t *restrict from = bin(bins, total);
  uint32_t *restrict into = count;
  for (uint32_t i = 0; i < bins->cells; i++) into[i] += from[i];
}
