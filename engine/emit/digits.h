/* Decimal digits of unsigned numbers, eight at a step so that the divisions do not wait for each other. */
#ifndef WUJI_EMIT_DIGITS_H
#define WUJI_EMIT_DIGITS_H

#include <stdint.h>
#include <string.h>

enum { WUJI_MOST_DIGITS = 20 };

/** How many digits `number` has, 1 to 20. */
uint32_t wuji_digit_count(uint64_t number);

/** The digits of `number`, not NUL-terminated; returns how many. */
uint32_t wuji_put_number(uint64_t number, char *text);

extern const char wuji_digit_pairs[201]; /* 00 01 … 99 */

static inline void wuji_put_pair(uint32_t number, char *text) {
  memcpy(text, wuji_digit_pairs + 2 * (size_t)number, 2);
}

/** Eight digits, zeros in front. */
static inline void wuji_put_eight(uint32_t number, char *text) {
  uint32_t high = number / 10000;
  uint32_t low = number % 10000;
  wuji_put_pair(high / 100, text);
  wuji_put_pair(high % 100, text + 2);
  wuji_put_pair(low / 100, text + 4);
  wuji_put_pair(low % 100, text + 6);
}

#endif
