#include "base/arena.h"

#include <criterion/criterion.h>

static bool is_zero(const char *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (bytes[i] != 0) return false;
  }
  return true;
}

Test(arena, pieces_are_zeroed_aligned_and_apart) {
  wuji_arena arena = {0};
  char *before = NULL;
  for (size_t size = 0; size < 3000; size += 7) {
    char *piece = wuji_arena_alloc(&arena, size);
    cr_assert_not_null(piece);
    cr_assert_eq((uintptr_t)piece % 16, 0);
    cr_assert_neq(piece, before);
    cr_assert(is_zero(piece, size));
    memset(piece, 0xFF, size); /* would spoil the zeros of the next one if they overlapped */
    before = piece;
  }
  wuji_arena_dispose(&arena);
}

Test(arena, arrays_begin_at_a_cache_line) {
  wuji_arena arena = {0};
  static const size_t counts[] = {0, 1, 5, 1000, 100000, 3};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    int64_t *array = wuji_arena_array(&arena, counts[i], sizeof *array);
    cr_assert_not_null(array);
    cr_assert_eq((uintptr_t)array % 64, 0);
    cr_assert(is_zero((const char *)array, counts[i] * sizeof *array));
    memset(array, 0xFF, counts[i] * sizeof *array);
  }
  wuji_arena_dispose(&arena);
}

Test(arena, an_impossible_size_is_refused) {
  wuji_arena arena = {0};
  cr_expect_null(wuji_arena_array(&arena, SIZE_MAX / 4, 8));
  cr_expect_null(wuji_arena_alloc(&arena, SIZE_MAX));
  cr_expect_not_null(wuji_arena_alloc(&arena, 1)); /* and the arena is as good as before */
  wuji_arena_dispose(&arena);
}

Test(arena, a_copied_text_outlives_its_source) {
  wuji_arena arena = {0};
  char source[] = "瑞安中学";
  wuji_str copy = wuji_arena_copy(&arena, wuji_str_of(source));
  memset(source, 'x', sizeof source - 1);
  cr_expect(wuji_str_is(copy, "瑞安中学"));
  cr_expect_eq(copy.ptr[copy.len], '\0');
  wuji_arena_dispose(&arena);
}

Test(arena, a_null_text_stays_null_and_an_empty_one_empty) {
  wuji_arena arena = {0};
  cr_expect_null(wuji_arena_copy(&arena, WUJI_NO_STR).ptr);
  wuji_str empty = wuji_arena_copy(&arena, wuji_str_of(""));
  cr_expect_not_null(empty.ptr);
  cr_expect_eq(empty.len, 0);
  wuji_arena_dispose(&arena);
}

Test(arena, adopting_moves_everything) {
  wuji_arena into = {0};
  wuji_arena from = {0};
  wuji_str own = wuji_arena_copy(&into, wuji_str_of("own"));
  wuji_str adopted = wuji_arena_copy(&from, wuji_str_of("adopted"));
  char *large = wuji_arena_alloc(&from, 1 << 20);
  wuji_arena_adopt(&into, &from);
  cr_expect_null(from.blocks);
  wuji_arena_dispose(&from); /* nothing is left to give back */
  memset(large, 1, 1 << 20);
  cr_expect(wuji_str_is(own, "own"));
  cr_expect(wuji_str_is(adopted, "adopted"));
  wuji_arena_dispose(&into);
}

Test(arena, adopting_into_or_from_an_empty_arena_is_good) {
  wuji_arena empty = {0};
  wuji_arena full = {0};
  wuji_str text = wuji_arena_copy(&full, wuji_str_of("text"));
  wuji_arena_adopt(&full, &empty);
  cr_expect(wuji_str_is(text, "text"));
  wuji_arena_adopt(&empty, &full);
  cr_expect(wuji_str_is(text, "text"));
  wuji_arena_dispose(&empty);
  wuji_arena_dispose(&empty); /* twice is once */
}

Test(arena, large_arrays_are_zeroed_and_small_pieces_go_between_them) {
  wuji_arena arena = {0};
  const size_t count = (size_t)3 << 20;
  unsigned char *last = NULL;
  for (int i = 0; i < 4; i++) {
    unsigned char *large = wuji_arena_array(&arena, count, 1);
    unsigned char *small = wuji_arena_array(&arena, 100, 1);
    cr_assert_not_null(large);
    cr_assert_not_null(small);
    cr_expect(large[0] == 0 && large[count / 2] == 0 && large[count - 1] == 0 && small[99] == 0);
    memset(large, 7, count);
    memset(small, 9, 100);
    if (last != NULL) cr_expect(last[0] == 7 && last[count - 1] == 7);
    last = large;
  }
  wuji_arena_dispose(&arena);
}
