/* An outcome at one root under way: what the models read and where their figures go. */
#ifndef WUJI_GROWTH_TASK_H
#define WUJI_GROWTH_TASK_H

#include "growth/levels.h"

struct wuji_growth_columns;

typedef struct wuji_growth_task {
  const wuji_growth_request *request;
  const wuji_cohort *cohort;
  const wuji_growth_cases *cases;
  int32_t root;
  wuji_slice slice; /* the root's cases */
  uint32_t threads; /* for a fit */
  double sd;        /* of the outcome; NaN: fewer than two cases */
  wuji_growth_levels levels;
  const struct wuji_growth_columns *columns; /* of all models: priors, covariates, the school's intake */
  double *residual;             /* by case of the root: of least squares; NULL: nothing was fitted */
  wuji_growth_outcome *outcome; /* where nodes and candidates get their figures */
  wuji_growth_root *result;
  wuji_arena *arena; /* of the result */
  wuji_arena scratch;
  wuji_growth_tally warnings[WUJI_GROWTH_WARNINGS];
} wuji_growth_task;

/** Adds a row of growth_fit. `term` is borrowed for the life of the result. */
WUJI_CHECKED wuji_status wuji_growth_add_term(wuji_growth_task *task, wuji_growth_term term,
                                              wuji_error *error);
/** Adds a row of growth_check; likewise `key`. */
WUJI_CHECKED wuji_status wuji_growth_add_check(wuji_growth_task *task, wuji_growth_check check,
                                               wuji_error *error);
/** Counts a warning about `what` (nullable) of the outcome. */
WUJI_CHECKED wuji_status wuji_growth_warn(wuji_growth_task *task, wuji_growth_warning warning, wuji_str what,
                                          wuji_error *error);

/** `a` and `b` as one text in the result's arena; ptr NULL when memory is out. */
wuji_str wuji_growth_join(wuji_growth_task *task, const char *a, wuji_str b);

/* The models; each fills its figures of the nodes, terms and checks. Nothing is a failure but memory: where a
 * model can't be fitted its figures stay null, and a warning says so. */
WUJI_CHECKED wuji_status wuji_growth_residual(wuji_growth_task *task, wuji_error *error);
WUJI_CHECKED wuji_status wuji_growth_mixed(wuji_growth_task *task, wuji_growth_model model,
                                           wuji_error *error);

/** What follows from effect and se of a level's nodes: effect_sd, the ranks. */
WUJI_CHECKED wuji_status wuji_growth_finish_level(wuji_growth_task *task, wuji_growth_model model, int level,
                                                  wuji_error *error);

/** The checks of one model, and those of the cases. */
WUJI_CHECKED wuji_status wuji_growth_check_model(wuji_growth_task *task, wuji_growth_model model,
                                                 wuji_error *error);
WUJI_CHECKED wuji_status wuji_growth_check_cases(wuji_growth_task *task, wuji_error *error);

#endif
