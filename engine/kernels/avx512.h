/* The vectors of AVX-512 (f, bw, dq, vl, vnni), by the names that the loops of this room use. */
#ifndef WUJI_KERNELS_AVX512_H
#define WUJI_KERNELS_AVX512_H

#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,bmi2,popcnt")))
#define VECTOR __m512i

enum { BYTES = 64 };

#define ZERO()          _mm512_setzero_si512()
#define ALL_8(x)        _mm512_set1_epi8(x)
#define ALL_16(x)       _mm512_set1_epi16(x)
#define ALL_32(x)       _mm512_set1_epi32(x)
#define AND(x, y)       _mm512_and_si512(x, y)
#define ADD_16(x, y)    _mm512_add_epi16(x, y)
#define SHIFT_16(x, by) _mm512_srli_epi16(x, by)
#define LOW_8(x, y)     _mm512_unpacklo_epi8(x, y)
#define HIGH_8(x, y)    _mm512_unpackhi_epi8(x, y)
#define LOW_16(x, y)    _mm512_unpacklo_epi16(x, y)
#define HIGH_16(x, y)   _mm512_unpackhi_epi16(x, y)
/* Products of 16-bit neighbours, added in pairs to 32 bits. */
#define MULTIPLY_ADD(sum, x, y) _mm512_dpwssd_epi32(sum, x, y)
/* A byte of `counter` goes up where those of x and y are equal. */
#define COUNT_EQUAL(counter, x, y)                                                                           \
  _mm512_mask_add_epi8(counter, _mm512_cmpeq_epi8_mask(x, y), counter, _mm512_set1_epi8(1))
/* 0 where a byte is a blank. */
#define WORTH(x) _mm512_maskz_mov_epi8(_mm512_cmpneq_epi8_mask(x, _mm512_set1_epi8(-1)), x)
/* `count` bytes, at most BYTES, and 0 behind them. */
#define LOAD(from, count) _mm512_maskz_loadu_epi8(_bzhi_u64(UINT64_MAX, count), from)

/* The sum of all 32-bit elements. */
#define SUM_32(x) (uint32_t) _mm512_reduce_add_epi32(x)
/* A bit for every byte in which x and y are equal. */
#define EQUAL_8(x, y) _mm512_cmpeq_epi8_mask(x, y)
/* 16 bytes each of rows j, j + 16, j + 32 and j + 48, from item `at` on. */
#define SIXTEEN(row, j, at)                                                                                  \
  _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_inserti128_si256(                                         \
                         _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)((row)[j] + (at)))),        \
                         _mm_loadu_si128((const __m128i *)((row)[(j) + 16] + (at))), 1)),                    \
                     _mm256_inserti128_si256(                                                                \
                         _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)((row)[(j) + 32] + (at)))), \
                         _mm_loadu_si128((const __m128i *)((row)[(j) + 48] + (at))), 1),                     \
                     1)
#define ADD_8(x, y) _mm512_add_epi8(x, y)

/* Adds `count` bytes to as many 32-bit numbers; up to 15 bytes behind them are read. */
#define ADD_32_8(to, from, count) add_to_32(to, from, count)

TARGET static inline void add_to_32(uint32_t *to, const uint8_t *from, uint32_t count) {
  for (uint32_t i = 0; i < count; i += 16) {
    __mmask16 taken = (__mmask16)_bzhi_u32(0xffff, count - i);
    __m512i x = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(from + i)));
    x = _mm512_add_epi32(x, _mm512_maskz_loadu_epi32(taken, to + i));
    _mm512_mask_storeu_epi32(to + i, taken, x);
  }
}

#endif
