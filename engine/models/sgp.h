/* Student growth percentiles (Betebenner 2009): where a student's outcome lies among those who had the same
 * scores before, read off 100 quantile regressions on cubic B-splines of the prior scores
 * (statistics.md#growth-percentiles). */
#ifndef WUJI_MODELS_SGP_H
#define WUJI_MODELS_SGP_H

#include "models/quantile.h"
#include "models/spline.h"

enum { WUJI_SGP_TAUS = 100, WUJI_SGP_PRIORS = 16 };

/** What to fit; everything in it is borrowed for the call. */
typedef struct wuji_sgp_design {
  uint32_t n;                 /* students */
  const double *y;            /* [n] the outcome, finite */
  uint32_t priors;            /* 1 … WUJI_SGP_PRIORS */
  const double *const *prior; /* [priors][n] the nearest first; NaN: the student has none */
  const wuji_spline *spline;  /* [priors] given knots and boundaries; NULL: of the cases of each order */
} wuji_sgp_design;

/** The regressions on the first k priors. */
typedef struct wuji_sgp_order {
  uint32_t cases; /* students who have these priors */
  uint32_t needed;
  bool fitted; /* cases reach what is needed: max(500, 20 · columns) */
  wuji_spline spline[WUJI_SGP_PRIORS];
  wuji_quantile_fitted fit; /* its rows are the cases in the order of the students; all zero unless fitted */
} wuji_sgp_order;

/** Growth percentiles; it owns all that it points to. */
typedef struct wuji_sgp_fitted {
  uint32_t n;
  uint32_t orders;       /* one for each prior */
  wuji_sgp_order *order; /* [orders] order k + 1 */
  uint8_t *sgp;          /* [n] 1 … 99; 0: none */
  uint8_t *used;         /* [n] the highest order fitted that the student has the priors for; 0: none */
  wuji_arena arena;
} wuji_sgp_fitted;

/** τ of the regressions: .005, .015 … .995. */
double wuji_sgp_tau(uint32_t index);

/** Fits every order of `design` on `threads` threads (0 is 1). WUJI_REJECTED: an outcome that is not finite,
 * an infinite prior, too many priors. An order with too few cases is no error. `*fit` is good for
 * wuji_sgp_dispose() whatever the outcome. */
WUJI_CHECKED wuji_status wuji_sgp_fit(const wuji_sgp_design *design, uint32_t threads, wuji_sgp_fitted *fit,
                                      wuji_error *error);

/** Frees what the fit owns; all zero or disposed of does nothing. */
void wuji_sgp_dispose(wuji_sgp_fitted *fit);

#endif
