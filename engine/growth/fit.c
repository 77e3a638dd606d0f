#include "growth/fit.h"

#include <math.h>
#include <stdio.h>

wuji_mixed_design wuji_growth_design(const wuji_growth_task *task, const wuji_growth_columns *columns,
                                     wuji_mixed_level levels[WUJI_LEVELS]) {
  for (uint32_t l = 0; levels != NULL && l < task->levels.count; l++)
    levels[l] = (wuji_mixed_level){task->levels.group[l], task->levels.groups[l]};
  return (wuji_mixed_design){.n = columns->n,
                             .columns = columns->count,
                             .x = columns->x,
                             .y = task->cases->outcome + task->slice.row0,
                             .levels = levels == NULL ? 0 : task->levels.count,
                             .level = levels,
                             .slope_column = -1,
                             .slope_level = -1,
                             .ml = task->request->ml};
}

wuji_status wuji_growth_fit(wuji_growth_task *task, const wuji_mixed_design *design, wuji_mixed_fitted *fit,
                            bool *fitted, wuji_error *error) {
  wuji_error why = {0};
  wuji_status status = wuji_mixed_fit(design, task->threads, fit, &why);
  *fitted = status == WUJI_OK;
  if (status == WUJI_REJECTED)
    return wuji_growth_warn(task, WUJI_GROWTH_NO_FIT, wuji_str_of(why.message), error);
  if (status != WUJI_OK) return wuji_fail(error, status, "%s", why.message);
  return WUJI_OK;
}

static wuji_status column_left_out(wuji_growth_task *task, wuji_growth_model model,
                                   const wuji_growth_columns *columns, uint32_t column, wuji_error *error) {
  wuji_growth_warning kind = columns->is_prior[column] ? WUJI_GROWTH_PRIOR_IDLE : WUJI_GROWTH_COVARIATE_IDLE;
  wuji_status status = wuji_growth_warn(task, kind, columns->term[column], error);
  if (status != WUJI_OK) return status;
  wuji_growth_check check = {.of_model = true,
                             .model = model,
                             .check = "left out: constant, or follows from the others",
                             .key = columns->term[column],
                             .value = NAN};
  return wuji_growth_add_check(task, check, error);
}

wuji_status wuji_growth_fit_terms(wuji_growth_task *task, wuji_growth_model model,
                                  const wuji_growth_columns *columns, const wuji_mixed_fitted *fit,
                                  wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t c = 0; c < columns->count; c++) {
    bool kept = fit->kept[c];
    wuji_growth_term term = {.model = model,
                             .part = WUJI_PART_FIXED,
                             .term = columns->term[c],
                             .estimate = kept ? fit->fixed[c] : NAN,
                             .se = kept ? fit->fixed_se[c] : NAN};
    WUJI_TRY(wuji_growth_add_term(task, term, error));
    if (!kept) WUJI_TRY(column_left_out(task, model, columns, c, error));
  }
done:
  return status;
}

static wuji_status add(wuji_growth_task *task, wuji_growth_model model, wuji_growth_part part, wuji_str name,
                       double estimate, wuji_error *error) {
  if (name.ptr == NULL) return wuji_fail_memory(error);
  wuji_growth_term term = {.model = model, .part = part, .term = name, .estimate = estimate, .se = NAN};
  return wuji_growth_add_term(task, term, error);
}

/* A level's slope: its variance and its covariance with the intercept. */
static wuji_status slope_terms(wuji_growth_task *task, wuji_growth_model model, wuji_str column,
                               const char *level, const wuji_mixed_level_fit *fit, wuji_error *error) {
  wuji_status status;
  char prefix[64];
  (void)snprintf(prefix, sizeof prefix, "%s: ", level);
  WUJI_TRY(add(task, model, WUJI_PART_VARIANCE, wuji_growth_join(task, prefix, column), fit->slope_variance,
               error));
  (void)snprintf(prefix, sizeof prefix, "%s: (Intercept), ", level);
  status = add(task, model, WUJI_PART_VARIANCE, wuji_growth_join(task, prefix, column), fit->slope_covariance,
               error);
done:
  return status;
}

wuji_status wuji_growth_variance_terms(wuji_growth_task *task, wuji_growth_model model,
                                       const wuji_growth_columns *columns, const wuji_mixed_design *design,
                                       const wuji_mixed_fitted *fit, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t l = 0; l < fit->levels; l++) {
    const char *level = wuji_level_names[task->levels.level[l]];
    WUJI_TRY(add(task, model, WUJI_PART_VARIANCE, wuji_str_of(level), fit->level[l].variance, error));
    if (design->slope_level == (int32_t)l)
      WUJI_TRY(slope_terms(task, model, columns->term[design->slope_column], level, &fit->level[l], error));
    if (fit->level[l].told == WUJI_MIXED_ESTIMATED) continue;
    wuji_growth_check zero = {
        .of_model = true, .model = model, .check = "variance of 0", .key = wuji_str_of(level), .value = 0};
    WUJI_TRY(wuji_growth_add_check(task, zero, error));
  }
  status = add(task, model, WUJI_PART_VARIANCE, wuji_str_of("Residual"), fit->residual_variance, error);
done:
  return status;
}

wuji_status wuji_growth_quality_terms(wuji_growth_task *task, wuji_growth_model model,
                                      const wuji_mixed_fitted *fit, wuji_error *error) {
  wuji_status status;
  WUJI_TRY(add(task, model, WUJI_PART_FIT, wuji_str_of("loglik"), fit->loglik, error));
  WUJI_TRY(add(task, model, WUJI_PART_FIT, wuji_str_of("n"), fit->n, error));
  WUJI_TRY(add(task, model, WUJI_PART_FIT, wuji_str_of("parameters"), fit->parameters, error));
  for (uint32_t l = 0; l < fit->levels; l++) {
    wuji_str name = wuji_growth_join(task, "icc ", wuji_str_of(wuji_level_names[task->levels.level[l]]));
    WUJI_TRY(add(task, model, WUJI_PART_FIT, name, fit->level[l].icc, error));
  }
done:
  return status;
}
