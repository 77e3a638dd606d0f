/* The rows of a quantile regression as weighted cells: equal rows are one, and the cells lie in an order of
 * their own, so that the order of the rows can't be seen in anything made from them. */
#ifndef WUJI_MODELS_CELLS_H
#define WUJI_MODELS_CELLS_H

#include "models/quantile.h"

typedef struct wuji_cells {
  uint32_t count;
  uint32_t columns; /* the intercept, then those of the terms */
  uint32_t terms;
  const wuji_quantile_term *term; /* borrowed */
  uint32_t *offset;               /* [terms] a term's first column */
  uint32_t **value;               /* [terms][count] of each cell */
  uint32_t values;                /* of all terms: the length of their tables, one behind the other */
  double *y;                      /* [count] */
  double *moved;                  /* [count] y moved a little, by an amount of the cell's own: in no two cells
                                     beside a vertex is the residual 0 */
  double *weight;                 /* [count] rows */
  uint32_t *of_row;               /* [n] cell of each row */
  double largest[WUJI_QUANTILE_COLUMNS]; /* absolute value of each column */
} wuji_cells;

/** Makes the cells of `design` in memory of `arena`. WUJI_REJECTED as wuji_quantile_fit(). */
WUJI_CHECKED wuji_status wuji_cells_make(wuji_cells *cells, const wuji_quantile_design *design,
                                         wuji_arena *arena, wuji_error *error);

/** Writes a cell's row of the design, [columns]. */
void wuji_cells_row(const wuji_cells *cells, uint32_t cell, double *x);

/** to += factor · the cell's row. */
void wuji_cells_add(const wuji_cells *cells, uint32_t cell, double factor, double *to);

/** The cell's row times `beta` [columns]. */
double wuji_cells_dot(const wuji_cells *cells, uint32_t cell, const double *beta);

/** What each value of a term adds to x·β: table [values]. */
void wuji_cells_table(const wuji_cells *cells, uint32_t term, const double *beta, double *table);

#endif
