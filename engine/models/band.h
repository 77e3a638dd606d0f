/* The cells beside a fit that may change sides on the way to the next one (Portnoy & Koenker 1997): all
 * others are taken to stay above or below, and are only looked at again when the band's problem is solved. */
#ifndef WUJI_MODELS_BAND_H
#define WUJI_MODELS_BAND_H

#include "models/cells.h"
#include "models/crossing.h"

typedef struct wuji_band {
  const wuji_cells *cells;
  uint32_t size;
  uint32_t *cell;    /* [size] ascending */
  double *residual;  /* [size] of the moved y */
  double *step;      /* [size] room: the fit's change along an edge */
  int8_t *side;      /* [size] 1 above the fit, −1 below, 0 in the vertex */
  uint32_t **slot;   /* [terms][size] a cell's place in `table` */
  uint32_t *slots;   /* [terms + 1] slots before each term's: one for each value that occurs in the band */
  uint32_t *value;   /* [slots] */
  uint32_t *column;  /* [slots] of the design: the first that the value touches */
  double **x;        /* [terms][slots of the term][width] */
  double *table;     /* [slots] room */
  uint32_t *slot_of; /* [values] 1 + slot of each value of each term; 0: none */
  double *curvature; /* [columns][columns] Σ weight·x·x' / (width of the band at the cell): the losses' second
                        derivative, roughly */
  wuji_crossing *crossing; /* [size] room */
} wuji_band;

/** Room for bands of all of `cells`; memory is of `arena`. */
WUJI_CHECKED wuji_status wuji_band_make(wuji_band *band, const wuji_cells *cells, wuji_arena *arena,
                                        wuji_error *error);

/** Begins an empty band; wuji_band_add() in ascending order, then wuji_band_close(): `reach` [count] of all
 * cells is how wide the band is at each, relatively. */
void wuji_band_open(wuji_band *band);
void wuji_band_add(wuji_band *band, uint32_t cell, double residual, int8_t side);
void wuji_band_close(wuji_band *band, const double *reach);

/** The change of every cell's fit along `direction` [columns], into `step`. */
void wuji_band_step(wuji_band *band, const double *direction);

/** direction' · curvature · direction. */
double wuji_band_curve(const wuji_band *band, const double *direction);

/** Fills `crossing` with the cells crossed within `far` along `step`; how many, and Σ of the rises. */
uint32_t wuji_band_crossed(const wuji_band *band, double far, double *rise);

/** The residuals after going `far` along `step`. */
void wuji_band_go(wuji_band *band, double far);

#endif
