/* Statistics worked out by hand. */
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

static void near(double value, double expected, const char *what) {
  cr_assert(fabs(value - expected) <= 1e-12 * (1 + fabs(expected)), "%s is %.17g, not %.17g", what, value,
            expected);
}

#define NEAR(value, expected) near(value, expected, #value)
#define NONE(value)           cr_assert(isnan(value), "%s is %.17g, not null", #value, value)

/* The node of that name; names are unique in these exams. */
static int32_t named(const test_exam *exam, const char *name) {
  for (int32_t n = 0; n < exam->cohort->node_count; n++) {
    if (wuji_str_is(exam->cohort->nodes[n].name, name)) return n;
  }
  cr_assert_fail("no node %s", name);
  return -1;
}

Test(paper_result, classes_of_0_1_2_and_3_candidates_have_what_exists) {
  test_exam exam = {0};
  uint32_t first[4];
  static const char *const classes[] = {"none", "one", "two", "three"};
  first[0] = test_exam_add_class(&exam, classes[0], 1);
  for (uint32_t c = 1; c < 4; c++) first[c] = test_exam_add_class(&exam, classes[c], c);
  test_exam_seat(&exam);
  wuji_paper *paper = test_exam_totals(&exam, "P", 2, 20, (const int[]){0, 12, 10, 13, 4, 8, 8});
  test_exam_away(&exam, paper, first[0], WUJI_ABSENT);
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  const wuji_paper_result *nodes = a->sheets[0].nodes;

  const wuji_paper_result *none = &nodes[named(&exam, "none")];
  cr_assert(none->on_sheet && none->n == 0 && none->absent == 1 && none->void_count == 0);
  NONE(none->mean);
  NONE(none->median);
  NONE(none->excellent);
  NONE(none->score_rate);
  NONE(none->gap);
  cr_assert_eq(none->rank_root, 0);
  NONE(wuji_item_block_values(&a->sheets[0].items[named(&exam, "none")], &a->sheets[0].sheet, 0, 0).full);

  const wuji_paper_result *one = &nodes[named(&exam, "one")];
  NEAR(one->mean, 6.0);
  NEAR(one->p25, 6.0);
  NEAR(one->score_rate, 0.6);
  NEAR(one->pass, 1.0); /* 6.0 is exactly 0.60 of 10 */
  NONE(one->sd);
  NONE(one->skewness);
  NONE(one->discrimination);
  cr_assert(one->rank_root == 1 && one->n_root == 3 && one->rank_parent == 1 && one->n_parent == 3);

  const wuji_paper_result *two = &nodes[named(&exam, "two")];
  NEAR(two->mean, 5.75);
  NEAR(two->sd, sqrt(1.125));
  NEAR(two->skewness, 0.0);
  NEAR(two->kurtosis, -2.0);
  NEAR(two->p75, 6.125);
  NEAR(two->pass, 0.5);
  NONE(two->alpha); /* one item */
  NONE(two->split_half);

  const wuji_paper_result *three = &nodes[named(&exam, "three")];
  NEAR(three->mean, 10.0 / 3.0);
  NEAR(three->sd, sqrt(4.0 / 3.0));
  NEAR(three->skewness, -1.0 / sqrt(2.0)); /* of 4, 8, 8 */
  NEAR(three->kurtosis, -1.5);
  NEAR(three->low, 1.0 / 3.0); /* 4.0 is not below 0.40 of 10 */
  NONE(three->discrimination);
  NEAR(three->gap, three->score_rate - nodes[named(&exam, "S")].score_rate);

  const wuji_paper_result *root = &nodes[0];
  cr_assert(root->n == 6 && root->absent == 1 && root->rank_root == 1 && root->n_root == 1);
  cr_assert(root->rank_parent == 0 && root->n_parent == 0);
  NONE(root->gap);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(paper_result, items_without_variance_are_left_out_of_alpha) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "1", 4);
  test_exam_seat(&exam);
  wuji_paper *paper = test_exam_paper(&exam, "P", 1, 3, (const uint32_t[]){1, 1, 5});
  static const int marks[4][3] = {{0, 0, 5}, {1, 0, 5}, {0, 1, 5}, {1, 1, 5}};
  for (uint32_t c = 0; c < 4; c++) test_exam_present(&exam, paper, c, marks[c]);
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  const wuji_paper_result *r = &a->sheets[0].nodes[0];
  NEAR(r->alpha, 0.0); /* two independent items: k is 2, not 3 */
  NEAR(r->sem, r->sd);
  wuji_item_values constant = wuji_item_block_values(&a->sheets[0].items[0], &a->sheets[0].sheet, 4, 2);
  NONE(constant.r_total);
  NONE(constant.r_rest);
  NEAR(constant.sd, 0.0);
  NEAR(constant.alpha_drop, 0.0); /* without it alpha is the same */
  NEAR(constant.full, 1.0);
  wuji_item_values first = wuji_item_block_values(&a->sheets[0].items[0], &a->sheets[0].sheet, 4, 0);
  NEAR(first.r_total, sqrt(0.5));
  NEAR(first.r_rest, 0.0);
  NONE(first.alpha_drop); /* one varying item is left */
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(paper_result, alpha_may_be_negative_and_no_variance_means_none) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "against", 4);
  (void)test_exam_add_class(&exam, "level", 2);
  test_exam_seat(&exam);
  wuji_paper *paper = test_exam_paper(&exam, "P", 1, 2, (const uint32_t[]){4, 4});
  static const int marks[6][2] = {{0, 3}, {4, 0}, {1, 4}, {3, 0}, {2, 2}, {1, 3}};
  for (uint32_t c = 0; c < 6; c++) test_exam_present(&exam, paper, c, marks[c]);
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  const wuji_paper_result *against = &a->sheets[0].nodes[named(&exam, "against")];
  /* n·Σx² − (Σx)²: items 40, 51, totals 3, 4, 5, 3: 11; alpha = 2·(1 − 91/11). */
  NEAR(against->alpha, 2.0 * (1.0 - 91.0 / 11.0));
  NEAR(against->sem, against->sd * sqrt(1.0 - against->alpha));
  const wuji_paper_result *level = &a->sheets[0].nodes[named(&exam, "level")];
  NEAR(level->sd, 0.0); /* 4 and 4 */
  NONE(level->alpha);
  NONE(level->sem);
  NONE(level->skewness);
  NONE(level->split_half); /* r is −1 */
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(lines, a_share_takes_the_candidate_at_the_exact_ceiling) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "1", 25);
  test_exam_seat(&exam);
  int marks[25];
  for (int i = 0; i < 25; i++) marks[i] = 100 - i;
  (void)test_exam_totals(&exam, "P", 1, 100, marks);
  static const wuji_line_plan lines[] = {{{"a", 1}, WUJI_LINE_SHARE, {28, 100}},
                                         {{"b", 1}, WUJI_LINE_SHARE, {1, 1}}};
  exam.cohort->plan.lines = lines;
  exam.cohort->plan.line_count = 2;
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  const wuji_sheet_result *total = wuji_analysis_total(a);
  NEAR(total->line_marks[0].mark, 94.0); /* the seventh; 0.28·25 as a double is above 7 */
  cr_assert_eq(total->line_counts[0].reached, 7);
  NEAR(total->line_marks[1].mark, 76.0);
  cr_assert_eq(total->line_counts[1].reached, 25);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(lines, ties_at_a_line_all_reach_it_and_effective_scores_are_exact) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "1", 5);
  test_exam_seat(&exam);
  wuji_paper *x = test_exam_totals(&exam, "X", 1, 60, (const int[]){40, 30, 20, 30, 10});
  wuji_paper *y = test_exam_totals(&exam, "Y", 1, 60, (const int[]){20, 30, 40, 10, 0});
  test_exam_away(&exam, y, 4, WUJI_ABSENT);
  (void)x;
  static const wuji_line_plan lines[] = {{{"a", 1}, WUJI_LINE_SHARE, {20, 100}},
                                         {{"b", 1}, WUJI_LINE_SCORE, {90, 1}}};
  exam.cohort->plan.lines = lines;
  exam.cohort->plan.line_count = 2;
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  /* Totals 60, 60, 60, 40, 10: the line is 60, three reach it with a mean of 60, so c = 1 and the effective
   * scores are their means, 30 and 30. */
  const wuji_sheet_result *total = wuji_analysis_total(a);
  NEAR(total->line_marks[0].mark, 60.0);
  cr_assert_eq(total->line_counts[0].reached, 3);
  cr_assert_eq(total->line_n[0], 5);
  const wuji_sheet_result *on_x = &a->sheets[0];
  NEAR(on_x->line_marks[0].mark, 30.0);
  cr_assert(on_x->line_counts[0].reached == 3 && on_x->line_counts[0].both == 2 &&
            on_x->line_counts[0].passed == 3);
  const wuji_sheet_result *on_y = &a->sheets[1];
  cr_assert(on_y->line_n[0] == 4 && on_y->line_counts[0].reached == 2 && on_y->line_counts[0].both == 2);
  /* No one reaches 90: no effective score; the line itself stands. */
  NEAR(total->line_marks[1].mark, 90.0);
  cr_assert_eq(total->line_counts[1].reached, 0);
  NONE(on_x->line_marks[1].mark);
  cr_assert(on_x->line_counts[1].reached == 0 && on_x->line_counts[1].passed == 0);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(total, alpha_needs_everyone_to_take_the_same_papers) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "same", 3);
  (void)test_exam_add_class(&exam, "mixed", 3);
  test_exam_seat(&exam);
  (void)test_exam_totals(&exam, "X", 1, 10, (const int[]){1, 5, 9, 2, 4, 6});
  wuji_paper *y = test_exam_totals(&exam, "Y", 1, 10, (const int[]){2, 4, 0, 8, 3, 0});
  test_exam_away(&exam, y, 2, WUJI_ABSENT); /* taken, enters as 0 */
  test_exam_away(&exam, y, 5, WUJI_NOT_TAKEN);
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  const wuji_paper_result *nodes = wuji_analysis_total(a)->nodes;
  /* X 1, 5, 9 and Y 2, 4, 0: n·Σx² − (Σx)² = 96 and 24; totals 3, 9, 9: 72. alpha = 2·(1 − 120/72). */
  NEAR(nodes[named(&exam, "same")].alpha, 2.0 * (1.0 - 120.0 / 72.0));
  NONE(nodes[named(&exam, "mixed")].alpha);
  NONE(nodes[named(&exam, "mixed")].sem);
  NONE(nodes[0].alpha);
  NONE(nodes[named(&exam, "same")].split_half);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(total, with_electives_the_full_mark_is_the_largest_anyone_can_get) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "1", 2);
  test_exam_seat(&exam);
  wuji_paper *x = test_exam_totals(&exam, "X", 1, 100, (const int[]){50, 60});
  wuji_paper *y = test_exam_totals(&exam, "Y", 2, 120, (const int[]){90, 0});
  (void)x;
  test_exam_away(&exam, y, 1, WUJI_NOT_TAKEN);
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  const wuji_sheet_result *total = wuji_analysis_total(a);
  NEAR(total->sheet.full_mark, 160.0);
  NEAR(total->nodes[0].score_rate, (95.0 + 60.0) / 2.0 / 160.0);
  cr_assert_eq(total->sheet.segment_count, 16);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(teaching_classes, take_the_class_level_of_their_paper_only) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "1", 4);
  (void)test_exam_add_class(&exam, "2", 4);
  uint32_t a_group = test_exam_teach(&exam, 0, "A");
  uint32_t own_2 =
      test_exam_teach(&exam, 0, "2"); /* a teaching class with the path of an own class is that node */
  test_exam_seat(&exam);
  cr_assert_eq(exam.classes[own_2].node, exam.cohort->own_class[exam.row[4]]);
  wuji_paper *x = test_exam_totals(&exam, "X", 1, 10, (const int[]){1, 2, 3, 4, 5, 6, 7, 8});
  (void)test_exam_totals(&exam, "Y", 1, 10, (const int[]){1, 2, 3, 4, 5, 6, 7, 8});
  test_exam_in_class(&exam, x, 0, a_group);
  test_exam_in_class(&exam, x, 1, own_2);
  test_exam_in_class(&exam, x, 7, a_group);
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  int32_t group = named(&exam, "A");
  const wuji_paper_result *on_x = a->sheets[0].nodes;
  const wuji_paper_result *on_y = a->sheets[1].nodes;
  cr_assert(on_x[group].on_sheet && on_x[group].n == 2);
  NEAR(on_x[group].mean, 4.5);             /* 1 and 8 */
  NEAR(on_x[named(&exam, "1")].mean, 3.5); /* 3 and 4 */
  NEAR(on_x[named(&exam, "2")].mean, 5.0); /* 2, 5, 6, 7 */
  cr_assert(!on_y[group].on_sheet && !wuji_analysis_total(a)->nodes[group].on_sheet);
  cr_assert(on_y[named(&exam, "1")].n == 4 && on_x[named(&exam, "S")].n == 8);
  cr_assert_eq(on_x[named(&exam, "1")].n_root, 3);
  cr_assert_eq(on_y[named(&exam, "1")].n_root, 2);
  cr_assert_eq(wuji_sheet_place(&a->sheets[0],
                                wuji_class_on_paper(exam.cohort, &exam.cohort->papers[0], exam.row[0]),
                                exam.row[0])
                   .rank,
               2); /* in A behind the 8 */
  cr_assert_eq(wuji_sheet_place(&a->sheets[1],
                                wuji_class_on_paper(exam.cohort, &exam.cohort->papers[1], exam.row[0]),
                                exam.row[0])
                   .rank,
               4);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(standing, ties_share_the_better_rank_and_the_uncounted_have_none) {
  test_exam exam = {0};
  static const char *const path[] = {"P", "C", "D", "S", "1"};
  for (int c = 0; c < 5; c++) (void)test_exam_add(&exam, path, c != 1);
  test_exam_seat(&exam);
  (void)test_exam_totals(&exam, "X", 1, 10, (const int[]){7, 10, 9, 7, 3});
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  static const wuji_standing expected[] = {{2, 2}, {0, 0}, {1, 1}, {2, 2}, {4, 1}};
  for (int32_t node = 0; node < WUJI_LEVELS; node++) {
    for (uint32_t c = 0; c < 5; c++) {
      wuji_standing s = wuji_sheet_place(&a->sheets[0], node, exam.row[c]);
      cr_assert(s.rank == expected[c].rank && s.equal == expected[c].equal, "level %d candidate %u", node, c);
    }
  }
  cr_assert_eq(a->sheets[0].nodes[0].n, 4);
  NEAR(a->sheets[0].nodes[0].max, 9.0);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(analysis, of_two_provinces_gives_each_its_own_reference) {
  test_exam exam = {0};
  static const char *const north[] = {"N", "C", "D", "S", "1"};
  static const char *const south[] = {"Z", "C", "D", "S", "1"};
  for (int c = 0; c < 3; c++) (void)test_exam_add(&exam, north, true);
  for (int c = 0; c < 2; c++) (void)test_exam_add(&exam, south, true);
  test_exam_seat(&exam);
  (void)test_exam_totals(&exam, "X", 1, 10, (const int[]){2, 4, 6, 8, 10});
  static const wuji_line_plan lines[] = {{{"a", 1}, WUJI_LINE_SHARE, {50, 100}}};
  exam.cohort->plan.lines = lines;
  exam.cohort->plan.line_count = 1;
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(&exam);
  cr_assert_eq(a->root_count, 2);
  const wuji_sheet_result *total = wuji_analysis_total(a);
  NEAR(total->line_marks[0].mark, 4.0); /* the second of 6, 4, 2 */
  NEAR(total->line_marks[1].mark, 10.0);
  cr_assert_eq(total->nodes[a->roots[1]].rank_root, 1); /* alone at its level under itself */
  cr_assert_eq(total->nodes[a->roots[1]].n_root, 1);
  cr_assert_eq(wuji_sheet_place(total, a->roots[1], exam.row[3]).rank, 2);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(analysis, refuses_segments_too_narrow_to_be_any_use) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "1", 1);
  test_exam_seat(&exam);
  wuji_paper *paper = test_exam_totals(&exam, "X", 1, 100, (const int[]){50});
  paper->segment = (wuji_decimal){1, 1000};
  test_exam_seal(&exam);
  wuji_error error = {0};
  wuji_analysis *a = NULL;
  cr_assert_eq(wuji_analyze(exam.cohort, NULL, &a, &error), WUJI_REJECTED);
  cr_assert_null(a);
  cr_assert_not_null(strstr(error.message, "0.001"), "%s", error.message);
  test_exam_free(&exam);
}

static void note_progress(void *context, const char *stage, double share) {
  double *last = context;
  cr_assert_str_eq(stage, "analyse");
  cr_assert(share >= *last && share <= 1.0);
  *last = share;
}

Test(analysis, tells_progress_up_to_the_end) {
  test_exam exam = {0};
  double last = 0.0;
  wuji_options options = {.threads = 3, .progress = note_progress, .progress_context = &last};
  wuji_analysis *a = NULL;
  test_exam_random(&exam, 3, 1);
  cr_assert_eq(wuji_analyze(exam.cohort, &options, &a, NULL), WUJI_OK);
  cr_assert_eq(last, 1.0);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}
