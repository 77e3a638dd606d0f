#include "text/chunk.h"

#include <stdbool.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

uint8_t wuji_short_number(const char *text, uint32_t len) {
  unsigned value = WUJI_NO_NUMBER;
  if (len == 1 || len == 2) {
    unsigned ones = (unsigned)(unsigned char)text[len - 1] - '0';
    unsigned tens = len == 2 ? (unsigned)(unsigned char)text[0] - '0' : 0;
    if (ones <= 9 && tens <= 9) value = 10 * tens + ones;
  }
  return (uint8_t)value;
}

#ifdef __SSE2__

/* A short number ends at a byte that is a digit, behind a mark or behind a digit that is itself behind a
 * mark. */
void wuji_chunk_look(wuji_chunk *chunk, const char *p, char delimiter) {
  const __m128i d = _mm_set1_epi8(delimiter);
  const __m128i n = _mm_set1_epi8('\n');
  const __m128i q = _mm_set1_epi8('"');
  const __m128i zero = _mm_set1_epi8('0');
  const __m128i nine = _mm_set1_epi8(9);
  const __m128i none = _mm_set1_epi8((char)WUJI_NO_NUMBER);
  uint64_t newlines = 0;
  uint64_t quotes = 0;
  uint64_t marks = 0;
  chunk->values[0] = chunk->values[WUJI_CHUNK_BYTES];
  for (int i = 0; i < WUJI_CHUNK_BYTES; i += 16) {
    __m128i here = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    __m128i one = _mm_loadu_si128((const __m128i *)(const void *)(p + i - 1));
    __m128i two = _mm_loadu_si128((const __m128i *)(const void *)(p + i - 2));
    __m128i newline = _mm_cmpeq_epi8(here, n);
    __m128i mark = _mm_or_si128(newline, _mm_cmpeq_epi8(here, d));
    newlines |= (uint64_t)(uint32_t)_mm_movemask_epi8(newline) << i;
    marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(mark) << i;
    quotes |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(here, q)) << i;

    __m128i mark_one = _mm_or_si128(_mm_cmpeq_epi8(one, n), _mm_cmpeq_epi8(one, d));
    __m128i mark_two = _mm_or_si128(_mm_cmpeq_epi8(two, n), _mm_cmpeq_epi8(two, d));
    __m128i ones = _mm_sub_epi8(here, zero);
    __m128i tens = _mm_sub_epi8(one, zero);
    __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(ones, nine), ones);
    __m128i digit_one = _mm_and_si128(_mm_cmpeq_epi8(_mm_min_epu8(tens, nine), tens), mark_two);
    __m128i twice = _mm_add_epi8(tens, tens);
    __m128i eight = _mm_add_epi8(_mm_add_epi8(twice, twice), _mm_add_epi8(twice, twice));
    __m128i value = _mm_add_epi8(ones, _mm_and_si128(_mm_add_epi8(eight, twice), digit_one));
    __m128i good = _mm_and_si128(digit, _mm_or_si128(mark_one, digit_one));
    value = _mm_or_si128(_mm_and_si128(good, value), _mm_andnot_si128(good, none));
    _mm_storeu_si128((__m128i *)(void *)(chunk->values + 1 + i), value);
  }
  chunk->newlines = newlines;
  chunk->quotes = quotes;
  chunk->marks = marks;
}

#else

void wuji_chunk_look(wuji_chunk *chunk, const char *p, char delimiter) {
  chunk->newlines = chunk->quotes = chunk->marks = 0;
  chunk->values[0] = chunk->values[WUJI_CHUNK_BYTES];
  for (int i = 0; i < WUJI_CHUNK_BYTES; i++) {
    chunk->newlines |= (uint64_t)(p[i] == '\n') << i;
    chunk->quotes |= (uint64_t)(p[i] == '"') << i;
    chunk->marks |= (uint64_t)(p[i] == '\n' || p[i] == delimiter) << i;
    bool mark_one = p[i - 1] == '\n' || p[i - 1] == delimiter;
    bool mark_two = p[i - 2] == '\n' || p[i - 2] == delimiter;
    chunk->values[i + 1] = mark_one   ? wuji_short_number(p + i, 1)
                           : mark_two ? wuji_short_number(p + i - 1, 2)
                                      : (uint8_t)WUJI_NO_NUMBER;
  }
}

#endif
