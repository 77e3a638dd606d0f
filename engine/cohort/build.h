/* Steps of sealing, shared inside the room. */
#ifndef WUJI_COHORT_BUILD_H
#define WUJI_COHORT_BUILD_H

#include "cohort/cohort.h"

/** Fills cohort->total from the papers' status and raw; fails as wuji_cohort_seal() says. */
WUJI_CHECKED wuji_status wuji_cohort_make_total(wuji_cohort *cohort, uint32_t *bad_row, wuji_error *error);

/** Sets `listed` of the paper's options, from its status, `chosen` and who is counted. */
WUJI_CHECKED wuji_status wuji_paper_list_options(const wuji_cohort *cohort, wuji_paper *paper,
                                                 wuji_error *error);

/** Leaves a check with false and the message where the condition does not hold. Wants `error` in scope. */
#define WUJI_HOLDS(condition, ...)                                                                           \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      (void)wuji_fail(error, WUJI_INTERNAL, __VA_ARGS__);                                                    \
      return false;                                                                                          \
    }                                                                                                        \
  } while (0)

/* The parts of wuji_cohort_valid() that look at chosen options, markers and priors. */
bool wuji_choices_valid(const wuji_cohort *cohort, const wuji_paper *paper, wuji_error *error);
bool wuji_markings_valid(const wuji_cohort *cohort, const wuji_paper *paper, wuji_error *error);
bool wuji_priors_valid(const wuji_cohort *cohort, wuji_error *error);

#endif
