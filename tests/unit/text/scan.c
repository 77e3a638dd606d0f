#include "text/scan.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(scan, counting_agrees_with_a_plain_loop_at_every_length) {
  char bytes[20000];
  uint64_t seed = 1;
  for (size_t i = 0; i < sizeof bytes; i++) {
    seed = seed * UINT64_C(6364136223846793005) + 1;
    bytes[i] = (seed >> 40) % 3 == 0 ? '\n' : (char)(seed >> 50);
  }
  for (size_t len = 0; len < sizeof bytes; len += len < 300 ? 1 : 777) {
    size_t expected = 0;
    for (size_t i = 0; i < len; i++) expected += bytes[i] == '\n';
    cr_assert_eq(wuji_scan_count(bytes, len, '\n'), expected, "of %zu bytes", len);
  }
  memset(bytes, '\n', sizeof bytes);
  cr_expect_eq(wuji_scan_count(bytes, sizeof bytes, '\n'), sizeof bytes);
}

/* Long stretches of ASCII are passed in strides; what is wrong is found wherever it lies. */
Test(scan, one_bad_byte_is_found_at_every_place) {
  char bytes[300];
  for (size_t len = 1; len <= sizeof bytes; len += 7) {
    for (size_t at = 0; at < len; at++) {
      memset(bytes, '7', sizeof bytes);
      cr_assert(wuji_scan_utf8(bytes, len));
      bytes[at] = '\0';
      cr_assert_not(wuji_scan_utf8(bytes, len), "NUL at %zu of %zu", at, len);
      bytes[at] = '\x80';
      cr_assert_not(wuji_scan_utf8(bytes, len), "80 at %zu of %zu", at, len);
      if (at + 2 > len) continue;
      memcpy(bytes + at, "\xC2\x80", 2);
      cr_assert(wuji_scan_utf8(bytes, len), "C2 80 at %zu of %zu", at, len);
    }
  }
}

Test(scan, utf8_is_what_unicode_says) {
  static const struct {
    const char *bytes;
    size_t len;
    bool good;
  } cases[] = {
      {"plain ascii text", 16, true},
      {"中文字符和英文 text", 25, true},
      {"\xC2\x80", 2, true},
      {"\xF4\x8F\xBF\xBF", 4, true},  /* U+10FFFF */
      {"\xF4\x90\x80\x80", 4, false}, /* above */
      {"中", 3, true},
      {"中\xE4\xB8", 5, false}, /* cut off by the end */
      {"\xE4\x38\xAD", 3, false},
      {"\xE4\xB8\x2D", 3, false},
      {"\xED\x9F\xBF", 3, true},      /* U+D7FF */
      {"\xED\xA0\x80", 3, false},     /* a surrogate */
      {"\xC0\xAF", 2, false},         /* overlong */
      {"\xE0\x80\xAF", 3, false},     /* overlong */
      {"\xF0\x80\x80\xAF", 4, false}, /* overlong */
      {"\xE4\xB8", 2, false},         /* cut off */
      {"\xE4\xB8 ", 3, false},        /* cut off by another character */
      {"\x80", 1, false},             /* a byte in the middle of nothing */
      {"12345678\x00"
       "2345678",
       16, false}, /* NUL, in the fast path too */
      {"1234567\x00", 8, false},
      {"\xFE", 1, false},
      {"\xD6\xD0\xCE\xC4", 4, false}, /* GB18030 */
  };
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    cr_expect_eq(wuji_scan_utf8(cases[c].bytes, cases[c].len), cases[c].good, "case %zu", c);
  }
}

Test(scan, the_last_record_ends_outside_quotes) {
  static const struct {
    const char *text;
    size_t end;
    bool quotes;
  } cases[] = {{"a\nb\nc", 4, false},   {"abc", 0, false},
               {"a\n", 2, false},       {"\"a\nb\"\nc", 6, true},
               {"\"a\nb\nc", 0, true},  {"x\n\"a\nb\nc", 2, true},
               {"\"\"\n\"\"", 3, true}, {"\"a\"\n\"b\n\"\"\n", 4, true}};
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    bool quotes;
    cr_expect_eq(wuji_scan_last_record(cases[c].text, strlen(cases[c].text), &quotes), cases[c].end,
                 "case %zu", c);
    cr_expect_eq(quotes, cases[c].quotes, "case %zu", c);
  }
}
