/* hlm and contextual: the linear mixed model of the outcome, and what it predicts for each node. */
#include "growth/design.h"
#include "growth/fit.h"

/* The column whose slope varies, taken about its mean, so that a node's own figure is that of an average
 * candidate and not of one with a prior of 0. */
static int32_t find_slope(const wuji_growth_task *task, const wuji_growth_columns *columns) {
  wuji_str name = task->request->slope;
  for (uint32_t c = 1; name.ptr != NULL && c < columns->count; c++) {
    if (!wuji_str_equal(columns->term[c], name)) continue;
    double *x = columns->x + (size_t)c * columns->n;
    double mean = wuji_mean_of(x, (wuji_slice){0, columns->n});
    for (uint32_t i = 0; i < columns->n; i++) x[i] -= mean;
    return (int32_t)c;
  }
  return -1;
}

/* All columns, but the school's intake for contextual only. Where a slope varies they are this model's own,
 * for one of them is moved. */
static wuji_status take_columns(wuji_growth_task *task, wuji_growth_model model, wuji_growth_columns *columns,
                                wuji_error *error) {
  *columns = *task->columns;
  if (model != WUJI_CONTEXTUAL) columns->count--;
  if (task->request->slope.ptr == NULL) return WUJI_OK;
  size_t values = (size_t)columns->count * columns->n;
  double *x = wuji_arena_array(&task->scratch, values, sizeof *x);
  if (x == NULL) return wuji_fail_memory(error);
  memcpy(x, columns->x, values * sizeof *x);
  columns->x = x;
  return WUJI_OK;
}

static wuji_status set_slope(wuji_growth_task *task, const wuji_growth_columns *columns,
                             wuji_mixed_design *design, wuji_error *error) {
  design->slope_column = design->slope_level = -1;
  if (task->request->slope.ptr == NULL) return WUJI_OK;
  for (uint32_t l = 0; l < task->levels.count; l++) {
    if (task->levels.level[l] == task->request->slope_level) design->slope_level = (int32_t)l;
  }
  if (design->slope_level >= 0) design->slope_column = find_slope(task, columns);
  if (design->slope_column >= 0) return WUJI_OK;
  design->slope_level = -1;
  return wuji_growth_warn(task, WUJI_GROWTH_SLOPE_IDLE, task->request->slope, error);
}

static void take_effects(wuji_growth_task *task, wuji_growth_model model, const wuji_mixed_fitted *fit) {
  wuji_growth_effect *effects = task->outcome->effects[model];
  for (uint32_t l = 0; l < fit->levels; l++) {
    for (uint32_t g = 0; g < fit->level[l].groups; g++) {
      const wuji_mixed_group *group = &fit->level[l].group[g];
      wuji_growth_effect *e = &effects[task->levels.node[l][g]];
      if (fit->level[l].told == WUJI_MIXED_UNTELLABLE) continue;
      e->own = group->own;
      e->own_se = group->own_se;
      e->effect = group->effect;
      e->se = group->se;
    }
  }
}

wuji_status wuji_growth_mixed(wuji_growth_task *task, wuji_growth_model model, wuji_error *error) {
  wuji_status status;
  wuji_growth_columns columns;
  wuji_mixed_level levels[WUJI_LEVELS];
  wuji_mixed_fitted fit = {0};
  bool fitted = false;
  WUJI_TRY(take_columns(task, model, &columns, error));
  wuji_mixed_design design = wuji_growth_design(task, &columns, levels);
  WUJI_TRY(set_slope(task, &columns, &design, error));
  WUJI_TRY(wuji_growth_fit(task, &design, &fit, &fitted, error));
  if (!fitted) goto done;
  WUJI_TRY(wuji_growth_fit_terms(task, model, &columns, &fit, error));
  WUJI_TRY(wuji_growth_variance_terms(task, model, &columns, &design, &fit, error));
  WUJI_TRY(wuji_growth_quality_terms(task, model, &fit, error));
  take_effects(task, model, &fit);
  for (uint32_t l = 0; l < task->levels.count; l++)
    WUJI_TRY(wuji_growth_finish_level(task, model, task->levels.level[l], error));
done:
  wuji_mixed_dispose(&fit);
  return status;
}
