/* 95 % intervals of school effects hold the truth in 95 of 100, small schools and large ones alike. */
#include "coverage.h"

#include <criterion/criterion.h>

/* 24,000 intervals: the share of all is known to 0.15 %, that of a quarter of them to 0.3 %. */
Test(coverage, intervals_of_school_effects_hold_the_truth) {
  coverage found;
  cr_assert_eq(coverage_simulate(60, 5, &found), 0);
  cr_assert(found.pooled > 0.94 && found.pooled < 0.96, "%.4f of all", found.pooled);
  for (int q = 0; q < 4; q++)
    cr_assert(found.quartile[q] > 0.93 && found.quartile[q] < 0.97, "%.4f of quarter %d by size",
              found.quartile[q], q + 1);
}
