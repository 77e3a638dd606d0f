#include "emit/digits.h"

const char wuji_digit_pairs[201] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

enum { EIGHT = 100000000 };

uint32_t wuji_digit_count(uint64_t number) {
  static const uint64_t least[] = {/* of one digit more than the index */
                                   0,
                                   UINT64_C(10),
                                   UINT64_C(100),
                                   UINT64_C(1000),
                                   UINT64_C(10000),
                                   UINT64_C(100000),
                                   UINT64_C(1000000),
                                   UINT64_C(10000000),
                                   UINT64_C(100000000),
                                   UINT64_C(1000000000),
                                   UINT64_C(10000000000),
                                   UINT64_C(100000000000),
                                   UINT64_C(1000000000000),
                                   UINT64_C(10000000000000),
                                   UINT64_C(100000000000000),
                                   UINT64_C(1000000000000000),
                                   UINT64_C(10000000000000000),
                                   UINT64_C(100000000000000000),
                                   UINT64_C(1000000000000000000),
                                   UINT64_C(10000000000000000000)};
  uint32_t bits = 64 - (uint32_t)__builtin_clzll(number | 1);
  uint32_t guess = bits * 1233 >> 12; /* floor(bits · log10 2): right or one too few */
  return guess + (number >= least[guess]);
}

uint32_t wuji_put_number(uint64_t number, char *text) {
  uint32_t count = wuji_digit_count(number);
  uint32_t at = count;
  for (; at > 8; at -= 8) {
    wuji_put_eight((uint32_t)(number % EIGHT), text + at - 8);
    number /= EIGHT;
  }
  uint32_t rest = (uint32_t)number;
  for (; at > 1; at -= 2) {
    wuji_put_pair(rest % 100, text + at - 2);
    rest /= 100;
  }
  if (at == 1) text[0] = (char)('0' + rest);
  return count;
}
