/* Random effects of every group given the estimated variances and fixed effects: their conditional mean (best
 * linear unbiased prediction; Henderson 1975), conditional standard error, and the contrast with the level's
 * mean.
 *
 * Given its parent's coefficients t a group's own are M·t + const + noise of covariance Q, so everything
 * joint follows down the tree: no covariance matrix of all groups is ever made.  (statistics.md#mixed-models)
 */
#ifndef WUJI_MODELS_PREDICT_H
#define WUJI_MODELS_PREDICT_H

#include "models/steps.h"

/** What a group adds to the coefficients of its rows, in the units of the cross-products: [0] the
 * intercept's, [1] the slope column's. */
typedef struct wuji_group_effects {
  double own[2];
  double sum[2]; /* own and its ancestors' */
} wuji_group_effects;

typedef struct wuji_predictions {
  wuji_group_effects *effects[WUJI_MIXED_LEVELS]; /* [groups] of each level; zero where there are no rows */
} wuji_predictions;

/** A unit of an effect in marks: of the intercept at x = 0, of the slope column's coefficient. */
typedef struct wuji_effect_scale {
  double intercept;      /* marks a unit of [0] */
  double intercept_by_1; /* marks of the intercept at x = 0 a unit of [1] */
  double slope;          /* marks a unit of [1] */
} wuji_effect_scale;

/** Fills the groups of fit->level, whose arrays are there, from the fit's β and σ² in the units of the
 * cross-products
 * (`fixed` [width − 1], `variance`) at θ. Memory is of `arena`. */
WUJI_CHECKED wuji_status wuji_mixed_predict(wuji_mixed_fitted *fit, const wuji_nesting *nesting,
                                            const wuji_cross_products *sums, const wuji_mixed_steps *steps,
                                            const double *theta, const double *fixed, double variance,
                                            const wuji_effect_scale *scale, wuji_predictions *predictions,
                                            wuji_arena *arena, wuji_error *error);

#endif
