#include "base/str.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/quiet.h"

static int compare(const char *a, const char *b) {
  int order = wuji_str_compare(wuji_str_of(a), wuji_str_of(b));
  return (order > 0) - (order < 0);
}

Test(str, order_is_by_bytes_and_a_prefix_comes_first) {
  cr_expect_eq(compare("a", "b"), -1);
  cr_expect_eq(compare("a", "a"), 0);
  cr_expect_eq(compare("a", "ab"), -1);
  cr_expect_eq(compare("ab", "a"), 1);
  cr_expect_eq(compare("", "a"), -1);
  cr_expect_eq(compare("", ""), 0);
  cr_expect_eq(compare("z", "瑞"), -1); /* bytes are unsigned */
  cr_expect_eq(compare("高三10班", "高三2班"), -1);
}

Test(str, null_is_not_the_empty_text_but_as_long) {
  cr_expect_null(wuji_str_of(NULL).ptr);
  cr_expect_not(wuji_str_is(WUJI_NO_STR, ""));
  cr_expect(wuji_str_is(wuji_str_of(""), ""));
  cr_expect(wuji_str_equal(wuji_str_of("安"), wuji_str_of("安")));
  cr_expect_not(wuji_str_equal(wuji_str_of("安"), wuji_str_of("安 ")));
}

Test(str, the_hash_depends_on_the_bytes_alone) {
  char shifted[32];
  for (size_t offset = 0; offset < 8; offset++) { /* alignment does not matter */
    memcpy(shifted + offset, "0012345678901234", 17);
    cr_expect_eq(wuji_str_hash(wuji_str_of(shifted + offset)),
                 wuji_str_hash(wuji_str_of("0012345678901234")));
  }
  cr_expect_neq(wuji_str_hash((wuji_str){"\0", 1}), wuji_str_hash((wuji_str){"\0\0", 2}));
  cr_expect_eq(wuji_str_hash(WUJI_NO_STR), wuji_str_hash(wuji_str_of("")));
}

static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a;
  uint64_t y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

Test(str, ids_of_a_province_do_not_collide) {
  enum { COUNT = 200000 };
  uint64_t *hashes = malloc(COUNT * sizeof *hashes);
  for (int i = 0; i < COUNT; i++) {
    char id[20];
    (void)snprintf(id, sizeof id, "0%013d", i * 7);
    hashes[i] = wuji_str_hash(wuji_str_of(id));
  }
  qsort(hashes, COUNT, sizeof *hashes, by_value);
  for (int i = 1; i < COUNT; i++) quiet_assert(hashes[i] != hashes[i - 1], "hash %d comes twice", i);
  free(hashes);
}
