/* How far to go along an edge: the losses are piecewise linear, and their slope rises wherever a cell is
 * crossed; the best place is the cell at which it stops being negative. */
#ifndef WUJI_MODELS_CROSSING_H
#define WUJI_MODELS_CROSSING_H

#include <stdint.h>

typedef struct wuji_crossing {
  double at;     /* how far along the edge */
  double rise;   /* of the slope there; above 0 */
  uint32_t cell; /* as the caller numbers them */
} wuji_crossing;

/** The place in `all` (count) of the crossing at which the rises add up to `needed`, after moving the ones
 * before it to the front; count where all together do not. Expected time is linear (Hoare's selection). */
uint32_t wuji_crossing_select(wuji_crossing *all, uint32_t count, double needed);

#endif
