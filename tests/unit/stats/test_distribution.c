#include "stats/distribution.h"
#include "stats/groups.h"
#include "stats/sheet.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>

enum { BINS = 40000 };
static uint32_t total[BINS], number[BINS], bin[BINS];
static wuji_histogram histogram = {.count = bin};

static wuji_distribution of_list(const uint32_t *totals, uint32_t count) {
  wuji_distribution d = {.total = total, .count = number};
  wuji_distribution_of_list(&d, totals, count, &histogram);
  return d;
}

Test(distribution, a_list_and_a_histogram_give_the_same) {
  uint64_t state = 5;
  static uint32_t other_total[BINS], other_number[BINS], other_bin[BINS];
  for (int round = 0; round < 200; round++) {
    uint32_t list[300];
    uint32_t count = test_random(&state, 300);
    uint32_t range =
        1 + test_random(&state, round % 2 ? 50 : BINS); /* wide ranges are sorted, narrow ones walked */
    for (uint32_t i = 0; i < count; i++) list[i] = test_random(&state, range);
    wuji_distribution a = of_list(list, count);
    wuji_histogram h = {.count = other_bin};
    wuji_histogram_absorb(&h, list, count);
    wuji_distribution b = {.total = other_total, .count = other_number};
    wuji_distribution_of(&b, &h);
    wuji_histogram_clear(&h);
    cr_assert_eq(a.distinct, b.distinct);
    cr_assert_eq(a.n, count);
    cr_assert_eq(a.sum, b.sum);
    cr_assert_eq(a.square, b.square);
    for (uint32_t i = 0; i < a.distinct; i++) {
      cr_assert(i == 0 || a.total[i - 1] < a.total[i]);
      cr_assert(a.total[i] == b.total[i] && a.count[i] == b.count[i]);
    }
    for (uint32_t t = 0; t < BINS; t++) cr_assert_eq(bin[t], 0, "the empty histogram is left so");
  }
}

Test(distribution, quartiles_are_those_of_type_7) {
  wuji_distribution d = of_list((const uint32_t[]){4, 1, 3, 2}, 4); /* R: 1.75, 2.5, 3.25 */
  cr_assert_eq(wuji_distribution_quartile(&d, 1), 7);
  cr_assert_eq(wuji_distribution_quartile(&d, 2), 10);
  cr_assert_eq(wuji_distribution_quartile(&d, 3), 13);
  d = of_list((const uint32_t[]){9}, 1);
  cr_assert_eq(wuji_distribution_quartile(&d, 1), 36);
  cr_assert_eq(wuji_distribution_quartile(&d, 3), 36);
  d = of_list((const uint32_t[]){10, 10, 10, 20, 20}, 5);
  cr_assert_eq(wuji_distribution_quartile(&d, 2), 40);
  cr_assert_eq(wuji_distribution_quartile(&d, 3), 80);
}

Test(distribution, reaching_counts_the_total_itself) {
  wuji_distribution d = of_list((const uint32_t[]){5, 5, 7, 9}, 4);
  cr_assert_eq(wuji_distribution_reach(&d, 0), 4);
  cr_assert_eq(wuji_distribution_reach(&d, 5), 4);
  cr_assert_eq(wuji_distribution_reach(&d, 6), 2);
  cr_assert_eq(wuji_distribution_reach(&d, 9), 1);
  cr_assert_eq(wuji_distribution_reach(&d, UINT32_MAX), 0);
}

Test(groups, have_the_weight_27_percent_rounded_half_up) {
  static const struct {
    uint32_t n, size;
  } expected[] = {{3, 0}, {4, 1}, {5, 1}, {6, 2}, {7, 2}, {10, 3}, {11, 3}, {50, 14}, {100, 27}, {150, 41}};
  for (size_t e = 0; e < sizeof expected / sizeof *expected; e++) {
    uint32_t list[150];
    for (uint32_t i = 0; i < expected[e].n; i++) list[i] = i;
    wuji_distribution d = of_list(list, expected[e].n);
    cr_assert_eq(wuji_groups_of(&d).size, expected[e].size, "n = %u", expected[e].n);
  }
}

Test(groups, candidates_tied_at_the_boundary_share_what_is_left) {
  /* Ten candidates, k = 3. From the top: 9, then four at 7 of whom two fill the group; from the bottom: 1, 2,
   * then one of three at 4. Means: top (9 + 2·7)/3 = 23/3, bottom (1 + 2 + 4)/3 = 7/3. */
  wuji_distribution d = of_list((const uint32_t[]){9, 7, 7, 7, 7, 4, 4, 4, 2, 1}, 10);
  wuji_groups groups = wuji_groups_of(&d);
  cr_assert_eq(groups.top.boundary, 7);
  cr_assert_eq(groups.top.count, 4);
  cr_assert_eq(groups.top.rest, 2);
  cr_assert_eq(groups.bottom.boundary, 4);
  cr_assert_eq(groups.bottom.count, 3);
  cr_assert_eq(groups.bottom.rest, 1);
  cr_assert_eq((int64_t)wuji_groups_weight(&groups), 4 * 3 * 3);
  cr_assert_eq((int64_t)wuji_groups_of_totals(&groups, &d), (23 - 7) * 4 * 3);
}

Test(groups, of_equal_totals_do_not_differ) {
  wuji_distribution d = of_list((const uint32_t[]){6, 6, 6, 6, 6}, 5);
  wuji_groups groups = wuji_groups_of(&d);
  cr_assert_eq(groups.top.rest, 1);
  cr_assert_eq((int64_t)wuji_groups_of_totals(&groups, &d), 0);
}

Test(sheet, least_units_is_the_ceiling) {
  cr_assert_eq(wuji_least_units(0, 7), 0);
  cr_assert_eq(wuji_least_units(1, 7), 1);
  cr_assert_eq(wuji_least_units(7, 7), 1);
  cr_assert_eq(wuji_least_units(8, 7), 2);
  cr_assert_eq(wuji_least_units((__int128)1 << 100, 1), UINT32_MAX);
}
