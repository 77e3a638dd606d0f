/* The profiled deviance of a mixed model: −2 log likelihood with β and σ² at their best, as a function of the
 * relative deviations θ alone (Bates, Mächler, Bolker & Walker 2015, eq. 34 and 41), with gradient and
 * Hessian.
 *
 * Groups are integrated out from the innermost level outwards, each by a rank-one step on the cross-products
 * of its rows, so that one evaluation costs groups · columns².  (statistics.md#mixed-models) */
#ifndef WUJI_MODELS_PROFILE_H
#define WUJI_MODELS_PROFILE_H

#include "models/steps.h"

typedef struct wuji_profile {
  const wuji_nesting *nesting;
  const wuji_cross_products *sums;
  const wuji_mixed_steps *steps;
  bool ml;
  double *level[WUJI_MIXED_LEVELS]; /* [groups][pairs] jets of all but the innermost level */
  double *root;                     /* [pairs] jets */
  double *one;                      /* [2][pairs] jets of one group */
  double *w;                        /* [width] jets */
} wuji_profile;

/** Memory is of `arena`; the rest is borrowed. */
WUJI_CHECKED wuji_status wuji_profile_make(wuji_profile *profile, const wuji_nesting *nesting,
                                           const wuji_cross_products *sums, const wuji_mixed_steps *steps,
                                           bool ml, wuji_arena *arena, wuji_error *error);

/** The deviance at θ without its constants, as a jet over all parameters. False where there is none: the
 * residual sum of squares is lost in rounding. */
bool wuji_profile_deviance(wuji_profile *profile, const double *theta, double *jet);

/** Degrees of freedom of σ²: n, for REML less the columns. */
double wuji_profile_freedom(const wuji_profile *profile);

#endif
