#include "growth/request.h"

/* What a cohort and its database have by way of earlier results. */
typedef struct sources {
  const wuji_cohort *cohort;
  const wuji_earlier *earlier;
  uint32_t earlier_count;
} sources;

bool wuji_growth_wanted(const wuji_cohort *cohort) {
  for (uint32_t g = 0; g < cohort->plan.growth_count; g++) {
    if (cohort->plan.growth[g].prior_count > 0) return true;
  }
  return false;
}

/* Columns of priors.csv come before papers of the same name. */
static const double *find_prior(const sources *from, wuji_str name) {
  for (uint32_t p = 0; p < from->cohort->prior_count; p++) {
    if (wuji_str_equal(from->cohort->prior_names[p], name))
      return from->cohort->priors + (size_t)p * from->cohort->row_count;
  }
  for (uint32_t p = 0; p < from->earlier_count; p++) {
    if (wuji_str_equal(from->earlier[p].name, name)) return from->earlier[p].values;
  }
  return NULL;
}

/* The section of every outcome has no name; no paper's code is empty. */
static const wuji_growth_plan *section(const wuji_cohort *cohort, wuji_str outcome) {
  for (uint32_t g = 0; g < cohort->plan.growth_count; g++) {
    if (wuji_str_equal(cohort->plan.growth[g].outcome, outcome)) return &cohort->plan.growth[g];
  }
  return NULL;
}

/* The outcome's section over the one of every outcome, key by key. */
static wuji_growth_plan plan_of(const wuji_cohort *cohort, wuji_str outcome) {
  const wuji_growth_plan *general = section(cohort, WUJI_NO_STR);
  const wuji_growth_plan *own = section(cohort, outcome);
  wuji_growth_plan plan = general != NULL ? *general : (wuji_growth_plan){0};
  if (own == NULL) return plan;
  if (own->prior_count > 0) {
    plan.priors = own->priors;
    plan.prior_texts = own->prior_texts;
    plan.prior_count = own->prior_count;
  }
  if (own->covariates.ptr != NULL) {
    plan.covariate_names = own->covariate_names;
    plan.covariate_count = own->covariate_count;
  }
  if (own->random.ptr != NULL) {
    plan.random = own->random;
    plan.random_levels = own->random_levels;
  }
  if (own->slope.ptr != NULL) {
    plan.slope_of = own->slope_of;
    plan.slope_level = own->slope_level;
  }
  if (own->method.ptr != NULL) plan.method = own->method;
  return plan;
}

static wuji_status make_request(const sources *from, const wuji_growth_plan *plan, wuji_arena *arena,
                                wuji_growth_request *request, wuji_error *error) {
  wuji_growth_prior *priors = wuji_arena_array(arena, plan->prior_count, sizeof *priors);
  if (priors == NULL) return wuji_fail_memory(error);
  for (uint32_t p = 0; p < plan->prior_count; p++) {
    priors[p] = (wuji_growth_prior){plan->prior_texts[p], find_prior(from, plan->priors[p])};
    if (priors[p].values != NULL) continue;
    return wuji_fail(error, WUJI_REJECTED,
                     "the prior %.*s is neither a column of the exam's priors nor a paper stored before",
                     (int)plan->prior_texts[p].len, plan->prior_texts[p].ptr);
  }
  request->prior_count = plan->prior_count;
  request->priors = priors;
  request->covariate_count = plan->covariate_count;
  request->covariates = plan->covariate_names;
  request->levels_given = plan->random.ptr != NULL;
  request->levels = plan->random_levels;
  request->slope = plan->slope_of;
  request->slope_level = plan->slope_level;
  request->ml = wuji_str_is(plan->method, "ml");
  return WUJI_OK;
}

wuji_status wuji_growth_requests(const wuji_cohort *cohort, const wuji_analysis *analysis,
                                 const wuji_earlier *earlier, uint32_t earlier_count, wuji_arena *arena,
                                 wuji_growth_request **requests, uint32_t *count, wuji_error *error) {
  wuji_status status = WUJI_OK;
  sources from = {cohort, earlier, earlier_count};
  *count = 0;
  *requests = wuji_arena_array(arena, analysis->sheet_count, sizeof **requests);
  if (*requests == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t s = 0; s < analysis->sheet_count; s++) {
    const wuji_sheet *sheet = &analysis->sheets[s].sheet;
    wuji_str code = sheet->paper == NULL ? wuji_str_of("total") : sheet->paper->code;
    wuji_growth_plan plan = plan_of(cohort, code);
    if (plan.prior_count == 0) continue;
    wuji_growth_request *request = &(*requests)[(*count)++];
    request->index = s;
    request->sheet = sheet;
    WUJI_TRY(make_request(&from, &plan, arena, request, error));
  }
done:
  return status;
}
