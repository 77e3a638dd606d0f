/* A number with its first and second derivatives by k parameters, carried through sums and products exactly
 * as the chain rule says; so a likelihood brings its own gradient and Hessian (forward differentiation;
 * Griewank & Walther 2008, ch. 13).
 *
 * Packed like a symmetric matrix of k + 1 rows: [0] the value, place (a, 0) the derivative by parameter a = 1
 * … k, place (a, b) the second one. Parameters added later only lengthen it. */
#ifndef WUJI_MODELS_JET_H
#define WUJI_MODELS_JET_H

#include <stdint.h>
#include <string.h>

enum {
  WUJI_MOST_PARAMETERS = 10,
  WUJI_JET_MOST = (WUJI_MOST_PARAMETERS + 1) * (WUJI_MOST_PARAMETERS + 2) / 2
};

static inline uint32_t wuji_jet_size(uint32_t k) {
  return (k + 1) * (k + 2) / 2;
}

/** Place of the derivative by a and b, a ≥ b; b = 0 is the first derivative by a. */
static inline uint32_t wuji_jet_at(uint32_t a, uint32_t b) {
  return a * (a + 1) / 2 + b;
}

/** `out` = x · y, all over k parameters; `out` is neither. */
static inline void wuji_jet_multiply(uint32_t k, const double *x, const double *y, double *out) {
  out[0] = x[0] * y[0];
  for (uint32_t a = 1; a <= k; a++) {
    const double *xa = x + wuji_jet_at(a, 0);
    const double *ya = y + wuji_jet_at(a, 0);
    double *to = out + wuji_jet_at(a, 0);
    to[0] = xa[0] * y[0] + x[0] * ya[0];
    for (uint32_t b = 1; b <= a; b++) {
      double xb = x[wuji_jet_at(b, 0)];
      double yb = y[wuji_jet_at(b, 0)];
      to[b] = xa[b] * y[0] + xa[0] * yb + xb * ya[0] + x[0] * ya[b];
    }
  }
}

/** `out` = g(x), where g, its derivative and its second derivative at x[0] are value, first, second. */
static inline void wuji_jet_apply(uint32_t k, const double *x, double value, double first, double second,
                                  double *out) {
  out[0] = value;
  for (uint32_t a = 1; a <= k; a++) {
    const double *xa = x + wuji_jet_at(a, 0);
    double *to = out + wuji_jet_at(a, 0);
    to[0] = first * xa[0];
    for (uint32_t b = 1; b <= a; b++) to[b] = first * xa[b] + second * xa[0] * x[wuji_jet_at(b, 0)];
  }
}

/** `to` += x. */
static inline void wuji_jet_add(uint32_t k, const double *x, double *to) {
  for (uint32_t i = 0; i < wuji_jet_size(k); i++) to[i] += x[i];
}

/** `to` −= x · y. */
static inline void wuji_jet_subtract_product(uint32_t k, const double *x, const double *y, double *to) {
  double product[WUJI_JET_MOST];
  wuji_jet_multiply(k, x, y, product);
  for (uint32_t i = 0; i < wuji_jet_size(k); i++) to[i] -= product[i];
}

/** Copies a jet over k parameters into one over `more`; the new derivatives are 0. */
static inline void wuji_jet_widen(uint32_t k, const double *x, uint32_t more, double *to) {
  memcpy(to, x, wuji_jet_size(k) * sizeof *to);
  memset(to + wuji_jet_size(k), 0, (wuji_jet_size(more) - wuji_jet_size(k)) * sizeof *to);
}

#endif
