/* Effects and their errors against the textbook's formulas with whole matrices: given the variances and fixed
 * effects, b = D·Z'·V⁻¹·(y − X·β) and its covariance D − D·Z'·V⁻¹·Z·D, V = Z·D·Z' + σ²·I; an effect is the
 * contrast k'·A·b of it, A adding what lies above each node. */
#include "growth_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { MOST = 700 };

typedef struct dense {
  const growth_exam *made;
  wuji_growth_model model;
  uint32_t n;     /* cases */
  uint32_t nodes; /* with an effect of their own */
  int32_t node[MOST];
  uint32_t row[MOST];
  double *inverse;   /* n × n: V⁻¹ */
  double *d;         /* nodes: variances */
  double *mean;      /* nodes: b */
  double *cov;       /* nodes × nodes */
  double left[MOST]; /* y − X·β */
} dense;

static bool is_random(int level) {
  return level == WUJI_SCHOOL || level == WUJI_CLASS;
}

static bool sits_in(const dense *x, uint32_t i, uint32_t k) {
  const wuji_node *node = &x->made->exam.cohort->nodes[x->node[k]];
  return x->row[i] >= node->rows.row0 && x->row[i] < node->rows.row1;
}

/* Gauss and Jordan, with the largest pivot; `a` is lost. */
static void invert(double *a, double *inverse, uint32_t n) {
  for (uint32_t i = 0; i < n * n; i++) inverse[i] = i % (n + 1) == 0;
  for (uint32_t c = 0; c < n; c++) {
    uint32_t pivot = c;
    for (uint32_t r = c; r < n; r++) pivot = fabs(a[r * n + c]) > fabs(a[pivot * n + c]) ? r : pivot;
    for (uint32_t k = 0; k < n; k++) {
      double t = a[c * n + k];
      a[c * n + k] = a[pivot * n + k];
      a[pivot * n + k] = t;
      t = inverse[c * n + k];
      inverse[c * n + k] = inverse[pivot * n + k];
      inverse[pivot * n + k] = t;
    }
    double by = 1 / a[c * n + c];
    for (uint32_t k = 0; k < n; k++) {
      a[c * n + k] *= by;
      inverse[c * n + k] *= by;
    }
    for (uint32_t r = 0; r < n; r++) {
      double f = a[r * n + c];
      if (r == c || f == 0) continue;
      for (uint32_t k = 0; k < n; k++) {
        a[r * n + k] -= f * a[c * n + k];
        inverse[r * n + k] -= f * inverse[c * n + k];
      }
    }
  }
}

static void gather(dense *x) {
  const wuji_cohort *cohort = x->made->exam.cohort;
  for (int32_t k = 0; k < cohort->node_count; k++) {
    if (is_random(cohort->nodes[k].level)) x->node[x->nodes++] = k;
  }
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    if (!isnan(growth_exam_outcome(x->made)->expected[row])) x->row[x->n++] = row;
  }
  cr_assert(x->n > 0 && x->n <= MOST && x->nodes <= MOST);
  for (uint32_t i = 0; i < x->n; i++) {
    double a = cohort->priors[x->row[i]];
    double b = cohort->priors[cohort->row_count + x->row[i]];
    x->left[i] = cohort->papers[0].raw[x->row[i]] - growth_exam_term(x->made, x->model, "(Intercept)") -
                 growth_exam_term(x->made, x->model, "a") * a - growth_exam_term(x->made, x->model, "b") * b;
  }
}

/* b and its covariance. */
static void solve(dense *x) {
  uint32_t n = x->n;
  uint32_t q = x->nodes;
  double *v = calloc((size_t)n * n, sizeof *v);
  double *dz = calloc((size_t)q * n, sizeof *dz);   /* D·Z' */
  double *dzi = calloc((size_t)q * n, sizeof *dzi); /* D·Z'·V⁻¹ */
  x->inverse = calloc((size_t)n * n, sizeof *x->inverse);
  x->d = calloc(q, sizeof *x->d);
  x->mean = calloc(q, sizeof *x->mean);
  x->cov = calloc((size_t)q * q, sizeof *x->cov);
  for (uint32_t k = 0; k < q; k++) {
    int level = x->made->exam.cohort->nodes[x->node[k]].level;
    x->d[k] = growth_exam_term(x->made, x->model, wuji_level_names[level]);
    for (uint32_t i = 0; i < n; i++) dz[k * n + i] = sits_in(x, i, k) ? x->d[k] : 0;
  }
  for (uint32_t i = 0; i < n; i++) {
    v[i * n + i] = growth_exam_term(x->made, x->model, "Residual");
    for (uint32_t j = 0; j < n; j++) {
      for (uint32_t k = 0; k < q; k++) v[i * n + j] += sits_in(x, j, k) ? dz[k * n + i] : 0;
    }
  }
  invert(v, x->inverse, n);
  for (uint32_t k = 0; k < q; k++) {
    for (uint32_t j = 0; j < n; j++) {
      for (uint32_t i = 0; i < n; i++) dzi[k * n + j] += dz[k * n + i] * x->inverse[i * n + j];
      x->mean[k] += dzi[k * n + j] * x->left[j];
    }
    for (uint32_t m = 0; m < q; m++) {
      double sum = k == m ? x->d[k] : 0;
      for (uint32_t j = 0; j < n; j++) sum -= dzi[k * n + j] * dz[m * n + j];
      x->cov[k * q + m] = sum;
    }
  }
  free(v);
  free(dz);
  free(dzi);
}

/* The contrast of node `k`: itself and what lies above it, less the same of its level weighed by n. */
static void contrast(const dense *x, uint32_t k, double *weights) {
  const wuji_node *nodes = x->made->exam.cohort->nodes;
  const uint32_t *n = growth_exam_outcome(x->made)->n;
  int level = nodes[x->node[k]].level;
  for (uint32_t m = 0; m < x->nodes; m++) {
    weights[m] = 0;
    for (uint32_t j = 0; j < x->nodes; j++) {
      bool above = x->node[m] <= x->node[j] && x->node[j] < nodes[x->node[m]].end;
      if (!above || nodes[x->node[j]].level != level) continue;
      weights[m] -= (double)n[x->node[j]] / (double)x->n;
      weights[m] += j == k;
    }
  }
}

static void compare(const dense *x) {
  const wuji_growth_effect *effects = growth_exam_outcome(x->made)->effects[x->model];
  for (uint32_t k = 0; k < x->nodes; k++) {
    double weights[MOST];
    double effect = 0;
    double variance = 0;
    contrast(x, k, weights);
    for (uint32_t m = 0; m < x->nodes; m++) {
      effect += weights[m] * x->mean[m];
      for (uint32_t j = 0; j < x->nodes; j++) variance += weights[m] * weights[j] * x->cov[m * x->nodes + j];
    }
    const wuji_growth_effect *e = &effects[x->node[k]];
    cr_expect_float_eq(e->own, x->mean[k], 1e-8);
    cr_expect_float_eq(e->own_se, sqrt(x->cov[k * x->nodes + k]), 1e-8);
    cr_expect_float_eq(e->effect, effect, 1e-8);
    cr_expect_float_eq(e->se, sqrt(variance), 1e-8);
  }
}

Test(growth, effects_and_errors_equal_the_conditional_distribution_of_whole_matrices) {
  growth_exam made;
  growth_exam_schools(&made, 8, 3, 6, 5);
  growth_exam_grow(&made, 2);
  dense x = {.made = &made, .model = WUJI_HLM};
  gather(&x);
  cr_assert_gt(growth_exam_term(&made, WUJI_HLM, "school"), 0);
  cr_assert_gt(growth_exam_term(&made, WUJI_HLM, "class"), 0);
  solve(&x);
  compare(&x);
  free(x.inverse);
  free(x.d);
  free(x.mean);
  free(x.cov);
  growth_exam_free(&made);
}
