/* The vectors of AVX2, by the names that the loops of this room use (avx512.h says what each does). */
#ifndef WUJI_KERNELS_AVX2_H
#define WUJI_KERNELS_AVX2_H

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#define TARGET __attribute__((target("avx2,bmi2,popcnt")))
#define VECTOR __m256i

enum { BYTES = 32 };

#define ZERO()                     _mm256_setzero_si256()
#define ALL_8(x)                   _mm256_set1_epi8(x)
#define ALL_16(x)                  _mm256_set1_epi16(x)
#define ALL_32(x)                  _mm256_set1_epi32(x)
#define AND(x, y)                  _mm256_and_si256(x, y)
#define ADD_16(x, y)               _mm256_add_epi16(x, y)
#define SHIFT_16(x, by)            _mm256_srli_epi16(x, by)
#define LOW_8(x, y)                _mm256_unpacklo_epi8(x, y)
#define HIGH_8(x, y)               _mm256_unpackhi_epi8(x, y)
#define LOW_16(x, y)               _mm256_unpacklo_epi16(x, y)
#define HIGH_16(x, y)              _mm256_unpackhi_epi16(x, y)
#define MULTIPLY_ADD(sum, x, y)    _mm256_add_epi32(sum, _mm256_madd_epi16(x, y))
#define COUNT_EQUAL(counter, x, y) _mm256_sub_epi8(counter, _mm256_cmpeq_epi8(x, y))
#define WORTH(x)                   _mm256_andnot_si256(_mm256_cmpeq_epi8(x, _mm256_set1_epi8(-1)), x)
#define LOAD(from, count)          load_some(from, count)

TARGET static inline __m256i load_some(const void *from, uint32_t count) {
  __m256i x = _mm256_setzero_si256();
  if (count >= BYTES) {
    x = _mm256_loadu_si256(from);
  } else {
    memcpy(&x, from, count);
  }
  return x;
}

TARGET static inline uint32_t sum_of_32(__m256i x) {
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4e));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xb1));
  return (uint32_t)_mm_cvtsi128_si32(half);
}

#define SUM_32(x)     sum_of_32(x)
#define EQUAL_8(x, y) (uint32_t) _mm256_movemask_epi8(_mm256_cmpeq_epi8(x, y))
#define SIXTEEN(row, j, at)                                                                                  \
  _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)((row)[j] + (at)))),       \
                          _mm_loadu_si128((const __m128i *)((row)[(j) + 16] + (at))), 1)
#define ADD_8(x, y) _mm256_add_epi8(x, y)

#define ADD_32_8(to, from, count) add_to_32(to, from, count)

TARGET static inline void add_to_32(uint32_t *to, const uint8_t *from, uint32_t count) {
  uint32_t i = 0;
  for (; i + 8 <= count; i += 8) {
    __m256i x = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(from + i)));
    x = _mm256_add_epi32(x, _mm256_loadu_si256((const __m256i *)(to + i)));
    _mm256_storeu_si256((__m256i *)(to + i), x);
  }
  for (; i < count; i++) to[i] += from[i];
}

#endif
