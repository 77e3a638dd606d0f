#include "sample.h"

#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

double sample_uniform(uint64_t *state) {
  return test_random(state, 1u << 30) / (double)(1u << 30);
}

double sample_normal(uint64_t *state) {
  double sum = -6;
  for (int i = 0; i < 12; i++) sum += sample_uniform(state);
  return sum;
}

static void *room(size_t count, size_t size) {
  void *memory = calloc(count + 1, size);
  cr_assert_not_null(memory);
  return memory;
}

/* Nested by halving the row's place unevenly: group g of a level holds the places from (g/groups)^1.3 on.
 * Inner levels cut the rows of an outer group, so a group is made only of whole inner ones. */
static uint32_t place(double share, uint32_t groups) {
  uint32_t g = 0;
  double edge;
  do {
    g++;
    edge = (double)g / groups;
    edge = edge * (0.4 + 0.6 * edge);
  } while (g < groups && edge <= share);
  return g - 1;
}

sample sample_make(uint64_t seed, uint32_t n, uint32_t levels, const uint32_t *groups, const double *sd,
                   double slope_sd) {
  sample s = {.n = n, .columns = 3, .levels = levels};
  uint64_t state = seed;
  s.x = room((size_t)n * 3, sizeof *s.x);
  s.y = room(n, sizeof *s.y);
  for (uint32_t r = 0; r < n; r++) {
    s.x[r] = 1;
    s.x[n + r] = 300 + (double)(int)(50 * sample_normal(&state));
    s.x[2 * n + r] = test_random(&state, 2);
    s.y[r] = 400 + 0.5 * s.x[n + r] + 5 * s.x[2 * n + r] + 10 * sample_normal(&state);
  }
  for (uint32_t l = levels; l-- > 0;) {
    s.group[l] = room(n, sizeof *s.group[l]);
    s.level[l] = (wuji_mixed_level){s.group[l], groups[l]};
    bool inner = l + 1 == levels;
    for (uint32_t r = 0; r < n; r++)
      s.group[l][r] = inner ? place((double)r / n, groups[l])
                            : (uint32_t)((uint64_t)s.group[l + 1][r] * groups[l] / groups[l + 1]);
  }
  for (uint32_t l = 0; l < levels; l++) {
    double *effect = room(groups[l], sizeof *effect);
    double *slope = room(groups[l], sizeof *slope);
    for (uint32_t g = 0; g < groups[l]; g++) {
      effect[g] = 10 * sd[l] * sample_normal(&state);
      slope[g] = l == 0 ? slope_sd * sample_normal(&state) : 0;
    }
    for (uint32_t r = 0; r < n; r++)
      s.y[r] += effect[s.group[l][r]] + slope[s.group[l][r]] * (s.x[n + r] - 300);
    free(effect);
    free(slope);
  }
  return s;
}

void sample_free(sample *s) {
  free(s->x);
  free(s->y);
  for (uint32_t l = 0; l < s->levels; l++) free(s->group[l]);
}

wuji_mixed_design sample_design(const sample *s, bool ml) {
  return (wuji_mixed_design){.n = s->n,
                             .columns = s->columns,
                             .x = s->x,
                             .y = s->y,
                             .levels = s->levels,
                             .level = s->level,
                             .slope_column = -1,
                             .slope_level = -1,
                             .ml = ml};
}

wuji_mixed_fitted fitted(const wuji_mixed_design *design, uint32_t threads) {
  wuji_mixed_fitted fit;
  wuji_error error = {0};
  wuji_status status = wuji_mixed_fit(design, threads, &fit, &error);
  cr_assert_eq(status, WUJI_OK, "%s", error.message);
  return fit;
}

static void same(const void *a, const void *b, size_t size, const char *what) {
  cr_assert_eq(memcmp(a, b, size), 0, "%s differ", what);
}

void same_bytes(const wuji_mixed_fitted *a, const wuji_mixed_fitted *b) {
  same(a->fixed, b->fixed, a->columns * sizeof(double), "fixed effects");
  same(a->fixed_se, b->fixed_se, a->columns * sizeof(double), "their standard errors");
  same(&a->residual_variance, &b->residual_variance, sizeof(double), "residual variances");
  same(&a->loglik, &b->loglik, sizeof(double), "likelihoods");
  for (uint32_t l = 0; l < a->levels; l++) {
    const wuji_mixed_level_fit *x = &a->level[l];
    const wuji_mixed_level_fit *y = &b->level[l];
    same(&x->variance, &y->variance, sizeof(double), "variances");
    same(&x->slope_variance, &y->slope_variance, sizeof(double), "slopes' variances");
    for (uint32_t g = 0; g < x->groups; g++) {
      same(&x->group[g].own, &y->group[g].own, sizeof(double), "own effects");
      same(&x->group[g].own_se, &y->group[g].own_se, sizeof(double), "their standard errors");
      same(&x->group[g].effect, &y->group[g].effect, sizeof(double), "effects");
      same(&x->group[g].se, &y->group[g].se, sizeof(double), "their standard errors");
    }
  }
}
