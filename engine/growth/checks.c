/* growth_check: whether the models' figures can be trusted. */
#include "growth/task.h"
#include "models/distinct.h"

#include <math.h>

enum { FEWEST_PRIORS = 3, FEWEST_NODES = 3, DECILES = 10 };

static wuji_growth_check of_model(wuji_growth_model model, const char *check, wuji_str key, double value) {
  return (wuji_growth_check){.of_model = true, .model = model, .check = check, .key = key, .value = value};
}

static wuji_growth_check of_cases(const char *check, wuji_str key, double value) {
  return (wuji_growth_check){.check = check, .key = key, .value = value};
}

/* Pearson's r of effect and intake over the nodes of a level, each counting once. */
static double effect_with_intake(const wuji_growth_task *task, wuji_growth_model model, int level) {
  const wuji_growth_effect *effects = task->outcome->effects[model];
  const double *intake = task->outcome->intake;
  double count = 0, sum_x = 0, sum_y = 0, xx = 0, yy = 0, xy = 0;
  for (int32_t n = task->root; n < task->cohort->nodes[task->root].end; n++) {
    if (task->cohort->nodes[n].level != level || isnan(intake[n]) || isnan(effects[n].effect)) continue;
    count++;
    sum_x += intake[n];
    sum_y += effects[n].effect;
  }
  for (int32_t n = task->root; n < task->cohort->nodes[task->root].end; n++) {
    if (task->cohort->nodes[n].level != level || isnan(intake[n]) || isnan(effects[n].effect)) continue;
    double x = intake[n] - sum_x / count;
    double y = effects[n].effect - sum_y / count;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  if (count < FEWEST_NODES || !(xx > 0) || !(yy > 0)) return NAN;
  double r = xy / sqrt(xx * yy);
  return r > 1 ? 1 : r < -1 ? -1 : r;
}

/* The decile of each distinct value, of which `count` cases have each: who has the same prior is in the same
 * decile, that of the middle of their places. */
static void find_deciles(const uint32_t *count, uint32_t values, uint32_t n, uint8_t *decile) {
  uint64_t first = 0;
  for (uint32_t v = 0; v < values && first < n; v++) {
    uint64_t end = first + count[v];
    uint64_t at =
        DECILES * (first + end) / (2 * (uint64_t)n); /* places first … end − 1: (first + end)/2 of n */
    decile[v] = (uint8_t)(at < DECILES ? at : DECILES - 1);
    first = end;
  }
}

/* Mean residual by decile of the first prior. */
static wuji_status deciles(wuji_growth_task *task, wuji_error *error) {
  static const char *const keys[DECILES] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
  wuji_status status;
  uint32_t n = task->slice.row1 - task->slice.row0;
  double sum[DECILES] = {0};
  uint32_t count[DECILES] = {0};
  wuji_distinct priors;
  WUJI_TRY(wuji_distinct_make(&priors, wuji_cases_prior(task->cases, 0) + task->slice.row0, n, &task->scratch,
                              error));
  uint32_t *with_value = wuji_arena_array(&task->scratch, priors.count, sizeof *with_value);
  uint8_t *decile = wuji_arena_array(&task->scratch, priors.count, sizeof *decile);
  if (with_value == NULL || decile == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t i = 0; i < n; i++) with_value[priors.of[i]]++;
  find_deciles(with_value, priors.count, n, decile);
  for (uint32_t i = 0; i < n; i++) {
    sum[decile[priors.of[i]]] += task->residual[i];
    count[decile[priors.of[i]]]++;
  }
  for (int d = 0; d < DECILES; d++) {
    double mean = count[d] > 0 ? sum[d] / (double)count[d] : NAN;
    WUJI_TRY(wuji_growth_add_check(
        task,
        of_model(WUJI_RESIDUAL, "mean residual by decile of the first prior", wuji_str_of(keys[d]), mean),
        error));
  }
done:
  return status;
}

wuji_status wuji_growth_check_model(wuji_growth_task *task, wuji_growth_model model, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t l = 0; l < task->levels.count; l++) {
    int level = task->levels.level[l];
    WUJI_TRY(
        wuji_growth_add_check(task,
                              of_model(model, "r of effect with intake", wuji_str_of(wuji_level_names[level]),
                                       effect_with_intake(task, model, level)),
                              error));
  }
  if (model == WUJI_RESIDUAL && task->residual != NULL) status = deciles(task, error);
done:
  return status;
}

/* Share of the cases with the full mark. */
static double outcome_ceiling(const wuji_growth_task *task) {
  const wuji_sheet *sheet = task->request->sheet;
  uint32_t full = 0;
  for (uint32_t i = task->slice.row0; i < task->slice.row1; i++) {
    __int128 raw = sheet->raw[task->cases->row[i]];
    full += raw * sheet->full.den == (__int128)sheet->full.num * sheet->units;
  }
  return (double)full / (double)(task->slice.row1 - task->slice.row0);
}

/* Share of the cases with the highest value that any of them has. */
static double prior_ceiling(const wuji_growth_task *task, uint32_t p) {
  const double *values = wuji_cases_prior(task->cases, p);
  double top = values[task->slice.row0];
  uint32_t at_top = 0;
  for (uint32_t i = task->slice.row0; i < task->slice.row1; i++) {
    if (values[i] > top) at_top = 0;
    if (values[i] > top) top = values[i];
    at_top += values[i] == top;
  }
  return (double)at_top / (double)(task->slice.row1 - task->slice.row0);
}

wuji_status wuji_growth_check_cases(wuji_growth_task *task, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t priors = task->request->prior_count;
  if (task->slice.row0 < task->slice.row1) {
    WUJI_TRY(wuji_growth_add_check(
        task, of_cases("ceiling share", wuji_str_of("outcome"), outcome_ceiling(task)), error));
    for (uint32_t p = 0; p < priors; p++) {
      WUJI_TRY(wuji_growth_add_check(
          task, of_cases("ceiling share", task->request->priors[p].name, prior_ceiling(task, p)), error));
    }
  }
  if (priors < FEWEST_PRIORS) {
    status = wuji_growth_add_check(
        task, of_cases("fewer than three priors", wuji_str_of("priors"), (double)priors), error);
  }
done:
  return status;
}
