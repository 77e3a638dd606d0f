#include "kernels/counts.h"

#include "kernels/marks_levels.h"

#include <stddef.h>

enum { MOST_ITEMS = 1000 };

/* A row's places are found first, by whole vectors; then each is counted. Neighbours in a row are of
 * different items, so that no count waits for the one before. */
#define COUNT(width, type)                                                                                   \
  static void count_##width(const wuji_marks *marks, const uint32_t *restrict first, const uint32_t *rows,   \
                            uint32_t count, uint32_t *restrict counts) {                                     \
    uint32_t place[MOST_ITEMS];                                                                              \
    uint32_t items = marks->items < MOST_ITEMS ? marks->items : MOST_ITEMS;                                  \
    for (uint32_t r = 0; r < count; r++) {                                                                   \
      const type *restrict mark = (const type *)marks->marks + (size_t)rows[r] * marks->items;               \
      for (uint32_t i = 0; i < items; i++) {                                                                 \
        place[i] = mark[i] == (type)-1 ? first[i + 1] - 1 : first[i] + (uint32_t)mark[i];                    \
      }                                                                                                      \
      for (uint32_t i = 0; i < items; i++) counts[place[i]]++;                                               \
    }                                                                                                        \
  }
COUNT(1, uint8_t)
COUNT(2, uint16_t)
COUNT(4, uint32_t)

void wuji_marks_count(const wuji_marks *marks, const uint32_t *first, const uint32_t *rows, uint32_t count,
                      uint32_t *counts) {
  wuji_isa_level level = wuji_marks_level(marks);
  if (level == WUJI_ISA_AVX512) {
    wuji_marks_count_avx512(marks, first, rows, count, counts);
    return;
  }
  if (level == WUJI_ISA_AVX2) {
    wuji_marks_count_avx2(marks, first, rows, count, counts);
    return;
  }
  switch (marks->width) {
  case 1: count_1(marks, first, rows, count, counts); break;
  case 2: count_2(marks, first, rows, count, counts); break;
  default: count_4(marks, first, rows, count, counts); break;
  }
}
