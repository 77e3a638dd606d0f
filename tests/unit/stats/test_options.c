/* Options, fifths and curves worked out by hand; the forms in which options are kept; bins against rows. */
#include "stats/results.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>

static void near(double value, double expected, const char *what) {
  cr_assert(fabs(value - expected) <= 1e-12 * (1 + fabs(expected)), "%s is %.17g, not %.17g", what, value,
            expected);
}

#define NEAR(value, expected) near(value, expected, #value)
#define NONE(value)           cr_assert(isnan(value), "%s is %.17g, not null", #value, value)

static wuji_analysis *analyse(const test_exam *exam) {
  wuji_error error = {0};
  wuji_analysis *analysis = NULL;
  wuji_options options = {.threads = 2};
  cr_assert_eq(wuji_analyze(exam->cohort, &options, &analysis, &error), WUJI_OK, "%s", error.message);
  return analysis;
}

static int32_t school_of(const test_exam *exam) {
  int32_t node = 0;
  while (exam->cohort->nodes[node].level != WUJI_SCHOOL) node++;
  return node;
}

static const char *const abc[] = {"A", "B", "C", NULL};

/* Ten candidates in a class of 6 and one of 4 with totals 0, 1 … 9; k is 3 in the school, 2 and 1 in the
 * classes. */
static void sit_ten(test_exam *exam, const char *const *chosen) {
  (void)test_exam_add_class(exam, "1", 6);
  (void)test_exam_add_class(exam, "2", 4);
  test_exam_seat(exam);
  wuji_paper *paper = test_exam_totals(exam, "P", 1, 10, (const int[]){0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  test_exam_choice(exam, paper, 0, "ABC", "B", abc);
  for (uint32_t c = 0; c < exam->count; c++) test_exam_choose(exam, paper, c, 0, chosen[c]);
  test_exam_seal(exam);
}

Test(option, of_ten_candidates_has_its_shares_its_correlation_and_its_mean) {
  test_exam exam = {0};
  sit_ten(&exam, (const char *const[]){"A", "A", "", "A", "A", "B", "B", "A", "B", "B"});
  wuji_analysis *a = analyse(&exam);
  const wuji_sheet_result *r = &a->sheets[0];
  cr_assert_eq(r->sheet.options.count, 4); /* none, A, B, and C, which nobody chose */
  int32_t school = school_of(&exam);
  wuji_option_values v = wuji_option_block_values(&r->options[school], 1, 10, 1);
  cr_assert_eq(v.chosen, 5);
  NEAR(v.share, 0.5);
  NEAR(v.share_top, 1.0 / 3); /* of 7, 8, 9 the first */
  NEAR(v.share_bottom, 2.0 / 3);
  NEAR(v.mean_total, 3.0);
  NEAR(v.r_total, (10 * 15 - 5 * 45) / sqrt(25.0 * (10 * 285 - 45 * 45)));
  v = wuji_option_block_values(&r->options[school], 0, 10, 1);
  cr_assert_eq(v.chosen, 1);
  NEAR(v.share_bottom, 1.0 / 3);
  NEAR(v.mean_total, 2.0);
  v = wuji_option_block_values(&r->options[school], 3, 10, 1);
  cr_assert_eq(v.chosen, 0);
  NEAR(v.share, 0.0);
  NEAR(v.share_top, 0.0);
  NONE(v.r_total);
  NONE(v.mean_total);
  v = wuji_option_block_values(&r->options[school + 1], 2, 6, 1); /* class 1, k = 2: totals 4 and 5 */
  cr_assert_eq(v.chosen, 1);
  NEAR(v.share_top, 0.5);
  NEAR(v.share_bottom, 0.0);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(option, is_shared_out_where_a_boundary_is_tied) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "1", 8); /* k = 2 */
  test_exam_seat(&exam);
  wuji_paper *paper = test_exam_totals(&exam, "P", 1, 10, (const int[]){5, 5, 5, 5, 5, 5, 5, 9});
  test_exam_choice(&exam, paper, 0, NULL, NULL, abc);
  for (uint32_t c = 0; c < 8; c++) test_exam_choose(&exam, paper, c, 0, c < 3 ? "A" : c < 7 ? "B" : "C");
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  for (int32_t node = 0; node < exam.cohort->node_count;
       node++) { /* the class from its list, the others not */
    const wuji_option_block *block = &a->sheets[0].options[node];
    NEAR(wuji_option_block_values(block, 1, 8, 1).share_top, 3.0 / 7 / 2);
    NEAR(wuji_option_block_values(block, 1, 8, 1).share_bottom, 3.0 / 7);
    NEAR(wuji_option_block_values(block, 3, 8, 1).share_top, 0.5);
    NEAR(wuji_option_block_values(block, 3, 8, 1).share_bottom, 0.0);
  }
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(fifths, of_twelve_take_two_and_two_fifths_each) {
  uint32_t total[12];
  uint32_t count[12];
  uint32_t zone[12];
  uint64_t sum[WUJI_FIFTH_ZONES] = {0};
  wuji_distribution d = {.distinct = 12, .total = total, .count = count, .n = 12};
  for (uint32_t i = 0; i < 12; i++) {
    total[i] = i;
    count[i] = 1;
  }
  wuji_fifths f = wuji_fifths_of(&d, zone);
  cr_assert_eq(f.n, 12);
  for (uint32_t i = 0; i < 12; i++) sum[zone[i]] += i;
  NEAR(wuji_fifth_mean(&f, 0, sum, 1), (0 + 1 + 0.4 * 2) / 2.4);
  NEAR(wuji_fifth_mean(&f, 1, sum, 1), (0.6 * 2 + 3 + 0.8 * 4) / 2.4);
  NEAR(wuji_fifth_mean(&f, 2, sum, 1), (0.2 * 4 + 5 + 6 + 0.2 * 7) / 2.4);
  NEAR(wuji_fifth_mean(&f, 3, sum, 2), (0.8 * 7 + 8 + 0.6 * 9) / 2.4 / 2);
  NEAR(wuji_fifth_mean(&f, 4, sum, 1), (0.4 * 9 + 10 + 11) / 2.4);
}

Test(fifths, one_total_may_fill_several) {
  uint32_t total[] = {1, 4, 9};
  uint32_t count[] = {3, 14, 3}; /* a fifth is 4: the 4 reaches into all five and fills three */
  uint32_t zone[10];
  uint64_t sum[WUJI_FIFTH_ZONES] = {0};
  wuji_distribution d = {.distinct = 3, .total = total, .count = count, .n = 20};
  wuji_fifths f = wuji_fifths_of(&d, zone);
  for (uint32_t i = 0; i < 3; i++) sum[zone[total[i]]] += (uint64_t)total[i] * count[i];
  NEAR(wuji_fifth_mean(&f, 0, sum, 1), (3 * 1 + 4) / 4.0);
  for (uint32_t i = 1; i < 4; i++) NEAR(wuji_fifth_mean(&f, i, sum, 1), 4.0);
  NEAR(wuji_fifth_mean(&f, 4, sum, 1), (4 + 3 * 9) / 4.0);
}

Test(fifths, are_none_of_nine_candidates) {
  uint32_t total[] = {1};
  uint32_t count[] = {9};
  uint32_t zone[] = {7, 7};
  wuji_distribution d = {.distinct = 1, .total = total, .count = count, .n = 9};
  cr_assert_eq(wuji_fifths_of(&d, zone).n, 0);
  cr_assert_eq(zone[1], 7);
}

Test(curves, are_of_schools_and_above) {
  test_exam exam = {0};
  sit_ten(&exam, (const char *const[]){"A", "A", "", "A", "A", "B", "B", "A", "B", "B"});
  wuji_analysis *a = analyse(&exam);
  const wuji_sheet_result *r = &a->sheets[0];
  int32_t school = school_of(&exam);
  static const double share_of_b[] = {0, 0, 0.5, 0.5, 1};
  for (int32_t node = 0; node <= school; node++) {
    for (int f = 0; f < WUJI_FIFTHS; f++) {
      NEAR(r->curves[node].total[f], 2 * f + 0.5);
      NEAR(r->curves[node].items[f], 2 * f + 0.5);
      NEAR(r->curves[node].options[2 * WUJI_FIFTHS + f], share_of_b[f]);
    }
  }
  cr_assert_null(r->curves[school + 1].total);
  cr_assert_null(a->sheets[1].curves);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

/* A node of `n` candidates, half with `low` and half with `high`, of whom `m` and 2m chose an option. */
static void check_form(uint32_t n, uint32_t low, uint32_t high, uint8_t form) {
  uint32_t total[] = {low, high};
  uint32_t count[] = {n / 2, n / 2};
  uint32_t m = n / 5;
  wuji_arena arena = {0};
  wuji_distribution d = {.distinct = 2,
                         .total = total,
                         .count = count,
                         .n = n,
                         .sum = (uint64_t)n / 2 * (low + high),
                         .square = (uint64_t)n / 2 * ((uint64_t)low * low + (uint64_t)high * high)};
  wuji_groups groups = wuji_groups_of(&d);
  wuji_option_block block = {0};
  wuji_option_counts x = {
      .chosen = 3 * m, .sum = (uint64_t)m * low + (uint64_t)2 * m * high, .at_top = 2 * m, .at_bottom = m};
  cr_assert(wuji_option_block_begin(&block, 2, &d, &groups, &arena));
  cr_assert_eq(block.form, form);
  wuji_option_block_set(&block, 0, &(wuji_option_counts){0}, &d, &groups, 2);
  wuji_option_block_set(&block, 1, &x, &d, &groups, 2);
  wuji_option_values v = wuji_option_block_values(&block, 1, n, 2);
  double c = 3.0 * m / n;
  double mean = ((double)low + 2.0 * high) / 3;
  cr_assert_eq(v.chosen, 3 * m);
  NEAR(v.share, c);
  NEAR(v.share_top, 4.0 * m / n);
  NEAR(v.share_bottom, 2.0 * m / n);
  NEAR(v.mean_total, mean / 2);
  double distance = mean - ((double)low + high) / 2;
  NEAR(v.r_total, distance * sqrt(c / (1 - c)) / (((double)high - low) / 2));
  NONE(wuji_option_block_values(&block, 0, n, 2).mean_total);
  wuji_arena_dispose(&arena);
}

Test(option, is_the_same_in_every_form) {
  check_form(250, 10, 60, 1);
  check_form(250, 200000, 900000, 2);
  check_form(60000, 10, 60, 2);
  check_form(60000, 10, 200000, 4);
  check_form(70000, 10, 60, 4);
  check_form(1 << 23, 1, 1 << 20, 4);
}

/* Forty candidates on five items of `max`, all multiples of a tenth of it. */
static wuji_analysis *sit_forty(test_exam *exam, uint32_t max) {
  uint64_t random = 1;
  (void)test_exam_add_class(exam, "1", 25);
  (void)test_exam_add_class(exam, "2", 15);
  test_exam_seat(exam);
  wuji_paper *paper = test_exam_paper(exam, "P", 1, 5, (const uint32_t[]){max, max, max, max, max});
  paper->segment = exam->cohort->plan.total_segment = (wuji_decimal){max, 1};
  for (uint32_t i = 0; i < 5; i++) test_exam_choice(exam, paper, i, "ABC", "A", abc);
  for (uint32_t c = 0; c < exam->count; c++) {
    int marks[5];
    for (uint32_t i = 0; i < 5; i++) marks[i] = (int)(max / 10 * (c == 0 ? 10 : test_random(&random, 10)));
    test_exam_present(exam, paper, c, marks);
    for (uint32_t i = 0; i < 5; i++) test_exam_choose(exam, paper, c, i, abc[test_random(&random, 3)]);
  }
  test_exam_seal(exam);
  return analyse(exam);
}

Test(curves, are_the_same_from_rows_where_bins_would_be_too_large) {
  test_exam small = {0};
  test_exam large = {0};
  wuji_analysis *a = sit_forty(&small, 10);
  wuji_analysis *b = sit_forty(&large, 200000);
  const wuji_sheet *sheet = &b->sheets[0].sheet;
  cr_assert(wuji_sheet_has_option_bins(&a->sheets[0].sheet) && wuji_sheet_has_bins(&a->sheets[0].sheet));
  cr_assert(!wuji_sheet_has_bins(sheet));
  cr_assert(!wuji_sheet_has_option_bins(sheet), "%u totals", sheet->bins);
  for (int32_t node = 0; node < small.cohort->node_count; node++) {
    uint32_t n = a->sheets[0].nodes[node].n;
    for (uint32_t o = 0; o < sheet->options.count; o++) {
      wuji_option_values x = wuji_option_block_values(&a->sheets[0].options[node], o, n, 1);
      wuji_option_values y = wuji_option_block_values(&b->sheets[0].options[node], o, n, 1);
      cr_assert(x.chosen == y.chosen && x.share_top == y.share_top && x.share_bottom == y.share_bottom);
      if (x.chosen > 0) NEAR(y.mean_total, 20000 * x.mean_total);
    }
    if (small.cohort->nodes[node].level == WUJI_CLASS) continue;
    const wuji_curves *x = &a->sheets[0].curves[node];
    const wuji_curves *y = &b->sheets[0].curves[node];
    for (uint32_t i = 0; i < WUJI_FIFTHS * 5; i++) NEAR(y->items[i], 20000 * x->items[i]);
    for (uint32_t i = 0; i < WUJI_FIFTHS * sheet->options.count; i++) NEAR(y->options[i], x->options[i]);
  }
  wuji_analysis_free(a);
  wuji_analysis_free(b);
  test_exam_free(&small);
  test_exam_free(&large);
}
