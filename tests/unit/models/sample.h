/* Invented data for mixed models: rows in nested groups with covariates and an outcome made by the model. */
#ifndef WUJI_TESTS_MODELS_SAMPLE_H
#define WUJI_TESTS_MODELS_SAMPLE_H

#include "models/mixed.h"

enum { SAMPLE_LEVELS = 3 };

/** Columns: the intercept, a covariate about 300 with a deviation of 50, another of 0 and 1. */
typedef struct sample {
  uint32_t n, columns, levels;
  double *x, *y;
  uint32_t *group[SAMPLE_LEVELS];
  wuji_mixed_level level[SAMPLE_LEVELS];
} sample;

/** `groups` of each level, outermost first; `sd` of each level's random effects, in deviations of the
 * residual (10); `slope_sd` of the first covariate's slope at the outermost level. Groups differ in size. */
sample sample_make(uint64_t seed, uint32_t n, uint32_t levels, const uint32_t *groups, const double *sd,
                   double slope_sd);
void sample_free(sample *s);

/** A design over the sample: random intercepts of every level. */
wuji_mixed_design sample_design(const sample *s, bool ml);

/** The fit; the test fails where there is none. To be disposed of. */
wuji_mixed_fitted fitted(const wuji_mixed_design *design, uint32_t threads);

/** Fails the test unless both fits are the same bytes. */
void same_bytes(const wuji_mixed_fitted *a, const wuji_mixed_fitted *b);

/** A standard normal number (twelve uniform ones) and a uniform one from [0, 1). */
double sample_normal(uint64_t *state);
double sample_uniform(uint64_t *state);

#endif
