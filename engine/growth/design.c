#include "growth/design.h"

double *wuji_growth_column_add(wuji_growth_task *task, wuji_growth_columns *columns, wuji_str term) {
  enum { STEP = 8 };
  if (columns->count >= columns->room || columns->x == NULL) { /* a little more room for all of them */
    size_t room = columns->x == NULL ? columns->room : (size_t)columns->count + STEP;
    double *x = wuji_arena_array(&task->scratch, room * columns->n, sizeof *x);
    wuji_str *terms = wuji_arena_array(&task->scratch, room, sizeof *terms);
    bool *is_prior = wuji_arena_array(&task->scratch, room, sizeof *is_prior);
    if (x == NULL || terms == NULL || is_prior == NULL) return NULL;
    if (columns->x != NULL) {
      memcpy(x, columns->x, (size_t)columns->count * columns->n * sizeof *x);
      memcpy(terms, columns->term, columns->count * sizeof *terms);
      memcpy(is_prior, columns->is_prior, columns->count * sizeof *is_prior);
    }
    columns->room = (uint32_t)room;
    columns->x = x;
    columns->term = terms;
    columns->is_prior = is_prior;
  }
  columns->term[columns->count] = term;
  return columns->x + (size_t)columns->count++ * columns->n;
}

wuji_status wuji_growth_columns_priors(wuji_growth_task *task, wuji_growth_columns *columns,
                                       wuji_error *error) {
  *columns = (wuji_growth_columns){.n = task->slice.row1 - task->slice.row0,
                                   .room = 2 + task->cases->prior_count}; /* with the school's intake */
  double *ones = wuji_growth_column_add(task, columns, wuji_str_of("(Intercept)"));
  if (ones == NULL) return wuji_fail_memory(error);
  for (uint32_t i = 0; i < columns->n; i++) ones[i] = 1;
  for (uint32_t p = 0; p < task->cases->prior_count; p++) {
    double *x = wuji_growth_column_add(task, columns, task->request->priors[p].name);
    if (x == NULL) return wuji_fail_memory(error);
    memcpy(x, wuji_cases_prior(task->cases, p) + task->slice.row0, columns->n * sizeof *x);
    columns->is_prior[columns->count - 1] = true;
  }
  return WUJI_OK;
}

wuji_status wuji_growth_columns_context(wuji_growth_task *task, wuji_growth_columns *columns,
                                        wuji_error *error) {
  wuji_str name = wuji_growth_join(task, "school mean of ", task->request->priors[0].name);
  double *x = wuji_growth_column_add(task, columns, name);
  if (name.ptr == NULL || x == NULL) return wuji_fail_memory(error);
  for (int32_t n = task->root; n < task->cohort->nodes[task->root].end; n++) {
    wuji_slice cases = task->cases->of_node[n];
    if (task->cohort->nodes[n].level != WUJI_SCHOOL) continue;
    double mean = wuji_mean_of(wuji_cases_prior(task->cases, 0), cases);
    for (uint32_t i = cases.row0; i < cases.row1; i++) x[i - task->slice.row0] = mean;
  }
  return WUJI_OK;
}

wuji_status wuji_growth_columns_make(wuji_growth_task *task, wuji_growth_columns *columns,
                                     wuji_error *error) {
  wuji_status status;
  WUJI_TRY(wuji_growth_columns_priors(task, columns, error));
  WUJI_TRY(wuji_growth_columns_covariates(task, columns, error));
  status = wuji_growth_columns_context(task, columns, error);
done:
  return status;
}
