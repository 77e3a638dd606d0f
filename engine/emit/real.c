/* The shortest decimal that reads back the same double, the nearest one where several are as short.
 *
 * Method: Raffaello Giulietti, "The Schubfach way to render doubles" (2020), sections 8 and 9: a double c·2^q
 * and the two ends of the interval that rounds to it are scaled by 10^-k, with k such that the interval is at
 * least 1 and less than 10 wide. Then it holds at most one multiple of 10, which is the shortest where there
 * is one; else one of the two integers around the double is. Scaling is one multiplication by a 128-bit power
 * of ten; "rounding to odd" (keeping in the last bit whether anything was cut off) is enough to compare
 * exactly. */
#include "emit/digits.h"
#include "emit/emit.h"

#include <assert.h>
#include <math.h>

enum {
  MANTISSA_BITS = 52,
  LEAST_Q = -1074,
  LEAST_POWER = -292,
  MOST_DIGITS = 17,
  MOST_PLAIN = 17,
  LEAST_PLAIN = -5
};

typedef struct power {
  uint64_t hi, lo;
} power;

static const power powers[] = {
#define POWER(hi, lo) {UINT64_C(hi), UINT64_C(lo)},
#include "emit/powers.def"
#undef POWER
};

typedef struct decimal {
  uint64_t digits; /* value = digits · 10^exponent */
  int32_t exponent;
} decimal;

__extension__ typedef unsigned __int128 wide;

/** floor(factor · g / 2^128), its last bit set where the quotient is not whole. */
static inline uint64_t scaled_to_odd(power g, uint64_t factor) {
  uint64_t low = (uint64_t)((wide)g.lo * factor >> 64);
  wide product = (wide)g.hi * factor + low;
  return (uint64_t)(product >> 64) | ((uint64_t)product > 1);
}

/** Logarithms by a rounded factor; make-powers.py proves them for every q that a double has. */
static inline int32_t floor_log10_of_pow2(int32_t q) {
  return (q * 1262611) >> 22;
}

static inline int32_t floor_log10_of_three_quarters_pow2(int32_t q) {
  return (q * 1262611 - 524031) >> 22;
}

static inline int32_t floor_log2_of_pow10(int32_t e) {
  return (e * 1741647) >> 19;
}

/** Shorter by its trailing zeros: a share like 0.25 has some fourteen. */
static decimal without_trailing_zeros(decimal d) {
  if (d.digits % 100000000 == 0) d = (decimal){d.digits / 100000000, d.exponent + 8};
  if (d.digits % 10000 == 0) d = (decimal){d.digits / 10000, d.exponent + 4};
  if (d.digits % 100 == 0) d = (decimal){d.digits / 100, d.exponent + 2};
  if (d.digits % 10 == 0) d = (decimal){d.digits / 10, d.exponent + 1};
  return d;
}

/** The double c·2^q, c > 0. `narrow_below`: c is the least of its binade, so that the gap below is half the
 * one above. */
static decimal shortest(uint64_t c, int32_t q, bool narrow_below) {
  int32_t k = narrow_below ? floor_log10_of_three_quarters_pow2(q) : floor_log10_of_pow2(q);
  int32_t h = q + floor_log2_of_pow10(-k) + 1;
  power g = powers[-k - LEAST_POWER];
  /* Four times the scaled double and the ends of its interval; an odd c does not own the ends (ties go to
   * even). */
  uint64_t open = c & 1;
  uint64_t value = scaled_to_odd(g, (4 * c) << h);
  uint64_t low = scaled_to_odd(g, (4 * c - (narrow_below ? 1 : 2)) << h) + open;
  uint64_t high = scaled_to_odd(g, (4 * c + 2) << h) - open;

  uint64_t below = value / 4;
  if (below >= 10) {
    uint64_t tens = below / 10;
    bool lower_in = low <= 40 * tens;
    bool upper_in = 40 * tens + 40 <= high;
    if (lower_in != upper_in) return without_trailing_zeros((decimal){tens + upper_in, k + 1});
  }
  bool lower_in = low <= 4 * below;
  bool upper_in = 4 * below + 4 <= high;
  bool up;
  if (lower_in != upper_in) {
    up = upper_in;
  } else {
    uint64_t middle = 4 * below + 2;
    up = value > middle || (value == middle && (below & 1) != 0);
  }
  uint64_t nearest = below + up;
  return nearest == 10 ? (decimal){1, k + 1} : (decimal){nearest, k};
}

/* Copies are MOST_DIGITS long whatever the count: one instruction or two, and what is too much is overwritten
 * or not counted. So `digits` is readable that far, and a text has room: sign, "0.0000", 17 digits are 24 of
 * 32 bytes. */

/** Plain digits, the point `point` digits from the left (it may lie outside the digits). */
static uint32_t put_plain(const char *digits, uint32_t count, int32_t point, char *text) {
  static const char leading[8] = {'0', '.', '0', '0', '0', '0', '0', '0'};
  if (point <= 0) {
    uint32_t zeros = (uint32_t)-point;
    memcpy(text, leading, sizeof leading);
    memcpy(text + 2 + zeros, digits, MOST_DIGITS);
    return 2 + zeros + count;
  }
  uint32_t whole = (uint32_t)point;
  memcpy(text, digits, MOST_DIGITS);
  if (whole >= count) {
    for (uint32_t i = count; i < whole; i++) text[i] = '0';
    return whole;
  }
  text[whole] = '.';
  memcpy(text + whole + 1, digits + whole, count - whole);
  return count + 1;
}

static uint32_t put_exponent_form(const char *digits, uint32_t count, int32_t exponent, char *text) {
  text[0] = digits[0];
  text[1] = '.';
  memcpy(text + 2, digits + 1, MOST_DIGITS - 1);
  uint32_t length = count == 1 ? 1 : count + 1;
  text[length++] = 'e';
  text[length++] = exponent < 0 ? '-' : '+';
  uint32_t size = (uint32_t)(exponent < 0 ? -exponent : exponent);
  if (size < 10) text[length++] = '0'; /* two digits at least, like printf */
  return length + wuji_put_number(size, text + length);
}

uint32_t wuji_emit_real(double value, char text[WUJI_REAL_TEXT]) {
  assert(isfinite(value));
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  uint64_t fraction = bits & ((UINT64_C(1) << MANTISSA_BITS) - 1);
  uint32_t biased = (uint32_t)(bits >> MANTISSA_BITS) & 0x7ff;
  uint64_t c = biased == 0 ? fraction : fraction | UINT64_C(1) << MANTISSA_BITS;
  int32_t q = biased == 0 ? LEAST_Q : LEAST_Q - 1 + (int32_t)biased;
  if (c == 0) {
    text[0] = '0';
    return 1;
  }
  uint32_t sign = (uint32_t)(bits >> 63);
  text[0] = '-';
  text += sign;

  /* Counts and whole marks: up to 2^53 a whole number is its own shortest decimal. */
  if (q <= 0 && q > -MANTISSA_BITS - 1 && (c & ((UINT64_C(1) << -q) - 1)) == 0) {
    return sign + wuji_put_number(c >> -q, text);
  }
  decimal d = shortest(c, q, fraction == 0 && biased > 1);
  char padded[2 * MOST_DIGITS] = {0};
  uint64_t high = d.digits / 100000000;
  padded[0] = (char)('0' + high / 100000000);
  wuji_put_eight((uint32_t)(high % 100000000), padded + 1);
  wuji_put_eight((uint32_t)(d.digits % 100000000), padded + 9);
  uint32_t count = wuji_digit_count(d.digits);
  const char *digits = padded + MOST_DIGITS - count;
  int32_t point = (int32_t)count + d.exponent;
  if (point - 1 >= LEAST_PLAIN && point - 1 < MOST_PLAIN) return sign + put_plain(digits, count, point, text);
  return sign + put_exponent_form(digits, count, point - 1, text);
}
