/* Do the standard errors of school effects tell the truth? Data made by the model itself, fitted, and how
 * often the interval effect ∓ 1.96·se of a school holds what it really is: u − ū. For bench_hlm and a test.
 */
#ifndef WUJI_BENCH_COVERAGE_H
#define WUJI_BENCH_COVERAGE_H

#include <stdint.h>

typedef struct coverage {
  double pooled;      /* shares of all intervals of all replicates */
  double quartile[4]; /* of the schools by size, the smallest ones first */
} coverage;

/** `replicates` fits of 400 schools with 10 to 400 students in 90 counties: deviations .3 of schools, .15 of
 * counties, 1 of the residual. Returns 0, or −1 where a fit fails. */
int coverage_simulate(uint32_t replicates, uint64_t seed, coverage *found);

#endif
