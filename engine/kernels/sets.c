#include "kernels/sets.h"

#include "kernels/marks_levels.h"

#include <stddef.h>
#include <string.h>

enum {
  MOST_ITEMS = 1000,
  LANES = 16 /* rows side by side */
};

/* The reference: one row after the other. */
#define SUM_SETS(width, type)                                                                                \
  static void sum_sets_##width(const wuji_marks *marks, const wuji_item_sets *sets, const uint32_t *rows,    \
                               uint32_t count, uint64_t *sum, uint64_t *square) {                            \
    for (uint32_t r = 0; r < count; r++) {                                                                   \
      const type *mark = (const type *)marks->marks + (size_t)rows[r] * marks->items;                        \
      for (uint32_t s = 0; s < sets->count; s++) {                                                           \
        uint64_t y = 0;                                                                                      \
        for (uint32_t k = sets->first[s]; k < sets->first[s + 1]; k++) {                                     \
          type x = mark[sets->item[k]];                                                                      \
          y += x == (type)-1 ? 0U : (uint32_t)x;                                                             \
        }                                                                                                    \
        sum[s] += y;                                                                                         \
        square[s] += y * y;                                                                                  \
      }                                                                                                      \
    }                                                                                                        \
  }
SUM_SETS(1, uint8_t)
SUM_SETS(2, uint16_t)
SUM_SETS(4, uint32_t)

/* Marks of one byte, nearly every paper there is: 16 rows are turned on their side, so that an item's marks
 * of all of them are added by one instruction. Σy² of 16 rows must fit 31 bits. */
enum { MOST_FULL = 11585 };

typedef struct lanes {
  _Alignas(64) uint8_t mark[MOST_ITEMS * LANES]; /* item by item */
} lanes;

/* Rows that are not there are worth 0 everywhere, and so add nothing. */
static void turn(lanes *restrict t, const wuji_marks *marks, const uint32_t *rows, uint32_t count) {
  if (count < LANES) memset(t->mark, 0, (size_t)marks->items * LANES);
  for (uint32_t l = 0; l < count; l++) {
    const uint8_t *restrict mark = (const uint8_t *)marks->marks + (size_t)rows[l] * marks->items;
    for (uint32_t i = 0; i < marks->items; i++) t->mark[i * LANES + l] = mark[i];
  }
  for (uint32_t i = 0; i < marks->items * LANES; i++) {
    t->mark[i] = t->mark[i] == UINT8_MAX ? 0 : t->mark[i];
  }
}

static void sum_lanes(const lanes *restrict t, const wuji_item_sets *sets, uint64_t *restrict sum,
                      uint64_t *restrict square) {
  for (uint32_t s = 0; s < sets->count; s++) {
    int16_t y[LANES] = {0};
    for (uint32_t k = sets->first[s]; k < sets->first[s + 1]; k++) {
      const uint8_t *restrict mark = t->mark + (size_t)sets->item[k] * LANES;
      for (uint32_t l = 0; l < LANES; l++) y[l] = (int16_t)(y[l] + mark[l]);
    }
    int32_t of_y = 0;
    int32_t of_square = 0;
    for (uint32_t l = 0; l < LANES; l++) of_y += y[l];
    for (uint32_t l = 0; l < LANES; l++) of_square += y[l] * y[l];
    sum[s] += (uint64_t)of_y;
    square[s] += (uint64_t)of_square;
  }
}

static void sum_sets_lanes(const wuji_marks *marks, const wuji_item_sets *sets, const uint32_t *rows,
                           uint32_t count, uint64_t *sum, uint64_t *square) {
  lanes t;
  for (uint32_t start = 0; start < count; start += LANES) {
    turn(&t, marks, rows + start, count - start < LANES ? count - start : LANES);
    sum_lanes(&t, sets, sum, square);
  }
}

void wuji_marks_sum_sets(const wuji_marks *marks, const wuji_item_sets *sets, const uint32_t *rows,
                         uint32_t count, uint64_t *sum, uint64_t *square) {
  if (sets->count == 0) return;
  wuji_isa_level level = marks->full <= WUJI_MOST_SQUARED ? wuji_marks_level(marks) : WUJI_ISA_BASELINE;
  if (level == WUJI_ISA_AVX512) {
    wuji_marks_sum_sets_avx512(marks, sets, rows, count, sum, square);
  } else if (level == WUJI_ISA_AVX2) {
    wuji_marks_sum_sets_avx2(marks, sets, rows, count, sum, square);
  } else if (marks->width == 1 && marks->full <= MOST_FULL && marks->items <= MOST_ITEMS) {
    sum_sets_lanes(marks, sets, rows, count, sum, square);
  } else if (marks->width == 1) {
    sum_sets_1(marks, sets, rows, count, sum, square);
  } else if (marks->width == 2) {
    sum_sets_2(marks, sets, rows, count, sum, square);
  } else {
    sum_sets_4(marks, sets, rows, count, sum, square);
  }
}
