/* What must hold for any data: order and threads leave no trace, units change what they must, and data that
 * can't tell a model say so or give a defined result. */
#include "sample.h"

#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static sample three_levels(uint64_t seed, uint32_t n) {
  return sample_make(seed, n, 3, (const uint32_t[]){6, 20, 70}, (const double[]){0.5, 0.4, 0.3}, 0.02);
}

static void shuffle(sample *s, uint64_t seed) {
  for (uint32_t r = s->n - 1; r > 0; r--) {
    uint32_t other = test_random(&seed, r + 1);
    for (uint32_t c = 0; c <= s->columns; c++) {
      double *column = c < s->columns ? s->x + (size_t)c * s->n : s->y;
      double kept = column[r];
      column[r] = column[other];
      column[other] = kept;
    }
    for (uint32_t l = 0; l < s->levels; l++) {
      uint32_t kept = s->group[l][r];
      s->group[l][r] = s->group[l][other];
      s->group[l][other] = kept;
    }
  }
}

Test(mixed, shuffled_rows_and_more_threads_give_the_same_bytes) {
  for (uint64_t seed = 1; seed <= 4; seed++) {
    sample s = three_levels(seed, 3000);
    for (uint32_t r = 0; r < s.n; r++) s.y[r] += 0.1 * (r % 7) + 1e-9 * r; /* nothing that sums exactly */
    wuji_mixed_design design = sample_design(&s, seed % 2 == 0);
    if (seed > 2) {
      design.slope_column = 1;
      design.slope_level = 0;
    }
    wuji_mixed_fitted a = fitted(&design, 1);
    shuffle(&s, seed);
    wuji_mixed_fitted b = fitted(&design, 3);
    same_bytes(&a, &b);
    wuji_mixed_dispose(&a);
    wuji_mixed_dispose(&b);
    sample_free(&s);
  }
}

static void near(double got, double want, const char *what) {
  cr_assert(fabs(got - want) <= 1e-7 * (1e-3 + fabs(want)), "%s: %.15g, not %.15g", what, got, want);
}

Test(mixed, other_units_of_the_outcome_scale_what_is_in_marks) {
  sample s = three_levels(5, 2000);
  wuji_mixed_design design = sample_design(&s, false);
  wuji_mixed_fitted a = fitted(&design, 1);
  for (uint32_t r = 0; r < s.n; r++) s.y[r] = 10 * s.y[r] + 12345;
  wuji_mixed_fitted b = fitted(&design, 1);
  near(b.fixed[0], 10 * a.fixed[0] + 12345, "the intercept");
  near(b.fixed[1], 10 * a.fixed[1], "a slope");
  near(b.residual_variance, 100 * a.residual_variance, "the residual variance");
  near(b.loglik, a.loglik - (s.n - s.columns) * log(10), "the likelihood");
  for (uint32_t l = 0; l < s.levels; l++) {
    near(b.level[l].variance, 100 * a.level[l].variance, "a variance");
    near(b.level[l].icc, a.level[l].icc, "an intraclass correlation");
    for (uint32_t g = 0; g < s.level[l].groups; g++) {
      near(b.level[l].group[g].effect, 10 * a.level[l].group[g].effect, "an effect");
      near(b.level[l].group[g].se, 10 * a.level[l].group[g].se, "its standard error");
    }
  }
  wuji_mixed_dispose(&a);
  wuji_mixed_dispose(&b);
  sample_free(&s);
}

Test(mixed, other_units_of_a_covariate_change_its_own_estimate_only) {
  sample s = three_levels(6, 2000);
  wuji_mixed_design design = sample_design(&s, true);
  wuji_mixed_fitted a = fitted(&design, 1);
  for (uint32_t r = 0; r < s.n; r++) s.x[s.n + r] = (s.x[s.n + r] - 300) / 1000;
  wuji_mixed_fitted b = fitted(&design, 1);
  near(b.fixed[1], 1000 * a.fixed[1], "its estimate");
  near(b.fixed_se[1], 1000 * a.fixed_se[1], "its standard error");
  near(b.fixed[0], a.fixed[0] + 300 * a.fixed[1], "the intercept");
  near(b.loglik, a.loglik, "the likelihood");
  for (uint32_t g = 0; g < s.level[1].groups; g++)
    near(b.level[1].group[g].effect, a.level[1].group[g].effect, "an effect");
  wuji_mixed_dispose(&a);
  wuji_mixed_dispose(&b);
  sample_free(&s);
}

static void rejected(const wuji_mixed_design *design, const char *because) {
  wuji_mixed_fitted fit;
  wuji_error error = {0};
  cr_assert_eq(wuji_mixed_fit(design, 1, &fit, &error), WUJI_REJECTED);
  cr_assert_not_null(strstr(error.message, because), "%s", error.message);
  wuji_mixed_dispose(&fit);
}

/* Nothing in a fit is NaN or infinite. */
static void all_finite(const wuji_mixed_fitted *fit) {
  double sum = fit->residual_variance + fit->loglik;
  for (uint32_t c = 0; c < fit->columns; c++) sum += fit->fixed[c] + fit->fixed_se[c];
  for (uint32_t l = 0; l < fit->levels; l++) {
    sum += fit->level[l].variance + fit->level[l].icc;
    for (uint32_t g = 0; g < fit->level[l].groups; g++) {
      const wuji_mixed_group *group = &fit->level[l].group[g];
      sum += group->own + group->own_se + group->effect + group->se;
    }
  }
  cr_assert(isfinite(sum));
}

Test(mixed, a_constant_or_collinear_column_is_left_out) {
  sample s = three_levels(7, 500);
  wuji_mixed_design design = sample_design(&s, false);
  design.columns = 2;
  wuji_mixed_fitted without = fitted(&design, 1);
  design.columns = 3;
  for (int constant = 0; constant < 2; constant++) {
    for (uint32_t r = 0; r < s.n; r++) s.x[2 * s.n + r] = constant ? 7.1 : 0.3 * s.x[s.n + r] - 12;
    wuji_mixed_fitted with = fitted(&design, 1);
    cr_assert_eq(with.rank, 2);
    cr_assert(with.kept[0] && with.kept[1] && !with.kept[2]);
    cr_assert_eq(with.fixed[2], 0);
    cr_assert_eq(with.fixed[1], without.fixed[1]);
    cr_assert_eq(with.loglik, without.loglik);
    wuji_mixed_dispose(&with);
  }
  wuji_mixed_dispose(&without);
  sample_free(&s);
}

Test(mixed, a_variance_of_nothing_is_zero_and_told) {
  uint32_t zeros = 0;
  for (uint64_t seed = 1; seed <= 12; seed++) {
    sample s = sample_make(seed, 400, 2, (const uint32_t[]){5, 30}, (const double[]){0, 0.5}, 0);
    wuji_mixed_design design = sample_design(&s, false);
    wuji_mixed_fitted fit = fitted(&design, 1);
    all_finite(&fit);
    cr_assert_eq(fit.level[0].told == WUJI_MIXED_ZERO, fit.level[0].variance == 0);
    if (fit.level[0].variance == 0) {
      zeros++;
      for (uint32_t g = 0; g < 5; g++)
        cr_assert(fit.level[0].group[g].own == 0 && fit.level[0].group[g].own_se == 0);
    }
    wuji_mixed_dispose(&fit);
    sample_free(&s);
  }
  cr_assert(zeros > 2 && zeros < 12, "%u of 12", zeros);
}

Test(mixed, levels_that_the_data_cannot_tell_apart_are_held_at_zero) {
  sample s = sample_make(4, 300, 3, (const uint32_t[]){1, 12, 12}, (const double[]){0, 0.6, 0}, 0);
  wuji_mixed_design design = sample_design(&s, false);
  wuji_mixed_fitted three = fitted(&design, 1);
  all_finite(&three);
  cr_assert_eq(three.level[0].told, WUJI_MIXED_UNTELLABLE, "one group");
  cr_assert_eq(three.level[0].group[0].effect, 0);
  cr_assert_eq(three.level[0].group[0].se, 0);
  cr_assert_eq(three.level[1].told, WUJI_MIXED_ESTIMATED);
  cr_assert_eq(three.level[2].told, WUJI_MIXED_UNTELLABLE, "the same groups as the level before");
  design.level = &s.level[1];
  design.levels = 1;
  wuji_mixed_fitted one = fitted(&design, 1);
  cr_assert_float_eq(one.level[0].variance, three.level[1].variance, 1e-9);
  cr_assert_float_eq(one.level[0].group[3].effect, three.level[2].group[3].effect, 1e-9);
  wuji_mixed_dispose(&three);
  wuji_mixed_dispose(&one);
  for (uint32_t r = 0; r < s.n; r++) s.group[1][r] = r;
  s.level[1].groups = s.n;
  wuji_mixed_fitted every = fitted(&design, 1);
  all_finite(&every);
  cr_assert_eq(every.level[0].told, WUJI_MIXED_UNTELLABLE, "every row its own group");
  wuji_mixed_dispose(&every);
  sample_free(&s);
}

Test(mixed, groups_without_rows_and_groups_of_one_row_are_good) {
  sample s = sample_make(9, 200, 1, (const uint32_t[]){30}, (const double[]){0.8}, 0);
  for (uint32_t r = 0; r < s.n; r++) s.group[0][r] *= 2; /* every other group is empty */
  s.group[0][0] = 59;
  s.level[0].groups = 61;
  wuji_mixed_design design = sample_design(&s, false);
  wuji_mixed_fitted fit = fitted(&design, 1);
  all_finite(&fit);
  cr_assert_eq(fit.level[0].group[59].n, 1);
  cr_assert_gt(fit.level[0].group[59].se, 0);
  cr_assert_eq(fit.level[0].group[60].n, 0);
  cr_assert_eq(fit.level[0].group[60].own_se, 0);
  cr_assert_eq(fit.level[0].group[60].effect, 0);
  wuji_mixed_dispose(&fit);
  sample_free(&s);
}

Test(mixed, data_without_an_answer_are_rejected) {
  sample few = sample_make(8, 3, 1, (const uint32_t[]){2}, (const double[]){1}, 0);
  wuji_mixed_design design = sample_design(&few, false);
  few.x[2 * few.n] = 1 - few.x[2 * few.n + 1]; /* of rank 3 */
  rejected(&design, "too few");
  design.n = 1;
  rejected(&design, "at least two rows");
  sample_free(&few);
  sample s = three_levels(8, 300);
  design = sample_design(&s, false);
  s.y[17] = NAN;
  rejected(&design, "not a number");
  s.y[17] = 0;
  s.x[s.n + 4] = INFINITY;
  rejected(&design, "column 1");
  sample_free(&s);
}

Test(mixed, an_outcome_without_residual_variance_is_rejected) {
  sample s = three_levels(8, 300);
  wuji_mixed_design design = sample_design(&s, false);
  for (uint32_t r = 0; r < s.n; r++) s.y[r] = 3.3;
  rejected(&design, "the same in every row");
  for (uint32_t r = 0; r < s.n; r++) s.y[r] = 2 * s.x[s.n + r] - 100;
  rejected(&design, "no residual variance");
  for (uint32_t r = 0; r < s.n; r++) s.y[r] = 1.7 * (s.group[2][r] * 37 % 11); /* constant in every class */
  rejected(&design, "no residual variance");
  sample_free(&s);
}

/* Variances thousands of times the residual's from a dozen rows: the deviance is all rounding near its
 * minimum. */
Test(mixed, a_few_rows_with_enormous_effects_have_an_answer) {
  for (uint64_t seed = 1; seed <= 300; seed++) {
    sample s = sample_make(seed, 13 + (uint32_t)seed % 9, 3, (const uint32_t[]){3, 7, 15},
                           (const double[]){50, 50, 0.3}, 0);
    wuji_mixed_design design = sample_design(&s, seed % 2 == 0);
    wuji_mixed_fitted fit;
    wuji_error error = {0};
    if (wuji_mixed_fit(&design, 1, &fit, &error) == WUJI_OK)
      all_finite(&fit);
    else
      cr_assert_not_null(strstr(error.message, "no residual variance"), "seed %d: %s", (int)seed,
                         error.message);
    wuji_mixed_dispose(&fit);
    sample_free(&s);
  }
}

Test(mixed, a_group_in_two_groups_is_rejected) {
  sample s = three_levels(8, 300);
  wuji_mixed_design design = sample_design(&s, false);
  s.group[1][299] = 0;
  rejected(&design, "lies in two groups");
  sample_free(&s);
}

Test(mixed, a_slope_without_a_column_is_rejected) {
  sample s = three_levels(8, 300);
  wuji_mixed_design design = sample_design(&s, false);
  for (uint32_t r = 0; r < s.n; r++) s.x[s.n + r] = 4;
  design.slope_column = 1;
  design.slope_level = 0;
  rejected(&design, "random slope");
  sample_free(&s);
}

/* One-way analysis of variance in equal groups has a closed form: three groups of two, sums of squares by
 * hand. Means 2, 5, 8 about 5: between = 2·(9 + 0 + 9)/2 = 18 a degree of freedom; within (±1 twice, ±1, ±1)
 * = 6/3 = 2. REML: σ² = 2, τ² = (18 − 2)/2 = 8, shrinkage 8/(8 + 2/2) = 8/9. */
Test(mixed, equal_groups_give_the_analysis_of_variance) {
  static const double x[] = {1, 1, 1, 1, 1, 1};
  static const double y[] = {1, 3, 4, 6, 7, 9};
  static const uint32_t group[] = {0, 0, 1, 1, 2, 2};
  wuji_mixed_level level = {group, 3};
  wuji_mixed_design design = {.n = 6, .columns = 1, .x = x, .y = y, .levels = 1, .level = &level};
  design.slope_column = -1;
  design.slope_level = -1;
  wuji_mixed_fitted fit = fitted(&design, 1);
  near(fit.fixed[0], 5, "the mean");
  near(fit.fixed_se[0], sqrt(18.0 / 6), "its standard error");
  near(fit.residual_variance, 2, "within");
  near(fit.level[0].variance, 8, "between");
  near(fit.level[0].icc, 0.8, "the intraclass correlation");
  near(fit.level[0].group[0].own, -3 * 8.0 / 9, "own");
  near(fit.level[0].group[0].own_se, sqrt(8.0 / 9), "own_se");
  near(fit.level[0].group[2].effect, 3 * 8.0 / 9, "effect");
  near(fit.level[0].group[2].se, sqrt(8.0 / 9 * (2.0 / 3)), "se"); /* independent: v − 2v/3 + v/3 */
  cr_assert_eq(fit.parameters, 3);
  wuji_mixed_dispose(&fit);
}
