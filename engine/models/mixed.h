/* The linear mixed model with nested random intercepts and at most one random slope:
 *
 *   y = X·β + Σ over levels b[level][group of the row] + (slope of the row's group)·x + e
 *
 * fitted by restricted or full maximum likelihood. The same estimates as lme4's lmer, made from
 * cross-products within the innermost groups: after these the rows are never visited again
 * (statistics.md#mixed-models).
 *
 * The same bytes for any number of threads and any order of the rows. */
#ifndef WUJI_MODELS_MIXED_H
#define WUJI_MODELS_MIXED_H

#include "base/arena.h"

/** Which group of a level each row belongs to. A group lies within one group of the level before it. */
typedef struct wuji_mixed_level {
  const uint32_t *group; /* of each row, below `groups`; borrowed */
  uint32_t groups;       /* groups without rows are allowed and take no part */
} wuji_mixed_level;

/** What to fit; everything in it is borrowed for the call. */
typedef struct wuji_mixed_design {
  uint32_t n;                    /* rows, all complete: no NaN, no infinity */
  uint32_t columns;              /* of x, at least 1 */
  const double *x;               /* column after column, n values each; column 0 is the intercept: all ones */
  const double *y;               /* the outcome */
  uint32_t levels;               /* 0: least squares */
  const wuji_mixed_level *level; /* outermost first */
  int32_t slope_column;          /* the column whose slope is random; −1: none */
  int32_t slope_level;           /* by which level; −1: none */
  bool ml;                       /* maximum likelihood; otherwise restricted (REML) */
  bool rows;                     /* `fitted` and `residuals` are wanted */
} wuji_mixed_design;

/** What came of a level's variance. */
typedef enum wuji_mixed_told {
  WUJI_MIXED_ESTIMATED,
  WUJI_MIXED_ZERO, /* estimated as 0: nothing is left for the level; with a slope, a singular covariance */
  WUJI_MIXED_UNTELLABLE /* held at 0, for the data can't tell it from another: one group, as many groups as
                           the level before it, or as many as rows */
} wuji_mixed_told;

/** A group of a level, all given the estimated variances and fixed effects. All zero where n is 0. */
typedef struct wuji_mixed_group {
  uint32_t n;
  double own;      /* the predicted random intercept (BLUP), as lme4's ranef */
  double own_se;   /* its conditional standard error, as lme4's condVar */
  double slope;    /* the predicted random slope; 0 but at the slope's level */
  double slope_se; /* its conditional standard error */
  double effect;   /* s − Σ n·s / Σ n over the level's groups, s = own + own of its ancestors */
  double se;       /* of that contrast, from the joint conditional covariance */
} wuji_mixed_group;

typedef struct wuji_mixed_level_fit {
  uint32_t groups; /* as in the design */
  wuji_mixed_told told;
  double variance;         /* of the random intercepts */
  double slope_variance;   /* of the random slopes; 0 but at the slope's level */
  double slope_covariance; /* of intercept and slope */
  double icc; /* correlation of two rows of one group: the variances of this level and those before
                 it, over these and all others and the residual's; a slope left out (x = 0). 0 where
                 all variances are 0 */
  wuji_mixed_group *group;
} wuji_mixed_level_fit;

/** A fit; it owns all that it points to. */
typedef struct wuji_mixed_fitted {
  uint32_t n;
  uint32_t columns;
  uint32_t rank;    /* of the columns: how many are kept */
  bool *kept;       /* [columns] false: constant, or a linear combination of columns before it; left out */
  double *fixed;    /* [columns] β; 0 where left out */
  double *fixed_se; /* [columns] */
  double residual_variance;
  double loglik;       /* restricted or full, with the constants of lme4's logLik */
  uint32_t parameters; /* fixed effects, variances and covariances, the residual's too: lme4's df */
  uint32_t levels;
  wuji_mixed_level_fit *level;
  double *fitted;    /* [n] X·β and the random effects; NULL unless asked for */
  double *residuals; /* [n] y − fitted; NULL unless asked for */
  wuji_arena arena;  /* where all of this lies */
} wuji_mixed_fitted;

/** Fits `design` on `threads` threads (0 is 1). WUJI_REJECTED: fewer rows than columns kept + 1, a value that
 * is not finite, an outcome without residual variance (constant, or explained whole by the columns and
 * groups), groups that do not nest, or an optimum that is not found. `*fit` is good for wuji_mixed_dispose()
 * whatever the outcome. */
WUJI_CHECKED wuji_status wuji_mixed_fit(const wuji_mixed_design *design, uint32_t threads,
                                        wuji_mixed_fitted *fit, wuji_error *error);

/** Frees what the fit owns; all zero or disposed of does nothing. */
void wuji_mixed_dispose(wuji_mixed_fitted *fit);

#endif
