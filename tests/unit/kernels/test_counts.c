/* Counts of marks, whatever the width, against one mark after the other. */
#include "base/isa.h"
#include "kernels/counts.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { ROWS = 200, MOST_ITEMS = 1000 };

static uint32_t below(uint64_t *state, uint32_t bound) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((*state >> 33) % bound);
}

static void check(uint64_t *state, uint8_t width, uint32_t items, uint32_t most) {
  static uint32_t first[MOST_ITEMS + 1];
  uint32_t rows[ROWS];
  uint32_t count = 0;
  void *packed = calloc((size_t)ROWS * items, width);
  for (uint32_t i = 0; i < items; i++) first[i + 1] = first[i] + 1 + below(state, most) + 2;
  uint32_t *expected = calloc(first[items], sizeof *expected);
  for (uint32_t r = 0; r < ROWS; r++) {
    bool taken = below(state, 4) > 0;
    if (taken) rows[count++] = r;
    for (uint32_t i = 0; i < items; i++) {
      uint32_t maximum = first[i + 1] - first[i] - 2;
      uint32_t x = below(state, 8) == 0 ? UINT32_MAX : below(state, maximum + 1);
      size_t cell = (size_t)r * items + i;
      if (width == 1) ((uint8_t *)packed)[cell] = (uint8_t)x;
      if (width == 2) ((uint16_t *)packed)[cell] = (uint16_t)x;
      if (width == 4) ((uint32_t *)packed)[cell] = x;
      if (taken) expected[x == UINT32_MAX ? first[i + 1] - 1 : first[i] + x]++;
    }
  }
  wuji_marks marks = {.marks = packed, .items = items, .width = width};
  for (int level = WUJI_ISA_BASELINE; level <= WUJI_ISA_AVX512; level++) {
    uint32_t *counts = calloc(first[items], sizeof *counts);
    (void)wuji_isa_limit((wuji_isa_level)level);
    wuji_marks_count(&marks, first, rows, count, counts);
    cr_assert_arr_eq(counts, expected, first[items] * sizeof *counts, "width %u, %u items", width, items);
    free(counts);
  }
  free(packed);
  free(expected);
}

Test(counts, marks_and_blanks_are_counted_where_they_belong) {
  uint64_t state = 7;
  for (uint32_t round = 0; round < 100; round++) {
    check(&state, 1, 1 + below(&state, 60), 251);
    check(&state, 1, 1 + below(&state, 80), 1 + below(&state, 40));
    check(&state, 2, 1 + below(&state, 60), 3000);
    check(&state, 4, 1 + below(&state, 10), 100000);
  }
  check(&state, 1, MOST_ITEMS, 20);
}
