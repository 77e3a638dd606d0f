/* The columns that a model explains the outcome by, at one root. */
#ifndef WUJI_GROWTH_DESIGN_H
#define WUJI_GROWTH_DESIGN_H

#include "growth/task.h"

enum { WUJI_MOST_GROWTH_COLUMNS = 200 };

typedef struct wuji_growth_columns {
  uint32_t n, count;
  uint32_t room;  /* columns that `x` has memory for */
  double *x;      /* count × n, one column after the other; the first is the intercept */
  wuji_str *term; /* count */
  bool *is_prior; /* count */
} wuji_growth_columns;

/** All of them, in this order: priors, covariates, context. Each model takes as many from the first on as it
 * needs, so they are made once. */
WUJI_CHECKED wuji_status wuji_growth_columns_make(wuji_growth_task *task, wuji_growth_columns *columns,
                                                  wuji_error *error);

/** The intercept and the priors. Memory of all columns from the task's scratch arena, names from its
 * result's.
 */
WUJI_CHECKED wuji_status wuji_growth_columns_priors(wuji_growth_task *task, wuji_growth_columns *columns,
                                                    wuji_error *error);
/** Adds the request's covariates: a number as it is, missing ones at the mean beside a column that says so; a
 * factor as a column for each value but the first by bytes, where missing is a value too. WUJI_REJECTED: more
 * than WUJI_MOST_GROWTH_COLUMNS. */
WUJI_CHECKED wuji_status wuji_growth_columns_covariates(wuji_growth_task *task, wuji_growth_columns *columns,
                                                        wuji_error *error);
/** Adds the mean first prior of the cases of each one's school. */
WUJI_CHECKED wuji_status wuji_growth_columns_context(wuji_growth_task *task, wuji_growth_columns *columns,
                                                     wuji_error *error);

/** A further column, to be filled. NULL when memory is out; the count must be below the most. */
double *wuji_growth_column_add(wuji_growth_task *task, wuji_growth_columns *columns, wuji_str term);

#endif
