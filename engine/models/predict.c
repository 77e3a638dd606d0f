#include "models/predict.h"

#include <math.h>

/* Of a group, given its parent. 2 × 2 matrices lie row after row. */
typedef struct passage {
  double m[4];   /* how its coefficients follow its parent's */
  double q[4];   /* covariance of what is new in them */
  double own[2]; /* mean of what is new, the parent's at their mean */
} passage;

/* What is known of a group's coefficients. */
typedef struct joint {
  double covariance[4];
  double with_mean[2]; /* covariance with the level's mean effect, for the level at hand */
} joint;

typedef struct tree {
  const wuji_nesting *nesting;
  const wuji_cross_products *sums;
  const wuji_mixed_steps *steps;
  const double *theta;
  const double *fixed;
  double variance;
  double *left[WUJI_MIXED_LEVELS];      /* [groups][pairs] before the level's own steps; NULL: the blocks */
  double *w[WUJI_MIXED_LEVELS + 1];     /* [groups][width] A·c of each step */
  double *f[WUJI_MIXED_LEVELS + 1];     /* [groups] */
  passage *passage[WUJI_MIXED_LEVELS];  /* [groups] */
  joint *joint[WUJI_MIXED_LEVELS];      /* [groups] */
  double (*pull[WUJI_MIXED_LEVELS])[2]; /* [groups] how the level's mean effect follows the coefficients */
} tree;

static void multiply(const double *a, const double *b, double *out) {
  double c[4] = {a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2],
                 a[2] * b[1] + a[3] * b[3]};
  memcpy(out, c, sizeof c);
}

/* out = a·s·a' for symmetric s. */
static void sandwich(const double *a, const double *s, double *out) {
  double left[4];
  double transposed[4] = {a[0], a[2], a[1], a[3]};
  multiply(a, s, left);
  multiply(left, transposed, out);
}

static double form(const double *x, const double *s, const double *y) {
  return x[0] * (s[0] * y[0] + s[1] * y[1]) + x[1] * (s[2] * y[0] + s[3] * y[1]);
}

static wuji_status make_tree(tree *t, wuji_predictions *predictions, wuji_arena *arena, wuji_error *error) {
  const wuji_nesting *nesting = t->nesting;
  bool good = true;
  for (uint32_t l = 0; l < nesting->levels; l++) {
    uint32_t groups = nesting->level[l].groups;
    bool innermost = l + 1 == nesting->levels;
    t->left[l] =
        innermost ? t->sums->block : wuji_arena_array(arena, groups, t->sums->pairs * sizeof(double));
    t->passage[l] = wuji_arena_array(arena, groups, sizeof(passage));
    t->joint[l] = wuji_arena_array(arena, groups, sizeof(joint));
    t->pull[l] = wuji_arena_array(arena, groups, sizeof *t->pull[l]);
    predictions->effects[l] = wuji_arena_array(arena, groups, sizeof(wuji_group_effects));
    good &= t->left[l] != NULL && t->passage[l] != NULL && t->joint[l] != NULL && t->pull[l] != NULL &&
            predictions->effects[l] != NULL;
  }
  for (uint32_t s = 0; s < t->steps->count; s++) {
    uint32_t groups = nesting->level[t->steps->step[s].level].groups;
    t->w[s] = wuji_arena_array(arena, groups, t->sums->width * sizeof(double));
    t->f[s] = wuji_arena_array(arena, groups, sizeof(double));
    good &= t->w[s] != NULL && t->f[s] != NULL;
  }
  return good ? WUJI_OK : wuji_fail_memory(error);
}

/* Upwards: the steps once more at the optimum, whose w and f are kept. The blocks are used up. */
static void integrate(tree *t) {
  size_t pairs = t->sums->pairs;
  uint32_t width = t->sums->width;
  for (uint32_t l = t->nesting->levels; l-- > 0;) {
    const wuji_nested_level *level = &t->nesting->level[l];
    for (uint32_t g = 0; g < level->groups; g++) {
      double *matrix = t->left[l] + g * pairs;
      if (level->n[g] == 0) continue;
      for (uint32_t s = 0; s < t->steps->count; s++) {
        if (t->steps->step[s].level != l) continue;
        wuji_mixed_step_values(&t->steps->step[s], t->theta, width, matrix, t->w[s] + (size_t)g * width,
                               t->f[s] + g);
      }
      double *above = l > 0 ? t->left[l - 1] + level->parent[g] * pairs : NULL;
      for (size_t i = 0; above != NULL && i < pairs; i++) above[i] += matrix[i];
    }
  }
}

/* One random effect v of a group: v = f·(w_y − w'·(β + t)) + noise of variance σ²f. `sum` is the mean of t,
 * which moves along. */
static void pass_step(const tree *t, uint32_t s, uint32_t g, double *sum, passage *p) {
  const wuji_mixed_step *step = &t->steps->step[s];
  uint32_t outcome = t->sums->width - 1;
  uint32_t slope = t->steps->slope_column;
  const double *w = t->w[s] + (size_t)g * t->sums->width;
  double f = t->f[s][g];
  double c[2] = {0, 0};
  for (uint32_t i = 0; i < step->terms; i++) c[step->column[i] == 0 ? 0 : 1] = t->theta[step->parameter + i];
  double mean = w[outcome];
  for (uint32_t j = 0; j < outcome; j++) mean -= w[j] * t->fixed[j];
  mean -= w[0] * sum[0] + (slope > 0 ? w[slope] * sum[1] : 0);
  double w1 = slope > 0 ? w[slope] : 0;
  double b[4] = {1 - f * c[0] * w[0], -f * c[0] * w1, -f * c[1] * w[0], 1 - f * c[1] * w1};
  multiply(b, p->m, p->m);
  sandwich(b, p->q, p->q);
  for (uint32_t i = 0; i < 2; i++) {
    p->own[i] += c[i] * f * mean;
    sum[i] += c[i] * f * mean;
    for (uint32_t j = 0; j < 2; j++) p->q[2 * i + j] += t->variance * f * c[i] * c[j];
  }
}

static void add_covariance(const double *m, const double *above, const double *q, double *out) {
  sandwich(m, above, out);
  for (uint32_t i = 0; i < 4; i++) out[i] += q[i];
}

static double root_of(double variance) {
  return variance > 0 ? sqrt(variance) : 0;
}

/* Downwards: every group's own effects with their standard errors. */
static void predict_level(tree *t, uint32_t l, wuji_mixed_fitted *fit, const wuji_effect_scale *scale,
                          wuji_predictions *predictions) {
  static const double none[4] = {0};
  const wuji_nested_level *level = &t->nesting->level[l];
  for (uint32_t g = 0; g < level->groups; g++) {
    if (level->n[g] == 0) continue;
    passage *p = &t->passage[l][g];
    wuji_group_effects *e = &predictions->effects[l][g];
    const wuji_group_effects *parent = l > 0 ? &predictions->effects[l - 1][level->parent[g]] : NULL;
    const double *above = l > 0 ? t->joint[l - 1][level->parent[g]].covariance : none;
    *p = (passage){.m = {1, 0, 0, 1}};
    if (parent != NULL) memcpy(e->sum, parent->sum, sizeof e->sum);
    for (uint32_t s = t->steps->count; s-- > 0;) {
      if (t->steps->step[s].level == l) pass_step(t, s, g, e->sum, p);
    }
    memcpy(e->own, p->own, sizeof e->own);
    add_covariance(p->m, above, p->q, t->joint[l][g].covariance);
    double new_part[4] = {p->m[0] - 1, p->m[1], p->m[2], p->m[3] - 1};
    double own[4];
    add_covariance(new_part, above, p->q, own);
    wuji_mixed_group *out = &fit->level[l].group[g];
    const double at_zero[2] = {scale->intercept, scale->intercept_by_1};
    out->n = level->n[g];
    out->own = at_zero[0] * e->own[0] + at_zero[1] * e->own[1];
    out->own_se = root_of(form(at_zero, own, at_zero));
    out->slope = scale->slope * e->own[1];
    out->slope_se = scale->slope * root_of(own[3]);
  }
}

/* How the mean effect of level `of` follows each group's coefficients, up to the outermost; returns its
 * variance. */
static double pull_up(tree *t, uint32_t of, const double *at_zero) {
  double variance = 0;
  const wuji_nested_level *level = &t->nesting->level[of];
  for (uint32_t l = 0; l < of; l++) memset(t->pull[l], 0, t->nesting->level[l].groups * sizeof *t->pull[l]);
  for (uint32_t g = 0; g < level->groups; g++) {
    double share = (double)level->n[g] / t->nesting->n;
    t->pull[of][g][0] = share * at_zero[0];
    t->pull[of][g][1] = share * at_zero[1];
  }
  for (uint32_t l = of + 1; l-- > 0;) {
    level = &t->nesting->level[l];
    for (uint32_t g = 0; g < level->groups; g++) {
      if (level->n[g] == 0) continue;
      const double *pull = t->pull[l][g];
      const passage *p = &t->passage[l][g];
      variance += form(pull, p->q, pull);
      if (l == 0) continue;
      double *above = t->pull[l - 1][level->parent[g]];
      above[0] += p->m[0] * pull[0] + p->m[2] * pull[1];
      above[1] += p->m[1] * pull[0] + p->m[3] * pull[1];
    }
  }
  return variance;
}

/* Covariance of every group's coefficients with the mean effect, from the outermost level down to `of`. */
static void pass_down(tree *t, uint32_t of) {
  static const double none[2] = {0};
  for (uint32_t l = 0; l <= of; l++) {
    const wuji_nested_level *level = &t->nesting->level[l];
    for (uint32_t g = 0; g < level->groups; g++) {
      if (level->n[g] == 0) continue;
      const passage *p = &t->passage[l][g];
      const double *pull = t->pull[l][g];
      const double *above = l > 0 ? t->joint[l - 1][level->parent[g]].with_mean : none;
      double *with = t->joint[l][g].with_mean;
      for (uint32_t i = 0; i < 2; i++)
        with[i] = p->m[2 * i] * above[0] + p->m[2 * i + 1] * above[1] + p->q[2 * i] * pull[0] +
                  p->q[2 * i + 1] * pull[1];
    }
  }
}

/* s − Σ n·s / Σ n over the level, with the standard error of that contrast. */
static void contrast_level(tree *t, uint32_t l, wuji_mixed_fitted *fit, const wuji_effect_scale *scale,
                           const wuji_predictions *predictions) {
  const wuji_nested_level *level = &t->nesting->level[l];
  const double at_zero[2] = {scale->intercept, scale->intercept_by_1};
  double of_mean = pull_up(t, l, at_zero);
  double mean = 0;
  pass_down(t, l);
  for (uint32_t g = 0; g < level->groups; g++) {
    const wuji_group_effects *e = &predictions->effects[l][g];
    fit->level[l].group[g].effect = at_zero[0] * e->sum[0] + at_zero[1] * e->sum[1];
    mean += level->n[g] * fit->level[l].group[g].effect;
  }
  mean /= t->nesting->n;
  for (uint32_t g = 0; g < level->groups; g++) {
    wuji_mixed_group *out = &fit->level[l].group[g];
    const joint *j = &t->joint[l][g];
    if (level->n[g] == 0 || level->occupied == 1) {
      out->effect = 0;
      continue;
    }
    double with = at_zero[0] * j->with_mean[0] + at_zero[1] * j->with_mean[1];
    out->effect -= mean;
    out->se = root_of(form(at_zero, j->covariance, at_zero) - 2 * with + of_mean);
  }
}

wuji_status wuji_mixed_predict(wuji_mixed_fitted *fit, const wuji_nesting *nesting,
                               const wuji_cross_products *sums, const wuji_mixed_steps *steps,
                               const double *theta, const double *fixed, double variance,
                               const wuji_effect_scale *scale, wuji_predictions *predictions,
                               wuji_arena *arena, wuji_error *error) {
  tree t = {.nesting = nesting, .sums = sums, .steps = steps, .theta = theta, .fixed = fixed};
  t.variance = variance;
  wuji_status status = make_tree(&t, predictions, arena, error);
  if (status != WUJI_OK) return status;
  integrate(&t);
  for (uint32_t l = 0; l < nesting->levels; l++) predict_level(&t, l, fit, scale, predictions);
  for (uint32_t l = 0; l < nesting->levels; l++) contrast_level(&t, l, fit, scale, predictions);
  return WUJI_OK;
}
