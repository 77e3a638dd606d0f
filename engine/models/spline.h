/* Cubic B-splines (de Boor 1978; the basis of R's splines::bs without its first column, which the intercept
 * stands for). */
#ifndef WUJI_MODELS_SPLINE_H
#define WUJI_MODELS_SPLINE_H

#include <stdbool.h>
#include <stdint.h>

enum { WUJI_SPLINE_KNOTS = 32, WUJI_SPLINE_WIDTH = 4 };

typedef struct wuji_spline {
  uint32_t knots;                 /* interior ones, ascending and distinct; 0: a single cubic */
  double knot[WUJI_SPLINE_KNOTS]; /* strictly between the boundaries */
  double low, high;               /* the boundary knots */
} wuji_spline;

/** The spline of a column whose distinct values are value[values], ascending, values ≥ 1, in `rows` rows
 * each: interior knots at its quantiles .2, .4, .6 and .8 (R's type 7), equal ones merged; boundaries a tenth
 * of its range beyond either end. A constant column has no spline: low = high. */
wuji_spline wuji_spline_of(const double *value, const uint32_t *rows, uint32_t values);

/** Columns of its basis: knots + 3; none where low = high. */
uint32_t wuji_spline_columns(const wuji_spline *spline);

/** Columns a value touches: 4, without interior knots 3, none where low = high. */
uint32_t wuji_spline_width(const wuji_spline *spline);

/** The basis at x: the first of the columns that it touches, and `width` values; all others are 0. Beyond a
 * boundary the cubic beside it goes on, as in R. */
uint32_t wuji_spline_at(const wuji_spline *spline, double x, double *value);

#endif
