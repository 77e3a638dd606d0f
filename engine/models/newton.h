/* Newton's method for a few parameters, with exact derivatives. */
#ifndef WUJI_MODELS_NEWTON_H
#define WUJI_MODELS_NEWTON_H

#include "base/status.h"
#include "models/jet.h"

/** The function to be minimised, its gradient and Hessian at θ as a jet; false where it has no value. */
typedef bool (*wuji_objective)(void *context, const double *theta, double *jet);

typedef enum wuji_newton_end {
  WUJI_NEWTON_FOUND,
  WUJI_NEWTON_NO_VALUE, /* nowhere to start from */
  WUJI_NEWTON_RUNAWAY,  /* a parameter beyond 1e5: it falls for ever */
  WUJI_NEWTON_LOST      /* no minimum within the steps allowed */
} wuji_newton_end;

/** Moves `theta` [k] to a minimum nearby, within about 1e-10 of each parameter; `jet` is the function there.
 * The Hessian's negative eigenvalues are turned round and steps are cut back until the function falls
 * (Nocedal & Wright 2006, section 3.4), so that a saddle, such as a variance of 0 that wants to grow, is
 * left. */
wuji_newton_end wuji_newton_minimise(wuji_objective objective, void *context, uint32_t k, double *theta,
                                     double *jet);

#endif
