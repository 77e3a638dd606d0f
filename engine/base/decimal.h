/* An exact decimal: rates, shares, lines and widths are compared as rationals, never as doubles. */
#ifndef WUJI_BASE_DECIMAL_H
#define WUJI_BASE_DECIMAL_H

#include "base/str.h"

typedef struct wuji_decimal {
  int64_t num; /* value = num / den */
  int64_t den; /* a power of ten, 1 … 10^9 */
} wuji_decimal;

/** Reads digits, optionally a point and 1 to 9 digits; at most 9 digits before the point. No sign, no
 * exponent, no blanks. False: `text` is no such number, `out` untouched. Trailing zeros are dropped: 0.850 is
 * 85/100. */
bool wuji_decimal_read(wuji_str text, wuji_decimal *out);

/** The double nearest to the value (both parts are below 2^53, so one division rounds once). */
static inline double wuji_decimal_real(wuji_decimal d) {
  return (double)d.num / (double)d.den;
}

#endif
