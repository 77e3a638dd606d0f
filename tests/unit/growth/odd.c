/* Exams whose growth can't be told, or only in part: what is null, and what is said. */
#include "growth_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

typedef struct odd {
  double a, b;     /* factors of the candidate's number, by prior */
  double constant; /* added to both */
  bool missing;    /* nobody has any */
  int mark;        /* everyone's; negative: it varies */
} odd;

static double prior_of(uint32_t c, uint32_t prior, void *context) {
  const odd *o = context;
  return o->missing ? NAN : o->constant + (prior == 0 ? o->a : o->b) * (double)(c * 7919 % 101);
}

static int mark_of(uint32_t c, void *context) {
  const odd *o = context;
  return o->mark >= 0 ? o->mark : (int)(200 + c * 7919 % 101 + c * 104729 % 57);
}

static void add_schools(growth_exam *made, uint32_t schools, uint32_t classes, uint32_t size) {
  for (uint32_t s = 0; s < schools; s++) {
    for (uint32_t c = 0; c < classes; c++) {
      char school[16];
      char class[16];
      (void)snprintf(school, sizeof school, "S%02u", s);
      (void)snprintf(class, sizeof class, "%u", c);
      const char *const path[WUJI_LEVELS] = {"P", "C", "D", school, class};
      for (uint32_t i = 0; i < size; i++) test_exam_add(&made->exam, path, true);
    }
  }
}

/* A figure is there or null, an interval belongs to an effect, ranks to an interval. */
static void nothing_is_half(const growth_exam *made) {
  const wuji_growth_outcome *outcome = growth_exam_outcome(made);
  for (int m = 0; m < WUJI_GROWTH_MODELS; m++) {
    for (int32_t n = 0; n < made->exam.cohort->node_count; n++) {
      const wuji_growth_effect *e = &outcome->effects[m][n];
      cr_expect(!isinf(e->own) && !isinf(e->own_se) && !isinf(e->effect) && !isinf(e->se));
      cr_expect(!isinf(e->effect_sd) && !isinf(outcome->intake[n]));
      cr_expect(isnan(e->se) || !isnan(e->effect));
      cr_expect_eq(e->rank_lo95 > 0, !isnan(e->se));
      cr_expect_leq(e->rank_lo95, e->rank_hi95);
    }
  }
}

/* Nodes of a level with an effect by that model. */
static uint32_t effects_at(const growth_exam *made, wuji_growth_model model, int level) {
  uint32_t count = 0;
  for (int32_t n = 0; n < made->exam.cohort->node_count; n++)
    count += made->exam.cohort->nodes[n].level == level &&
             !isnan(growth_exam_outcome(made)->effects[model][n].effect);
  return count;
}

static uint32_t warned(const growth_exam *made, wuji_growth_warning warning) {
  return made->growth->warnings[warning].count;
}

static void make(growth_exam *made, odd o) {
  growth_exam_finish(made, mark_of, prior_of, &o);
  growth_exam_grow(made, 1);
  nothing_is_half(made);
}

static const odd good = {.a = 1, .b = -0.5, .constant = 300, .mark = -1};

Test(growth, priors_that_nobody_has_leave_everything_null_and_a_warning) {
  growth_exam made = {0};
  odd o = good;
  o.missing = true;
  add_schools(&made, 8, 2, 5);
  make(&made, o);
  cr_expect_eq(warned(&made, WUJI_GROWTH_NO_CASES), 1);
  cr_expect_eq(growth_exam_outcome(&made)->n[0], 0);
  cr_expect_eq(growth_exam_outcome(&made)->roots[0].term_count, 0);
  for (int m = 0; m < WUJI_GROWTH_MODELS; m++)
    cr_expect_eq(effects_at(&made, (wuji_growth_model)m, WUJI_SCHOOL), 0);
  growth_exam_free(&made);
}

Test(growth, a_prior_that_follows_from_another_is_left_out) {
  growth_exam made = {0};
  add_schools(&made, 8, 2, 5);
  make(&made, good);
  cr_expect(isnan(growth_exam_term(&made, WUJI_RESIDUAL, "b")));
  cr_expect(!isnan(growth_exam_term(&made, WUJI_RESIDUAL, "a")));
  cr_expect_eq(warned(&made, WUJI_GROWTH_PRIOR_IDLE), 3); /* by each model */
  cr_expect_eq(effects_at(&made, WUJI_RESIDUAL, WUJI_SCHOOL), 8);
  growth_exam_free(&made);
}

Test(growth, constant_priors_leave_the_mean) {
  growth_exam made = {0};
  odd o = good;
  o.a = o.b = 0;
  add_schools(&made, 8, 2, 5);
  make(&made, o);
  cr_expect(isnan(growth_exam_term(&made, WUJI_HLM, "a")));
  cr_expect(!isnan(growth_exam_term(&made, WUJI_HLM, "(Intercept)")));
  cr_expect(isnan(growth_exam_outcome(&made)->intake[0]));
  cr_expect_eq(effects_at(&made, WUJI_HLM, WUJI_SCHOOL), 8);
  growth_exam_free(&made);
}

Test(growth, fewer_candidates_than_columns_are_no_fit) {
  growth_exam made = {0};
  add_schools(&made, 2, 1, 1);
  make(&made, good);
  cr_expect_gt(warned(&made, WUJI_GROWTH_NO_FIT), 0);
  cr_expect(isnan(growth_exam_outcome(&made)->expected[0]));
  growth_exam_free(&made);
}

Test(growth, marks_without_variance_are_no_fit) {
  growth_exam made = {0};
  odd o = good;
  o.mark = 500;
  add_schools(&made, 8, 2, 5);
  make(&made, o);
  cr_expect_gt(warned(&made, WUJI_GROWTH_NO_FIT), 0);
  cr_expect_eq(effects_at(&made, WUJI_HLM, WUJI_SCHOOL), 0);
  growth_exam_free(&made);
}

Test(growth, one_class_a_school_is_no_level_of_its_own) {
  growth_exam made = {0};
  add_schools(&made, 8, 1, 6);
  make(&made, good);
  cr_expect_eq(effects_at(&made, WUJI_HLM, WUJI_SCHOOL), 8);
  cr_expect_eq(effects_at(&made, WUJI_HLM, WUJI_CLASS), 0);
  cr_expect_eq(effects_at(&made, WUJI_RESIDUAL, WUJI_CLASS), 0);
  cr_expect_eq(warned(&made, WUJI_GROWTH_NO_LEVEL), 0);
  growth_exam_free(&made);
}

Test(growth, a_school_of_one_student_has_an_effect_and_a_wide_interval) {
  growth_exam made = {0};
  add_schools(&made, 8, 2, 6);
  const char *const alone[WUJI_LEVELS] = {"P", "C", "D", "Z", "1"};
  test_exam_add(&made.exam, alone, true);
  make(&made, good);
  const wuji_growth_outcome *outcome = growth_exam_outcome(&made);
  int32_t last = made.exam.cohort->node_count - 2; /* the school; its class is the last node */
  cr_assert_eq(outcome->n[last], 1);
  for (int m = 0; m < WUJI_GROWTH_MODELS; m++) {
    cr_expect(!isnan(outcome->effects[m][last].effect));
    cr_expect_geq(outcome->effects[m][last].se, outcome->effects[m][last - 3].se);
  }
  growth_exam_free(&made);
}

Test(growth, few_schools_leave_least_squares_and_no_effects) {
  growth_exam made = {0};
  add_schools(&made, 3, 1, 9);
  make(&made, good);
  cr_expect_eq(warned(&made, WUJI_GROWTH_NO_LEVEL), 1);
  cr_expect(!isnan(growth_exam_outcome(&made)->expected[0]));
  cr_expect(!isnan(growth_exam_term(&made, WUJI_RESIDUAL, "(Intercept)")));
  for (int m = 0; m < WUJI_GROWTH_MODELS; m++)
    cr_expect_eq(effects_at(&made, (wuji_growth_model)m, WUJI_SCHOOL), 0);
  growth_exam_free(&made);
}

Test(growth, levels_asked_for_that_can_not_be_told_apart_are_left_out) {
  growth_exam made = {0};
  odd o = good;
  add_schools(&made, 4, 1, 9);
  growth_exam_finish(&made, mark_of, prior_of, &o);
  made.plan.random = wuji_str_of("county, school, class");
  made.plan.random_levels = 1U << WUJI_COUNTY | 1U << WUJI_SCHOOL | 1U << WUJI_CLASS;
  growth_exam_grow(&made, 1);
  nothing_is_half(&made);
  cr_expect_eq(warned(&made, WUJI_GROWTH_LEVEL_IDLE), 2); /* one county; classes are the schools once more */
  cr_expect_eq(effects_at(&made, WUJI_HLM, WUJI_SCHOOL), 4);
  cr_expect_eq(effects_at(&made, WUJI_HLM, WUJI_COUNTY), 0);
  cr_expect_eq(effects_at(&made, WUJI_HLM, WUJI_CLASS), 0);
  growth_exam_free(&made);
}
