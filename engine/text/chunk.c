/* What is told of byte k is told of the cell that would end before it: a digit behind a mark, two digits
 * behind one, or a mark, and then the cell is empty. Those of the bytes that are marks are packed. */
#include "text/chunk.h"

#include "base/isa.h"

#include <string.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

uint8_t wuji_short_number(const char *text, uint32_t len) {
  unsigned value = len == 0 ? WUJI_NO_CELL : WUJI_NO_NUMBER;
  if (len == 1 || len == 2) {
    unsigned ones = (unsigned)(unsigned char)text[len - 1] - '0';
    unsigned tens = len == 2 ? (unsigned)(unsigned char)text[0] - '0' : 0;
    if (ones <= 9 && tens <= 9) value = 10 * tens + ones;
  }
  return (uint8_t)value;
}

/* The numbers before the marks, one by one. */
static inline void pack(wuji_chunk *chunk, const uint8_t values[WUJI_CHUNK_BYTES]) {
  uint32_t count = 0;
  for (uint64_t left = chunk->marks; left != 0; left &= left - 1, count++) {
    uint32_t k = (uint32_t)__builtin_ctzll(left);
    chunk->places[count] = (uint8_t)k;
    chunk->numbers[count] = values[k];
  }
}

#ifdef __SSE2__

/* Four bytes as four lanes. */
static inline __m128i widen(const uint8_t *bytes) {
  const __m128i zero = _mm_setzero_si128();
  int32_t four;
  memcpy(&four, bytes, sizeof four);
  return _mm_unpacklo_epi16(_mm_unpacklo_epi8(_mm_cvtsi32_si128(four), zero), zero);
}

/* Four at a time: each begins behind the mark before. */
uint32_t wuji_chunk_cells(const wuji_chunk *chunk, uint32_t passed, uint32_t more, uint32_t base,
                          uint32_t from, wuji_cell *cells) {
  const uint8_t *places = chunk->places + passed;
  const __m128i one = _mm_set1_epi32(1);
  const __m128i begin = _mm_set1_epi32((int)(base + 1));
  cells[0] = (wuji_cell){from, base + places[0] - from};
  for (uint32_t k = 1; k < more; k += 4) {
    __m128i before = widen(places + k - 1);
    __m128i at = _mm_add_epi32(before, begin);
    __m128i len = _mm_sub_epi32(_mm_sub_epi32(widen(places + k), before), one);
    _mm_storeu_si128((__m128i *)(void *)(cells + k), _mm_unpacklo_epi32(at, len));
    _mm_storeu_si128((__m128i *)(void *)(cells + k + 2), _mm_unpackhi_epi32(at, len));
  }
  return base + places[more - 1] + 1;
}

/* As everywhere on x86-64: sixteen bytes at a time. */
static void look_plainly(wuji_chunk *chunk, const char *p, char delimiter) {
  const __m128i d = _mm_set1_epi8(delimiter);
  const __m128i n = _mm_set1_epi8('\n');
  const __m128i q = _mm_set1_epi8('"');
  const __m128i zero = _mm_set1_epi8('0');
  const __m128i nine = _mm_set1_epi8(9);
  const __m128i no = _mm_set1_epi8((char)WUJI_NO_NUMBER);
  uint64_t newlines = 0;
  uint64_t quotes = 0;
  uint64_t marks = 0;
  uint8_t values[WUJI_CHUNK_BYTES];
  for (int i = 0; i < WUJI_CHUNK_BYTES; i += 16) {
    __m128i here = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    __m128i one = _mm_loadu_si128((const __m128i *)(const void *)(p + i - 1));
    __m128i two = _mm_loadu_si128((const __m128i *)(const void *)(p + i - 2));
    __m128i three = _mm_loadu_si128((const __m128i *)(const void *)(p + i - 3));
    __m128i newline = _mm_cmpeq_epi8(here, n);
    __m128i mark = _mm_or_si128(newline, _mm_cmpeq_epi8(here, d));
    newlines |= (uint64_t)(uint32_t)_mm_movemask_epi8(newline) << i;
    marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(mark) << i;
    quotes |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(here, q)) << i;

    __m128i mark_one = _mm_or_si128(_mm_cmpeq_epi8(one, n), _mm_cmpeq_epi8(one, d));
    __m128i mark_two = _mm_or_si128(_mm_cmpeq_epi8(two, n), _mm_cmpeq_epi8(two, d));
    __m128i mark_three = _mm_or_si128(_mm_cmpeq_epi8(three, n), _mm_cmpeq_epi8(three, d));
    __m128i ones = _mm_sub_epi8(one, zero);
    __m128i tens = _mm_sub_epi8(two, zero);
    __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(ones, nine), ones);
    __m128i digits = _mm_and_si128(_mm_cmpeq_epi8(_mm_min_epu8(tens, nine), tens), mark_three);
    __m128i twice = _mm_add_epi8(tens, tens);
    __m128i eight = _mm_add_epi8(_mm_add_epi8(twice, twice), _mm_add_epi8(twice, twice));
    __m128i value = _mm_add_epi8(ones, _mm_and_si128(_mm_add_epi8(eight, twice), digits));
    __m128i good = _mm_and_si128(digit, _mm_or_si128(mark_two, digits));
    value = _mm_or_si128(_mm_and_si128(good, value), _mm_andnot_si128(good, no));
    value = _mm_or_si128(value, mark_one);
    _mm_storeu_si128((__m128i *)(void *)(values + i), value);
  }
  chunk->newlines = newlines;
  chunk->quotes = quotes;
  chunk->marks = marks;
  pack(chunk, values);
}

/* All sixty-four at once; masks take the places of vectors. */
__attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2"))) static void
look_at_once(wuji_chunk *chunk, const char *p, char delimiter) {
  static const uint8_t ascending[WUJI_CHUNK_BYTES] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const __m512i d = _mm512_set1_epi8(delimiter);
  const __m512i n = _mm512_set1_epi8('\n');
  const __m512i zero = _mm512_set1_epi8('0');
  const __m512i nine = _mm512_set1_epi8(9);
  __m512i here = _mm512_loadu_si512(p);
  __m512i three = _mm512_loadu_si512(p - 3);
  __m512i ones = _mm512_sub_epi8(_mm512_loadu_si512(p - 1), zero);
  __m512i tens = _mm512_sub_epi8(_mm512_loadu_si512(p - 2), zero);
  uint64_t newlines = _mm512_cmpeq_epi8_mask(here, n);
  uint64_t marks = newlines | _mm512_cmpeq_epi8_mask(here, d);
  uint64_t mark_three = _mm512_cmpeq_epi8_mask(three, n) | _mm512_cmpeq_epi8_mask(three, d);
  uint64_t mark_two = mark_three >> 1 | marks << 2;
  uint64_t mark_one = mark_three >> 2 | marks << 1;

  uint64_t digits = _mm512_cmple_epu8_mask(tens, nine) & mark_three;
  uint64_t good = _mm512_cmple_epu8_mask(ones, nine) & (mark_two | digits);
  __m512i twice = _mm512_add_epi8(tens, tens);
  __m512i five = _mm512_add_epi8(_mm512_add_epi8(twice, twice), tens);
  __m512i value = _mm512_mask_add_epi8(ones, digits, ones, _mm512_add_epi8(five, five));
  value = _mm512_mask_blend_epi8(good, _mm512_set1_epi8((char)WUJI_NO_NUMBER), value);
  value = _mm512_mask_blend_epi8(mark_one, value, _mm512_set1_epi8((char)WUJI_NO_CELL));
  _mm512_storeu_si512(chunk->numbers, _mm512_maskz_compress_epi8(marks, value));
  _mm512_storeu_si512(chunk->places, _mm512_maskz_compress_epi8(marks, _mm512_loadu_si512(ascending)));
  chunk->newlines = newlines;
  chunk->quotes = _mm512_cmpeq_epi8_mask(here, _mm512_set1_epi8('"'));
  chunk->marks = marks;
}

wuji_chunk_look wuji_chunk_looker(void) {
  return wuji_isa_has_vbmi2() ? look_at_once : look_plainly;
}

#else

uint32_t wuji_chunk_cells(const wuji_chunk *chunk, uint32_t passed, uint32_t more, uint32_t base,
                          uint32_t from, wuji_cell *cells) {
  for (uint32_t k = 0; k < more; k++) {
    uint32_t end = base + chunk->places[passed + k];
    cells[k] = (wuji_cell){from, end - from};
    from = end + 1;
  }
  return from;
}

static void look_plainly(wuji_chunk *chunk, const char *p, char delimiter) {
  uint8_t values[WUJI_CHUNK_BYTES];
  chunk->newlines = chunk->quotes = chunk->marks = 0;
  for (int i = 0; i < WUJI_CHUNK_BYTES; i++) {
    chunk->newlines |= (uint64_t)(p[i] == '\n') << i;
    chunk->quotes |= (uint64_t)(p[i] == '"') << i;
    chunk->marks |= (uint64_t)(p[i] == '\n' || p[i] == delimiter) << i;
    uint32_t len = 0; /* of the cell, so far as it matters */
    while (len < 3 && p[i - 1 - (int)len] != '\n' && p[i - 1 - (int)len] != delimiter) len++;
    values[i] = wuji_short_number(p + i - len, len);
  }
  pack(chunk, values);
}

wuji_chunk_look wuji_chunk_looker(void) {
  return look_plainly;
}

#endif
