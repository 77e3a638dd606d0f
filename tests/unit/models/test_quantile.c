/* Quantile regression held against every vertex there is, and what must hold for any data. */
#include "models/distinct.h"
#include "models/quantile.h"
#include "models/spline.h"
#include "sample.h"

#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TERMS = 4 };

static const double TAUS[] = {0.05, 0.1, 0.3, 0.5, 0.75, 0.9};
enum { TAU_COUNT = sizeof TAUS / sizeof *TAUS };

/* Plain columns as terms. */
typedef struct columns {
  uint32_t n, terms;
  double *y;
  double *x[MOST_TERMS];
  wuji_quantile_term term[MOST_TERMS];
  wuji_arena arena;
} columns;

static columns columns_new(uint32_t n, uint32_t terms) {
  columns c = {.n = n, .terms = terms};
  c.y = calloc(n, sizeof *c.y);
  for (uint32_t t = 0; t < terms; t++) c.x[t] = calloc(n, sizeof *c.x[t]);
  return c;
}

static void columns_free(columns *c) {
  free(c->y);
  for (uint32_t t = 0; t < c->terms; t++) free(c->x[t]);
  wuji_arena_dispose(&c->arena);
}

static wuji_quantile_fitted fit_columns(columns *c, uint32_t threads) {
  wuji_error error = {0};
  wuji_arena_dispose(&c->arena);
  for (uint32_t t = 0; t < c->terms; t++) {
    wuji_distinct distinct;
    cr_assert_eq(wuji_distinct_make(&distinct, c->x[t], c->n, &c->arena, &error), WUJI_OK);
    uint32_t *first = wuji_arena_array(&c->arena, distinct.count, sizeof *first);
    c->term[t] = (wuji_quantile_term){1, distinct.count, 1, first, distinct.value, distinct.of};
  }
  wuji_quantile_design design = {c->n, c->y, c->terms, c->term, TAU_COUNT, TAUS, true};
  wuji_quantile_fitted fit;
  cr_assert_eq(wuji_quantile_fit(&design, threads, &fit, &error), WUJI_OK, "%s", error.message);
  for (uint32_t k = 0; k < fit.taus * fit.columns; k++) cr_assert(isfinite(fit.coefficient[k]));
  for (uint32_t k = 0; k < fit.taus; k++)
    cr_assert(fit.gap[k] <= 1e-9 * (0.1 + fit.objective[k]), "gap %g of %g", fit.gap[k], fit.objective[k]);
  return fit;
}

static double loss(const columns *c, double tau, const double *beta) {
  double sum = 0;
  for (uint32_t r = 0; r < c->n; r++) {
    double residual = c->y[r] - beta[0];
    for (uint32_t t = 0; t < c->terms; t++) residual -= beta[t + 1] * c->x[t][r];
    sum += residual < 0 ? (tau - 1) * residual : tau * residual;
  }
  return sum;
}

/* Lines through all pairs of rows: one of them is best. */
static double best_line(const columns *c, double tau) {
  double best = INFINITY;
  for (uint32_t a = 0; a < c->n; a++) {
    for (uint32_t b = 0; b < a; b++) {
      if (c->x[0][a] == c->x[0][b]) continue;
      double beta[2];
      beta[1] = (c->y[a] - c->y[b]) / (c->x[0][a] - c->x[0][b]);
      beta[0] = c->y[a] - beta[1] * c->x[0][a];
      best = fmin(best, loss(c, tau, beta));
    }
  }
  return best;
}

Test(quantile, no_line_through_two_rows_is_better) {
  for (uint64_t seed = 1; seed <= 60; seed++) {
    uint64_t state = seed;
    columns c = columns_new(8 + (uint32_t)seed % 23, 1);
    bool whole = seed % 2 == 0; /* many ties */
    for (uint32_t r = 0; r < c.n; r++) {
      c.x[0][r] = whole ? test_random(&state, 6) : sample_normal(&state);
      c.y[r] = whole ? test_random(&state, 5) : sample_normal(&state) + c.x[0][r];
    }
    wuji_quantile_fitted fit = fit_columns(&c, 1);
    for (uint32_t t = 0; t < TAU_COUNT; t++) {
      double want = best_line(&c, TAUS[t]);
      double own = loss(&c, TAUS[t], fit.coefficient + (size_t)t * 2);
      cr_assert(fabs(fit.objective[t] - want) <= 1e-9 * (1 + want), "seed %llu: %.15g, not %.15g",
                (unsigned long long)seed, fit.objective[t], want);
      cr_assert(fabs(own - want) <= 1e-9 * (1 + want));
    }
    wuji_quantile_dispose(&fit);
    columns_free(&c);
  }
}

/* Rows enough that a sample and bands are made. */
static columns many(uint64_t seed, uint32_t n, uint32_t values) {
  columns c = columns_new(n, 3);
  for (uint32_t r = 0; r < n; r++) {
    double a = sample_normal(&seed);
    for (uint32_t t = 0; t < 3; t++) {
      double x = a + sample_normal(&seed);
      c.x[t][r] = values > 0 ? floor(x * values) : x;
      c.y[r] += 0.5 * c.x[t][r];
    }
    c.y[r] += (1 + fabs(a)) * sample_normal(&seed);
    if (values > 0) c.y[r] = floor(c.y[r] * values);
  }
  return c;
}

static void swap_rows(columns *c, uint32_t a, uint32_t b) {
  for (uint32_t t = 0; t <= c->terms; t++) {
    double *column = t < c->terms ? c->x[t] : c->y;
    double kept = column[a];
    column[a] = column[b];
    column[b] = kept;
  }
}

Test(quantile, shuffled_rows_and_more_threads_give_the_same_bytes) {
  for (uint32_t values = 0; values <= 4; values += 2) {
    columns c = many(values + 1, 12000, values);
    uint32_t *row = calloc(c.n, sizeof *row);
    uint64_t state = 7;
    wuji_quantile_fitted a = fit_columns(&c, 1);
    for (uint32_t r = 0; r < c.n; r++) row[r] = r;
    for (uint32_t r = c.n - 1; r > 0; r--) {
      uint32_t other = test_random(&state, r + 1);
      uint32_t kept = row[r];
      row[r] = row[other];
      row[other] = kept;
      swap_rows(&c, r, other);
    }
    wuji_quantile_fitted b = fit_columns(&c, 3);
    cr_assert_arr_eq(a.coefficient, b.coefficient, (size_t)a.taus * a.columns * sizeof(double));
    cr_assert_arr_eq(a.objective, b.objective, a.taus * sizeof(double));
    for (uint32_t r = 0; r < c.n; r++) cr_assert_eq(b.below[r], a.below[row[r]]);
    wuji_quantile_dispose(&a);
    wuji_quantile_dispose(&b);
    free(row);
    columns_free(&c);
  }
}

Test(quantile, without_terms_it_is_the_quantile) {
  columns c = columns_new(1000, 0);
  for (uint32_t r = 0; r < c.n; r++) c.y[r] = (r * 37) % 1000;
  wuji_quantile_fitted fit = fit_columns(&c, 1);
  for (uint32_t t = 0; t < TAU_COUNT; t++)
    cr_assert(fabs(fit.coefficient[t] - 1000 * TAUS[t]) <= 1, "%g", fit.coefficient[t]);
  wuji_quantile_dispose(&fit);
  columns_free(&c);
}

Test(quantile, two_valued_outcomes_and_dependent_columns_give_a_defined_result) {
  uint64_t state = 3;
  columns c = columns_new(5000, 3);
  for (uint32_t r = 0; r < c.n; r++) {
    c.x[0][r] = test_random(&state, 3);
    c.x[1][r] = 2 * c.x[0][r] + 1;
    c.x[2][r] = 7;
    c.y[r] = test_random(&state, 4) < c.x[0][r];
  }
  wuji_quantile_fitted fit = fit_columns(&c, 2);
  cr_assert_eq(fit.rank, 2);
  cr_assert(fit.kept[0] && fit.kept[1] && !fit.kept[2] && !fit.kept[3]);
  for (uint32_t t = 0; t < TAU_COUNT; t++) {
    cr_assert(fit.objective[t] >= 0);
    cr_assert_eq(fit.coefficient[(size_t)t * 4 + 2], 0);
  }
  wuji_quantile_dispose(&fit);
  columns_free(&c);
}

Test(quantile, an_outcome_that_never_varies_is_fitted_without_loss) {
  columns c = many(5, 3000, 0);
  for (uint32_t r = 0; r < c.n; r++) c.y[r] = 12;
  wuji_quantile_fitted fit = fit_columns(&c, 1);
  for (uint32_t t = 0; t < TAU_COUNT; t++) cr_assert(fit.objective[t] < 1e-6);
  wuji_quantile_dispose(&fit);
  columns_free(&c);
}

Test(quantile, what_is_no_quantile_regression_is_told) {
  double y[] = {1, 2, NAN};
  double tau[] = {0.5, 0.4};
  wuji_quantile_design design = {3, y, 0, NULL, 1, tau, false};
  wuji_quantile_fitted fit;
  wuji_error error = {0};
  cr_assert_eq(wuji_quantile_fit(&design, 1, &fit, &error), WUJI_REJECTED);
  y[2] = 3;
  design.taus = 2;
  cr_assert_eq(wuji_quantile_fit(&design, 1, &fit, &error), WUJI_REJECTED);
  design.taus = 1;
  tau[0] = 1;
  cr_assert_eq(wuji_quantile_fit(&design, 1, &fit, &error), WUJI_REJECTED);
  tau[0] = 0.5;
  design.n = 0;
  cr_assert_eq(wuji_quantile_fit(&design, 1, &fit, &error), WUJI_REJECTED);
  wuji_quantile_dispose(&fit);
}

/* splines::bs(x, knots = c(543, 580, 607, 636), Boundary.knots = c(120.7, 832.3)) of R 4.2 */
Test(spline, is_the_basis_of_R) {
  static const struct {
    double x;
    uint32_t first;
    double value[4];
  } wanted[] = {
      {492, 0, {0.065443248094348441, 0.39010385553777038, 0.54269153979651907, 0}},
      {607, 2, {0.16148233486943162, 0.786920926554043776, 0.051596738576524553, 0}},
      {731, 3, {0.093160024534833505, 0.378858333767474020, 0.41463467116458741, 0.11334697053310483}},
  };
  wuji_spline spline = {4, {543, 580, 607, 636}, 120.7, 832.3};
  cr_assert_eq(wuji_spline_columns(&spline), 7);
  for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
    double all[12] = {0};
    double want[12] = {0};
    uint32_t first = wuji_spline_at(&spline, wanted[k].x, all);
    memmove(all + first, all, 4 * sizeof *all);
    for (uint32_t c = 0; c < first; c++) all[c] = 0;
    memcpy(want + wanted[k].first, wanted[k].value, sizeof wanted[k].value);
    for (uint32_t c = 0; c < 7; c++)
      cr_assert(fabs(all[c] - want[c]) < 1e-14, "%g: column %u: %.17g, not %.17g", wanted[k].x, c, all[c],
                want[c]);
  }
}

Test(spline, knots_are_quantiles_and_equal_ones_are_merged) {
  double value[] = {10, 20, 30, 40, 110};
  uint32_t rows[] = {1, 1, 1, 1, 1};
  wuji_spline spline = wuji_spline_of(value, rows, 5);
  cr_assert_eq(spline.knots, 4);
  cr_assert(fabs(spline.low) < 1e-12 && fabs(spline.high - 120) < 1e-12);
  cr_assert(fabs(spline.knot[0] - 18) < 1e-12 && fabs(spline.knot[3] - 54) < 1e-12);
  rows[2] = 100;
  cr_assert_eq(wuji_spline_of(value, rows, 5).knots, 1);
  cr_assert_eq(wuji_spline_columns(&(wuji_spline){.low = 5, .high = 5}), 0);
}
