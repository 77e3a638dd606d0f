/* Rank bands, aspects and marks worked out by hand. */
#include "stats/aspect_result.h"
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

static void near(double value, double expected, const char *what) {
  cr_assert(fabs(value - expected) <= 1e-12 * (1 + fabs(expected)), "%s is %.17g, not %.17g", what, value,
            expected);
}

#define NEAR(value, expected) near(value, expected, #value)
#define NONE(value)           cr_assert(isnan(value), "%s is %.17g, not null", #value, value)

static void expect_value(const wuji_aspects *aspects, uint32_t v, wuji_aspect aspect, const char *name,
                         uint32_t items, uint32_t full) {
  const wuji_aspect_value *value = &aspects->values[v];
  cr_expect_eq(value->aspect, aspect, "%s", name);
  cr_expect(wuji_str_is(value->name, name), "%s", name);
  cr_expect_eq(value->items, items, "%s", name);
  cr_expect_eq(value->full, full, "%s", name);
}

Test(aspects, an_item_counts_whole_in_each_of_its_points_and_once_where_it_names_one_twice) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "three", 3);
  (void)test_exam_add_class(&exam, "one", 1);
  (void)test_exam_add_class(&exam, "none", 1);
  test_exam_seat(&exam);
  wuji_paper *paper = test_exam_paper(&exam, "P", 2, 4, (const uint32_t[]){4, 6, 8, 2});
  paper->items[0].points = wuji_str_of("b;a");
  paper->items[1].points = wuji_str_of("a;c;a");
  paper->items[0].ability = wuji_str_of("a"); /* an ability, no point */
  paper->items[3].ability = wuji_str_of("x");
  paper->items[1].kind = WUJI_SUBJECTIVE;
  paper->items[2].kind = WUJI_OBJECTIVE;
  paper->items[3].kind = WUJI_SUBJECTIVE;
  static const int marks[4][4] = {{4, 6, 8, 2}, {2, TEST_BLANK, 3, 1}, {0, 1, 0, 0}, {1, 2, 3, 0}};
  for (uint32_t c = 0; c < 4; c++) test_exam_present(&exam, paper, c, marks[c]);
  test_exam_away(&exam, paper, 4, WUJI_ABSENT);
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  const wuji_sheet_result *r = &a->sheets[0];
  const wuji_aspects *aspects = &r->sheet.aspects;
  cr_assert_eq(aspects->sets.count, 7);
  expect_value(aspects, 0, WUJI_POINT, "b", 1, 4);
  expect_value(aspects, 1, WUJI_POINT, "a", 2, 10);
  expect_value(aspects, 2, WUJI_POINT, "c", 1, 6);
  expect_value(aspects, 3, WUJI_ABILITY, "a", 1, 4);
  expect_value(aspects, 4, WUJI_ABILITY, "x", 1, 2);
  expect_value(aspects, 5, WUJI_ITEM_KIND, "subjective", 2, 8);
  expect_value(aspects, 6, WUJI_ITEM_KIND, "objective", 1, 8);

  /* Point a: 10, 2, 1 units in the class of three, and 3 in the class of one; 16 in all. */
  wuji_aspect_figures three = wuji_aspect_figures_of(r, named(&exam, "three"), 1);
  NEAR(three.mean, 13.0 / 3 / 2);
  NEAR(three.score_rate, 13.0 / 30);
  NEAR(three.sd, sqrt((100.0 + 4 + 1 - 169.0 / 3) / 2) / 2);
  NEAR(three.gap, 13.0 / 30 - 16.0 / 40);
  wuji_aspect_figures one = wuji_aspect_figures_of(r, named(&exam, "one"), 1);
  NEAR(one.score_rate, 0.3);
  NONE(one.sd);
  wuji_aspect_figures none = wuji_aspect_figures_of(r, named(&exam, "none"), 1);
  NONE(none.mean);
  NONE(none.score_rate);
  NONE(none.gap);
  wuji_aspect_figures root = wuji_aspect_figures_of(r, 0, 1);
  NEAR(root.score_rate, 0.4);
  NONE(root.gap);
  NEAR(wuji_aspect_figures_of(r, 0, 5).mean, (8.0 + 1 + 1 + 2) / 4 / 2); /* subjective */
  cr_expect_null(a->sheets[1].aspects);                                  /* none for the total */
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

static void expect_mark(const wuji_sheet_result *r, int32_t node, uint32_t listed, uint32_t place,
                        uint32_t count) {
  uint32_t at = wuji_mark_tally_seek(&r->tallies[node], place);
  cr_expect_eq(r->marks.place[listed], place, "mark %u", listed);
  cr_expect_eq(wuji_mark_tally_next(&r->tallies[node], &at, place), count, "mark %u", listed);
}

Test(marks, every_mark_that_someone_got_is_listed_and_a_blank_comes_last) {
  test_exam exam = {0};
  (void)test_exam_add(&exam, (const char *const[]){"P", "C", "D", "S", "1"}, true);
  (void)test_exam_add(&exam, (const char *const[]){"P", "C", "D", "S", "2"}, true);
  (void)test_exam_add(&exam, (const char *const[]){"P", "C", "D", "S", "2"},
                      false); /* a guest's marks are not */
  (void)test_exam_add(&exam, (const char *const[]){"Z", "Y", "X", "T", "1"}, true);
  test_exam_seat(&exam);
  wuji_paper *paper = test_exam_paper(&exam, "P", 2, 2, (const uint32_t[]){3, 5});
  static const int marks[4][2] = {{3, TEST_BLANK}, {3, 0}, {2, 4}, {0, 5}};
  for (uint32_t c = 0; c < 4; c++) test_exam_present(&exam, paper, c, marks[c]);
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  const wuji_sheet_result *r = &a->sheets[0];
  int32_t s = named(&exam, "S");
  int32_t z = named(&exam, "Z");
  /* Item 1 has places 0 … 3 and 4 for a blank, item 2 5 … 10 and 11. */
  cr_assert_eq(r->marks.count, 5);
  cr_expect(r->marks.first[0] == 0 && r->marks.first[1] == 2 && r->marks.first[2] == 5);
  expect_mark(r, s, 0, 0, 0);
  expect_mark(r, s, 1, 3, 2);
  expect_mark(r, s, 2, 5, 1);
  expect_mark(r, s, 3, 10, 0);
  expect_mark(r, s, 4, 11, 1);
  expect_mark(r, z, 0, 0, 1);
  expect_mark(r, z, 1, 3, 0);
  expect_mark(r, z, 3, 10, 1);
  cr_expect_eq(r->tallies[named(&exam, "2")].used, 0, "classes keep none");
  cr_expect_null(a->sheets[1].tallies);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}
