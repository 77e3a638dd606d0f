/* Linear quantile regression (Koenker & Bassett 1978), exact, for many quantiles at once: for each τ the β
 * that minimises
 *
 *   Σ ρ_τ(y − x·β),   ρ_τ(r) = r·(τ − [r < 0])
 *
 * at a vertex, where as many rows as there are columns are fitted without residual, with its dual solution as
 * the proof that nothing is better (statistics.md#quantile-regression).
 *
 * A design is an intercept and terms. A term has a table of its distinct values with a few non-zero columns
 * each, such as a spline of a score or a plain column; a row says which value of each term it has. So x·β of
 * all rows costs a sum of table entries a row.
 *
 * The same bytes for any number of threads and any order of the rows. */
#ifndef WUJI_MODELS_QUANTILE_H
#define WUJI_MODELS_QUANTILE_H

#include "base/arena.h"

enum { WUJI_QUANTILE_COLUMNS = 256 }; /* at most, the intercept among them */

/** One term; everything is borrowed. Its values are numbered in an order that does not depend on the rows'.
 */
typedef struct wuji_quantile_term {
  uint32_t columns;      /* it adds to the design */
  uint32_t values;       /* distinct ones */
  uint32_t width;        /* columns a value touches, one beside the other */
  const uint32_t *first; /* [values] the first of them; first + width ≤ columns */
  const double *x;       /* [values][width], finite */
  const uint32_t *value; /* [n] of each row, below `values` */
} wuji_quantile_term;

/** What to fit; everything in it is borrowed for the call. */
typedef struct wuji_quantile_design {
  uint32_t n;      /* rows */
  const double *y; /* [n] finite */
  uint32_t terms;
  const wuji_quantile_term *term;
  uint32_t taus;
  const double *tau; /* [taus] ascending, each above 0 and below 1 */
  bool below;        /* `below` is wanted */
} wuji_quantile_design;

/** A fit; it owns all that it points to. */
typedef struct wuji_quantile_fitted {
  uint32_t n;
  uint32_t columns; /* the intercept, then those of the terms */
  uint32_t taus;
  uint32_t rank; /* of the columns */
  bool *kept;    /* [columns] false: a linear combination of columns before it; its coefficients are 0 */
  double *coefficient; /* [taus][columns] */
  double *objective;   /* [taus] Σ ρ_τ(y − x·β) */
  double *gap;         /* [taus] no β at all can have an objective lower by more than this */
  uint32_t *below;     /* [n] how many of the fits, rounded to 5 decimals, lie strictly below y; NULL unless
                          asked for */
  wuji_arena arena;    /* where all of this lies */
} wuji_quantile_fitted;

/** Fits `design` on `threads` threads (0 is 1). WUJI_REJECTED: no rows, an outcome that is not finite, a τ
 * out of order, too many columns. `*fit` is good for wuji_quantile_dispose() whatever the outcome. */
WUJI_CHECKED wuji_status wuji_quantile_fit(const wuji_quantile_design *design, uint32_t threads,
                                           wuji_quantile_fitted *fit, wuji_error *error);

/** Frees what the fit owns; all zero or disposed of does nothing. */
void wuji_quantile_dispose(wuji_quantile_fitted *fit);

#endif
