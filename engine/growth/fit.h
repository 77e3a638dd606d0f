/* A model fitted, and its figures as rows of growth_fit. */
#ifndef WUJI_GROWTH_FIT_H
#define WUJI_GROWTH_FIT_H

#include "growth/design.h"
#include "models/mixed.h"

/** The outcome on `columns`, with the task's random levels and no random slope; `levels` has room for them
 * and must outlive the design; NULL: none, least squares. */
wuji_mixed_design wuji_growth_design(const wuji_growth_task *task, const wuji_growth_columns *columns,
                                     wuji_mixed_level levels[WUJI_LEVELS]);

/** Fits it. `*fitted` false: it can't be, which a warning says; `*fit` is to be disposed of in every case. */
WUJI_CHECKED wuji_status wuji_growth_fit(wuji_growth_task *task, const wuji_mixed_design *design,
                                         wuji_mixed_fitted *fit, bool *fitted, wuji_error *error);

/** Rows of the part fixed; a column left out has nulls, and a check that says so. */
WUJI_CHECKED wuji_status wuji_growth_fit_terms(wuji_growth_task *task, wuji_growth_model model,
                                               const wuji_growth_columns *columns,
                                               const wuji_mixed_fitted *fit, wuji_error *error);
/** Rows of the part variance: each level's, a slope's, the residual's; a check for each that is 0. */
WUJI_CHECKED wuji_status wuji_growth_variance_terms(wuji_growth_task *task, wuji_growth_model model,
                                                    const wuji_growth_columns *columns,
                                                    const wuji_mixed_design *design,
                                                    const wuji_mixed_fitted *fit, wuji_error *error);
/** Rows of the part fit: loglik, n, parameters, the levels' intraclass correlations. */
WUJI_CHECKED wuji_status wuji_growth_quality_terms(wuji_growth_task *task, wuji_growth_model model,
                                                   const wuji_mixed_fitted *fit, wuji_error *error);

#endif
