/* Random numbers by position instead of by order: a draw is a function of the seed and of what it is for, so
 * that files can be written in any order and on any thread, and a candidate is the same one in each of them.
 *
 * Everything is integers. Reals are fixed point with 16 bits behind the point ("fx"): 65536 is 1. */
#ifndef WUJI_GEN_RANDOM_H
#define WUJI_GEN_RANDOM_H

#include <stdint.h>

enum { WUJI_FX_ONE = 65536 };

/** What a draw is for; each is a stream of its own. */
typedef enum {
  WUJI_DRAW_CITY,
  WUJI_DRAW_COUNTY,
  WUJI_DRAW_SCHOOL,
  WUJI_DRAW_CLASS,
  WUJI_DRAW_PERSON,
  WUJI_DRAW_ABILITY,
  WUJI_DRAW_SUBJECT, /* + paper */
  WUJI_DRAW_MARKS = 32,
  WUJI_DRAW_OPTIONS = 48,
  WUJI_DRAW_PRIOR = 64,
  WUJI_DRAW_ITEM = 80
} wuji_draw;

/** The finisher of SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
 * (OOPSLA 2014), with Stafford's constants (variant 13). */
static inline uint64_t wuji_gen_mix(uint64_t x) {
  x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
  return x ^ (x >> 31);
}

/** The place where the draws of one thing begin: `stream` a wuji_draw, `index` which thing of that kind. */
static inline uint64_t wuji_gen_place(uint64_t seed, uint32_t stream, uint64_t index) {
  const uint64_t golden = UINT64_C(0x9E3779B97F4A7C15);
  return wuji_gen_mix(wuji_gen_mix(seed + golden * (stream + 1)) + golden * (index + 1));
}

/** 64 random bits: draw `n` of a place. */
static inline uint64_t wuji_gen_bits(uint64_t place, uint64_t n) {
  return wuji_gen_mix(place + UINT64_C(0xD1342543DE82EF95) * (n + 1));
}

/** In [0, count), count up to 2^32. */
static inline uint32_t wuji_gen_below(uint64_t bits, uint64_t count) {
  return (uint32_t)((bits >> 32) * count >> 32);
}

/** Standard normal (fx) from draws 3n, 3n+1, 3n+2 of a place: the sum of twelve uniforms, which has
 * variance 1. */
static inline int32_t wuji_gen_normal(uint64_t place, uint64_t n) {
  int32_t sum = 0;
  for (uint64_t i = 3 * n; i < 3 * n + 3; i++) {
    uint64_t bits = wuji_gen_bits(place, i);
    sum += (int32_t)((bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48));
  }
  return sum - 6 * (WUJI_FX_ONE - 1);
}

/** a·b for fx numbers, toward zero. */
static inline int32_t wuji_fx_times(int32_t a, int32_t b) {
  return (int32_t)((int64_t)a * b / WUJI_FX_ONE);
}

/** A constant as fx; `hundredths` 25 is 0.25. */
static inline int32_t wuji_fx(int32_t hundredths) {
  return (int32_t)((int64_t)hundredths * WUJI_FX_ONE / 100);
}

#endif
