/* A vertex of a quantile regression: as many cells as there are columns, all fitted without residual, and the
 * edges that leave it. */
#ifndef WUJI_MODELS_VERTEX_H
#define WUJI_MODELS_VERTEX_H

#include "models/cells.h"

typedef struct wuji_vertex {
  const wuji_cells *cells;
  uint32_t rank;
  uint32_t columns;
  const uint32_t *column; /* [rank] the columns kept; borrowed */
  uint32_t *cell;         /* [rank] fitted without residual */
  double *edge;           /* [rank][columns] along edge j the fit of cell[j] grows by 1 a unit, that of the
                             others by none: the columns of the inverse of the cells' rows */
  double *room;           /* [rank][2 · rank] */
} wuji_vertex;

/** A vertex at cell[rank], which may be filled in afterwards; memory is of `arena`. */
WUJI_CHECKED wuji_status wuji_vertex_make(wuji_vertex *vertex, const wuji_cells *cells,
                                          const uint32_t *column, uint32_t rank, wuji_arena *arena,
                                          wuji_error *error);

/** Sorts the cells and makes the edges anew, so that nothing is left of the way that led here. False where
 * the cells' rows are dependent. */
bool wuji_vertex_refresh(wuji_vertex *vertex);

/** `cell` takes the place of cell[leaving]. Its fit must change along that edge. */
void wuji_vertex_replace(wuji_vertex *vertex, uint32_t leaving, uint32_t cell);

/** β [columns] such that the vertex's cells are fitted to their `y` (of all cells) without residual. */
void wuji_vertex_solve(const wuji_vertex *vertex, const double *y, double *beta);

/** Columns that are no linear combination of those before them, and a vertex as far from singular as a greedy
 * choice of rows makes it. Looks at every `stride`th cell first, at all where these leave a column out.
 * `column` [columns] and `cell` [columns] are filled up to the rank. */
WUJI_CHECKED wuji_status wuji_vertex_start(const wuji_cells *cells, uint32_t stride, uint32_t *rank,
                                           uint32_t *column, uint32_t *cell, wuji_error *error);

#endif
