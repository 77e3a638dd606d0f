/* Steps of sealing, shared inside the room. */
#ifndef WUJI_COHORT_BUILD_H
#define WUJI_COHORT_BUILD_H

#include "cohort/cohort.h"

/** Fills cohort->total from the papers' status and raw; fails as wuji_cohort_seal() says. */
WUJI_CHECKED wuji_status wuji_cohort_make_total(wuji_cohort *cohort, uint32_t *bad_row, wuji_error *error);

#endif
