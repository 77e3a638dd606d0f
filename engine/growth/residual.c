/* residual: least squares of the outcome on the priors, and the mean residual of each node's students.
 *
 * A mean of n students is known less well than sd/√n says, for those of a class and of a school share what
 * their class and school do. Its variance is Σ τ²·Σ n_c²/n² over the levels below the node, and σ²/n; the
 * components are those of the same levels fitted to the residuals (docs/statistics.md#growth). */
#include "growth/fit.h"

#include <math.h>

/* Expected marks of the candidates, residuals of the cases. */
static wuji_status take_residuals(wuji_growth_task *task, const wuji_mixed_fitted *fit, wuji_error *error) {
  const uint32_t *row = task->cases->row + task->slice.row0;
  const double *outcome = task->cases->outcome + task->slice.row0;
  task->residual = wuji_arena_array(&task->scratch, fit->n, sizeof *task->residual);
  if (task->residual == NULL) return wuji_fail_memory(error);
  for (uint32_t i = 0; i < fit->n; i++) {
    task->outcome->expected[row[i]] = fit->fitted[i];
    task->residual[i] = outcome[i] - fit->fitted[i];
  }
  return WUJI_OK;
}

/* 1 − Σ residual²/Σ (y − ȳ)². */
static double r_squared(const wuji_growth_task *task) {
  uint32_t n = task->slice.row1 - task->slice.row0;
  double left = 0;
  for (uint32_t i = 0; i < n; i++) left += task->residual[i] * task->residual[i];
  double whole = task->sd * task->sd * (double)(n - 1);
  return whole > 0 ? 1 - left / whole : NAN;
}

/* The node's cases as a slice of the root's. */
static wuji_slice within_root(const wuji_growth_task *task, int32_t node) {
  wuji_slice slice = task->cases->of_node[node];
  return (wuji_slice){slice.row0 - task->slice.row0, slice.row1 - task->slice.row0};
}

/* effect = mean residual of the node less Σ n·s/Σ n over the level. */
static void level_effects(wuji_growth_task *task, int level) {
  wuji_growth_effect *effects = task->outcome->effects[WUJI_RESIDUAL];
  const wuji_node *nodes = task->cohort->nodes;
  double sum = 0;
  double weight = 0;
  for (int32_t node = task->root; node < nodes[task->root].end; node++) {
    wuji_slice slice = within_root(task, node);
    if (nodes[node].level != level || slice.row0 == slice.row1) continue;
    double n = (double)(slice.row1 - slice.row0);
    effects[node].effect = wuji_mean_of(task->residual, slice);
    sum += n * effects[node].effect;
    weight += n;
  }
  for (int32_t node = task->root; node < nodes[task->root].end; node++) {
    if (nodes[node].level == level) effects[node].effect -= sum / weight;
  }
}

/* Σ n_c² over the nodes of `level` below `node`. */
static double sum_of_squares(const wuji_growth_task *task, int32_t node, int level) {
  const wuji_node *nodes = task->cohort->nodes;
  double sum = 0;
  for (int32_t c = node; c < nodes[node].end; c++) {
    wuji_slice slice = task->cases->of_node[c];
    double n = (double)(slice.row1 - slice.row0);
    if (nodes[c].level == level) sum += n * n;
  }
  return sum;
}

static void level_errors(wuji_growth_task *task, uint32_t place, const wuji_mixed_fitted *components) {
  wuji_growth_effect *effects = task->outcome->effects[WUJI_RESIDUAL];
  const wuji_growth_levels *levels = &task->levels;
  for (uint32_t g = 0; g < levels->groups[place]; g++) {
    int32_t node = levels->node[place][g];
    wuji_slice slice = within_root(task, node);
    double n = (double)(slice.row1 - slice.row0);
    double variance = components->residual_variance / n;
    for (uint32_t below = place + 1; below < levels->count; below++)
      variance +=
          components->level[below].variance * sum_of_squares(task, node, levels->level[below]) / (n * n);
    effects[node].se = sqrt(variance);
  }
}

/* The components of the random levels, fitted to the residuals: the intercept is all that is fixed. */
static wuji_status fit_components(wuji_growth_task *task, wuji_mixed_fitted *fit, bool *fitted,
                                  wuji_error *error) {
  wuji_status status;
  wuji_mixed_level levels[WUJI_LEVELS];
  wuji_growth_columns columns = *task->columns;
  columns.count = 1;
  wuji_mixed_design design = wuji_growth_design(task, &columns, levels);
  design.y = task->residual;
  WUJI_TRY(wuji_growth_fit(task, &design, fit, fitted, error));
  if (*fitted) status = wuji_growth_variance_terms(task, WUJI_RESIDUAL, &columns, &design, fit, error);
done:
  return status;
}

static wuji_status add_quality(wuji_growth_task *task, const wuji_mixed_fitted *fit, wuji_error *error) {
  wuji_status status;
  wuji_growth_term term = {.model = WUJI_RESIDUAL, .part = WUJI_PART_FIT, .se = NAN};
  term.term = wuji_str_of("n");
  term.estimate = fit->n;
  WUJI_TRY(wuji_growth_add_term(task, term, error));
  term.term = wuji_str_of("r squared");
  term.estimate = r_squared(task);
  status = wuji_growth_add_term(task, term, error);
done:
  return status;
}

wuji_status wuji_growth_residual(wuji_growth_task *task, wuji_error *error) {
  wuji_status status;
  wuji_growth_columns columns = *task->columns;
  wuji_mixed_fitted fit = {0};
  wuji_mixed_fitted components = {0};
  bool fitted = false;
  columns.count = 1 + task->cases->prior_count;
  wuji_mixed_design design = wuji_growth_design(task, &columns, NULL);
  design.rows = true;
  WUJI_TRY(wuji_growth_fit(task, &design, &fit, &fitted, error));
  if (!fitted) goto done;
  WUJI_TRY(wuji_growth_fit_terms(task, WUJI_RESIDUAL, &columns, &fit, error));
  WUJI_TRY(take_residuals(task, &fit, error));
  for (uint32_t l = 0; l < task->levels.count; l++) level_effects(task, task->levels.level[l]);
  WUJI_TRY(fit_components(task, &components, &fitted, error));
  WUJI_TRY(add_quality(task, &fit, error));
  for (uint32_t l = 0; l < task->levels.count; l++) {
    if (fitted) level_errors(task, l, &components);
    WUJI_TRY(wuji_growth_finish_level(task, WUJI_RESIDUAL, task->levels.level[l], error));
  }
done:
  wuji_mixed_dispose(&fit);
  wuji_mixed_dispose(&components);
  return status;
}
