#include "kernels/chosen.h"

#include <stddef.h>

/* One loop a width: `type` is that of a code. */
#define LOOPS(width, type)                                                                                   \
  static void count_##width(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *bin,            \
                            uint32_t count, uint32_t *counts) {                                              \
    for (uint32_t r = 0; r < count; r++) {                                                                   \
      const type *code = (const type *)chosen->codes + (size_t)rows[r] * chosen->choices;                    \
      uint32_t *into = counts + (size_t)bin[r] * chosen->cells;                                              \
      for (uint32_t c = 0; c < chosen->choices; c++) into[chosen->first[c] + code[c]]++;                     \
    }                                                                                                        \
  }                                                                                                          \
  static void sum_##width(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *totals,           \
                          uint32_t count, uint64_t *sum) {                                                   \
    for (uint32_t r = 0; r < count; r++) {                                                                   \
      const type *code = (const type *)chosen->codes + (size_t)rows[r] * chosen->choices;                    \
      uint64_t total = totals[r];                                                                            \
      for (uint32_t c = 0; c < chosen->choices; c++) sum[chosen->first[c] + code[c]] += total;               \
    }                                                                                                        \
  }
LOOPS(1, uint8_t)
LOOPS(2, uint16_t)

void wuji_chosen_count(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *bin, uint32_t count,
                       uint32_t *counts) {
  if (chosen->width == 1) {
    count_1(chosen, rows, bin, count, counts);
  } else {
    count_2(chosen, rows, bin, count, counts);
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
