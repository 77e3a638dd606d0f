#include "models/mixed.h"

#include "models/newton.h"
#include "models/predict.h"
#include "models/profile.h"

#include <math.h>

static const double TWO_PI = 6.283185307179586476925286766559;

/* A fit under way; everything in it lies in `scratch` and goes with it. */
typedef struct fitting {
  const wuji_mixed_design *design;
  wuji_mixed_fitted *fit;
  wuji_nesting nesting;
  wuji_cross_products sums;
  wuji_mixed_steps steps;
  wuji_profile profile;
  double theta[WUJI_MOST_PARAMETERS];
  double jet[WUJI_JET_MOST]; /* the deviance at theta */
  double *fixed;             /* [width − 1] β in the units of the sums */
  double variance;           /* σ² in the units of the sums */
  wuji_effect_scale scale;
  wuji_predictions predictions;
  wuji_arena scratch;
} fitting;

static wuji_status make_result(fitting *f, wuji_error *error) {
  wuji_mixed_fitted *fit = f->fit;
  const wuji_mixed_design *design = f->design;
  fit->n = design->n;
  fit->columns = design->columns;
  fit->levels = design->levels;
  fit->kept = wuji_arena_array(&fit->arena, design->columns, sizeof *fit->kept);
  fit->fixed = wuji_arena_array(&fit->arena, design->columns, sizeof *fit->fixed);
  fit->fixed_se = wuji_arena_array(&fit->arena, design->columns, sizeof *fit->fixed_se);
  fit->level = wuji_arena_array(&fit->arena, (size_t)design->levels + 1, sizeof *fit->level);
  f->fixed = wuji_arena_array(&f->scratch, f->sums.width, sizeof *f->fixed);
  bool good = fit->kept != NULL && fit->fixed != NULL && fit->fixed_se != NULL && fit->level != NULL &&
              f->fixed != NULL;
  for (uint32_t l = 0; good && l < design->levels; l++) {
    fit->level[l].groups = design->level[l].groups;
    fit->level[l].group =
        wuji_arena_array(&fit->arena, (size_t)design->level[l].groups + 1, sizeof *fit->level[l].group);
    good = fit->level[l].group != NULL;
  }
  if (good && design->rows) {
    fit->fitted = wuji_arena_array(&fit->arena, design->n, sizeof *fit->fitted);
    fit->residuals = wuji_arena_array(&fit->arena, design->n, sizeof *fit->residuals);
    good = fit->fitted != NULL && fit->residuals != NULL;
  }
  return good ? WUJI_OK : wuji_fail_memory(error);
}

static wuji_status gather(fitting *f, uint32_t threads, wuji_error *error) {
  wuji_status status;
  const wuji_mixed_design *design = f->design;
  if (design->n < 2)
    return wuji_fail(error, WUJI_REJECTED, "a model needs at least two rows, here: %u", design->n);
  WUJI_TRY(wuji_nesting_make(&f->nesting, design, &f->scratch, error));
  WUJI_TRY(wuji_cross_products_make(&f->sums, design, &f->nesting, threads, &f->scratch, error));
  uint32_t rank = f->sums.width - 1;
  if (design->n <= rank) {
    status = wuji_fail(error, WUJI_REJECTED, "%u rows are too few for %u fixed effects", design->n, rank);
    goto done;
  }
  WUJI_TRY(wuji_mixed_steps_make(&f->steps, design, &f->nesting, &f->sums, error));
  status = make_result(f, error);
done:
  return status;
}

static bool deviance(void *context, const double *theta, double *jet) {
  return wuji_profile_deviance(context, theta, jet);
}

/* A deviation has no sign, and one this small is none: its share of a group of a million rows is lost beside
 * the residual's. */
static void tidy(fitting *f) {
  const double nothing = 1e-6;
  for (uint32_t s = 0; s < f->steps.count; s++) {
    const wuji_mixed_step *step = &f->steps.step[s];
    double *own = &f->theta[step->parameter];
    if (*own < 0) {
      for (uint32_t t = 0; t < step->terms; t++) own[t] = -own[t];
    }
    if (*own >= nothing) continue;
    *own = 0;
    f->steps.told[step->level] = WUJI_MIXED_ZERO;
  }
}

static wuji_status optimise(fitting *f, wuji_error *error) {
  wuji_status status =
      wuji_profile_make(&f->profile, &f->nesting, &f->sums, &f->steps, f->design->ml, &f->scratch, error);
  if (status != WUJI_OK) return status;
  for (uint32_t s = 0; s < f->steps.count; s++) f->theta[f->steps.step[s].parameter] = 0.5;
  switch (wuji_newton_minimise(deviance, &f->profile, f->steps.parameters, f->theta, f->jet)) {
  case WUJI_NEWTON_FOUND: break;
  case WUJI_NEWTON_NO_VALUE:
  case WUJI_NEWTON_RUNAWAY:
    return wuji_fail(error, WUJI_REJECTED,
                     "the outcome has no residual variance: it is explained whole by the columns and groups");
  case WUJI_NEWTON_LOST:
    return wuji_fail(error, WUJI_REJECTED, "the variances of this model can't be estimated from these rows");
  }
  tidy(f);
  if (wuji_profile_deviance(&f->profile, f->theta, f->jet)) return WUJI_OK;
  return wuji_fail(error, WUJI_INTERNAL, "internal failure");
}

/* The matrix of the fixed effects after its sweep is L·D·L': place (c, c) holds D, the rest of column c L·D.
 */
static double swept(const fitting *f, uint32_t i, uint32_t c) {
  return f->profile.root[wuji_pair(i, c) * wuji_jet_size(f->steps.parameters)];
}

/* Variance of Σ l·β over σ²: Σ z² / D with L·z = l. Uses `l` up. */
static double variance_of(const fitting *f, double *l) {
  double sum = 0;
  for (uint32_t c = 0; c + 1 < f->sums.width; c++) {
    double d = swept(f, c, c);
    sum += l[c] * l[c] / d;
    for (uint32_t i = c + 1; i + 1 < f->sums.width; i++) l[i] -= swept(f, i, c) / d * l[c];
  }
  return sum;
}

static wuji_status estimate_fixed(fitting *f, wuji_error *error) {
  const wuji_column_scale *scale = f->sums.scale;
  uint32_t rank = f->sums.width - 1;
  double unit = scale[rank].unit;
  double *l = wuji_arena_array(&f->scratch, rank, sizeof *l);
  if (l == NULL) return wuji_fail_memory(error);
  f->variance = swept(f, rank, rank) / wuji_profile_freedom(&f->profile);
  for (uint32_t c = rank; c-- > 0;) {
    double rest = swept(f, rank, c);
    for (uint32_t i = c + 1; i < rank; i++) rest -= swept(f, i, c) * f->fixed[i];
    f->fixed[c] = rest / swept(f, c, c);
  }
  wuji_mixed_fitted *fit = f->fit;
  fit->rank = rank;
  fit->residual_variance = unit * unit * f->variance;
  fit->fixed[0] = scale[rank].centre + unit * f->fixed[0];
  for (uint32_t c = 0; c < rank; c++) {
    uint32_t column = f->sums.column[c];
    for (uint32_t i = 0; i < rank; i++) l[i] = c == 0 && i > 0 ? -scale[i].centre / scale[i].unit : 0;
    l[c] = 1 / scale[c].unit;
    fit->kept[column] = true;
    fit->fixed_se[column] = unit * sqrt(f->variance * variance_of(f, l));
    if (c == 0) continue;
    fit->fixed[column] = unit / scale[c].unit * f->fixed[c];
    fit->fixed[0] -= fit->fixed[column] * scale[c].centre;
  }
  return WUJI_OK;
}

static void estimate_likelihood(fitting *f) {
  uint32_t rank = f->sums.width - 1;
  double freedom = wuji_profile_freedom(&f->profile);
  double constant = freedom * (1 + log(TWO_PI / freedom) + 2 * log(f->sums.scale[rank].unit));
  for (uint32_t c = 1; c < rank && !f->design->ml; c++) constant += 2 * log(f->sums.scale[c].unit);
  f->fit->loglik = -0.5 * (f->jet[0] + constant);
  f->fit->parameters = rank + f->steps.parameters + 1;
}

/* Of the relative covariance's Cholesky root at a level: (θ11, θ21; 0, θ22). */
static void root_of_level(const fitting *f, uint32_t level, double *root) {
  memset(root, 0, 3 * sizeof *root);
  for (uint32_t s = 0; s < f->steps.count; s++) {
    const wuji_mixed_step *step = &f->steps.step[s];
    if (step->level != level) continue;
    if (step->column[0] != 0) {
      root[2] = f->theta[step->parameter];
    } else {
      root[0] = f->theta[step->parameter];
      if (step->terms == 2) root[1] = f->theta[step->parameter + 1];
    }
  }
}

static void estimate_variances(fitting *f) {
  wuji_mixed_fitted *fit = f->fit;
  uint32_t slope = f->steps.slope_column;
  double unit = f->sums.scale[f->sums.width - 1].unit;
  f->scale = (wuji_effect_scale){.intercept = unit};
  if (slope > 0) {
    f->scale.slope = unit / f->sums.scale[slope].unit;
    f->scale.intercept_by_1 = -f->sums.scale[slope].centre * f->scale.slope;
  }
  double total = fit->residual_variance;
  for (uint32_t l = 0; l < fit->levels; l++) {
    double r[3];
    root_of_level(f, l, r);
    double at_zero = f->scale.intercept * r[0] + f->scale.intercept_by_1 * r[1];
    double by_second = f->scale.intercept_by_1 * r[2];
    fit->level[l].told = f->steps.told[l];
    fit->level[l].variance = f->variance * (at_zero * at_zero + by_second * by_second);
    fit->level[l].slope_variance =
        f->variance * f->scale.slope * f->scale.slope * (r[1] * r[1] + r[2] * r[2]);
    fit->level[l].slope_covariance = f->variance * f->scale.slope * (at_zero * r[1] + by_second * r[2]);
    total += fit->level[l].variance;
  }
  double shared = 0;
  for (uint32_t l = 0; l < fit->levels; l++) {
    shared += fit->level[l].variance;
    fit->level[l].icc = shared / total;
  }
}

static void fill_rows(fitting *f) {
  const wuji_mixed_design *design = f->design;
  const wuji_column_scale *scale = f->sums.scale;
  uint32_t rank = f->sums.width - 1;
  uint32_t inner = design->levels > 0 ? design->levels - 1 : 0;
  for (uint32_t r = 0; r < design->n; r++) {
    static const double none[2] = {0};
    const double *sum =
        design->levels > 0 ? f->predictions.effects[inner][design->level[inner].group[r]].sum : none;
    double fitted = f->fixed[0] + sum[0];
    for (uint32_t c = 1; c < rank; c++) {
      double x = (design->x[(size_t)f->sums.column[c] * design->n + r] - scale[c].centre) / scale[c].unit;
      fitted += (f->fixed[c] + (c == f->steps.slope_column ? sum[1] : 0)) * x;
    }
    f->fit->fitted[r] = scale[rank].centre + scale[rank].unit * fitted;
    f->fit->residuals[r] = design->y[r] - f->fit->fitted[r];
  }
}

wuji_status wuji_mixed_fit(const wuji_mixed_design *design, uint32_t threads, wuji_mixed_fitted *fit,
                           wuji_error *error) {
  wuji_status status;
  fitting f = {.design = design, .fit = fit};
  memset(fit, 0, sizeof *fit);
  WUJI_TRY(gather(&f, threads, error));
  WUJI_TRY(optimise(&f, error));
  WUJI_TRY(estimate_fixed(&f, error));
  estimate_likelihood(&f);
  estimate_variances(&f);
  WUJI_TRY(wuji_mixed_predict(fit, &f.nesting, &f.sums, &f.steps, f.theta, f.fixed, f.variance, &f.scale,
                              &f.predictions, &f.scratch, error));
  if (design->rows) fill_rows(&f);
done:
  wuji_arena_dispose(&f.scratch);
  return status;
}

void wuji_mixed_dispose(wuji_mixed_fitted *fit) {
  wuji_arena_dispose(&fit->arena);
  memset(fit, 0, sizeof *fit);
}
