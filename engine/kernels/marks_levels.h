/* The faster forms of the loops over marks, by level of instructions. Each takes what its plain form takes,
 * of one-byte marks and with numbers beside the rows below 2^15. */
#ifndef WUJI_KERNELS_MARKS_LEVELS_H
#define WUJI_KERNELS_MARKS_LEVELS_H

#include "base/isa.h"
#include "kernels/counts.h"
#include "kernels/sets.h"

#if defined __x86_64__ && defined __GNUC__
#define WUJI_LEVELS 1
#else
#define WUJI_LEVELS 0
#endif

#define WUJI_MARKS_FORMS(level)                                                                              \
  void wuji_marks_sum_##level(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals,         \
                              uint32_t count, const wuji_mark_sums *sums);                                   \
  void wuji_marks_weigh_##level(const wuji_marks *marks, const uint32_t *rows, const int16_t *weights,       \
                                uint32_t count, int64_t *sum);                                               \
  void wuji_marks_bin_##level(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals,         \
                              uint32_t count, uint32_t *bins);                                               \
  void wuji_marks_sum_sets_##level(const wuji_marks *marks, const wuji_item_sets *sets,                      \
                                   const uint32_t *rows, uint32_t count, uint64_t *sum, uint64_t *square);   \
  void wuji_marks_count_##level(const wuji_marks *marks, const uint32_t *first, const uint32_t *rows,        \
                                uint32_t count, uint32_t *counts);
/* A full mark above this passes the 32 bits in which sets are squared. */
enum { WUJI_MOST_SQUARED = 5792 };

/** The level whose form of a loop is taken. */
wuji_isa_level wuji_marks_level(const wuji_marks *marks);

WUJI_MARKS_FORMS(avx2)
WUJI_MARKS_FORMS(avx512)
#undef WUJI_MARKS_FORMS

#endif
