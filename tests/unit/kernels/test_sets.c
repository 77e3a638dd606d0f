/* The sums over sets of items, whatever the width of the marks and the number of rows, against the plainest
 * loop. */
#include "base/isa.h"
#include "kernels/sets.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { MOST_ROWS = 200, MOST_SETS = 12, MOST_ITEMS = 1000 };

static uint32_t below(uint64_t *state, uint32_t bound) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((*state >> 33) % bound);
}

typedef struct trial {
  uint32_t items, rows, sets, max;
  uint32_t *mark; /* rows × items; UINT32_MAX: blank */
  void *packed;
  uint32_t first[MOST_SETS + 1];
  uint16_t *item;
  uint32_t full[MOST_SETS];
} trial;

static trial make(uint64_t *state, uint8_t width, uint32_t items, uint32_t max) {
  trial t = {
      .items = items, .rows = below(state, MOST_ROWS), .sets = 1 + below(state, MOST_SETS), .max = max};
  size_t cells = (size_t)t.rows * items;
  t.mark = calloc(cells + 1, sizeof *t.mark);
  t.packed = calloc(cells + 1, width);
  t.item = calloc((size_t)items * MOST_SETS, sizeof *t.item);
  for (size_t c = 0; c < cells; c++) {
    uint32_t x = below(state, 3) == 0 ? max : below(state, max + 1);
    t.mark[c] = below(state, 10) == 0 ? UINT32_MAX : x;
    if (width == 1) ((uint8_t *)t.packed)[c] = (uint8_t)t.mark[c];
    if (width == 2) ((uint16_t *)t.packed)[c] = (uint16_t)t.mark[c];
    if (width == 4) ((uint32_t *)t.packed)[c] = t.mark[c];
  }
  uint32_t used = 0;
  for (uint32_t s = 0; s < t.sets; s++) {
    uint32_t share = s == 0 ? 1 : 1 + below(state, 6); /* the first set has every item */
    t.first[s] = used;
    for (uint32_t i = 0; i < items; i++) {
      if (below(state, share) == 0) t.item[used++] = (uint16_t)i;
    }
  }
  t.first[t.sets] = used;
  for (uint32_t s = 0; s < t.sets; s++) t.full[s] = (t.first[s + 1] - t.first[s]) * max;
  return t;
}

static void check(uint64_t *state, uint8_t width, uint32_t items, uint32_t max) {
  trial t = make(state, width, items, max);
  uint32_t rows[MOST_ROWS];
  uint32_t count = 0;
  for (uint32_t r = 0; r < t.rows; r++) {
    if (below(state, 5) > 0) rows[count++] = r;
  }
  uint64_t expected_sum[MOST_SETS], expected_square[MOST_SETS];
  for (uint32_t s = 0; s < t.sets; s++) expected_sum[s] = expected_square[s] = s;
  for (uint32_t r = 0; r < count; r++) {
    for (uint32_t s = 0; s < t.sets; s++) {
      uint64_t y = 0;
      for (uint32_t k = t.first[s]; k < t.first[s + 1]; k++) {
        uint32_t x = t.mark[(size_t)rows[r] * items + t.item[k]];
        y += x == UINT32_MAX ? 0 : x;
      }
      expected_sum[s] += y;
      expected_square[s] += y * y;
    }
  }
  wuji_marks marks = {.marks = t.packed, .items = items, .width = width, .full = items * max};
  wuji_item_sets sets = {t.sets, t.first, t.item, below(state, 2) == 0 ? t.full : NULL};
  for (int level = WUJI_ISA_BASELINE; level <= WUJI_ISA_AVX512; level++) {
    uint64_t sum[MOST_SETS], square[MOST_SETS];
    (void)wuji_isa_limit((wuji_isa_level)level);
    for (uint32_t s = 0; s < t.sets; s++) sum[s] = square[s] = s;
    wuji_marks_sum_sets(&marks, &sets, rows, count, sum, square);
    cr_assert_arr_eq(sum, expected_sum, t.sets * sizeof *sum, "width %u, %u items", width, items);
    cr_assert_arr_eq(square, expected_square, t.sets * sizeof *square, "width %u, %u items", width, items);
  }
  free(t.mark);
  free(t.packed);
  free(t.item);
}

Test(sets, sums_over_sets_are_those_of_the_plainest_loop) {
  uint64_t state = 1;
  for (uint32_t round = 0; round < 300; round++) {
    check(&state, 1, 1 + below(&state, 46), 1 + below(&state, 251));
    check(&state, 1, 1 + below(&state, MOST_ITEMS), 1 + below(&state, 20));
    check(&state, 1, 23, 251); /* the largest that whole vectors take is 5,792 */
    check(&state, 1, 46, 251); /* the largest full mark that sixteen rows side by side may have is 11,585 */
    check(&state, 2, 1 + below(&state, 30), 1 + below(&state, 30000));
    check(&state, 4, 1 + below(&state, 10), 1 + below(&state, 100000));
  }
}
