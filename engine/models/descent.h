/* From a vertex to the best one at τ, along edges (Barrodale & Roberts 1973; Koenker & d'Orey 1987), within a
 * band of cells. The edge taken is the one that promises most by the curvature of the band. */
#ifndef WUJI_MODELS_DESCENT_H
#define WUJI_MODELS_DESCENT_H

#include "models/band.h"
#include "models/vertex.h"

/** A sum in twice the precision of a double: Σ weight·x over cells as they come and go, nothing lost. */
typedef struct wuji_double_sum {
  double high, low;
} wuji_double_sum;

typedef struct wuji_descent {
  const wuji_cells *cells;
  const double *reach; /* [count] a band's width at each cell, relatively; borrowed */
  wuji_vertex vertex;
  wuji_band band;
  double tau;
  int8_t *side;           /* [count] of all cells: 1 above the fit, −1 below, 0 in the vertex */
  double *residual;       /* [count] of the moved y, as of the last survey */
  double *table;          /* [values] room */
  double *total;          /* [columns] Σ weight·x over all cells that take part */
  wuji_double_sum *below; /* [columns] the same over those below the fit */
  double beta[WUJI_QUANTILE_COLUMNS];
  bool narrow;      /* the last run ended where an edge falls further than the band reaches */
  double tolerance; /* of a slope */
  uint64_t pivots;  /* edges gone so far */
} wuji_descent;

/** A descent over `cells`, its vertex to be filled in; memory is of `arena`. */
WUJI_CHECKED wuji_status wuji_descent_make(wuji_descent *descent, const wuji_cells *cells,
                                           const double *reach, const uint32_t *column, uint32_t rank,
                                           wuji_arena *arena, wuji_error *error);

/** Every `stride`th cell and the vertex's as the only ones that take part, all of them in the band. */
WUJI_CHECKED wuji_status wuji_descent_sample(wuji_descent *descent, uint32_t stride, wuji_error *error);

/** All cells take part, on the sides on which they are of the vertex. */
WUJI_CHECKED wuji_status wuji_descent_all(wuji_descent *descent, wuji_error *error);

/** The failure that no best vertex is found: these rows are beyond the precision of doubles. */
wuji_status wuji_descent_fail(const wuji_descent *descent, wuji_error *error);

/** To the best vertex of the band at descent->tau. */
WUJI_CHECKED wuji_status wuji_descent_run(wuji_descent *descent, wuji_error *error);

/** Looks at all cells from the vertex: puts those that are on another side than they were taken to be where
 * they belong and says how many they are. None: the vertex is the best of all. */
uint32_t wuji_descent_survey(wuji_descent *descent);

/** Back to a vertex where the descent was before, and surveys it. */
void wuji_descent_back(wuji_descent *descent, const uint32_t *cell);

/** Makes a band of about `size` cells about the fit as last surveyed. */
void wuji_descent_band(wuji_descent *descent, uint32_t size);

#endif
