#include "stats/option_bins.h"

#include <stddef.h>
#include <string.h>

static size_t bin(const wuji_option_bins *bins, uint32_t total) {
  return (size_t)total * bins->cells;
}

static void settle(wuji_option_bins *bins) {
  uint32_t *restrict into = bins->count;
  const uint16_t *restrict from = bins->few;
  size_t all = bin(bins, bins->bins);
  for (size_t i = 0; i < all; i++) into[i] += from[i];
  memset(bins->few, 0, all * sizeof *bins->few);
  bins->held = 0;
  bins->many = true;
}

void wuji_option_bins_expect(wuji_option_bins *bins, uint32_t more) {
  if (bins->held + more > UINT16_MAX) settle(bins);
  bins->held += more;
}

void wuji_option_bins_absorb(wuji_option_bins *bins, const wuji_chosen *chosen, const uint32_t *rows,
                             const uint32_t *totals, uint32_t count) {
  if (bins->sum != NULL) wuji_chosen_sum(chosen, rows, totals, count, bins->sum);
  if (bins->count == NULL) return;
  for (uint32_t start = 0; start < count; start += UINT16_MAX) {
    uint32_t part = count - start < UINT16_MAX ? count - start : UINT16_MAX;
    wuji_option_bins_expect(bins, part);
    wuji_chosen_count_few(chosen, rows + start, totals + start, part, bins->few);
  }
}

void wuji_option_bins_add_sums(const wuji_option_bins *bins, const uint64_t *sum) {
  uint64_t *restrict into = bins->sum;
  for (uint32_t cell = 0; cell < bins->cells; cell++) into[cell] += sum[cell];
}

static void add_few(uint16_t *restrict into, const uint16_t *restrict from, uint32_t cells) {
  for (uint32_t i = 0; i < cells; i++) into[i] = (uint16_t)(into[i] + from[i]);
}

static void add_many(uint32_t *restrict into, const uint32_t *restrict from, uint32_t cells) {
  for (uint32_t i = 0; i < cells; i++) into[i] += from[i];
}

void wuji_option_bins_merge(wuji_option_bins *into, const wuji_option_bins *from,
                            const wuji_histogram *histogram) {
  if (into->sum != NULL) wuji_option_bins_add_sums(into, from->sum);
  if (into->count == NULL) return;
  wuji_option_bins_expect(into, from->held);
  for (uint32_t t = histogram->low; t < histogram->high; t++) {
    if (histogram->count[t] == 0) continue;
    add_few(into->few + bin(into, t), from->few + bin(from, t), into->cells);
    if (from->many) add_many(into->count + bin(into, t), from->count + bin(from, t), into->cells);
  }
  into->many |= from->many;
}

void wuji_option_bins_clear(wuji_option_bins *bins, const wuji_histogram *histogram) {
  if (bins->sum != NULL) memset(bins->sum, 0, bins->cells * sizeof *bins->sum);
  if (bins->count == NULL) return;
  for (uint32_t t = histogram->low; t < histogram->high; t++) {
    if (histogram->count[t] == 0) continue;
    memset(bins->few + bin(bins, t), 0, bins->cells * sizeof *bins->few);
    if (bins->many) memset(bins->count + bin(bins, t), 0, bins->cells * sizeof *bins->count);
  }
  bins->held = 0;
  bins->many = false;
}

void wuji_option_bins_read(const wuji_option_bins *bins, uint32_t total, uint32_t *count) {
  const uint16_t *restrict few = bins->few + bin(bins, total);
  uint32_t *restrict into = count;
  for (uint32_t i = 0; i < bins->cells; i++) into[i] += few[i];
  if (bins->many) add_many(into, bins->count + bin(bins, total), bins->cells);
}
