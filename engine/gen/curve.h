/* Response curves as integer tables: how likely each mark of an item is at an ability.
 *
 * The tables come from the generalised partial credit model (Muraki 1992, eq. 4) with evenly spaced steps;
 * with one step it is the two-parameter logistic model. They are computed with + − × ÷ on doubles only, which
 * IEEE 754 rounds the same everywhere (exp() of libm does not promise that), and rounded to 16 bits, so that
 * a draw is an integer comparison. */
#ifndef WUJI_GEN_CURVE_H
#define WUJI_GEN_CURVE_H

#include <stdint.h>

enum {
  WUJI_ABILITY_BINS = 320,  /* from −5 to 5, 1/32 wide */
  WUJI_MOST_OUTCOMES = 128, /* blank, 0, 1 … steps: at most steps + 2 */
  WUJI_OUTCOME_ALIGNMENT =
      16 /* thresholds of an item are padded to a multiple, so that the count vectorises */
};

typedef struct wuji_curve {
  uint32_t steps;  /* marks are 0 … steps, in units of the item's own step */
  double slope;    /* a of each step */
  double location; /* mean of the steps' b */
  double spread;   /* from the first step's b to beyond the last one's */
  double blank;    /* ability at which half leave it blank */
} wuji_curve;

/** The bin of an ability (fx). */
static inline uint32_t wuji_ability_bin(int32_t ability) {
  int32_t bin = (ability + 5 * 65536) / 2048;
  return ability <= -5 * 65536 ? 0 : bin >= WUJI_ABILITY_BINS ? WUJI_ABILITY_BINS - 1 : (uint32_t)bin;
}

/** How many thresholds a curve has in its table, padding included. */
uint32_t wuji_curve_width(const wuji_curve *curve);

/** Fills `thresholds` (wuji_curve_width()) for one ability bin: the outcome of a uniform 16-bit draw u is how
 * many are below u: 0 blank, 1 + x for x steps. Padding is never below. */
void wuji_curve_thresholds(const wuji_curve *curve, uint32_t bin, uint16_t *thresholds);

/** Expected share of the full mark over standard normal abilities, in thousandths. */
uint32_t wuji_curve_difficulty(const wuji_curve *curve);

static inline uint32_t wuji_curve_outcome(const uint16_t *thresholds, uint32_t width, uint16_t draw) {
  uint32_t outcome = 0;
  for (uint32_t i = 0; i < width; i += WUJI_OUTCOME_ALIGNMENT) {
    /* The sign bit of the difference, because GCC 12.2 at -O3 vectorises a sum of 16-bit comparisons wrongly.
     */
    for (uint32_t j = 0; j < WUJI_OUTCOME_ALIGNMENT; j++) {
      outcome += (uint32_t)((int32_t)thresholds[i + j] - (int32_t)draw) >> 31;
    }
  }
  return outcome;
}

#endif
