/* Counts and sums of chosen options at every level of instructions, against one code after the other. */
#include "base/isa.h"
#include "kernels/chosen.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 900, MOST_CHOICES = 70, MOST_CELLS = MOST_CHOICES * 8, TOTALS = 40 };

static uint32_t below(uint64_t *state, uint32_t bound) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((*state >> 33) % bound);
}

typedef struct gathered {
  uint32_t by_zone[WUJI_CHOSEN_ZONES * MOST_CELLS];
  uint16_t by_total[TOTALS * MOST_CELLS];
  uint64_t sum[MOST_CELLS];
} gathered;

static void gather(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *zones,
                   const uint32_t *totals, uint32_t count, bool by_total, gathered *into) {
  memset(into, 0, sizeof *into);
  wuji_chosen_gather(chosen, rows, zones, totals, count,
                     &(wuji_chosen_sums){into->by_zone, into->sum, by_total ? into->by_total : NULL});
}

/* Totals below TOTALS, or `large` ones, which are not counted by total. */
static void check(uint64_t *state, uint32_t choices, uint32_t most, uint32_t count, uint32_t large) {
  static gathered expected, found;
  static uint8_t codes[ROWS * MOST_CHOICES];
  static uint32_t first[MOST_CHOICES], rows[ROWS], zones[ROWS], totals[ROWS];
  uint8_t maps[2][WUJI_MOST_MAPPED_CELLS];
  uint32_t cells = 0;
  memset(&expected, 0, sizeof expected);
  uint32_t end[MOST_CHOICES];
  for (uint32_t c = 0; c < choices; c++) {
    first[c] = cells;
    cells += 1 + below(state, most);
    end[c] = cells;
  }
  for (uint32_t r = 0; r < count; r++) {
    rows[r] = below(state, ROWS);
    zones[r] = below(state, WUJI_CHOSEN_ZONES);
    totals[r] = large == 0 ? below(state, TOTALS) : large - below(state, TOTALS);
  }
  for (uint32_t r = 0; r < ROWS; r++) {
    for (uint32_t c = 0; c < choices; c++) codes[r * choices + c] = (uint8_t)below(state, end[c] - first[c]);
  }
  for (uint32_t r = 0; r < count; r++) {
    for (uint32_t c = 0; c < choices; c++) {
      uint32_t cell = first[c] + codes[rows[r] * choices + c];
      expected.by_zone[zones[r] * cells + cell]++;
      expected.sum[cell] += totals[r];
      if (large == 0) expected.by_total[totals[r] * cells + cell]++;
    }
  }
  wuji_chosen chosen = {.codes = codes, .first = first, .choices = choices, .cells = cells, .width = 1};
  gather(&chosen, rows, zones, totals, count, large == 0, &found);
  cr_assert_arr_eq(&found, &expected, sizeof found);
  if (!wuji_chosen_mappable(&chosen)) return;
  wuji_chosen_map(&chosen, maps[0], maps[1]);
  chosen.choice_of = maps[0];
  chosen.code_of = maps[1];
  for (int level = WUJI_ISA_BASELINE; level <= WUJI_ISA_AVX512; level++) {
    (void)wuji_isa_limit((wuji_isa_level)level);
    gather(&chosen, rows, zones, totals, count, large == 0, &found);
    cr_assert_arr_eq(&found, &expected, sizeof found, "%u choices, %u cells, %u rows", choices, cells, count);
  }
}

Test(chosen, is_gathered_alike_at_every_level) {
  uint64_t state = 5;
  for (uint32_t round = 0; round < 60; round++) {
    uint32_t large = round % 3 == 0 ? 1 + TOTALS + below(&state, 200000) : 0;
    check(&state, 1 + below(&state, MOST_CHOICES), 1 + below(&state, 8), below(&state, ROWS), large);
  }
  check(&state, 64, 4, ROWS, 0);
  check(&state, 16, 5, ROWS, UINT16_MAX); /* a block of one row */
  check(&state, 24, 5, 0, 0);
}
