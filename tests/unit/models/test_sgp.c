/* Growth percentiles of invented students: what must hold for any. */
#include "models/sgp.h"
#include "sample.h"

#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct students {
  uint32_t n;
  double *y;
  double *prior[2];
} students;

/* Whole scores; every `lacking`th has no second prior. */
static students students_make(uint64_t seed, uint32_t n, uint32_t lacking) {
  students s = {n, calloc(n, sizeof(double)), {calloc(n, sizeof(double)), calloc(n, sizeof(double))}};
  for (uint32_t r = 0; r < n; r++) {
    double able = sample_normal(&seed);
    s.prior[0][r] = floor(300 + 40 * (able + 0.5 * sample_normal(&seed)));
    s.prior[1][r] = floor(250 + 40 * (able + 0.6 * sample_normal(&seed)));
    s.y[r] = floor(400 + 50 * (able + 0.5 * sample_normal(&seed)));
    if (r % lacking == lacking - 1) s.prior[1][r] = NAN;
  }
  return s;
}

static void students_free(students *s) {
  free(s->y);
  free(s->prior[0]);
  free(s->prior[1]);
}

static wuji_sgp_fitted fit_students(const students *s, uint32_t threads) {
  const double *prior[] = {s->prior[0], s->prior[1]};
  wuji_sgp_design design = {s->n, s->y, 2, prior, NULL};
  wuji_sgp_fitted fit;
  wuji_error error = {0};
  cr_assert_eq(wuji_sgp_fit(&design, threads, &fit, &error), WUJI_OK, "%s", error.message);
  return fit;
}

Test(sgp, each_student_has_the_highest_order_he_has_the_priors_for) {
  students s = students_make(1, 2000, 4);
  wuji_sgp_fitted fit = fit_students(&s, 1);
  cr_assert_eq(fit.order[0].cases, 2000);
  cr_assert_eq(fit.order[1].cases, 1500);
  cr_assert_eq(fit.order[1].fit.columns, 15);
  double sum = 0;
  for (uint32_t r = 0; r < s.n; r++) {
    cr_assert_eq(fit.used[r], isnan(s.prior[1][r]) ? 1 : 2);
    cr_assert(fit.sgp[r] >= 1 && fit.sgp[r] <= 99);
    sum += fit.sgp[r];
  }
  cr_assert(fabs(sum / s.n - 50) < 1.5, "mean %g", sum / s.n);
  wuji_sgp_dispose(&fit);
  students_free(&s);
}

Test(sgp, other_units_of_the_outcome_leave_it) {
  students s = students_make(2, 1500, 5);
  wuji_sgp_fitted a = fit_students(&s, 1);
  for (uint32_t r = 0; r < s.n; r++) s.y[r] = 8 * s.y[r] + 1000;
  wuji_sgp_fitted b = fit_students(&s, 2);
  cr_assert_arr_eq(a.sgp, b.sgp, s.n);
  wuji_sgp_dispose(&a);
  wuji_sgp_dispose(&b);
  students_free(&s);
}

Test(sgp, an_order_wants_500_cases) {
  students s = students_make(3, 499, 1000);
  wuji_sgp_fitted fit = fit_students(&s, 1);
  cr_assert_not(fit.order[0].fitted);
  cr_assert_eq(fit.order[0].needed, 500);
  for (uint32_t r = 0; r < s.n; r++) cr_assert(fit.sgp[r] == 0 && fit.used[r] == 0);
  wuji_sgp_dispose(&fit);
  students_free(&s);
  s = students_make(3, 501, 2);
  fit = fit_students(&s, 1);
  cr_assert(fit.order[0].fitted && !fit.order[1].fitted);
  for (uint32_t r = 0; r < s.n; r++) cr_assert(fit.sgp[r] > 0 && fit.used[r] == 1);
  wuji_sgp_dispose(&fit);
  students_free(&s);
}

Test(sgp, priors_of_few_values_and_outcomes_of_two_give_a_defined_result) {
  uint64_t state = 9;
  students s = students_make(4, 1200, 5000);
  for (uint32_t r = 0; r < s.n; r++) {
    s.prior[0][r] = test_random(&state, 3);
    s.prior[1][r] = 5;
    s.y[r] = test_random(&state, 4) < 1 + s.prior[0][r];
  }
  wuji_sgp_fitted fit = fit_students(&s, 2);
  cr_assert(fit.order[0].fitted && fit.order[1].fitted);
  cr_assert_eq(fit.order[1].fit.rank, 3);
  for (uint32_t r = 0; r < s.n; r++) cr_assert(fit.sgp[r] >= 1 && fit.sgp[r] <= 99);
  for (uint32_t t = 0; t < WUJI_SGP_TAUS; t++) cr_assert(isfinite(fit.order[1].fit.objective[t]));
  wuji_sgp_dispose(&fit);
  students_free(&s);
}
