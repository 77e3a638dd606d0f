/* A mixed model by full matrices, as its textbook says it (Searle, Casella & McCulloch 1992, chapter 7): what
 * the engine's way through the tree is held against. For small data. */
#ifndef WUJI_TESTS_MODELS_DENSE_H
#define WUJI_TESTS_MODELS_DENSE_H

#include "models/mixed.h"

typedef struct dense dense;

/** Everything given the variances of `fit`. */
dense *dense_make(const wuji_mixed_design *design, const wuji_mixed_fitted *fit);
void dense_free(dense *d);

double dense_fixed(const dense *d, uint32_t column);
double dense_fixed_se(const dense *d, uint32_t column);
double dense_loglik(const dense *d);
/** A random effect of a group (`slope`: its slope): mean and standard error, given the variances and fixed
 * effects. */
void dense_own(const dense *d, uint32_t level, uint32_t group, bool slope, double *own, double *se);
/** own + ancestors' own less the level's mean, n-weighted, and its standard error. */
void dense_effect(const dense *d, uint32_t level, uint32_t group, double *effect, double *se);
double dense_fitted(const dense *d, uint32_t row);

#endif
