#include "models/profile.h"

#include <math.h>

/* How many parameters the entries of a matrix depend on once level `level` is integrated out. */
static uint32_t parameters_below(const wuji_mixed_steps *steps, uint32_t level) {
  uint32_t count = 0;
  for (uint32_t s = 0; s < steps->count && steps->step[s].level >= level; s++) count += steps->step[s].terms;
  return count;
}

wuji_status wuji_profile_make(wuji_profile *profile, const wuji_nesting *nesting,
                              const wuji_cross_products *sums, const wuji_mixed_steps *steps, bool ml,
                              wuji_arena *arena, wuji_error *error) {
  *profile = (wuji_profile){.nesting = nesting, .sums = sums, .steps = steps, .ml = ml};
  size_t most = sums->pairs * wuji_jet_size(steps->parameters);
  profile->root = wuji_arena_array(arena, most, sizeof(double));
  profile->one = wuji_arena_array(arena, 2 * most, sizeof(double));
  profile->w = wuji_arena_array(arena, sums->width, wuji_jet_size(steps->parameters) * sizeof(double));
  if (profile->root == NULL || profile->one == NULL || profile->w == NULL) return wuji_fail_memory(error);
  for (uint32_t l = 0; l + 1 < nesting->levels; l++) {
    size_t size = sums->pairs * wuji_jet_size(parameters_below(steps, l + 1));
    profile->level[l] = wuji_arena_array(arena, nesting->level[l].groups, size * sizeof(double));
    if (profile->level[l] == NULL) return wuji_fail_memory(error);
  }
  return WUJI_OK;
}

/* All steps of a level on the matrix of one group: the result lies in one of the two halves of profile->one,
 * or is `matrix` itself where the level has no step. */
static const double *integrate_group(wuji_profile *p, uint32_t level, const double *theta, uint32_t k,
                                     const double *matrix, double *logdet) {
  const wuji_mixed_steps *steps = p->steps;
  double *other = p->one + p->sums->pairs * wuji_jet_size(steps->parameters);
  double *to = p->one;
  for (uint32_t s = 0; s < steps->count; s++) {
    const wuji_mixed_step *step = &steps->step[s];
    if (step->level != level) continue;
    wuji_mixed_step_jets(step, theta, p->sums->width, k, matrix, p->w, to, logdet);
    k += step->terms;
    matrix = to;
    to = matrix == p->one ? other : p->one;
  }
  return matrix;
}

static void integrate_level(wuji_profile *p, uint32_t level, const double *theta, double *logdet) {
  const wuji_nested_level *groups = &p->nesting->level[level];
  bool innermost = level + 1 == p->nesting->levels;
  uint32_t k = parameters_below(p->steps, level + 1);
  size_t from = p->sums->pairs * wuji_jet_size(k);
  size_t to = p->sums->pairs * wuji_jet_size(parameters_below(p->steps, level));
  double *above = level > 0 ? p->level[level - 1] : p->root;
  const double *own = innermost ? p->sums->block : p->level[level];
  memset(above, 0, (level > 0 ? p->nesting->level[level - 1].groups : 1) * to * sizeof *above);
  for (uint32_t g = 0; g < groups->groups; g++) {
    if (groups->n[g] == 0) continue;
    const double *left = integrate_group(p, level, theta, k, own + g * from, logdet);
    double *sum = above + groups->parent[g] * to;
    for (size_t i = 0; i < to; i++) sum[i] += left[i];
  }
}

/* Sweeps column `c` out of the root's matrix and adds the log of its pivot. */
static void sweep_column(wuji_profile *p, uint32_t c, uint32_t k, double *logdet) {
  uint32_t size = wuji_jet_size(k);
  double inverse[WUJI_JET_MOST];
  double part[WUJI_JET_MOST];
  const double *pivot = p->root + wuji_pair(c, c) * size;
  double d = pivot[0];
  wuji_jet_apply(k, pivot, log(d), 1 / d, -1 / (d * d), part);
  wuji_jet_add(k, part, logdet);
  wuji_jet_apply(k, pivot, 1 / d, -1 / (d * d), 2 / (d * d * d), inverse);
  for (uint32_t i = c + 1; i < p->sums->width; i++) {
    wuji_jet_multiply(k, inverse, p->root + wuji_pair(i, c) * size, part);
    for (uint32_t j = c + 1; j <= i; j++)
      wuji_jet_subtract_product(k, part, p->root + wuji_pair(j, c) * size, p->root + wuji_pair(i, j) * size);
  }
}

double wuji_profile_freedom(const wuji_profile *profile) {
  return profile->ml ? profile->nesting->n : (double)profile->nesting->n - (profile->sums->width - 1);
}

bool wuji_profile_deviance(wuji_profile *profile, const double *theta, double *jet) {
  uint32_t k = profile->steps->parameters;
  uint32_t outcome = profile->sums->width - 1;
  double of_columns[WUJI_JET_MOST] = {0};
  double part[WUJI_JET_MOST];
  memset(jet, 0, wuji_jet_size(k) * sizeof *jet);
  for (uint32_t l = profile->nesting->levels; l-- > 0;) integrate_level(profile, l, theta, jet);
  if (profile->nesting->levels == 0)
    memcpy(profile->root, profile->sums->total, profile->sums->pairs * sizeof(double));
  for (uint32_t c = 0; c < outcome; c++) sweep_column(profile, c, k, of_columns);
  const double *rss = profile->root + wuji_pair(outcome, outcome) * wuji_jet_size(k);
  if (!(rss[0] > 1e-13 * profile->sums->total[wuji_pair(outcome, outcome)])) return false;
  if (!profile->ml) wuji_jet_add(k, of_columns, jet);
  double freedom = wuji_profile_freedom(profile);
  wuji_jet_apply(k, rss, log(rss[0]), 1 / rss[0], -1 / (rss[0] * rss[0]), part);
  for (uint32_t i = 0; i < wuji_jet_size(k); i++) jet[i] += freedom * part[i];
  return isfinite(jet[0]);
}
