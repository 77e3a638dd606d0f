#include "emit/digits.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "support/quiet.h"

static void is_right(uint64_t number) {
  char expected[32];
  char text[32];
  int length = snprintf(expected, sizeof expected, "%llu", (unsigned long long)number);
  uint32_t count = wuji_put_number(number, text);
  quiet_assert(count == (uint32_t)length, "%s", expected);
  quiet_assert(memcmp(text, expected, count) == 0, "%s", expected);
  quiet_assert(wuji_digit_count(number) == count, "%s", expected);
}

Test(digits, numbers_of_every_length_are_right) {
  is_right(0);
  is_right(UINT64_MAX);
  for (uint64_t power = 1;; power *= 10) {
    for (uint64_t times = 1; times < 10 && power <= UINT64_MAX / times; times++) {
      is_right(power * times - 1);
      is_right(power * times);
      is_right(power * times + 1);
    }
    if (power > UINT64_MAX / 10) break;
  }
  for (uint64_t shift = 0; shift < 64; shift++) {
    is_right(UINT64_C(1) << shift);
    is_right(UINT64_C(0x9E3779B97F4A7C15) >> shift);
  }
}

Test(digits, eight_digits_keep_their_zeros) {
  char text[9] = "";
  wuji_put_eight(0, text);
  cr_expect_str_eq(text, "00000000");
  wuji_put_eight(1020304, text);
  cr_expect_str_eq(text, "01020304");
  wuji_put_eight(99999999, text);
  cr_expect_str_eq(text, "99999999");
}
