#include "kernels/chosen.h"

#include "kernels/chosen_wide.h"

#include <stddef.h>
#include <string.h>

bool wuji_chosen_mappable(const wuji_chosen *chosen) {
  return chosen->width == 1 && chosen->choices <= WUJI_MOST_MAPPED_CHOICES &&
         chosen->cells <= WUJI_MOST_MAPPED_CELLS;
}

void wuji_chosen_map(const wuji_chosen *chosen, uint8_t *choice_of, uint8_t *code_of) {
  memset(choice_of, 0, WUJI_MOST_MAPPED_CELLS);
  memset(code_of, 0, WUJI_MOST_MAPPED_CELLS);
  for (uint32_t c = 0; c < chosen->choices; c++) {
    uint32_t end = c + 1 < chosen->choices ? chosen->first[c + 1] : chosen->cells;
    for (uint32_t cell = chosen->first[c]; cell < end; cell++) {
      choice_of[cell] = (uint8_t)c;
      code_of[cell] = (uint8_t)(cell - chosen->first[c]);
    }
  }
}

/* One loop a width: `type` is that of a code, `counter` of a count. */
#define COUNT(name, type, counter)                                                                           \
  static void name(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *bin, uint32_t count,     \
                   counter counts[]) {                                                                       \
    for (uint32_t r = 0; r < count; r++) {                                                                   \
      const type *code = (const type *)chosen->codes + (size_t)rows[r] * chosen->choices;                    \
      size_t at = (size_t)bin[r] * chosen->cells;                                                            \
      for (uint32_t c = 0; c < chosen->choices; c++) counts[at + chosen->first[c] + code[c]]++;              \
    }                                                                                                        \
  }
COUNT(count_1, uint8_t, uint32_t)
COUNT(count_2, uint16_t, uint32_t)
COUNT(count_few_1, uint8_t, uint16_t)
COUNT(count_few_2, uint16_t, uint16_t)

#define SUM(width, type)                                                                                     \
  static void sum_##width(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *totals,           \
                          uint32_t count, uint64_t *sum) {                                                   \
    for (uint32_t r = 0; r < count; r++) {                                                                   \
      const type *code = (const type *)chosen->codes + (size_t)rows[r] * chosen->choices;                    \
      uint64_t total = totals[r];                                                                            \
      for (uint32_t c = 0; c < chosen->choices; c++) sum[chosen->first[c] + code[c]] += total;               \
    }                                                                                                        \
  }
SUM(1, uint8_t)
SUM(2, uint16_t)

void wuji_chosen_count(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *bin, uint32_t count,
                       uint32_t *counts) {
  if (chosen->width == 1) {
    count_1(chosen, rows, bin, count, counts);
  } else {
    count_2(chosen, rows, bin, count, counts);
  }
}

void wuji_chosen_count_few(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *bin,
                           uint32_t count, uint16_t *counts) {
  if (chosen->width == 1) {
    count_few_1(chosen, rows, bin, count, counts);
  } else {
    count_few_2(chosen, rows, bin, count, counts);
  }
}

void wuji_chosen_sum(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                     uint64_t *sum) {
  if (chosen->width == 1) {
    sum_1(chosen, rows, totals, count, sum);
  } else {
    sum_2(chosen, rows, totals, count, sum);
  }
}

void wuji_chosen_gather(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *zones,
                        const uint32_t *totals, uint32_t count, const wuji_chosen_sums *sums) {
  if (wuji_chosen_gather_wide(chosen, rows, zones, totals, count, sums)) return;
  wuji_chosen_count(chosen, rows, zones, count, sums->by_zone);
  wuji_chosen_sum(chosen, rows, totals, count, sums->sum);
  if (sums->by_total != NULL) wuji_chosen_count_few(chosen, rows, totals, count, sums->by_total);
}
