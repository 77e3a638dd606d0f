/* A mixed model as a chain of steps: each integrates one random effect of every group of a level out,
 * innermost level first. A random effect v of unit relative variance adds c·v to the coefficients of its
 * rows: c = θ on the intercept's column for a random intercept; with a random slope the factors (θ11, θ21)
 * and (0, θ22) of the relative covariance's Cholesky root, as lme4's. */
#ifndef WUJI_MODELS_STEPS_H
#define WUJI_MODELS_STEPS_H

#include "models/cross_products.h"
#include "models/jet.h"

typedef struct wuji_mixed_step {
  uint32_t level;
  uint32_t terms;     /* columns that c touches: 1 or 2 */
  uint32_t column[2]; /* of the cross-products */
  uint32_t parameter; /* index of the first one's θ; the other's follows */
} wuji_mixed_step;

typedef struct wuji_mixed_steps {
  uint32_t count;
  uint32_t parameters;
  wuji_mixed_step step[WUJI_MIXED_LEVELS + 1]; /* in the order in which they are done */
  wuji_mixed_told told[WUJI_MIXED_LEVELS];     /* ESTIMATED or UNTELLABLE; an untellable level has no step */
  uint32_t slope_column;                       /* of the cross-products; 0: no random slope */
  uint32_t slope_level;
} wuji_mixed_steps;

/** Which steps the levels of `design` need. WUJI_REJECTED: the slope's column is constant or was left out. */
WUJI_CHECKED wuji_status wuji_mixed_steps_make(wuji_mixed_steps *steps, const wuji_mixed_design *design,
                                               const wuji_nesting *nesting, const wuji_cross_products *sums,
                                               wuji_error *error);

/** A step on a matrix whose entries are jets over `k` parameters, into `out` over k + terms. Adds log(1 +
 * c'Ac) to `logdet`. `w` is room for width jets over k + terms. */
void wuji_mixed_step_jets(const wuji_mixed_step *step, const double *theta, uint32_t width, uint32_t k,
                          const double *matrix, double *w, double *out, double *logdet);

/** The same without derivatives, in place. Leaves w = A·c [width] and f = 1 / (1 + c'Ac). */
void wuji_mixed_step_values(const wuji_mixed_step *step, const double *theta, uint32_t width, double *matrix,
                            double *w, double *f);

#endif
