#include "models/quantile.h"

#include "base/threads.h"
#include "models/descent.h"
#include "models/leverage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
  TAUS_AT_ONCE = 10,   /* followed one after the other; fixed, so that threads can't be seen */
  SAMPLE_CELLS = 4096, /* a first fit is made of */
  LEAST_BAND = 1024,
  MOST_ROUNDS = 64 /* many more than it takes a band to hold all cells */
};

typedef struct fitting {
  const wuji_quantile_design *design;
  wuji_quantile_fitted *fit;
  wuji_cells cells;
  uint32_t stride;
  uint32_t rank;
  uint32_t column[WUJI_QUANTILE_COLUMNS];
  uint32_t cell[WUJI_QUANTILE_COLUMNS]; /* the first vertex */
  double *leverage;                     /* [count] */
  wuji_descent *descent;                /* [threads] */
  uint8_t *below;                       /* [tasks][count] how many fits of a task lie below each cell's y */
  wuji_arena *arena;                    /* [threads] */
} fitting;

static wuji_status check(const wuji_quantile_design *design, wuji_error *error) {
  for (uint32_t t = 0; t < design->taus; t++) {
    double tau = design->tau[t];
    if (!(tau > 0 && tau < 1))
      return wuji_fail(error, WUJI_REJECTED, "a quantile must be above 0 and below 1, here: %g", tau);
    if (t > 0 && tau < design->tau[t - 1])
      return wuji_fail(error, WUJI_REJECTED, "the quantiles must be in ascending order");
  }
  return WUJI_OK;
}

static wuji_status make_result(fitting *f, wuji_error *error) {
  wuji_quantile_fitted *fit = f->fit;
  fit->n = f->design->n;
  fit->taus = f->design->taus;
  fit->columns = f->cells.columns;
  fit->rank = f->rank;
  fit->kept = wuji_arena_array(&fit->arena, fit->columns, sizeof *fit->kept);
  fit->coefficient =
      wuji_arena_array(&fit->arena, (size_t)fit->taus * fit->columns, sizeof *fit->coefficient);
  fit->objective = wuji_arena_array(&fit->arena, fit->taus, sizeof *fit->objective);
  fit->gap = wuji_arena_array(&fit->arena, fit->taus, sizeof *fit->gap);
  bool good = fit->kept != NULL && fit->coefficient != NULL && fit->objective != NULL && fit->gap != NULL;
  if (good && f->design->below) {
    fit->below = wuji_arena_array(&fit->arena, fit->n, sizeof *fit->below);
    good = fit->below != NULL;
  }
  for (uint32_t j = 0; good && j < f->rank; j++) fit->kept[f->column[j]] = true;
  return good ? WUJI_OK : wuji_fail_memory(error);
}

/* To 5 decimals as the nearest whole number of 1e-5, far below 2^51 or not rounded at all. */
static inline double rounded(double value) {
  const double magic = 0x1.8p52;
  double units = value * 1e5;
  return fabs(units) < 0x1p51 ? (units + magic - magic) / 1e5 : value;
}

/* What is told of a fit: by the outcome as it is, not as it was moved. */
static void keep(fitting *f, wuji_descent *d, uint32_t tau, uint8_t *below) {
  const wuji_cells *cells = &f->cells;
  double *beta = f->fit->coefficient + (size_t)tau * cells->columns;
  double *fitted = d->residual; /* is made anew before it is used again */
  wuji_vertex_solve(&d->vertex, cells->y, beta);
  double objective = 0;
  double gap = 0;
  for (uint32_t i = 0; i < cells->count; i++) fitted[i] = beta[0];
  for (uint32_t t = 0; t < cells->terms; t++) {
    const uint32_t *value = cells->value[t];
    wuji_cells_table(cells, t, beta, d->table);
    for (uint32_t i = 0; i < cells->count; i++) fitted[i] += d->table[value[i]];
  }
  for (uint32_t i = 0; i < cells->count; i++) {
    double residual = cells->y[i] - fitted[i];
    objective += cells->weight[i] * (residual < 0 ? (d->tau - 1) * residual : d->tau * residual);
    if (d->side[i] * residual < 0) gap += cells->weight[i] * fabs(residual);
  }
  f->fit->objective[tau] = objective;
  f->fit->gap[tau] = gap;
  for (uint32_t i = 0; below != NULL && i < cells->count; i++)
    below[i] = (uint8_t)(below[i] + (rounded(fitted[i]) < cells->y[i]));
}

/* A first vertex near the best one at d->tau: the best of a sample. */
static wuji_status start(fitting *f, wuji_descent *d, wuji_error *error) {
  wuji_status status;
  memcpy(d->vertex.cell, f->cell, f->rank * sizeof *f->cell);
  WUJI_TRY(wuji_descent_sample(d, f->stride, error));
  WUJI_TRY(wuji_descent_run(d, error));
  WUJI_TRY(wuji_descent_all(d, error));
done:
  return status;
}

/* To the best vertex of all at d->tau, from one nearby. A band that turns out too narrow leads astray: then
 * the way is gone again in a wider one. */
static wuji_status settle(const fitting *f, wuji_descent *d, uint32_t size, wuji_error *error) {
  wuji_status status;
  uint32_t from[WUJI_QUANTILE_COLUMNS];
  memcpy(from, d->vertex.cell, f->rank * sizeof *from);
  for (uint32_t round = 0; round < MOST_ROUNDS; round++) {
    wuji_descent_band(d, size);
    WUJI_TRY(wuji_descent_run(d, error));
    uint32_t strays = wuji_descent_survey(d);
    if (strays == 0 && !d->narrow) return WUJI_OK;
    if (d->narrow || strays > size / 8) wuji_descent_back(d, from);
    size = size < f->cells.count / 2 ? 2 * size : f->cells.count;
  }
  status = wuji_descent_fail(d, error);
done:
  return status;
}

static wuji_status follow(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  wuji_status status = WUJI_OK;
  fitting *f = context;
  wuji_descent *d = &f->descent[worker];
  uint8_t *below = f->below != NULL ? f->below + (size_t)task * f->cells.count : NULL;
  uint32_t from = task * TAUS_AT_ONCE;
  uint32_t to = f->fit->taus - from < TAUS_AT_ONCE ? f->fit->taus : from + TAUS_AT_ONCE;
  for (uint32_t tau = from; tau < to; tau++) {
    d->tau = f->design->tau[tau];
    if (tau == from) {
      WUJI_TRY(start(f, d, error));
    } else {
      (void)wuji_descent_survey(d);
    }
    uint32_t size = f->cells.count / (tau == from ? 5 : 20);
    if (size < LEAST_BAND) size = LEAST_BAND;
    WUJI_TRY(settle(f, d, size, error));
    keep(f, d, tau, below);
  }
done:
  return status;
}

static void count_below(fitting *f, uint32_t tasks) {
  for (uint32_t r = 0; r < f->fit->n; r++) {
    for (uint32_t t = 0; t < tasks; t++)
      f->fit->below[r] += f->below[(size_t)t * f->cells.count + f->cells.of_row[r]];
  }
}

static wuji_status fit_all(fitting *f, uint32_t threads, wuji_error *error) {
  wuji_status status;
  uint32_t tasks = (f->fit->taus + TAUS_AT_ONCE - 1) / TAUS_AT_ONCE;
  if (threads > tasks) threads = tasks;
  if (threads == 0) threads = 1;
  f->descent = calloc(threads, sizeof *f->descent);
  f->arena = calloc(threads, sizeof *f->arena);
  f->below = f->design->below ? calloc((size_t)tasks + 1, f->cells.count) : NULL;
  if (f->descent == NULL || f->arena == NULL || (f->design->below && f->below == NULL)) {
    status = wuji_fail_memory(error);
    goto done;
  }
  for (uint32_t w = 0; w < threads; w++)
    WUJI_TRY(
        wuji_descent_make(&f->descent[w], &f->cells, f->leverage, f->column, f->rank, &f->arena[w], error));
  WUJI_TRY(wuji_parallel(threads, tasks, follow, f, error));
  if (f->below != NULL) count_below(f, tasks);
done:
  for (uint32_t w = 0; f->arena != NULL && w < threads; w++) wuji_arena_dispose(&f->arena[w]);
  free(f->descent);
  free(f->arena);
  free(f->below);
  return status;
}

wuji_status wuji_quantile_fit(const wuji_quantile_design *design, uint32_t threads, wuji_quantile_fitted *fit,
                              wuji_error *error) {
  wuji_status status;
  wuji_arena scratch = {0};
  memset(fit, 0, sizeof *fit);
  fitting *f = wuji_arena_alloc(&scratch, sizeof *f);
  if (f == NULL) return wuji_fail_memory(error);
  f->design = design;
  f->fit = fit;
  WUJI_TRY(check(design, error));
  WUJI_TRY(wuji_cells_make(&f->cells, design, &scratch, error));
  f->stride = f->cells.count / SAMPLE_CELLS + 1;
  WUJI_TRY(wuji_vertex_start(&f->cells, f->stride, &f->rank, f->column, f->cell, error));
  WUJI_TRY(wuji_leverage_make(&f->leverage, &f->cells, &scratch, error));
  WUJI_TRY(make_result(f, error));
  WUJI_TRY(fit_all(f, threads, error));
done:
  wuji_arena_dispose(&scratch);
  return status;
}

void wuji_quantile_dispose(wuji_quantile_fitted *fit) {
  wuji_arena_dispose(&fit->arena);
  memset(fit, 0, sizeof *fit);
}
