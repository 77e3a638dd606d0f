#include "base/decimal.h"

#include <criterion/criterion.h>

static void reads(const char *text, int64_t num, int64_t den) {
  wuji_decimal d = {-1, -1};
  cr_expect(wuji_decimal_read(wuji_str_of(text), &d), "%s", text);
  cr_expect(d.num == num && d.den == den, "%s: %lld/%lld", text, (long long)d.num, (long long)d.den);
}

static void is_refused(const char *text) {
  wuji_decimal d = {7, 8};
  cr_expect_not(wuji_decimal_read(wuji_str_of(text), &d), "%s", text);
  cr_expect(d.num == 7 && d.den == 8, "%s was refused but left something", text);
}

Test(decimal, digits_and_fractions_are_exact) {
  reads("0", 0, 1);
  reads("750", 750, 1);
  reads("0.85", 85, 100);
  reads("0.28", 28, 100);
  reads("10.5", 105, 10);
  reads("0.000000001", 1, 1000000000);
  reads("999999999.999999999", 999999999999999999, 1000000000);
}

Test(decimal, outer_zeros_do_not_matter) {
  reads("0.850", 85, 100);
  reads("1.000", 1, 1);
  reads("0.0", 0, 1);
  reads("007.50", 75, 10);
  reads("100", 100, 1);
  reads("00000000000000000001", 1, 1);
}

Test(decimal, anything_else_is_refused) {
  static const char *const texts[] = {"",    ".",  "5.",   ".5",  "+5",         "-5",
                                      " 5",  "5 ", "1e1",  "nan", "1.2.",       "0x1",
                                      "1,5", "５", "1.5%", "inf", "1000000000", "0.1234567891"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) is_refused(texts[i]);
}

Test(decimal, the_real_is_the_nearest_double) {
  wuji_decimal d;
  cr_assert(wuji_decimal_read(wuji_str_of("0.85"), &d));
  cr_expect(wuji_decimal_real(d) == 0.85);
  cr_assert(wuji_decimal_read(wuji_str_of("0.3"), &d));
  cr_expect(wuji_decimal_real(d) == 0.3);
}
