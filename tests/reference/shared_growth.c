/* Growth against lme4 and least squares on a state's grade 5 that lies beside the repository (WUJI_SHARED,
 * ../shared by default). Skipped, and said to be, where it is missing. lme4's optimiser stops where the
 * deviance is flat to its own tolerance: fixed effects agree to 1e-6 relative, variances and predicted
 * effects to 1e-5; least squares has no such excuse. */
#include "expected.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *below_shared(const char *format, const char *outcome, const char *file) {
  static char kept[4][1024];
  static unsigned next;
  const char *shared = getenv("WUJI_SHARED");
  char relative[512];
  (void)snprintf(relative, sizeof relative, format, outcome, file);
  char *path = kept[next++ % 4];
  (void)snprintf(path, sizeof kept[0], "%s/data/%s", shared && *shared ? shared : "../shared", relative);
  return path;
}

static wuji_exam *state(void) {
  const char *package = below_shared("packages/growth2024g5%s%s", "", "");
  if (access(package, R_OK) != 0) {
    printf("SKIPPED: growth of a state: there is no %s\n", package);
    (void)fflush(stdout);
    cr_skip_test("SKIPPED: there is no %s", package);
  }
  return analysed(package);
}

static expected reference(const char *outcome, const char *file) {
  return expected_read(below_shared("reference/growth2024g5/%s_%s.csv", outcome, file));
}

/* |got / want − 1| ≤ tolerance */
static void same_relative(double got, double want, double tolerance, const char *what) {
  same_number(got, want, tolerance * fabs(want), what);
}

static void lme4_agrees_on_the_fit(wuji_exam *exam, const char *outcome) {
  wuji_table *fit = table_of(exam, "growth_fit");
  expected fixed = reference(outcome, "hlm_fixed");
  for (size_t i = 0; i < fixed.rows; i++) {
    const char *term = expected_text(&fixed, i, "term");
    size_t row = row_of(fit, "outcome", outcome, "model", "hlm", "part", "fixed", "term", term, NULL);
    same_relative(number_at(fit, row, "estimate"), expected_real(&fixed, i, "estimate"), 1e-6, term);
    same_relative(number_at(fit, row, "se"), expected_real(&fixed, i, "se"), 1e-6, term);
  }
  expected_free(&fixed);
  expected variances = reference(outcome, "hlm_varcomp");
  for (size_t i = 0; i < variances.rows; i++) {
    const char *group = expected_text(&variances, i, "group");
    size_t row = row_of(fit, "outcome", outcome, "model", "hlm", "part", "variance", "term", group, NULL);
    same_relative(number_at(fit, row, "estimate"), expected_real(&variances, i, "variance"), 1e-5, group);
  }
  expected_free(&variances);
  expected whole = reference(outcome, "hlm_fit");
  size_t row = row_of(fit, "outcome", outcome, "model", "hlm", "term", "loglik", NULL);
  same_relative(number_at(fit, row, "estimate"), expected_real(&whole, 0, "loglik"), 1e-7, "loglik");
  row = row_of(fit, "outcome", outcome, "model", "hlm", "term", "n", NULL);
  same_number(number_at(fit, row, "estimate"), expected_real(&whole, 0, "n"), 0, "n");
  expected_free(&whole);
  wuji_table_close(fit);
}

/* The row of a school, whose name alone the expected values have. */
static size_t row_of_school(const wuji_table *table, const char *outcome, const char *model,
                            const char *school) {
  size_t row = 0;
  for (; row < wuji_table_rows(table); row++) {
    const char *path = text_at(table, row, "node");
    const char *name = strrchr(path, '/');
    if (name != NULL && strcmp(name + 1, school) == 0 &&
        strcmp(text_at(table, row, "level"), "school") == 0 &&
        strcmp(text_at(table, row, "outcome"), outcome) == 0 &&
        strcmp(text_at(table, row, "model"), model) == 0)
      break;
  }
  cr_assert_lt(row, wuji_table_rows(table), "no school %s", school);
  return row;
}

static void lme4_agrees_on_the_schools(wuji_exam *exam, const char *outcome) {
  wuji_table *nodes = table_of(exam, "node_growth");
  expected schools = reference(outcome, "hlm_school");
  for (size_t i = 0; i < schools.rows; i++) {
    size_t row = row_of_school(nodes, outcome, "hlm", expected_text(&schools, i, "school"));
    same_cell(nodes, row, "n", expected_real(&schools, i, "n"), 0);
    same_cell(nodes, row, "own", expected_real(&schools, i, "effect"), 1e-5);
    same_cell(nodes, row, "own_se", expected_real(&schools, i, "se"), 1e-5);
  }
  expected_free(&schools);
  wuji_table_close(nodes);
}

/* Theirs are not centred: Σ n·s/Σ n, which is 0 but for rounding, is taken off here. */
static void least_squares_agree_on_the_schools(wuji_exam *exam, const char *outcome) {
  wuji_table *nodes = table_of(exam, "node_growth");
  expected schools = reference(outcome, "residual_school");
  double sum = 0;
  double weight = 0;
  for (size_t i = 0; i < schools.rows; i++) {
    size_t row = row_of_school(nodes, outcome, "residual", expected_text(&schools, i, "school"));
    sum += number_at(nodes, row, "n") * expected_real(&schools, i, "effect");
    weight += number_at(nodes, row, "n");
  }
  for (size_t i = 0; i < schools.rows; i++) {
    size_t row = row_of_school(nodes, outcome, "residual", expected_text(&schools, i, "school"));
    same_cell(nodes, row, "effect", expected_real(&schools, i, "effect") - sum / weight, 1e-9);
  }
  expected_free(&schools);
  wuji_table_close(nodes);
}

static void least_squares_agree_on_the_students(wuji_exam *exam, const char *outcome) {
  wuji_table *students = table_of(exam, "student_growth");
  expected file = reference(outcome, "residual_student");
  size_t found = 0;
  for (size_t row = 0; row < wuji_table_rows(students); row++)
    found += strcmp(text_at(students, row, "outcome"), outcome) == 0;
  cr_expect_eq(found, file.rows);
  for (size_t i = 0; i < file.rows; i += 37) { /* a hundred of them: row_of() goes through the whole table */
    size_t row =
        row_of(students, "outcome", outcome, "student_id", expected_text(&file, i, "student_id"), NULL);
    same_cell(students, row, "expected", expected_real(&file, i, "expected"), 1e-9);
    same_cell(students, row, "residual", expected_real(&file, i, "residual"), 1e-9);
  }
  expected_free(&file);
  wuji_table_close(students);
}

static void agrees(const char *outcome) {
  wuji_exam *exam = state();
  lme4_agrees_on_the_fit(exam, outcome);
  lme4_agrees_on_the_schools(exam, outcome);
  least_squares_agree_on_the_schools(exam, outcome);
  least_squares_agree_on_the_students(exam, outcome);
  wuji_exam_close(exam);
}

Test(growth_of_a_state, reading_agrees_with_lme4_and_least_squares) {
  agrees("reading");
}

Test(growth_of_a_state, maths_agrees_with_lme4_and_least_squares) {
  agrees("maths");
}
