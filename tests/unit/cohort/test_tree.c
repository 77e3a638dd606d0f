#include "cohort/cohort.h"

#include <criterion/criterion.h>
#include <stdio.h>

static wuji_seat seat(const char *id, const char *city, const char *county, const char *school,
                      const char *class) {
  enum { MOST_PATHS = 1000 };
  static wuji_seat_path paths[MOST_PATHS];
  static size_t path_count;
  cr_assert_lt(path_count, MOST_PATHS);
  wuji_seat_path *path = &paths[path_count++];
  *path = (wuji_seat_path){{wuji_str_of("浙江省"), wuji_str_of(city), wuji_str_of(county),
                            wuji_str_of(school), wuji_str_of(class)}};
  return (wuji_seat){wuji_str_of(id), path};
}

static void seat_all(wuji_cohort *cohort, const wuji_seat *seats, uint32_t count,
                     wuji_teaching_class *classes, uint32_t class_count, uint32_t *rows) {
  wuji_error error = {0};
  cr_assert_eq(wuji_cohort_seat(cohort, seats, count, classes, class_count, rows, &error), WUJI_OK, "%s",
               error.message);
  cohort->counted = wuji_arena_array(&cohort->arena, count, 1);
  memset(cohort->counted, 1, count);
  cr_assert_eq(wuji_cohort_seal(cohort, 2, NULL, &error), WUJI_OK, "%s", error.message);
  cr_assert(wuji_cohort_valid(cohort, &error), "%s", error.message);
}

Test(tree, one_school_name_in_two_counties_is_two_nodes) {
  wuji_seat seats[] = {seat("3", "温州市", "瑞安市", "第一中学", "1班"),
                       seat("1", "温州市", "乐清市", "第一中学", "1班"),
                       seat("2", "温州市", "瑞安市", "第一中学", "1班")};
  uint32_t rows[3];
  wuji_cohort *cohort = wuji_cohort_new();
  seat_all(cohort, seats, 3, NULL, 0, rows);
  cr_assert_eq(cohort->node_count, 8);
  cr_assert_eq(rows[0], 2);
  cr_assert_eq(rows[1], 0);
  cr_assert_eq(rows[2], 1);
  cr_assert(wuji_str_is(cohort->nodes[7].path, "浙江省/温州市/瑞安市/第一中学/1班"));
  cr_assert_eq(cohort->nodes[5].candidates, 2);
  wuji_cohort_free(cohort);
}

Test(tree, a_slash_and_a_backslash_in_a_name_are_escaped_in_the_path_only) {
  wuji_seat seats[] = {seat("1", "a/b", "c\\d", "e\nf", "\"g\"")};
  uint32_t rows[1];
  wuji_cohort *cohort = wuji_cohort_new();
  seat_all(cohort, seats, 1, NULL, 0, rows);
  cr_assert(wuji_str_is(cohort->nodes[1].name, "a/b"));
  cr_assert(wuji_str_is(cohort->nodes[4].path, "浙江省/a\\/b/c\\\\d/e\nf/\"g\""));
  wuji_cohort_free(cohort);
}

Test(tree, siblings_stand_by_the_bytes_of_their_unescaped_names) {
  /* Path order is another: the escaped "a\/b" sorts after "a0", the name "a/b" before it. */
  wuji_seat seats[] = {seat("1", "a0", "x", "x", "x"), seat("2", "a/b", "x", "x", "x"),
                       seat("3", "a", "x", "x", "x")};
  uint32_t rows[3];
  wuji_cohort *cohort = wuji_cohort_new();
  seat_all(cohort, seats, 3, NULL, 0, rows);
  cr_assert(wuji_str_is(cohort->nodes[1].name, "a"));
  cr_assert(wuji_str_is(cohort->nodes[5].name, "a/b"));
  cr_assert(wuji_str_is(cohort->nodes[9].name, "a0"));
  wuji_cohort_free(cohort);
}

Test(tree, a_teaching_class_is_a_node_of_the_candidates_school_and_may_be_an_own_class) {
  wuji_seat seats[] = {seat("1", "c", "d", "s", "1班"), seat("2", "c", "d", "s", "2班"),
                       seat("3", "c", "d", "t", "1班")};
  wuji_teaching_class classes[] = {{.seat = 0, .name = wuji_str_of("A")},
                                   {.seat = 1, .name = wuji_str_of("1班")},
                                   {.seat = 2, .name = wuji_str_of("A")}};
  uint32_t rows[3];
  wuji_cohort *cohort = wuji_cohort_new();
  seat_all(cohort, seats, 3, classes, 3, rows);
  cr_assert_eq(cohort->node_count, 10);
  cr_assert(wuji_str_is(cohort->nodes[classes[0].node].path, "浙江省/c/d/s/A"));
  cr_assert_not(cohort->nodes[classes[0].node].own);
  cr_assert(cohort->nodes[classes[1].node].own);
  cr_assert_eq(classes[1].node, cohort->own_class[rows[0]]);
  cr_assert(wuji_str_is(cohort->nodes[classes[2].node].path, "浙江省/c/d/t/A"));
  cr_assert_not(wuji_node_on_paper(cohort, NULL, classes[0].node));
  wuji_cohort_free(cohort);
}

Test(tree, rows_do_not_depend_on_the_order_of_seats) {
  enum { COUNT = 500 };
  static char ids[COUNT][8];
  static char names[20][16];
  wuji_seat seats[COUNT];
  wuji_seat shuffled[COUNT];
  for (int i = 0; i < 20; i++) (void)snprintf(names[i], sizeof names[i], "n%d", i);
  for (uint32_t i = 0; i < COUNT; i++) {
    (void)snprintf(ids[i], sizeof ids[i], "%05u", i);
    seats[i] = seat(ids[i], names[i * 7919 % 3], names[i * 104729 % 5], names[i * 1299709 % 11],
                    names[i * 15485863 % 17]);
    shuffled[i * 211 % COUNT] = seats[i];
  }
  uint32_t rows[COUNT];
  uint32_t rows_shuffled[COUNT];
  wuji_cohort *a = wuji_cohort_new();
  wuji_cohort *b = wuji_cohort_new();
  seat_all(a, seats, COUNT, NULL, 0, rows);
  seat_all(b, shuffled, COUNT, NULL, 0, rows_shuffled);
  cr_assert_eq(a->node_count, b->node_count);
  for (int32_t n = 0; n < a->node_count; n++) cr_assert(wuji_str_equal(a->nodes[n].path, b->nodes[n].path));
  for (uint32_t i = 0; i < COUNT; i++) cr_assert_eq(rows[i], rows_shuffled[i * 211 % COUNT]);
  wuji_cohort_free(a);
  wuji_cohort_free(b);
}
