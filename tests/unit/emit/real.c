/* Reals against the C library: what wuji_emit_real() writes must read back bit for bit (strtod), no shorter
 * text may (every printf precision and its neighbours), and it must be the nearest of its length. */
#include "emit/emit.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/quiet.h"

static double of_bits(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static bool same_bits(double a, double b) {
  uint64_t x;
  uint64_t y;
  memcpy(&x, &a, sizeof x);
  memcpy(&y, &b, sizeof y);
  return x == y;
}

static const char *written(double value) {
  static char text[WUJI_REAL_TEXT + 1];
  text[wuji_emit_real(value, text)] = '\0';
  return text;
}

/** The significant digits of a decimal text, without sign, point, outer zeros and exponent. */
static void significant(const char *text, char digits[32]) {
  size_t count = 0;
  for (; *text != '\0' && *text != 'e'; text++) {
    bool digit = *text >= '0' && *text <= '9';
    if (digit && (count > 0 || *text != '0')) digits[count++] = *text;
  }
  while (count > 0 && digits[count - 1] == '0') count--;
  digits[count] = '\0';
}

/** The text `units` further in the last of the digits of "d.ddde±x", as printf writes it. */
static void step(const char *text, int units, char out[64]) {
  long long mantissa = 0;
  int decimals = 0;
  bool point = false;
  const char *at = text;
  for (; *at != 'e'; at++) {
    if (*at == '.') {
      point = true;
      continue;
    }
    mantissa = 10 * mantissa + (*at - '0');
    decimals += point;
  }
  (void)snprintf(out, 64, "%llde%d", mantissa + units, atoi(at + 1) - decimals);
}

/** The shortest text by trying: the nearest decimal of 1, 2 … 17 digits, and where that one does not read
 * back its neighbours (below a power of two the doubles are denser than above, so the nearest may be outside
 * and the next inside). */
static void try_all(double positive, char digits[32]) {
  for (int count = 1; count <= 17; count++) {
    static const int units[] = {0, 1, -1};
    char nearest[64];
    (void)snprintf(nearest, sizeof nearest, "%.*e", count - 1, positive);
    for (size_t i = 0; i < 3; i++) {
      char text[64];
      step(nearest, units[i], text);
      if (same_bits(strtod(text, NULL), positive)) {
        significant(text, digits);
        return;
      }
    }
  }
  digits[0] = '\0';
}

static void is_shortest_and_nearest(double value) {
  char mine[32];
  char theirs[32];
  const char *text = written(value);
  quiet_assert(same_bits(strtod(text, NULL), value), "%a became %s", value, text);
  significant(text, mine);
  try_all(fabs(value), theirs);
  quiet_assert(strcmp(mine, theirs) == 0, "%.17g (%a) became %s, digits should be %s", value, value, text,
               theirs);
}

static uint64_t next_random(uint64_t *state) {
  *state += UINT64_C(0x9E3779B97F4A7C15);
  uint64_t x = *state;
  x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
  return x ^ (x >> 31);
}

Test(real, every_exponent_gives_the_shortest_text_that_reads_back) {
  const uint64_t ones = (UINT64_C(1) << 52) - 1;
  uint64_t state = 1;
  for (uint64_t exponent = 0; exponent <= 2046; exponent++) {
    uint64_t mantissas[] = {0,
                            1,
                            2,
                            3,
                            ones,
                            ones - 1,
                            ones / 2,
                            ones / 2 + 1,
                            next_random(&state) & ones,
                            next_random(&state) & ones,
                            next_random(&state) & ones};
    for (size_t i = 0; i < sizeof mantissas / sizeof *mantissas; i++) {
      uint64_t bits = exponent << 52 | mantissas[i];
      if (bits != 0) is_shortest_and_nearest(of_bits(bits));
    }
  }
}

Test(real, short_decimals_come_out_as_they_went_in) {
  uint64_t state = 2;
  for (int i = 0; i < 100000; i++) {
    char text[64];
    char mine[32];
    char theirs[32];
    int digits = (int)(next_random(&state) % 15) + 1;
    int exponent = (int)(next_random(&state) % 580) - 290;
    uint64_t mantissa = next_random(&state) % (uint64_t)pow(10, digits) + 1;
    (void)snprintf(text, sizeof text, "%llue%d", (unsigned long long)mantissa, exponent);
    significant(text, theirs);
    significant(written(strtod(text, NULL)), mine);
    quiet_assert(strcmp(mine, theirs) == 0, "%s: %s", text, mine);
  }
}

Test(real, boundary_values_are_right) {
  static const struct {
    double value;
    const char *text;
  } cases[] = {
      {0.0, "0"},
      {-0.0, "0"},
      {1.0, "1"},
      {-1.0, "-1"},
      {0.5, "0.5"},
      {0.1, "0.1"},
      {-2.25, "-2.25"},
      {1.0 / 3.0, "0.3333333333333333"},
      {2.0 / 3.0, "0.6666666666666666"},
      {0.00001, "0.00001"},
      {0.000015, "0.000015"},
      {0.0000099, "9.9e-06"},
      {1.5e-7, "1.5e-07"},
      {1e-10, "1e-10"},
      {1e-100, "1e-100"},
      {123456.0, "123456"},
      {100.0, "100"},
      {1e15, "1000000000000000"},
      {9007199254740992.0, "9007199254740992"},
      {9007199254740993.0, "9007199254740992"}, /* 2^53 + 1 is no double */
      {9007199254740994.0, "9007199254740994"},
      {72057594037927936.0, "72057594037927940"},
      {99999999999999984.0, "99999999999999980"},
      {1e17, "1e+17"},
      {1e20, "1e+20"},
      {1e22, "1e+22"},
      {1e23, "1e+23"},
      {5e-324, "5e-324"},
      {2.2250738585072011e-308, "2.225073858507201e-308"},  /* the largest subnormal */
      {2.2250738585072014e-308, "2.2250738585072014e-308"}, /* the least normal */
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {-1.7976931348623157e308, "-1.7976931348623157e+308"},
      {5.684341886080802e-14,
       "5.684341886080802e-14"}, /* 2^-44: the nearest of 16 digits reads back another */
      {4.35, "4.35"},
      {0.892936, "0.892936"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    cr_expect_str_eq(written(cases[i].value), cases[i].text);
}

Test(real, powers_of_two_and_ten_and_their_neighbours_are_shortest) {
  for (int exponent = -1074; exponent <= 1023; exponent++) {
    double power = ldexp(1.0, exponent);
    is_shortest_and_nearest(power);
    is_shortest_and_nearest(nextafter(power, INFINITY));
    if (exponent > -1074) is_shortest_and_nearest(-nextafter(power, 0.0));
  }
  for (int exponent = -323; exponent <= 308; exponent++) {
    char text[16];
    (void)snprintf(text, sizeof text, "1e%d", exponent);
    double power = strtod(text, NULL);
    is_shortest_and_nearest(power);
    is_shortest_and_nearest(nextafter(power, INFINITY));
    is_shortest_and_nearest(nextafter(power, 0.0));
  }
}

Test(real, whole_numbers_have_no_point) {
  for (uint64_t i = 0; i < 53; i++) {
    for (uint64_t j = 0; j <= i; j++) {
      char expected[32];
      uint64_t number = (UINT64_C(1) << i) + (UINT64_C(1) << j) - 1;
      (void)snprintf(expected, sizeof expected, "%llu", (unsigned long long)number);
      quiet_assert(strcmp(written((double)number), expected) == 0, "%s", expected);
    }
  }
}

/* Ten million in the ordinary run; WUJI_RANDOM_REALS=1000000000 for a night. */
Test(real, random_doubles_read_back, .timeout = 100000) {
  const char *wish = getenv("WUJI_RANDOM_REALS");
  uint64_t count = wish == NULL ? 10000000 : strtoull(wish, NULL, 10);
  uint64_t state = 3;
  for (uint64_t i = 0; i < count; i++) {
    double value = of_bits(next_random(&state));
    if (!isfinite(value)) continue;
    if (i % 128 == 0) {
      is_shortest_and_nearest(value);
    } else if (!same_bits(strtod(written(value), NULL), value)) {
      cr_assert_fail("%a became %s", value, written(value));
    }
  }
}
