#include "models/sgp.h"

#include "models/distinct.h"

#include <math.h>
#include <string.h>

double wuji_sgp_tau(uint32_t index) {
  return (double)(10 * index + 5) / 1000;
}

/* The cases of an order, and the design made of them. */
typedef struct cases {
  uint32_t n;
  uint32_t *student; /* [n] */
  double *y;         /* [n] */
  double *x;         /* [n] room */
  wuji_quantile_term term[WUJI_SGP_PRIORS];
  uint32_t columns;
  wuji_arena arena;
} cases;

static wuji_status find_cases(cases *c, const wuji_sgp_design *design, uint32_t order, wuji_error *error) {
  c->student = wuji_arena_array(&c->arena, design->n, sizeof *c->student);
  c->y = wuji_arena_array(&c->arena, design->n, sizeof *c->y);
  c->x = wuji_arena_array(&c->arena, design->n, sizeof *c->x);
  if (c->student == NULL || c->y == NULL || c->x == NULL) return wuji_fail_memory(error);
  for (uint32_t s = 0; s < design->n; s++) {
    bool has = true;
    for (uint32_t p = 0; p < order; p++) has = has && !isnan(design->prior[p][s]);
    if (!has) continue;
    c->student[c->n] = s;
    c->y[c->n++] = design->y[s];
  }
  return WUJI_OK;
}

static wuji_status tabulate(cases *c, const wuji_distinct *prior, const wuji_spline *spline,
                            wuji_quantile_term *term, wuji_error *error) {
  uint32_t width = wuji_spline_width(spline);
  uint32_t *first = wuji_arena_array(&c->arena, prior->count, sizeof *first);
  double *x = wuji_arena_array(&c->arena, (size_t)prior->count * width + 1, sizeof *x);
  if (first == NULL || x == NULL) return wuji_fail_memory(error);
  for (uint32_t v = 0; width > 0 && v < prior->count; v++)
    first[v] = wuji_spline_at(spline, prior->value[v], x + (size_t)v * width);
  *term = (wuji_quantile_term){wuji_spline_columns(spline), prior->count, width, first, x, prior->of};
  return WUJI_OK;
}

static wuji_status make_terms(cases *c, const wuji_sgp_design *design, uint32_t order, wuji_spline *spline,
                              wuji_error *error) {
  wuji_status status = WUJI_OK;
  c->columns = 1;
  for (uint32_t p = 0; p < order && status == WUJI_OK; p++) {
    wuji_distinct prior;
    for (uint32_t i = 0; i < c->n; i++) c->x[i] = design->prior[p][c->student[i]];
    status = wuji_distinct_make(&prior, c->x, c->n, &c->arena, error);
    uint32_t *rows = wuji_arena_array(&c->arena, (size_t)c->n + 1, sizeof *rows);
    if (status != WUJI_OK) return status;
    if (rows == NULL) return wuji_fail_memory(error);
    for (uint32_t i = 0; i < c->n; i++) rows[prior.of[i]]++;
    spline[p] = design->spline != NULL ? design->spline[p] : wuji_spline_of(prior.value, rows, prior.count);
    c->columns += wuji_spline_columns(&spline[p]);
    status = tabulate(c, &prior, &spline[p], &c->term[p], error);
  }
  return status;
}

static uint8_t percentile(uint32_t below) {
  return (uint8_t)(below < 1 ? 1 : below > 99 ? 99 : below);
}

static wuji_status fit_order(const wuji_sgp_design *design, uint32_t order, uint32_t threads,
                             wuji_sgp_fitted *fit, wuji_error *error) {
  wuji_status status;
  cases c = {0};
  wuji_sgp_order *to = &fit->order[order - 1];
  double tau[WUJI_SGP_TAUS];
  for (uint32_t t = 0; t < WUJI_SGP_TAUS; t++) tau[t] = wuji_sgp_tau(t);
  WUJI_TRY(find_cases(&c, design, order, error));
  to->cases = c.n;
  if (c.n > 0) WUJI_TRY(make_terms(&c, design, order, to->spline, error));
  to->needed = 20 * c.columns > 500 ? 20 * c.columns : 500;
  if (c.n < to->needed) goto done;
  wuji_quantile_design quantiles = {c.n, c.y, order, c.term, WUJI_SGP_TAUS, tau, true};
  WUJI_TRY(wuji_quantile_fit(&quantiles, threads, &to->fit, error));
  to->fitted = true;
  for (uint32_t i = 0; i < c.n; i++) {
    fit->sgp[c.student[i]] = percentile(to->fit.below[i]);
    fit->used[c.student[i]] = (uint8_t)order;
  }
done:
  wuji_arena_dispose(&c.arena);
  return status;
}

wuji_status wuji_sgp_fit(const wuji_sgp_design *design, uint32_t threads, wuji_sgp_fitted *fit,
                         wuji_error *error) {
  memset(fit, 0, sizeof *fit);
  if (design->priors == 0 || design->priors > WUJI_SGP_PRIORS)
    return wuji_fail(error, WUJI_REJECTED, "growth percentiles take 1 to %d priors, here: %u",
                     WUJI_SGP_PRIORS, design->priors);
  fit->n = design->n;
  fit->orders = design->priors;
  fit->order = wuji_arena_array(&fit->arena, design->priors, sizeof *fit->order);
  fit->sgp = wuji_arena_array(&fit->arena, design->n, sizeof *fit->sgp);
  fit->used = wuji_arena_array(&fit->arena, design->n, sizeof *fit->used);
  if (fit->order == NULL || fit->sgp == NULL || fit->used == NULL) return wuji_fail_memory(error);
  wuji_status status = WUJI_OK;
  for (uint32_t order = 1; order <= design->priors && status == WUJI_OK; order++)
    status = fit_order(design, order, threads, fit, error);
  return status;
}

void wuji_sgp_dispose(wuji_sgp_fitted *fit) {
  for (uint32_t k = 0; fit->order != NULL && k < fit->orders; k++) wuji_quantile_dispose(&fit->order[k].fit);
  wuji_arena_dispose(&fit->arena);
  memset(fit, 0, sizeof *fit);
}
