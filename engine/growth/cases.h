/* Whose growth an outcome measures: counted, present, complete on all priors. */
#ifndef WUJI_GROWTH_CASES_H
#define WUJI_GROWTH_CASES_H

#include "growth/request.h"

/** In the sheet's order: by class on it, inside a class by row. Every node's cases are one slice, and nothing
 * depends on the order of the package's rows. */
typedef struct wuji_growth_cases {
  uint32_t count;
  uint32_t *row;        /* of the cohort */
  double *outcome;      /* marks */
  uint32_t prior_count; /* at least 1 */
  double *priors;       /* prior_count × count, one prior after the other */
  wuji_slice *of_node;  /* node_count */
} wuji_growth_cases;

/** Gathers them; memory from `arena`. */
WUJI_CHECKED wuji_status wuji_growth_cases_gather(const wuji_growth_request *request, wuji_arena *arena,
                                                  wuji_growth_cases *cases, wuji_error *error);

/** Prior `p` of all cases. */
static inline const double *wuji_cases_prior(const wuji_growth_cases *cases, uint32_t p) {
  return cases->priors + (size_t)p * cases->count;
}

/** Mean of values[rows]; NaN of none. Summed in order. */
double wuji_mean_of(const double *values, wuji_slice slice);
/** Standard deviation (n − 1); NaN for fewer than two. */
double wuji_sd_of(const double *values, wuji_slice slice);

#endif
