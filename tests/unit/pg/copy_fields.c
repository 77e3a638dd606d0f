/* The fields of binary COPY, byte by byte. */
#include "pg/copy.h"

#include <criterion/criterion.h>
#include <math.h>

static void expect_bytes(const uint8_t *got, const uint8_t *end, const char *bytes, size_t count) {
  cr_assert_eq((size_t)(end - got), count);
  cr_expect_arr_eq(got, bytes, count);
}

Test(copy_fields, integers_are_big_endian_behind_their_length) {
  uint8_t field[16];
  expect_bytes(field, wuji_pg_put_integer(field, 2, -2), "\0\0\0\2\377\376", 6);
  expect_bytes(field, wuji_pg_put_integer(field, 4, 258), "\0\0\0\4\0\0\1\2", 8);
  expect_bytes(field, wuji_pg_put_integer(field, 8, INT64_MIN), "\0\0\0\10\200\0\0\0\0\0\0\0", 12);
  expect_bytes(field, wuji_pg_put_integer(field, 1, 1), "\0\0\0\1\1", 5);
}

Test(copy_fields, null_is_length_minus_one_and_empty_is_length_zero) {
  uint8_t field[16];
  expect_bytes(field, wuji_pg_put_null(field), "\377\377\377\377", 4);
  expect_bytes(field, wuji_pg_put_bytes(field, WUJI_NO_STR), "\377\377\377\377", 4);
  expect_bytes(field, wuji_pg_put_bytes(field, (wuji_str){"", 0}), "\0\0\0\0", 4);
  expect_bytes(field, wuji_pg_put_bytes(field, (wuji_str){"a\0b", 3}), "\0\0\0\3a\0b", 7);
}

Test(copy_fields, reals_keep_every_bit) {
  uint8_t field[16];
  expect_bytes(field, wuji_pg_put_real(field, 1.0), "\0\0\0\10\77\360\0\0\0\0\0\0", 12);
  expect_bytes(field, wuji_pg_put_real(field, -0.0), "\0\0\0\10\200\0\0\0\0\0\0\0", 12);
  expect_bytes(field, wuji_pg_put_real(field, 0.1), "\0\0\0\10\77\271\231\231\231\231\231\232", 12);
}

Test(copy_fields, an_array_tells_its_size_and_whether_it_has_nulls) {
  uint8_t field[128];
  double values[] = {1.0, NAN};
  expect_bytes(
      field, wuji_pg_put_reals(field, values, 2),
      "\0\0\0\44\0\0\0\1\0\0\0\1\0\0\2\275\0\0\0\2\0\0\0\1\0\0\0\10\77\360\0\0\0\0\0\0\377\377\377\377", 40);
  expect_bytes(field, wuji_pg_put_reals(field, values, 1),
               "\0\0\0\40\0\0\0\1\0\0\0\0\0\0\2\275\0\0\0\1\0\0\0\1\0\0\0\10\77\360\0\0\0\0\0\0", 36);
  expect_bytes(field, wuji_pg_put_reals(field, values, 0), "\0\0\0\14\0\0\0\0\0\0\0\0\0\0\2\275", 16);
  cr_expect_geq(wuji_pg_reals_room(2), 40);
}
