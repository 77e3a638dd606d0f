/* What is to be computed of an outcome: its section of exam.ini, with what the section [growth] says where it
 * says nothing. */
#ifndef WUJI_GROWTH_REQUEST_H
#define WUJI_GROWTH_REQUEST_H

#include "growth/growth.h"

typedef struct wuji_growth_prior {
  wuji_str name;        /* as exam.ini writes it */
  const double *values; /* row_count, NaN: not given; borrowed */
} wuji_growth_prior;

typedef struct wuji_growth_request {
  uint32_t index;                  /* of the sheet */
  const wuji_sheet *sheet;         /* borrowed from the analysis */
  uint32_t prior_count;            /* at least 1 */
  const wuji_growth_prior *priors; /* most recent first */
  uint32_t covariate_count;
  const wuji_str *covariates; /* names of attributes, or sex */
  bool levels_given;          /* false: the rule of tables.md chooses the random levels */
  uint32_t levels;            /* a bit a level, where given */
  wuji_str slope;             /* the prior or covariate whose slope varies, null: none */
  int slope_level;
  bool ml; /* maximum likelihood instead of restricted */
} wuji_growth_request;

/** All requests of the plan, in the order of the sheets; memory from `arena`. Fails like wuji_growth_make().
 */
WUJI_CHECKED wuji_status wuji_growth_requests(const wuji_cohort *cohort, const wuji_analysis *analysis,
                                              const wuji_earlier *earlier, uint32_t earlier_count,
                                              wuji_arena *arena, wuji_growth_request **requests,
                                              uint32_t *count, wuji_error *error);

#endif
