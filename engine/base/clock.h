/* Time that passes, for figures that are told; no result depends on it. */
#ifndef WUJI_BASE_CLOCK_H
#define WUJI_BASE_CLOCK_H

#include <time.h>

/** Seconds since some fixed moment. */
static inline double wuji_now_s(void) {
  struct timespec t;
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#endif
