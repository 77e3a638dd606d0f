#include "growth_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

void growth_exam_finish(growth_exam *made, growth_mark *mark, growth_prior *prior, void *context) {
  wuji_error error = {0};
  const uint32_t most = 1000;
  test_exam_seat(&made->exam);
  wuji_cohort *cohort = made->exam.cohort;
  wuji_paper *paper = test_exam_paper(&made->exam, "P", 1, 1, &most);
  for (uint32_t c = 0; c < made->exam.count; c++) {
    int value = mark(c, context);
    test_exam_present(&made->exam, paper, c, &value);
  }
  cohort->prior_count = TEST_PRIORS;
  cohort->prior_names = made->names;
  made->names[0] = wuji_str_of("a");
  made->names[1] = wuji_str_of("b");
  size_t values = (size_t)TEST_PRIORS * cohort->row_count;
  cohort->priors = wuji_arena_array(&cohort->arena, values, sizeof *cohort->priors);
  for (uint32_t p = 0; p < TEST_PRIORS; p++) {
    for (uint32_t c = 0; c < made->exam.count; c++)
      cohort->priors[(size_t)p * cohort->row_count + made->exam.row[c]] = prior(c, p, context);
  }
  made->plan = (wuji_growth_plan){.outcome = wuji_str_of("P"),
                                  .priors = made->names,
                                  .prior_texts = made->names,
                                  .prior_count = TEST_PRIORS};
  cohort->plan.growth = &made->plan;
  cohort->plan.growth_count = 1;
  test_exam_seal(&made->exam);
  cr_assert_eq(wuji_analyze(cohort, NULL, &made->analysis, &error), WUJI_OK, "%s", error.message);
}

void growth_exam_grow(growth_exam *made, uint32_t threads) {
  wuji_error error = {0};
  wuji_growth_free(made->growth);
  wuji_status status =
      wuji_growth_make(made->exam.cohort, made->analysis, NULL, 0, threads, &made->growth, &error);
  cr_assert_eq(status, WUJI_OK, "%s", error.message);
}

void growth_exam_free(growth_exam *made) {
  wuji_growth_free(made->growth);
  wuji_analysis_free(made->analysis);
  test_exam_free(&made->exam);
}

typedef struct schools {
  uint64_t state;
  uint32_t school[2000], class[2000]; /* of a candidate */
  double prior[2000];
} schools;

static double draw(uint64_t *state) { /* about normal, sd 1 */
  double sum = 0;
  for (int i = 0; i < 12; i++) sum += (double)test_random(state, 1000000) / 1000000.0;
  return sum - 6;
}

static double prior_of(uint32_t candidate, uint32_t prior, void *context) {
  schools *s = context;
  return prior == 0 ? s->prior[candidate] : s->prior[candidate] / 2 + round(10 * draw(&s->state));
}

static int mark_of(uint32_t candidate, void *context) {
  schools *s = context;
  uint64_t of_school = 77 + s->school[candidate];
  uint64_t of_class = 7777 + s->class[candidate];
  double mark =
      200 + s->prior[candidate] + 25 * draw(&of_school) + 12 * draw(&of_class) + 30 * draw(&s->state);
  return (int)fmin(1000, fmax(0, round(mark)));
}

void growth_exam_schools(growth_exam *made, uint32_t school_count, uint32_t classes, uint32_t size,
                         uint64_t seed) {
  schools s = {.state = seed};
  *made = (growth_exam){0};
  for (uint32_t school = 0; school < school_count; school++) {
    for (uint32_t k = 0; k < classes; k++) {
      char names[2][16];
      (void)snprintf(names[0], sizeof names[0], "S%02u", school);
      (void)snprintf(names[1], sizeof names[1], "%u", k);
      for (uint32_t i = 0; i + (school + k) % 3 < size; i++) {
        const char *const path[WUJI_LEVELS] = {"P", "C", "D", names[0], names[1]};
        uint32_t c = test_exam_add(&made->exam, path, true);
        s.school[c] = school;
        s.class[c] = school * classes + k;
        s.prior[c] = round(300 + 40 * draw(&s.state));
      }
    }
  }
  growth_exam_finish(made, mark_of, prior_of, &s);
}

const wuji_growth_outcome *growth_exam_outcome(const growth_exam *made) {
  cr_assert_eq(made->growth->outcome_count, 1);
  return &made->growth->outcomes[0];
}

double growth_exam_term(const growth_exam *made, wuji_growth_model model, const char *term) {
  const wuji_growth_root *root = &growth_exam_outcome(made)->roots[0];
  for (uint32_t t = 0; t < root->term_count; t++) {
    if (root->terms[t].model == model && wuji_str_is(root->terms[t].term, term))
      return root->terms[t].estimate;
  }
  return NAN;
}
