/* Random numbers for invented data: the same on every machine. */
#ifndef WUJI_BENCH_INVENT_H
#define WUJI_BENCH_INVENT_H

#include <math.h>
#include <stdint.h>

/** Uniform in (0, 1); `state` must not be 0 (xorshift64; Marsaglia 2003). */
static inline double invent_uniform(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return ((double)(*state >> 12) + 0.5) / (double)(1ULL << 52);
}

/** Standard normal (Box & Muller 1958). */
static inline double invent_normal(uint64_t *state) {
  double radius = sqrt(-2 * log(invent_uniform(state)));
  return radius * cos(6.283185307179586 * invent_uniform(state));
}

#endif
