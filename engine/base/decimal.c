#include "base/decimal.h"

enum { MOST_DIGITS = 9 };

bool wuji_decimal_read(wuji_str text, wuji_decimal *out) {
  int64_t num = 0;
  int64_t den = 1;
  uint32_t whole = 0;
  uint32_t fraction = 0;
  uint32_t i = 0;
  for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++, whole++) {
    num = num * 10 + (text.ptr[i] - '0');
    if (num > INT64_C(999999999)) return false;
  }
  if (whole == 0) return false;
  if (i < text.len && text.ptr[i] == '.') {
    for (i++; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++, fraction++) {
      if (fraction == MOST_DIGITS) return false;
      num = num * 10 + (text.ptr[i] - '0');
      den *= 10;
    }
    if (fraction == 0) return false;
  }
  if (i != text.len) return false;
  while (den > 1 && num % 10 == 0) {
    num /= 10;
    den /= 10;
  }
  *out = (wuji_decimal){num, den};
  return true;
}
