/* Sums of squares and products of a design's columns within each innermost group.
 *
 * They are exact: every value is rounded once to a whole number of steps of 2^-46 of its column's range, and
 * whole numbers are added in 128 bits. So neither the order of the rows nor the threads can be seen in them,
 * and a sum over 300,000 rows is as good as one over ten.  (statistics.md#mixed-models) */
#ifndef WUJI_MODELS_CROSS_PRODUCTS_H
#define WUJI_MODELS_CROSS_PRODUCTS_H

#include "models/nesting.h"

/** Place of the pair (i, j), i ≥ j, in a packed symmetric matrix. */
static inline size_t wuji_pair(uint32_t i, uint32_t j) {
  return i >= j ? (size_t)i * (i + 1) / 2 + j : (size_t)j * (j + 1) / 2 + i;
}

/** A column as it is summed: about mean 0 and deviation 1/2 to 1. value = centre + unit · summed. */
typedef struct wuji_column_scale {
  double centre;
  double unit; /* a power of two */
} wuji_column_scale;

typedef struct wuji_cross_products {
  uint32_t width;           /* columns summed: the intercept, the columns kept, the outcome last */
  uint32_t *column;         /* [width − 1] of the design */
  wuji_column_scale *scale; /* [width]; the intercept's is {0, 1} */
  size_t pairs;             /* width · (width + 1) / 2 */
  double *block;            /* [blocks][pairs] packed symmetric matrices */
  double *total;            /* [pairs] over all blocks */
} wuji_cross_products;

/** Sums the columns of `design`; those that are constant or a linear combination of earlier ones are left
 * out. Memory is of `arena`. WUJI_REJECTED: a value that is not finite, a constant outcome. */
WUJI_CHECKED wuji_status wuji_cross_products_make(wuji_cross_products *sums, const wuji_mixed_design *design,
                                                  const wuji_nesting *nesting, uint32_t threads,
                                                  wuji_arena *arena, wuji_error *error);

#endif
