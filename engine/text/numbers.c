#include "text/numbers.h"

#include "base/isa.h"

#ifdef __SSE2__
#include <immintrin.h>

enum { LANES = 16 };

/* The first `count` of 16 lanes, beginning at window + 16 - count. */
static const uint8_t window[2 * LANES] = {255, 255, 255, 255, 255, 255, 255, 255,
                                          255, 255, 255, 255, 255, 255, 255, 255};

static inline __m128i load(const uint8_t *bytes) {
  return _mm_loadu_si128((const __m128i *)(const void *)bytes);
}

static inline uint32_t both_halves(__m128i sums) {
  return (uint32_t)_mm_cvtsi128_si32(sums) + (uint32_t)_mm_cvtsi128_si32(_mm_srli_si128(sums, 8));
}

static wuji_numbers_told tell_plainly(const uint8_t *numbers, const uint8_t *most, uint32_t count) {
  const __m128i none = _mm_setzero_si128();
  const __m128i one = _mm_set1_epi8(1);
  const __m128i no_cell = _mm_set1_epi8((char)WUJI_NO_CELL);
  __m128i sums = none;
  __m128i goods = none;
  __m128i empties = none;
  for (uint32_t i = 0; i < count; i += LANES) {
    __m128i mine = load(window + (count - i < LANES ? LANES - (count - i) : 0));
    __m128i n = load(numbers + i);
    __m128i good = _mm_and_si128(mine, _mm_cmpeq_epi8(_mm_min_epu8(n, load(most + i)), n));
    __m128i empty = _mm_and_si128(mine, _mm_cmpeq_epi8(n, no_cell));
    sums = _mm_add_epi64(sums, _mm_sad_epu8(_mm_and_si128(good, n), none));
    goods = _mm_add_epi64(goods, _mm_sad_epu8(_mm_and_si128(good, one), none));
    empties = _mm_add_epi64(empties, _mm_sad_epu8(_mm_and_si128(empty, one), none));
  }
  uint32_t empty = both_halves(empties);
  return (wuji_numbers_told){both_halves(sums), empty, count - both_halves(goods) - empty};
}

/* Sixty-four at once, which is a whole row of nearly every paper. */
__attribute__((target("avx512f,avx512bw,avx512vl,popcnt"))) static wuji_numbers_told
tell_at_once(const uint8_t *numbers, const uint8_t *most, uint32_t count) {
  const __m512i no_cell = _mm512_set1_epi8((char)WUJI_NO_CELL);
  __m512i sums = _mm512_setzero_si512();
  uint32_t good = 0;
  uint32_t empty = 0;
  for (uint32_t i = 0; i < count; i += WUJI_CHUNK_BYTES) {
    uint32_t left = count - i;
    uint64_t mine = left < WUJI_CHUNK_BYTES ? (UINT64_C(1) << left) - 1 : ~UINT64_C(0);
    __m512i n = _mm512_maskz_loadu_epi8(mine, numbers + i);
    uint64_t goods = _mm512_mask_cmple_epu8_mask(mine, n, _mm512_maskz_loadu_epi8(mine, most + i));
    uint64_t empties = _mm512_mask_cmpeq_epi8_mask(mine, n, no_cell);
    sums = _mm512_add_epi64(sums, _mm512_sad_epu8(_mm512_maskz_mov_epi8(goods, n), _mm512_setzero_si512()));
    good += (uint32_t)__builtin_popcountll(goods);
    empty += (uint32_t)__builtin_popcountll(empties);
  }
  return (wuji_numbers_told){(uint32_t)_mm512_reduce_add_epi64(sums), empty, count - good - empty};
}

wuji_numbers_told wuji_numbers_tell(const uint8_t *numbers, const uint8_t *most, uint32_t count) {
  return wuji_isa() == WUJI_ISA_AVX512 ? tell_at_once(numbers, most, count)
                                       : tell_plainly(numbers, most, count);
}

#else

wuji_numbers_told wuji_numbers_tell(const uint8_t *numbers, const uint8_t *most, uint32_t count) {
  wuji_numbers_told told = {0};
  for (uint32_t i = 0; i < count; i++) {
    bool good = numbers[i] <= most[i];
    bool empty = numbers[i] == WUJI_NO_CELL;
    told.sum += good ? numbers[i] : 0;
    told.empty += empty;
    told.odd += !good && !empty;
  }
  return told;
}

#endif
