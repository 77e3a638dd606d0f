#include "kernels/marks.h"

#include "kernels/marks_levels.h"

#include <stddef.h>
#include <string.h>

#define TYPE            uint8_t
#define NAMED(function) function##_u8
#include "kernels/marks_any.h"

#define TYPE            uint16_t
#define NAMED(function) function##_u16
#include "kernels/marks_any.h"

#define TYPE            uint32_t
#define NAMED(function) function##_u32
#include "kernels/marks_any.h"

/* Marks of one byte and totals of two, nearly every paper there is. Up to 255 rows go into counters so narrow
 * that 16 items share an instruction: Σx < 255·252 fits 16 bits, Σx² and Σxt < 255·252·65535 fit 32. Every
 * loop runs over a whole number of STRIDEs, so that none has a ragged end; what lies behind the last item is
 * never read back. */
enum {
  STRIDE = 16,
  BLOCK_ROWS = 255,
  MOST_ITEMS = 1000,
  PADDED = (MOST_ITEMS + STRIDE - 1) / STRIDE * STRIDE
};

typedef struct block {
  _Alignas(64) uint8_t full[PADDED];
  _Alignas(64) uint8_t zero[PADDED];
  _Alignas(64) uint8_t blank[PADDED];
  _Alignas(64) uint16_t sum[PADDED];
  _Alignas(64) uint32_t square[PADDED];
  _Alignas(64) uint32_t cross[PADDED];
  _Alignas(64) uint8_t maxima[PADDED];
  _Alignas(64) uint8_t mark[PADDED];
} block;

static void count_row(block *restrict b, uint32_t padded) {
  for (uint32_t i = 0; i < padded; i++) {
    uint8_t x = b->mark[i];
    b->full[i] = (uint8_t)(b->full[i] + (x == b->maxima[i]));
    b->zero[i] = (uint8_t)(b->zero[i] + (x == 0));
    b->blank[i] = (uint8_t)(b->blank[i] + (x == UINT8_MAX));
    b->mark[i] = x == UINT8_MAX ? 0 : x;
  }
}

static void sum_row(block *restrict b, uint32_t padded, uint16_t total) {
  for (uint32_t i = 0; i < padded; i++) {
    uint16_t x = b->mark[i];
    b->sum[i] = (uint16_t)(b->sum[i] + x);
    b->square[i] += (uint32_t)x * x;
    b->cross[i] += (uint32_t)x * total;
  }
}

static void clear_block(block *b, uint32_t padded) {
  memset(b->full, 0, padded);
  memset(b->zero, 0, padded);
  memset(b->blank, 0, padded);
  memset(b->sum, 0, padded * sizeof *b->sum);
  memset(b->square, 0, padded * sizeof *b->square);
  memset(b->cross, 0, padded * sizeof *b->cross);
}

static void flush_block(const block *restrict b, uint32_t items, const wuji_mark_sums *sums) {
  for (uint32_t i = 0; i < items; i++) {
    sums->sum[i] += b->sum[i];
    sums->square[i] += b->square[i];
    sums->cross[i] += b->cross[i];
  }
  for (uint32_t i = 0; i < items; i++) {
    sums->full[i] += b->full[i];
    sums->zero[i] += b->zero[i];
    sums->blank[i] += b->blank[i];
  }
}

static void sum_blocks(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                       const wuji_mark_sums *sums) {
  block b;
  uint32_t items = marks->items;
  uint32_t padded = (items + STRIDE - 1) / STRIDE * STRIDE;
  memset(b.mark, 0, padded);
  memset(b.maxima, 0, padded);
  memcpy(b.maxima, marks->maxima, items);
  for (uint32_t start = 0; start < count; start += BLOCK_ROWS) {
    uint32_t end = count - start < BLOCK_ROWS ? count : start + BLOCK_ROWS;
    clear_block(&b, padded);
    for (uint32_t r = start; r < end; r++) {
      memcpy(b.mark, row_u8(marks, rows[r]), items);
      count_row(&b, padded);
      sum_row(&b, padded, (uint16_t)totals[r]);
    }
    flush_block(&b, items, sums);
  }
}

#define BY_WIDTH(function, ...)                                                                              \
  switch (marks->width) {                                                                                    \
  case 1: function##_u8(__VA_ARGS__); break;                                                                 \
  case 2: function##_u16(__VA_ARGS__); break;                                                                \
  default: function##_u32(__VA_ARGS__); break;                                                               \
  }

/* The multiplication of pairs in AVX-512 is that of its vnni. */
wuji_isa_level wuji_marks_level(const wuji_marks *marks) {
  if (!WUJI_LEVELS || marks->width != 1 || marks->items > MOST_ITEMS) return WUJI_ISA_BASELINE;
  wuji_isa_level level = wuji_isa();
  return level == WUJI_ISA_AVX512 && !wuji_isa_has_vnni() ? WUJI_ISA_AVX2 : level;
}

void wuji_marks_sum(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                    const wuji_mark_sums *sums) {
  wuji_isa_level level = marks->full <= INT16_MAX ? wuji_marks_level(marks) : WUJI_ISA_BASELINE;
  if (level == WUJI_ISA_AVX512) {
    wuji_marks_sum_avx512(marks, rows, totals, count, sums);
  } else if (level == WUJI_ISA_AVX2) {
    wuji_marks_sum_avx2(marks, rows, totals, count, sums);
  } else if (marks->width == 1 && marks->full <= UINT16_MAX && marks->items <= MOST_ITEMS) {
    sum_blocks(marks, rows, totals, count, sums);
  } else {
    BY_WIDTH(sum, marks, rows, totals, count, sums)
  }
}

void wuji_marks_weigh(const wuji_marks *marks, const uint32_t *rows, const int16_t *weights, uint32_t count,
                      int64_t *sum) {
  switch (wuji_marks_level(marks)) {
  case WUJI_ISA_AVX512: wuji_marks_weigh_avx512(marks, rows, weights, count, sum); break;
  case WUJI_ISA_AVX2: wuji_marks_weigh_avx2(marks, rows, weights, count, sum); break;
  default: BY_WIDTH(weigh, marks, rows, weights, count, sum)
  }
}

void wuji_marks_bin(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                    uint32_t *bins) {
  switch (wuji_marks_level(marks)) {
  case WUJI_ISA_AVX512: wuji_marks_bin_avx512(marks, rows, totals, count, bins); break;
  case WUJI_ISA_AVX2: wuji_marks_bin_avx2(marks, rows, totals, count, bins); break;
  default: BY_WIDTH(bin, marks, rows, totals, count, bins)
  }
}

void wuji_marks_bin_wide(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals,
                         uint32_t count, uint64_t *bins) {
  BY_WIDTH(bin_wide, marks, rows, totals, count, bins)
}

void wuji_marks_add(const wuji_marks *marks, const uint32_t *rows, uint32_t count, uint64_t *sum) {
  BY_WIDTH(add, marks, rows, count, sum)
}
