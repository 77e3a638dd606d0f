/* The loops of sets.h and counts.h for one-byte marks in whole vectors. Included once a level of
 * instructions, behind the file that gives the level's vectors, with NAMED(function) defined.
 *
 * BYTES rows are turned on their side, so that an item's marks of all of them are one vector: sets of items
 * are then added up, and marks compared, for all rows at once. */
#include "kernels/counts.h"
#include "kernels/sets.h"

#include <stddef.h>
#include <string.h>

#define UNROLL_16 _Pragma("GCC unroll 16")

enum { MOST_ITEMS = 1000, SIDE = 16 };

typedef struct turned {
  VECTOR mark[MOST_ITEMS]; /* item by item; rows that are missing have 0 */
} turned;

/* A square of 16 rows by 16 items in each 16 bytes' lane of the vectors. Weaving the first half of the
 * vectors with the second rotates the eight bits that say where a byte stands by one; four times swap row and
 * item. */
TARGET static inline void turn_square(VECTOR v[SIDE]) {
  VECTOR w[SIDE];
  for (int twice = 0; twice < 2; twice++) {
    UNROLL_16
    for (int i = 0; i < SIDE / 2; i++) {
      w[2 * i] = LOW_8(v[i], v[i + SIDE / 2]);
      w[2 * i + 1] = HIGH_8(v[i], v[i + SIDE / 2]);
    }
    UNROLL_16
    for (int i = 0; i < SIDE / 2; i++) {
      v[2 * i] = LOW_8(w[i], w[i + SIDE / 2]);
      v[2 * i + 1] = HIGH_8(w[i], w[i + SIDE / 2]);
    }
  }
}

/* Up to BYTES rows; items that do not fill a last square are turned with some before them once more. */
TARGET static void turn(turned *t, const wuji_marks *marks, const uint32_t *rows, uint32_t count) {
  static const uint8_t nothing[MOST_ITEMS];
  uint8_t few[BYTES][SIDE]; /* rows of fewer items than a square has */
  const uint8_t *row[BYTES];
  uint32_t last = marks->items < SIDE ? 0 : marks->items - SIDE;
  if (marks->items < SIDE) memset(few, 0, sizeof few);
  for (uint32_t r = 0; r < BYTES; r++) {
    row[r] = r < count ? (const uint8_t *)marks->marks + (size_t)rows[r] * marks->items : nothing;
    if (marks->items < SIDE) row[r] = memcpy(few[r], row[r], marks->items);
  }
  for (uint32_t begin = 0; begin < marks->items; begin += SIDE) {
    uint32_t at = begin < last ? begin : last;
    VECTOR v[SIDE];
    UNROLL_16
    for (int j = 0; j < SIDE; j++) v[j] = SIXTEEN(row, j, at);
    turn_square(v);
    UNROLL_16
    for (int j = 0; j < SIDE; j++) t->mark[at + (uint32_t)j] = v[j];
  }
}

/* What the rows have on a set's items: `even` those of every other row, `odd` those of the rest. */
typedef struct sums_of_set {
  VECTOR even, odd;
} sums_of_set;

TARGET static inline sums_of_set add_set(const turned *t, const wuji_item_sets *sets, uint32_t set) {
  sums_of_set y = {ZERO(), ZERO()};
  if (sets->full != NULL && sets->full[set] <= UINT8_MAX) {
    VECTOR both = ZERO();
    for (uint32_t k = sets->first[set]; k < sets->first[set + 1]; k++) {
      both = ADD_8(both, t->mark[sets->item[k]]);
    }
    return (sums_of_set){AND(both, ALL_16(0xff)), SHIFT_16(both, 8)};
  }
  for (uint32_t k = sets->first[set]; k < sets->first[set + 1]; k++) {
    VECTOR x = t->mark[sets->item[k]];
    y.even = ADD_16(y.even, AND(x, ALL_16(0xff)));
    y.odd = ADD_16(y.odd, SHIFT_16(x, 8));
  }
  return y;
}

TARGET void NAMED(sum_sets)(const wuji_marks *marks, const wuji_item_sets *sets, const uint32_t *rows,
                            uint32_t count, uint64_t *sum, uint64_t *square) {
  turned t;
  for (uint32_t start = 0; start < count; start += BYTES) {
    turn(&t, marks, rows + start, count - start < BYTES ? count - start : BYTES);
    for (uint32_t i = 0; i < marks->items; i++) t.mark[i] = WORTH(t.mark[i]);
    for (uint32_t s = 0; s < sets->count; s++) {
      sums_of_set y = add_set(&t, sets, s);
      VECTOR of_square = MULTIPLY_ADD(MULTIPLY_ADD(ZERO(), y.even, y.even), y.odd, y.odd);
      sum[s] += SUM_32(MULTIPLY_ADD(ZERO(), ADD_16(y.even, y.odd), ALL_16(1)));
      square[s] += SUM_32(of_square);
    }
  }
}

/* More marks than this are counted one row after the other. */
enum { MOST_COMPARED = 32 };

TARGET static inline uint32_t having(VECTOR marks, uint32_t mark) {
  return (uint32_t)__builtin_popcountll(EQUAL_8(marks, ALL_8((char)mark)));
}

/* All between 0 and the full mark that `left` rows have: the last is what remains. */
TARGET static void count_between(VECTOR marks, uint32_t full, uint32_t left, uint32_t *counts) {
  for (uint32_t mark = 1; mark + 1 < full; mark++) {
    uint32_t count = having(marks, mark);
    counts[mark] += count;
    left -= count;
  }
  counts[full - 1] += left;
}

TARGET static void count_item(const VECTOR *marks, uint32_t full, uint32_t rows, uint32_t *counts) {
  if (full > MOST_COMPARED) {
    const uint8_t *mark = (const uint8_t *)marks;
    for (uint32_t r = 0; r < rows; r++) counts[mark[r] == UINT8_MAX ? full + 1 : mark[r]]++;
    return;
  }
  uint32_t at_full = full == 0 ? 0 : having(*marks, full);
  uint32_t at_zero = having(*marks, 0) - (BYTES - rows);
  uint32_t blank = having(*marks, UINT8_MAX);
  counts[0] += at_zero;
  counts[full] += at_full;
  counts[full + 1] += blank;
  if (at_full + at_zero + blank < rows) {
    count_between(*marks, full, rows - at_full - at_zero - blank, counts);
  }
}

TARGET void NAMED(count)(const wuji_marks *marks, const uint32_t *first, const uint32_t *rows, uint32_t count,
                         uint32_t *counts) {
  turned t;
  for (uint32_t start = 0; start < count; start += BYTES) {
    uint32_t part = count - start < BYTES ? count - start : BYTES;
    turn(&t, marks, rows + start, part);
    for (uint32_t i = 0; i < marks->items; i++) {
      count_item(&t.mark[i], first[i + 1] - first[i] - 2, part, counts + first[i]);
    }
  }
}
