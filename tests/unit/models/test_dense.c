/* Everything a fit says, held against full matrices; and that its likelihood is the highest. */
#include "dense.h"
#include "sample.h"

#include <criterion/criterion.h>
#include <math.h>

static void near(double got, double want, double tolerance, const char *what) {
  cr_assert(fabs(got - want) <= tolerance * (1 + fabs(want)), "%s: %.12g, by full matrices %.12g", what, got,
            want);
}

static void groups_agree(const dense *d, const wuji_mixed_fitted *fit, uint32_t l, bool slope) {
  for (uint32_t g = 0; g < fit->level[l].groups; g++) {
    const wuji_mixed_group *group = &fit->level[l].group[g];
    double value;
    double se;
    if (group->n == 0) continue;
    dense_own(d, l, g, false, &value, &se);
    near(group->own, value, 1e-8, "own");
    near(group->own_se, se, 1e-8, "own_se");
    dense_effect(d, l, g, &value, &se);
    near(group->effect, value, 1e-8, "effect");
    near(group->se, se, 1e-7, "se");
    if (!slope) continue;
    dense_own(d, l, g, true, &value, &se);
    near(group->slope, value, 1e-8, "slope");
    near(group->slope_se, se, 1e-8, "slope_se");
  }
}

static void agrees(const wuji_mixed_design *asked) {
  wuji_mixed_design design = *asked;
  design.rows = true;
  wuji_mixed_fitted fit = fitted(&design, 1);
  dense *d = dense_make(&design, &fit);
  near(fit.loglik, dense_loglik(d), 1e-9, "loglik");
  for (uint32_t c = 0; c < design.columns; c++) {
    near(fit.fixed[c], dense_fixed(d, c), 1e-8, "fixed");
    near(fit.fixed_se[c], dense_fixed_se(d, c), 1e-8, "fixed_se");
  }
  for (uint32_t l = 0; l < design.levels; l++) groups_agree(d, &fit, l, design.slope_level == (int32_t)l);
  for (uint32_t r = 0; r < design.n; r++) {
    near(fit.fitted[r], dense_fitted(d, r), 1e-8, "fitted");
    near(fit.residuals[r], design.y[r] - dense_fitted(d, r), 1e-7, "residual");
  }
  dense_free(d);
  /* No other variances do better. */
  double *variances[2 * 3 + 1] = {&fit.residual_variance};
  uint32_t count = 1;
  for (uint32_t l = 0; l < design.levels; l++) variances[count++] = &fit.level[l].variance;
  for (uint32_t i = 0; i < count; i++) {
    double kept = *variances[i];
    for (int side = 0; side < 2; side++) {
      *variances[i] = kept * (side ? 1.01 : 0.99);
      if (kept == 0) *variances[i] = 1e-3 * fit.residual_variance;
      dense *other = dense_make(&design, &fit);
      cr_assert_lt(dense_loglik(other), fit.loglik + 1e-9, "variance %u: %g is better than %g", i,
                   *variances[i], kept);
      dense_free(other);
    }
    *variances[i] = kept;
  }
  wuji_mixed_dispose(&fit);
}

Test(mixed, one_level_agrees_with_full_matrices) {
  for (uint64_t seed = 1; seed <= 4; seed++) {
    sample s = sample_make(seed, 60, 1, (const uint32_t[]){9}, (const double[]){0.7}, 0);
    wuji_mixed_design design = sample_design(&s, seed % 2 == 0);
    agrees(&design);
    sample_free(&s);
  }
}

Test(mixed, three_levels_agree_with_full_matrices) {
  for (uint64_t seed = 1; seed <= 6; seed++) {
    sample s = sample_make(seed, 90, 3, (const uint32_t[]){4, 10, 23}, (const double[]){0.8, 0.6, 0.9}, 0);
    wuji_mixed_design design = sample_design(&s, seed % 2 == 0);
    agrees(&design);
    sample_free(&s);
  }
}

Test(mixed, a_slope_at_any_level_agrees_with_full_matrices) {
  for (uint64_t seed = 1; seed <= 6; seed++) {
    sample s = sample_make(seed, 120, 2, (const uint32_t[]){8, 17}, (const double[]){0.8, 0.6}, 0.1);
    wuji_mixed_design design = sample_design(&s, seed % 2 == 0);
    design.slope_column = 1;
    design.slope_level = seed % 3 == 0 ? 1 : 0;
    agrees(&design);
    sample_free(&s);
  }
}

Test(mixed, without_groups_it_is_least_squares) {
  sample s = sample_make(3, 50, 1, (const uint32_t[]){5}, (const double[]){0}, 0);
  wuji_mixed_design design = sample_design(&s, false);
  design.levels = 0;
  agrees(&design);
  sample_free(&s);
}
