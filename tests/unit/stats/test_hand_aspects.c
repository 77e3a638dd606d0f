/* Rank bands, aspects and marks worked out by hand. */
#include "stats/results.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>

static wuji_analysis *analyse(const test_exam *exam) {
  wuji_error error = {0};
  wuji_analysis *analysis = NULL;
  wuji_options options = {.threads = 2};
  cr_assert_eq(wuji_analyze(exam->cohort, &options, &analysis, &error), WUJI_OK, "%s", error.message);
  return analysis;
}

/* The node of that name; names are unique in these exams. */
static int32_t named(const test_exam *exam, const char *name) {
  for (int32_t n = 0; n < exam->cohort->node_count; n++) {
    if (wuji_str_is(exam->cohort->nodes[n].name, name)) return n;
  }
  cr_assert_fail("no node %s", name);
  return -1;
}

static void expect_bands(const test_exam *exam, const wuji_sheet_result *r, const char *name,
                         const uint32_t expected[3]) {
  const uint32_t *counts = r->bands + (size_t)named(exam, name) * r->band_count;
  for (uint32_t b = 0; b < 3; b++) cr_expect_eq(counts[b], expected[b], "%s, band %u", name, b);
}

Test(bands, whoever_ties_at_the_boundary_is_in_and_the_absent_are_not) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "one", 4);
  uint32_t away = test_exam_add_class(&exam, "two", 4);
  (void)test_exam_add_class(&exam, "none", 1);
  test_exam_seat(&exam);
  /* ranks: 9 → 1; 8, 8, 8 → 2; 5 → 5; 4 → 6 */
  wuji_paper *paper = test_exam_totals(&exam, "P", 1, 10, (const int[]){8, 5, 9, 8, 10, 8, 4, 4, 10});
  (void)test_exam_totals(&exam, "Q", 1, 10, (const int[]){1, 1, 1, 1, 1, 1, 1, 1, 1});
  test_exam_away(&exam, paper, away, WUJI_ABSENT);
  test_exam_away(&exam, paper, away + 3, WUJI_VOID);
  test_exam_away(&exam, paper, away + 4, WUJI_NOT_TAKEN);
  static const uint32_t tops[] = {5, 1, 3};
  static const wuji_band_plan bands[] = {{{"P", 1}, tops, 3}};
  exam.cohort->plan.bands = bands;
  exam.cohort->plan.band_count = 1;
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  const wuji_sheet_result *r = &a->sheets[0];
  cr_assert_eq(r->band_count, 3);
  cr_expect(r->band_tops[0] == 1 && r->band_tops[1] == 3 && r->band_tops[2] == 5, "ascending");
  expect_bands(&exam, r, "one", (const uint32_t[]){1, 3, 4});
  expect_bands(&exam, r, "two", (const uint32_t[]){0, 1, 1});
  expect_bands(&exam, r, "none", (const uint32_t[]){0, 0, 0});
  expect_bands(&exam, r, "P", (const uint32_t[]){1, 4, 5});
  cr_expect_eq(a->sheets[1].band_count, 0);
  cr_expect_eq(a->sheets[2].band_count, 0);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}
