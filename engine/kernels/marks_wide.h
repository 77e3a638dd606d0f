/* The loops of marks.h and more for one-byte marks and numbers below 2^15 in whole vectors. Included once a
 * level of instructions, behind the file that gives the level's vectors (avx2.h, avx512.h), with
 * NAMED(function) defined.
 *
 * A strip of BYTES items at a time. Four rows are woven together, so that an item's four marks are one 32-bit
 * element, whose bytes 0 and 2 and then 1 and 3 become pairs of 16-bit numbers: the instruction that
 * multiplies pairs and adds them up then serves all four, and no sum over lanes is ever needed. 63 fours fill
 * a byte's counter, and 252·251·32767 stays below 2^31. */
#include "kernels/marks.h"

#include <stddef.h>
#include <string.h>

/* Unrolled early, small arrays of vectors stay in registers. */
#define UNROLL _Pragma("GCC unroll 4")

enum { BLOCK_ROWS = 252, FOUR = 4 };

/* The marks of four rows: `even` those of rows 0 and 2, `odd` those of 1 and 3; [q] is the q-th four items of
 * every 16. */
typedef struct woven {
  VECTOR even[4], odd[4];
} woven;

TARGET static inline woven weave(const VECTOR x[FOUR]) {
  woven w;
  VECTOR a = LOW_8(x[0], x[1]);
  VECTOR b = HIGH_8(x[0], x[1]);
  VECTOR c = LOW_8(x[2], x[3]);
  VECTOR d = HIGH_8(x[2], x[3]);
  VECTOR four[4] = {LOW_16(a, c), HIGH_16(a, c), LOW_16(b, d), HIGH_16(b, d)};
  UNROLL
  for (int q = 0; q < 4; q++) {
    w.even[q] = AND(four[q], ALL_16(0xff));
    w.odd[q] = SHIFT_16(four[q], 8);
  }
  return w;
}

/* Two numbers of 16 bits in every element. */
TARGET static inline VECTOR pair(uint32_t low, uint32_t high) {
  return ALL_32((int32_t)((low & 0xffff) | high << 16));
}

/* 32-bit sums of a strip, item by item. */
TARGET static inline void lay_out(const VECTOR q[4], void *to) {
  for (int lane = 0; lane < BYTES / 16; lane++) {
    for (int four = 0; four < 4; four++) {
      memcpy((char *)to + lane * 64 + four * 16, (const char *)&q[four] + lane * 16, 16);
    }
  }
}

/* Where a strip stands. Items that do not fill a last one are taken with some before them, of which `skip`
 * are not counted again. */
typedef struct place {
  uint32_t from, skip, width;
} place;

static inline place strip_at(const wuji_marks *marks, uint32_t done) {
  uint32_t width = marks->items < BYTES ? marks->items : BYTES;
  uint32_t from = done + width > marks->items ? marks->items - width : done;
  return (place){from, done - from, width};
}

TARGET static inline VECTOR load_row(const wuji_marks *marks, place at, uint32_t row) {
  return LOAD((const uint8_t *)marks->marks + (size_t)row * marks->items + at.from, at.width);
}

/* A strip's sums under way. */
typedef struct strip {
  VECTOR sum[4], square[4], cross[4];
  VECTOR full, zero, blank;
} strip;

/* Up to four rows; those that are missing count nothing. */
TARGET static inline __attribute__((always_inline)) void sum_four(strip *s, const wuji_marks *marks, place at,
                                                                  VECTOR maxima, const uint32_t *rows,
                                                                  const uint32_t *totals, uint32_t count) {
  VECTOR x[FOUR];
  uint32_t t[FOUR];
  UNROLL
  for (uint32_t r = 0; r < FOUR; r++) {
    t[r] = r < count ? totals[r] : 0;
    x[r] = ZERO();
    if (r >= count) continue;
    x[r] = load_row(marks, at, rows[r]);
    s->full = COUNT_EQUAL(s->full, x[r], maxima);
    s->zero = COUNT_EQUAL(s->zero, x[r], ZERO());
    s->blank = COUNT_EQUAL(s->blank, x[r], ALL_8(-1));
    x[r] = WORTH(x[r]);
  }
  woven w = weave(x);
  VECTOR even = pair(t[0], t[2]);
  VECTOR odd = pair(t[1], t[3]);
  UNROLL
  for (int q = 0; q < 4; q++) {
    s->sum[q] = MULTIPLY_ADD(s->sum[q], ADD_16(w.even[q], w.odd[q]), ALL_16(1));
    s->square[q] = MULTIPLY_ADD(MULTIPLY_ADD(s->square[q], w.even[q], w.even[q]), w.odd[q], w.odd[q]);
    s->cross[q] = MULTIPLY_ADD(MULTIPLY_ADD(s->cross[q], w.even[q], even), w.odd[q], odd);
  }
}

#define ADD_UP(to, from, first, count)                                                                       \
  for (uint32_t i = (first); i < (count); i++) (to)[i] += (from)[i]

TARGET static void flush(const strip *s, place at, const wuji_mark_sums *sums) {
  _Alignas(64) uint32_t wide[3][BYTES];
  _Alignas(64) uint8_t narrow[3][BYTES];
  lay_out(s->sum, wide[0]);
  lay_out(s->square, wide[1]);
  lay_out(s->cross, wide[2]);
  memcpy(narrow[0], &s->full, BYTES);
  memcpy(narrow[1], &s->zero, BYTES);
  memcpy(narrow[2], &s->blank, BYTES);
  ADD_UP(sums->sum + at.from, wide[0], at.skip, at.width);
  ADD_UP(sums->square + at.from, wide[1], at.skip, at.width);
  ADD_UP(sums->cross + at.from, wide[2], at.skip, at.width);
  ADD_UP(sums->full + at.from, narrow[0], at.skip, at.width);
  ADD_UP(sums->zero + at.from, narrow[1], at.skip, at.width);
  ADD_UP(sums->blank + at.from, narrow[2], at.skip, at.width);
}

TARGET static void sum_block(const wuji_marks *marks, place at, const uint32_t *rows, const uint32_t *totals,
                             uint32_t count, const wuji_mark_sums *sums) {
  strip s;
  VECTOR maxima = LOAD((const uint8_t *)marks->maxima + at.from, at.width);
  uint32_t r = 0;
  s.full = s.zero = s.blank = ZERO();
  UNROLL
  for (int q = 0; q < 4; q++) s.sum[q] = s.square[q] = s.cross[q] = ZERO();
  for (; r + FOUR <= count; r += FOUR) sum_four(&s, marks, at, maxima, rows + r, totals + r, FOUR);
  if (r < count) sum_four(&s, marks, at, maxima, rows + r, totals + r, count - r);
  flush(&s, at, sums);
}

/* Blocks of rows, and in them strips of items: the rows are then read from the nearest cache. */
static inline uint32_t block_at(uint32_t start, uint32_t count) {
  return count - start < BLOCK_ROWS ? count - start : BLOCK_ROWS;
}

/* The strip behind `at`; behind the last, one of no items. */
static inline place next_strip(const wuji_marks *marks, place at) {
  uint32_t done = at.from + at.width;
  return done < marks->items ? strip_at(marks, done) : (place){done, 0, 0};
}

TARGET void NAMED(sum)(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                       const wuji_mark_sums *sums) {
  for (uint32_t start = 0; start < count; start += BLOCK_ROWS) {
    uint32_t rest = block_at(start, count);
    for (place at = strip_at(marks, 0); at.width > 0; at = next_strip(marks, at)) {
      sum_block(marks, at, rows + start, totals + start, rest, sums);
    }
  }
}

TARGET static inline __attribute__((always_inline)) void weigh_four(VECTOR sum[4], const wuji_marks *marks,
                                                                    place at, const uint32_t *rows,
                                                                    const int16_t *weights, uint32_t count) {
  VECTOR x[FOUR];
  uint32_t t[FOUR];
  UNROLL
  for (uint32_t r = 0; r < FOUR; r++) {
    t[r] = r < count ? (uint16_t)weights[r] : 0;
    x[r] = r < count ? WORTH(load_row(marks, at, rows[r])) : ZERO();
  }
  woven w = weave(x);
  VECTOR even = pair(t[0], t[2]);
  VECTOR odd = pair(t[1], t[3]);
  UNROLL
  for (int q = 0; q < 4; q++) {
    sum[q] = MULTIPLY_ADD(MULTIPLY_ADD(sum[q], w.even[q], even), w.odd[q], odd);
  }
}

TARGET static void weigh_block(const wuji_marks *marks, place at, const uint32_t *rows,
                               const int16_t *weights, uint32_t count, int64_t *to) {
  _Alignas(64) int32_t wide[BYTES];
  VECTOR sum[4];
  uint32_t r = 0;
  UNROLL
  for (int q = 0; q < 4; q++) sum[q] = ZERO();
  for (; r + FOUR <= count; r += FOUR) weigh_four(sum, marks, at, rows + r, weights + r, FOUR);
  if (r < count) weigh_four(sum, marks, at, rows + r, weights + r, count - r);
  lay_out(sum, wide);
  ADD_UP(to + at.from, wide, at.skip, at.width);
}

TARGET void NAMED(weigh)(const wuji_marks *marks, const uint32_t *rows, const int16_t *weights,
                         uint32_t count, int64_t *sum) {
  for (uint32_t start = 0; start < count; start += BLOCK_ROWS) {
    uint32_t rest = block_at(start, count);
    for (place at = strip_at(marks, 0); at.width > 0; at = next_strip(marks, at)) {
      weigh_block(marks, at, rows + start, weights + start, rest, sum);
    }
  }
}

TARGET void NAMED(bin)(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                       uint32_t *bins) {
  size_t items = marks->items;
  for (place at = strip_at(marks, 0); at.width > 0; at = next_strip(marks, at)) {
    uint32_t *first = bins + at.from + at.skip;
    for (uint32_t r = 0; r < count; r++) {
      _Alignas(64) uint8_t worth[2 * BYTES]; /* what stands behind the strip is read, too, but not added */
      VECTOR x = WORTH(load_row(marks, at, rows[r]));
      memcpy(worth, &x, BYTES);
      ADD_32_8(first + totals[r] * items, worth + at.skip, at.width - at.skip);
    }
  }
}
