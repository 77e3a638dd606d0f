#include "gen/curve.h"

/** e^x for |x| < 700: halved until small, series, squared back. Only exactly rounded operations. */
static double exponential(double x) {
  uint32_t halvings = 0;
  while (x > 0.0625 || x < -0.0625) {
    x *= 0.5;
    halvings++;
  }
  double sum = 1.0;
  double term = 1.0;
  for (int i = 1; i <= 12; i++) {
    term = term * x / i;
    sum += term;
  }
  for (; halvings > 0; halvings--) sum *= sum;
  return sum;
}

static double bin_middle(uint32_t bin) {
  return ((double)bin + 0.5) / 32.0 - 5.0;
}

/** Probabilities of 0 … steps among those who answer, and of leaving it blank. */
static double outcome_shares(const wuji_curve *curve, double ability, double share[WUJI_MOST_OUTCOMES]) {
  double weight = 1.0;
  double sum = 0.0;
  double steps = curve->steps;
  for (uint32_t x = 0; x <= curve->steps; x++) {
    if (x > 0) {
      double b = curve->location + curve->spread * (((double)x - 0.5) / steps - 0.5);
      weight *= exponential(curve->slope * (ability - b));
    }
    share[x] = weight;
    sum += weight;
  }
  for (uint32_t x = 0; x <= curve->steps; x++) share[x] /= sum;
  return 1.0 / (1.0 + exponential(1.3 * (ability - curve->blank)));
}

uint32_t wuji_curve_width(const wuji_curve *curve) {
  uint32_t thresholds = curve->steps + 1;
  return (thresholds + WUJI_OUTCOME_ALIGNMENT - 1) / WUJI_OUTCOME_ALIGNMENT * WUJI_OUTCOME_ALIGNMENT;
}

void wuji_curve_thresholds(const wuji_curve *curve, uint32_t bin, uint16_t *thresholds) {
  double share[WUJI_MOST_OUTCOMES];
  double blank = outcome_shares(curve, bin_middle(bin), share);
  double below = blank;
  for (uint32_t x = 0; x <= curve->steps; x++) {
    double scaled = below * 65536.0;
    thresholds[x] = scaled >= 65535.0 ? 65535 : (uint16_t)scaled;
    below += (1.0 - blank) * share[x];
  }
  uint32_t width = wuji_curve_width(curve);
  for (uint32_t x = curve->steps + 1; x < width; x++) thresholds[x] = 65535;
}

uint32_t wuji_curve_difficulty(const wuji_curve *curve) {
  double sum = 0.0;
  double weights = 0.0;
  for (uint32_t bin = 0; bin < WUJI_ABILITY_BINS; bin++) {
    double ability = bin_middle(bin);
    double share[WUJI_MOST_OUTCOMES];
    double blank = outcome_shares(curve, ability, share);
    double mean = 0.0;
    for (uint32_t x = 1; x <= curve->steps; x++) mean += x * share[x];
    double weight = exponential(-0.5 * ability * ability);
    sum += weight * (1.0 - blank) * mean / curve->steps;
    weights += weight;
  }
  return (uint32_t)(1000.0 * sum / weights + 0.5);
}
