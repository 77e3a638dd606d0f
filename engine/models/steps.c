#include "models/steps.h"

#include <math.h>

/* Whether the data can tell the level's variance from any other. Two levels with the same groups can't be
 * told apart: the inner one is held, or the outer one where the inner has the slope. */
static void tell_levels(wuji_mixed_steps *steps, const wuji_nesting *nesting, bool with_slope) {
  for (uint32_t l = 0; l < nesting->levels; l++) {
    uint32_t occupied = nesting->level[l].occupied;
    if (occupied <= 1 || occupied == nesting->n) steps->told[l] = WUJI_MIXED_UNTELLABLE;
    if (l == 0 || occupied != nesting->level[l - 1].occupied) continue;
    bool inner_has_slope = with_slope && l == steps->slope_level;
    steps->told[inner_has_slope ? l - 1 : l] = WUJI_MIXED_UNTELLABLE;
  }
}

static void add_step(wuji_mixed_steps *steps, uint32_t level, uint32_t terms, uint32_t first,
                     uint32_t second) {
  steps->step[steps->count++] = (wuji_mixed_step){level, terms, {first, second}, steps->parameters};
  steps->parameters += terms;
}

wuji_status wuji_mixed_steps_make(wuji_mixed_steps *steps, const wuji_mixed_design *design,
                                  const wuji_nesting *nesting, const wuji_cross_products *sums,
                                  wuji_error *error) {
  *steps = (wuji_mixed_steps){0};
  bool with_slope = design->slope_column >= 0 && design->slope_level >= 0;
  if (with_slope) {
    steps->slope_level = (uint32_t)design->slope_level;
    for (uint32_t c = 1; c + 1 < sums->width; c++) {
      if (sums->column[c] == (uint32_t)design->slope_column) steps->slope_column = c;
    }
    if (steps->slope_column == 0)
      return wuji_fail(error, WUJI_REJECTED,
                       "the column of the random slope is constant or depends on those before it");
  }
  tell_levels(steps, nesting, with_slope);
  for (uint32_t l = nesting->levels; l-- > 0;) {
    if (steps->told[l] == WUJI_MIXED_UNTELLABLE) continue;
    if (with_slope && l == steps->slope_level) {
      add_step(steps, l, 1, steps->slope_column, 0);
      add_step(steps, l, 2, 0, steps->slope_column);
    } else {
      add_step(steps, l, 1, 0, 0);
    }
  }
  return WUJI_OK;
}

/* A'(i, j) = A(i, j) − f·w(i)·w(j), the common case by itself: the numbers of an innermost group don't depend
 * on parameters yet, and one random effect on column c has w = θ·a, a = A(·, c). */
static void first_step(const wuji_mixed_step *step, double theta, uint32_t width, const double *matrix,
                       double *out, double *logdet) {
  uint32_t c = step->column[0];
  double s = matrix[wuji_pair(c, c)];
  double d = 1 + theta * theta * s;
  double f = theta * theta / d; /* θ² / (1 + θ²s) and its derivatives by θ */
  double f1 = 2 * theta / (d * d);
  double f2 = (2 - 6 * theta * theta * s) / (d * d * d);
  logdet[0] += log(d);
  logdet[1] += 2 * theta * s / d;
  logdet[2] += 2 * s * (1 - theta * theta * s) / (d * d);
  for (uint32_t i = 0; i < width; i++) {
    double ai = matrix[wuji_pair(i, c)];
    for (uint32_t j = 0; j <= i; j++) {
      double product = ai * matrix[wuji_pair(j, c)];
      double *to = out + 3 * wuji_pair(i, j);
      to[0] = matrix[wuji_pair(i, j)] - f * product;
      to[1] = -f1 * product;
      to[2] = -f2 * product;
    }
  }
  for (uint32_t i = 0; i < width; i++) { /* without the cancellation of s − f·s² in a large group */
    out[3 * wuji_pair(i, c)] = matrix[wuji_pair(i, c)] / d;
  }
}

/* `to` += θ·x, where θ is parameter `a` of k and x depends on the first `old` ones only. */
static void add_theta_times(uint32_t old, uint32_t a, double theta, const double *x, double *to) {
  for (uint32_t i = 0; i < wuji_jet_size(old); i++) to[i] += theta * x[i];
  double *by_a = to + wuji_jet_at(a, 0);
  for (uint32_t b = 0; b <= old; b++) by_a[b] += x[wuji_jet_at(b, 0)];
}

/* w = A·c. */
static void multiply_jets(const wuji_mixed_step *step, const double *theta, uint32_t width, uint32_t k,
                          const double *matrix, double *w) {
  uint32_t size = wuji_jet_size(k);
  uint32_t wide = wuji_jet_size(k + step->terms);
  memset(w, 0, (size_t)width * wide * sizeof *w);
  for (uint32_t i = 0; i < width; i++) {
    for (uint32_t t = 0; t < step->terms; t++)
      add_theta_times(k, step->parameter + t + 1, theta[step->parameter + t],
                      matrix + wuji_pair(i, step->column[t]) * size, w + (size_t)i * wide);
  }
}

/* θ as a jet over k parameters. */
static void theta_jet(uint32_t k, uint32_t a, double theta, double *out) {
  memset(out, 0, wuji_jet_size(k) * sizeof *out);
  out[0] = theta;
  out[wuji_jet_at(a, 0)] = 1;
}

void wuji_mixed_step_jets(const wuji_mixed_step *step, const double *theta, uint32_t width, uint32_t k,
                          const double *matrix, double *w, double *out, double *logdet) {
  if (k == 0 && step->terms == 1) {
    first_step(step, theta[step->parameter], width, matrix, out, logdet);
    return;
  }
  uint32_t all = k + step->terms;
  uint32_t wide = wuji_jet_size(all);
  double one[WUJI_JET_MOST];
  double part[WUJI_JET_MOST];
  double d[WUJI_JET_MOST] = {1}; /* 1 + c'Ac */
  double f[WUJI_JET_MOST];
  multiply_jets(step, theta, width, k, matrix, w);
  for (uint32_t t = 0; t < step->terms; t++) {
    theta_jet(all, step->parameter + t + 1, theta[step->parameter + t], one);
    wuji_jet_multiply(all, one, w + (size_t)step->column[t] * wide, part);
    wuji_jet_add(all, part, d);
  }
  wuji_jet_apply(all, d, log(d[0]), 1 / d[0], -1 / (d[0] * d[0]), part);
  wuji_jet_add(all, part, logdet);
  wuji_jet_apply(all, d, 1 / d[0], -1 / (d[0] * d[0]), 2 / (d[0] * d[0] * d[0]), f);
  for (uint32_t i = 0; i < width; i++) {
    wuji_jet_multiply(all, f, w + (size_t)i * wide, part);
    for (uint32_t j = 0; j <= i; j++) {
      double *to = out + wuji_pair(i, j) * wide;
      wuji_jet_widen(k, matrix + wuji_pair(i, j) * wuji_jet_size(k), all, to);
      wuji_jet_subtract_product(all, part, w + (size_t)j * wide, to);
    }
  }
  for (uint32_t i = 0; step->terms == 1 && i < width; i++) { /* A − f·θ²·A·A = f·A, without cancellation */
    size_t at = wuji_pair(i, step->column[0]);
    wuji_jet_widen(k, matrix + at * wuji_jet_size(k), all, part);
    wuji_jet_multiply(all, f, part, out + at * wide);
  }
}

void wuji_mixed_step_values(const wuji_mixed_step *step, const double *theta, uint32_t width, double *matrix,
                            double *w, double *f) {
  double d = 1;
  for (uint32_t i = 0; i < width; i++) {
    w[i] = 0;
    for (uint32_t t = 0; t < step->terms; t++)
      w[i] += theta[step->parameter + t] * matrix[wuji_pair(i, step->column[t])];
  }
  for (uint32_t t = 0; t < step->terms; t++) d += theta[step->parameter + t] * w[step->column[t]];
  *f = 1 / d;
  uint32_t c = step->column[0];
  for (uint32_t i = 0; i < width; i++) {
    for (uint32_t j = 0; j <= i; j++) {
      double *to = matrix + wuji_pair(i, j);
      bool on_column = step->terms == 1 && (i == c || j == c);
      *to = on_column ? *to / d : *to - w[i] * w[j] / d;
    }
  }
}
