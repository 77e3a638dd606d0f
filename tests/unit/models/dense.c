#include "dense.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

struct dense {
  const wuji_mixed_design *design;
  uint32_t n, p, q;  /* rows, columns, random effects */
  uint32_t first[4]; /* of each level among the random effects */
  uint32_t slopes;   /* first slope */
  double *z;         /* n × q */
  double *prior;     /* q × q covariance */
  double *v;         /* n × n: its inverse */
  double *beta, *beta_covariance;
  double *mean, *covariance; /* of the random effects */
  double loglik;
};

static double *matrix(uint32_t rows, uint32_t columns) {
  double *m = calloc((size_t)rows * columns + 1, sizeof *m);
  cr_assert_not_null(m);
  return m;
}

/* a (n × n, symmetric, positive definite) becomes its inverse; its log determinant is returned. Gauss–Jordan.
 */
static double invert(double *a, uint32_t n) {
  double logdet = 0;
  for (uint32_t k = 0; k < n; k++) {
    double pivot = a[k * n + k];
    cr_assert_gt(pivot, 0);
    logdet += log(pivot);
    a[k * n + k] = 1;
    for (uint32_t j = 0; j < n; j++) a[k * n + j] /= pivot;
    for (uint32_t i = 0; i < n; i++) {
      if (i == k) continue;
      double share = a[i * n + k];
      a[i * n + k] = 0;
      for (uint32_t j = 0; j < n; j++) a[i * n + j] -= share * a[k * n + j];
    }
  }
  return logdet;
}

/* out (ra × cb) = a (ra × ca) · b (ca × cb); `ta`: a is stored ca × ra. */
static double *product(const double *a, bool ta, const double *b, uint32_t ra, uint32_t ca, uint32_t cb) {
  double *out = matrix(ra, cb);
  for (uint32_t i = 0; i < ra; i++) {
    for (uint32_t k = 0; k < ca; k++) {
      double x = ta ? a[k * ra + i] : a[i * ca + k];
      for (uint32_t j = 0; j < cb; j++) out[i * cb + j] += x * b[k * cb + j];
    }
  }
  return out;
}

static void fill_effects(dense *d, const wuji_mixed_fitted *fit) {
  const wuji_mixed_design *design = d->design;
  for (uint32_t l = 0; l < design->levels; l++) {
    d->first[l] = d->q;
    d->q += design->level[l].groups;
  }
  d->slopes = d->q;
  if (design->slope_level >= 0) d->q += design->level[design->slope_level].groups;
  d->z = matrix(d->n, d->q);
  d->prior = matrix(d->q, d->q);
  for (uint32_t l = 0; l < design->levels; l++) {
    for (uint32_t r = 0; r < d->n; r++) d->z[r * d->q + d->first[l] + design->level[l].group[r]] = 1;
    for (uint32_t g = 0; g < design->level[l].groups; g++)
      d->prior[(d->first[l] + g) * (d->q + 1)] = fit->level[l].variance;
  }
  if (design->slope_level < 0) return;
  uint32_t l = (uint32_t)design->slope_level;
  const double *x = design->x + (size_t)design->slope_column * d->n;
  for (uint32_t r = 0; r < d->n; r++) d->z[r * d->q + d->slopes + design->level[l].group[r]] = x[r];
  for (uint32_t g = 0; g < design->level[l].groups; g++) {
    uint32_t a = d->first[l] + g;
    uint32_t b = d->slopes + g;
    d->prior[b * (d->q + 1)] = fit->level[l].slope_variance;
    d->prior[a * d->q + b] = fit->level[l].slope_covariance;
    d->prior[b * d->q + a] = fit->level[l].slope_covariance;
  }
}

static void predict(dense *d, const double *rest) {
  double *gz = product(d->z, true, d->v, d->q, d->n, d->n); /* Z'V⁻¹ */
  double *g = product(d->prior, false, gz, d->q, d->q, d->n);
  d->mean = product(g, false, rest, d->q, d->n, 1);
  double *zg = product(d->z, false, d->prior, d->n, d->q, d->q);
  d->covariance = product(g, false, zg, d->q, d->n, d->q);
  for (uint32_t i = 0; i < d->q * d->q; i++) d->covariance[i] = d->prior[i] - d->covariance[i];
  free(gz);
  free(g);
  free(zg);
}

dense *dense_make(const wuji_mixed_design *design, const wuji_mixed_fitted *fit) {
  dense *d = calloc(1, sizeof *d);
  cr_assert_not_null(d);
  d->design = design;
  d->n = design->n;
  d->p = design->columns;
  fill_effects(d, fit);
  double *zg = product(d->z, false, d->prior, d->n, d->q, d->q);
  double *zt = matrix(d->q, d->n);
  for (uint32_t i = 0; i < d->n; i++)
    for (uint32_t j = 0; j < d->q; j++) zt[j * d->n + i] = d->z[i * d->q + j];
  d->v = product(zg, false, zt, d->n, d->q, d->n);
  for (uint32_t i = 0; i < d->n; i++) d->v[i * (d->n + 1)] += fit->residual_variance;
  double logdet = invert(d->v, d->n);
  double *x = matrix(d->n, d->p);
  for (uint32_t i = 0; i < d->n; i++)
    for (uint32_t j = 0; j < d->p; j++) x[i * d->p + j] = design->x[(size_t)j * d->n + i];
  double *xv = product(x, true, d->v, d->p, d->n, d->n);
  d->beta_covariance = product(xv, false, x, d->p, d->n, d->p);
  double logdet_x = invert(d->beta_covariance, d->p);
  double *xy = product(xv, false, design->y, d->p, d->n, 1);
  d->beta = product(d->beta_covariance, false, xy, d->p, d->p, 1);
  double *rest = product(x, false, d->beta, d->n, d->p, 1);
  for (uint32_t i = 0; i < d->n; i++) rest[i] = design->y[i] - rest[i];
  double *vr = product(d->v, false, rest, d->n, d->n, 1);
  double square = 0;
  for (uint32_t i = 0; i < d->n; i++) square += rest[i] * vr[i];
  double freedom = design->ml ? d->n : d->n - d->p;
  d->loglik = -0.5 * (freedom * log(2 * acos(-1.0)) + logdet + (design->ml ? 0 : logdet_x) + square);
  predict(d, rest);
  free(zg);
  free(zt);
  free(x);
  free(xv);
  free(xy);
  free(rest);
  free(vr);
  return d;
}

void dense_free(dense *d) {
  free(d->z);
  free(d->prior);
  free(d->v);
  free(d->beta);
  free(d->beta_covariance);
  free(d->mean);
  free(d->covariance);
  free(d);
}

double dense_fixed(const dense *d, uint32_t column) {
  return d->beta[column];
}

double dense_fixed_se(const dense *d, uint32_t column) {
  return sqrt(d->beta_covariance[column * (d->p + 1)]);
}

double dense_loglik(const dense *d) {
  return d->loglik;
}

void dense_own(const dense *d, uint32_t level, uint32_t group, bool slope, double *own, double *se) {
  uint32_t at = (slope ? d->slopes : d->first[level]) + group;
  *own = d->mean[at];
  *se = sqrt(d->covariance[at * (d->q + 1)]);
}

void dense_effect(const dense *d, uint32_t level, uint32_t group, double *effect, double *se) {
  const wuji_mixed_level *of = &d->design->level[level];
  double *a = matrix(d->q, 1);
  bool found = false;
  for (uint32_t r = 0; r < d->n; r++) {
    for (uint32_t l = 0; l <= level; l++) {
      uint32_t at = d->first[l] + d->design->level[l].group[r];
      a[at] -= 1.0 / d->n; /* Σ n·s / Σ n is the mean over the rows */
      if (!found && of->group[r] == group) a[at] += 1;
    }
    found |= of->group[r] == group;
  }
  double variance = 0;
  *effect = 0;
  for (uint32_t i = 0; i < d->q; i++) {
    *effect += a[i] * d->mean[i];
    for (uint32_t j = 0; j < d->q; j++) variance += a[i] * d->covariance[i * d->q + j] * a[j];
  }
  *se = sqrt(fmax(variance, 0));
  free(a);
}

double dense_fitted(const dense *d, uint32_t row) {
  double fit = 0;
  for (uint32_t j = 0; j < d->p; j++) fit += d->design->x[(size_t)j * d->n + row] * d->beta[j];
  for (uint32_t j = 0; j < d->q; j++) fit += d->z[row * d->q + j] * d->mean[j];
  return fit;
}
