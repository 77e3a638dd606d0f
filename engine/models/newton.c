#include "models/newton.h"

#include <math.h>

enum { MOST_STEPS = 200, MOST_SWEEPS = 50, MOST_HALVINGS = 50 };

typedef struct eigen {
  double value[WUJI_MOST_PARAMETERS];
  double vector[WUJI_MOST_PARAMETERS][WUJI_MOST_PARAMETERS]; /* column e belongs to value e */
} eigen;

/* One Jacobi rotation that makes a[p][q] zero (Golub & Van Loan 2013, algorithm 8.5.1). */
static void rotate(double a[][WUJI_MOST_PARAMETERS], eigen *e, uint32_t k, uint32_t p, uint32_t q) {
  double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  double t = (tau >= 0 ? 1 : -1) / (fabs(tau) + sqrt(1 + tau * tau));
  double c = 1 / sqrt(1 + t * t);
  double s = t * c;
  for (uint32_t i = 0; i < k; i++) {
    double x = a[i][p];
    a[i][p] = c * x - s * a[i][q];
    a[i][q] = s * x + c * a[i][q];
    x = e->vector[i][p];
    e->vector[i][p] = c * x - s * e->vector[i][q];
    e->vector[i][q] = s * x + c * e->vector[i][q];
  }
  for (uint32_t i = 0; i < k; i++) {
    double x = a[p][i];
    a[p][i] = c * x - s * a[q][i];
    a[q][i] = s * x + c * a[q][i];
  }
  a[p][q] = 0;
  a[q][p] = 0;
}

static void find_eigen(const double *jet, uint32_t k, eigen *e) {
  double a[WUJI_MOST_PARAMETERS][WUJI_MOST_PARAMETERS] = {{0}};
  *e = (eigen){0};
  for (uint32_t i = 0; i < k; i++) {
    e->vector[i][i] = 1;
    for (uint32_t j = 0; j <= i; j++) {
      a[i][j] = jet[wuji_jet_at(i + 1, j + 1)];
      a[j][i] = a[i][j];
    }
  }
  for (uint32_t sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    bool diagonal = true;
    for (uint32_t p = 0; p < k; p++) {
      for (uint32_t q = p + 1; q < k; q++) {
        if (fabs(a[p][q]) <= 1e-16 * (fabs(a[p][p]) + fabs(a[q][q]))) continue;
        diagonal = false;
        rotate(a, e, k, p, q);
      }
    }
    if (diagonal) break;
  }
  for (uint32_t i = 0; i < k; i++) e->value[i] = a[i][i];
}

/* −|H|⁻¹·g. Returns the slope of the function along it, which is not positive. */
static double find_direction(const double *jet, uint32_t k, const eigen *e, double *step) {
  double largest = 0;
  double slope = 0;
  for (uint32_t i = 0; i < k; i++) largest = fmax(largest, fabs(e->value[i]));
  for (uint32_t i = 0; i < k; i++) step[i] = 0;
  for (uint32_t v = 0; v < k && largest > 0; v++) {
    double along = 0;
    for (uint32_t i = 0; i < k; i++) along += e->vector[i][v] * jet[wuji_jet_at(i + 1, 0)];
    double length = along / fmax(fabs(e->value[v]), 1e-12 * largest);
    for (uint32_t i = 0; i < k; i++) step[i] -= length * e->vector[i][v];
    slope -= along * length;
  }
  return slope;
}

/* No parameter goes further than about twice itself at once: derivatives tell nothing about what lies beyond.
 */
static double cut_to_size(const double *theta, uint32_t k, double *step) {
  double longest = 0;
  for (uint32_t i = 0; i < k; i++) longest = fmax(longest, fabs(step[i]) / (fabs(theta[i]) + 0.1));
  double share = longest > 2 ? 2 / longest : 1;
  for (uint32_t i = 0; i < k; i++) step[i] *= share;
  return share;
}

static bool is_settled(const double *theta, const double *step, uint32_t k) {
  bool settled = true;
  for (uint32_t i = 0; i < k; i++) settled &= fabs(step[i]) <= 1e-10 * (fabs(theta[i]) + 0.1);
  return settled;
}

/* Where the gradient is 0 but the function bends downwards: a push along the steepest bend. */
static bool leave_saddle(const eigen *e, uint32_t k, double *step) {
  uint32_t lowest = 0;
  double largest = 0;
  for (uint32_t i = 0; i < k; i++) {
    if (e->value[i] < e->value[lowest]) lowest = i;
    largest = fmax(largest, fabs(e->value[i]));
  }
  if (!(e->value[lowest] < -1e-9 * largest)) return false;
  for (uint32_t i = 0; i < k; i++) step[i] = 0.1 * e->vector[i][lowest];
  return true;
}

/* Goes along `step`, half as far each time, until the function has fallen by a part of what `slope` promises;
 * near the minimum, where that is lost in rounding, it need not rise. False if it rises however short the
 * step. */
static bool go(wuji_objective objective, void *context, uint32_t k, double *theta, double *jet,
               const double *step, double slope) {
  double next[WUJI_JET_MOST];
  double to[WUJI_MOST_PARAMETERS];
  double share = 1;
  for (uint32_t halving = 0; halving < MOST_HALVINGS; halving++, share /= 2) {
    for (uint32_t i = 0; i < k; i++) to[i] = theta[i] + share * step[i];
    if (!objective(context, to, next)) continue;
    if (next[0] > jet[0] + 1e-4 * share * slope + 1e-12 * fabs(jet[0]) + 1e-9) continue;
    memcpy(theta, to, k * sizeof *theta);
    memcpy(jet, next, wuji_jet_size(k) * sizeof *jet);
    return true;
  }
  return false;
}

/* Whether a parameter lies beyond `most`. */
static bool is_far(const double *theta, uint32_t k, double most) {
  bool far = false;
  for (uint32_t i = 0; i < k; i++) far |= !(fabs(theta[i]) < most);
  return far;
}

wuji_newton_end wuji_newton_minimise(wuji_objective objective, void *context, uint32_t k, double *theta,
                                     double *jet) {
  if (!objective(context, theta, jet)) return WUJI_NEWTON_NO_VALUE;
  for (uint32_t count = 0; count < MOST_STEPS; count++) {
    eigen e;
    double step[WUJI_MOST_PARAMETERS];
    find_eigen(jet, k, &e);
    double slope = find_direction(jet, k, &e, step);
    slope *= cut_to_size(theta, k, step);
    if (is_settled(theta, step, k)) {
      if (!leave_saddle(&e, k, step)) return WUJI_NEWTON_FOUND;
      slope = 0;
    }
    if (!go(objective, context, k, theta, jet, step, slope)) break;
    if (is_far(theta, k, 1e5)) return WUJI_NEWTON_RUNAWAY;
  }
  return is_far(theta, k, 1e4) ? WUJI_NEWTON_RUNAWAY : WUJI_NEWTON_LOST;
}
