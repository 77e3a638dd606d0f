#include "ingest/real.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

enum { MOST_BYTES = 400, EXACT_DIGITS = 15, EXACT_DECIMALS = 15 };

static locale_t plain_locale;

static void make_locale(void) {
  plain_locale = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static uint32_t skip_digits(wuji_str text, uint32_t at) {
  while (at < text.len && is_digit(text.ptr[at])) at++;
  return at;
}

static uint32_t skip_sign(wuji_str text, uint32_t at) {
  return at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+') ? at + 1 : at;
}

/* Whether the text has the form of a number. `*decimals` are its digits behind the point; `*simple`: few
 * digits and no exponent. */
static bool is_number(wuji_str text, uint32_t *decimals, bool *simple) {
  uint32_t begin = skip_sign(text, 0);
  uint32_t at = skip_digits(text, begin);
  uint32_t digits = at - begin;
  *decimals = 0;
  if (digits == 0) return false;
  if (at < text.len && text.ptr[at] == '.') {
    uint32_t point = at++;
    at = skip_digits(text, at);
    *decimals = at - point - 1;
    if (*decimals == 0) return false;
  }
  *simple = at == text.len && digits + *decimals <= EXACT_DIGITS;
  if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
    uint32_t exponent = skip_sign(text, at + 1);
    at = skip_digits(text, exponent);
    if (at == exponent) return false;
  }
  return at == text.len;
}

/* Both parts are exact, so one division rounds once. */
static double read_simple(wuji_str text, uint32_t decimals) {
  static const double tens[EXACT_DECIMALS + 1] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  int64_t digits = 0;
  for (uint32_t at = 0; at < text.len; at++) {
    if (is_digit(text.ptr[at])) digits = digits * 10 + (text.ptr[at] - '0');
  }
  if (text.ptr[0] == '-') digits = -digits;
  return (double)digits / tens[decimals];
}

bool wuji_real_read(wuji_str text, double *real) {
  static pthread_once_t made = PTHREAD_ONCE_INIT;
  uint32_t decimals;
  bool simple = false;
  if (text.len > MOST_BYTES || !is_number(text, &decimals, &simple)) return false;
  if (simple) {
    *real = read_simple(text, decimals);
    return true;
  }
  char copy[MOST_BYTES + 1];
  memcpy(copy, text.ptr, text.len);
  copy[text.len] = '\0';
  pthread_once(&made, make_locale);
  double value = plain_locale == (locale_t)0 ? strtod(copy, NULL) : strtod_l(copy, NULL, plain_locale);
  if (!isfinite(value)) return false;
  *real = value + 0.0;
  return true;
}
