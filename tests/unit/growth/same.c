/* What must change nothing, and what must change what it must. */
#include "growth_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static bool same_bytes(const growth_exam *a, const growth_exam *b) {
  const wuji_growth_outcome *x = growth_exam_outcome(a);
  const wuji_growth_outcome *y = growth_exam_outcome(b);
  size_t nodes = (size_t)a->exam.cohort->node_count;
  bool same = memcmp(x->expected, y->expected, a->exam.cohort->row_count * sizeof *x->expected) == 0;
  for (int m = 0; m < WUJI_GROWTH_MODELS; m++)
    same &= memcmp(x->effects[m], y->effects[m], nodes * sizeof *x->effects[m]) == 0;
  return same;
}

Test(growth, any_number_of_threads_gives_the_same_bytes) {
  growth_exam one;
  growth_exam many;
  growth_exam_schools(&one, 9, 3, 7, 11);
  growth_exam_schools(&many, 9, 3, 7, 11);
  growth_exam_grow(&one, 1);
  growth_exam_grow(&many, 7);
  cr_expect(same_bytes(&one, &many));
  growth_exam_free(&one);
  growth_exam_free(&many);
}

/* Marks and priors as they are, then by a·x + c. */
static void transform(growth_exam *made, double mark_by, int mark_plus, double prior_by, double prior_plus) {
  wuji_cohort *cohort = made->exam.cohort;
  for (uint32_t r = 0; r < cohort->row_count; r++) {
    cohort->papers[0].raw[r] = (int32_t)(mark_by * cohort->papers[0].raw[r]) + mark_plus;
    cohort->priors[r] = prior_by * cohort->priors[r] + prior_plus;
  }
}

/* All effects of `b` are `by` times those of `a`, their intervals likewise, and intake and effect_sd are the
 * same. */
static void effects_scale(const growth_exam *a, const growth_exam *b, double by) {
  const wuji_growth_outcome *x = growth_exam_outcome(a);
  const wuji_growth_outcome *y = growth_exam_outcome(b);
  const double near = 2e-5; /* two searches for the variances end beside each other */
  for (int32_t n = 0; n < a->exam.cohort->node_count; n++) {
    if (!isnan(x->intake[n])) cr_expect_float_eq(x->intake[n], y->intake[n], 1e-9);
    for (int m = 0; m < WUJI_GROWTH_MODELS; m++) {
      const wuji_growth_effect *e = &x->effects[m][n];
      const wuji_growth_effect *f = &y->effects[m][n];
      cr_expect_eq(isnan(e->effect), isnan(f->effect));
      if (isnan(e->effect)) continue;
      cr_expect_float_eq(by * e->effect, f->effect, by * near);
      cr_expect_float_eq(by * e->se, f->se, by * near);
      cr_expect_float_eq(e->effect_sd, f->effect_sd, near);
    }
  }
}

static void holds_under(double mark_by, int mark_plus, double prior_by, double prior_plus) {
  growth_exam plain;
  growth_exam other;
  growth_exam_schools(&plain, 9, 3, 7, 13);
  growth_exam_schools(&other, 9, 3, 7, 13);
  transform(&other, mark_by, mark_plus, prior_by, prior_plus);
  growth_exam_grow(&plain, 1);
  growth_exam_grow(&other, 1);
  effects_scale(&plain, &other, mark_by);
  growth_exam_free(&plain);
  growth_exam_free(&other);
}

Test(growth, shifting_a_prior_changes_no_effect) {
  holds_under(1, 0, 1, 1000);
}

Test(growth, scaling_a_prior_changes_no_effect) {
  holds_under(1, 0, 0.25, 0);
}

Test(growth, shifting_the_outcome_changes_no_effect) {
  holds_under(1, 321, 1, 0);
}

Test(growth, scaling_the_outcome_scales_the_effects) {
  holds_under(4, 0, 1, 0);
}

Test(growth, effects_of_a_level_have_mean_zero_and_intervals_between_their_ranks) {
  growth_exam made;
  growth_exam_schools(&made, 12, 2, 6, 17);
  growth_exam_grow(&made, 2);
  const wuji_growth_outcome *outcome = growth_exam_outcome(&made);
  for (int m = 0; m < WUJI_GROWTH_MODELS; m++) {
    double sum = 0;
    for (int32_t n = 0; n < made.exam.cohort->node_count; n++) {
      const wuji_growth_effect *e = &outcome->effects[m][n];
      if (made.exam.cohort->nodes[n].level != WUJI_SCHOOL) continue;
      sum += outcome->n[n] * e->effect;
      uint32_t above = 0;
      uint32_t below = 0;
      for (int32_t k = 0; k < made.exam.cohort->node_count; k++) {
        const wuji_growth_effect *f = &outcome->effects[m][k];
        if (made.exam.cohort->nodes[k].level != WUJI_SCHOOL) continue;
        above += f->effect - 1.96 * f->se > e->effect + 1.96 * e->se;
        below += f->effect + 1.96 * f->se < e->effect - 1.96 * e->se;
      }
      cr_expect_eq(e->rank_lo95, 1 + above);
      cr_expect_eq(e->rank_hi95, 12 - below);
    }
    cr_expect_float_eq(sum, 0, 1e-8);
  }
  growth_exam_free(&made);
}
