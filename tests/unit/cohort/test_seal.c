#include "cohort/cohort.h"

#include <criterion/criterion.h>

/* Two classes of one school, four candidates; papers are added by the tests. */
static wuji_cohort *four(const uint8_t counted[4]) {
  static const char *const ids[] = {"1", "2", "3", "4"};
  wuji_seat_path paths[2];
  wuji_seat seats[4];
  for (int c = 0; c < 2; c++) {
    paths[c] = (wuji_seat_path){{wuji_str_of("p"), wuji_str_of("c"), wuji_str_of("d"), wuji_str_of("s"),
                                 wuji_str_of(c == 0 ? "1班" : "2班")}};
  }
  for (int i = 0; i < 4; i++) seats[i] = (wuji_seat){wuji_str_of(ids[i]), &paths[i / 2]};
  uint32_t rows[4];
  wuji_cohort *cohort = wuji_cohort_new();
  cr_assert_eq(wuji_cohort_seat(cohort, seats, 4, NULL, 0, rows, NULL), WUJI_OK);
  cohort->counted = wuji_arena_array(&cohort->arena, 4, 1);
  memcpy(cohort->counted, counted, 4);
  cohort->papers = wuji_arena_array(&cohort->arena, 4, sizeof *cohort->papers);
  return cohort;
}

/* A paper of one item with `max` units at `units` a mark; a mark of -1 is absent, -2 void, -3 not taken. */
static void add_paper(wuji_cohort *cohort, uint32_t units, uint32_t max, const int marks[4]) {
  wuji_paper *paper = &cohort->papers[cohort->paper_count++];
  *paper = (wuji_paper){
      .code = wuji_str_of("P"), .in_total = true, .units = units, .full = max, .item_count = 1, .width = 1};
  paper->items = wuji_arena_array(&cohort->arena, 1, sizeof *paper->items);
  paper->items[0].max = max;
  paper->marks = wuji_arena_array(&cohort->arena, 4, 1);
  paper->status = wuji_arena_array(&cohort->arena, 4, 1);
  for (int i = 0; i < 4; i++) {
    static const uint8_t status[] = {WUJI_PRESENT, WUJI_ABSENT, WUJI_VOID, WUJI_NOT_TAKEN};
    int gone = marks[i] < 0 ? -marks[i] : 0;
    paper->status[i] = status[gone];
    ((uint8_t *)paper->marks)[i] = (uint8_t)(gone ? wuji_mark_code(1, (wuji_code)gone) : (uint32_t)marks[i]);
  }
}

static void seal(wuji_cohort *cohort) {
  wuji_error error = {0};
  cr_assert_eq(wuji_cohort_seal(cohort, 1, NULL, &error), WUJI_OK, "%s", error.message);
  cr_assert(wuji_cohort_valid(cohort, &error), "%s", error.message);
}

Test(seal, electives_give_the_largest_sum_of_maxima_as_full_mark) {
  wuji_cohort *cohort = four((const uint8_t[]){1, 1, 1, 1});
  add_paper(cohort, 1, 100, (const int[]){50, 60, 70, 80});
  add_paper(cohort, 2, 120, (const int[]){31, -3, -3, -1}); /* 60 marks in halves, the elective */
  seal(cohort);
  cr_assert_eq(cohort->total.units, 2);
  cr_assert_eq(cohort->total.full.num, 160);
  cr_assert_eq(cohort->total.full.den, 1);
  cr_assert_eq(cohort->total.raw[0], 131);
  cr_assert_eq(cohort->total.raw[1], 120);
  cr_assert_eq(cohort->total.raw[3], 160); /* absent from one: that one adds 0 */
  wuji_cohort_free(cohort);
}

Test(seal, absent_exclude_takes_the_total_away) {
  wuji_cohort *cohort = four((const uint8_t[]){1, 1, 1, 1});
  cohort->plan.absent = WUJI_ABSENT_EXCLUDE;
  add_paper(cohort, 1, 100, (const int[]){50, 60, -1, -1});
  add_paper(cohort, 1, 100, (const int[]){50, -2, -2, -3});
  seal(cohort);
  cr_assert_eq(cohort->total.status[0], WUJI_PRESENT);
  cr_assert_eq(cohort->total.status[1], WUJI_VOID);
  cr_assert_eq(cohort->total.status[2], WUJI_VOID);
  cr_assert_eq(cohort->total.status[3], WUJI_ABSENT);
  wuji_cohort_free(cohort);
}

Test(seal, a_given_full_mark_below_a_total_is_refused_and_names_the_candidate) {
  wuji_cohort *cohort = four((const uint8_t[]){1, 1, 1, 0});
  cohort->plan.total_full = (wuji_decimal){79, 1};
  add_paper(cohort, 1, 100, (const int[]){50, 60, 70, 80});
  uint32_t row = 0;
  wuji_error error = {0};
  cr_assert_eq(wuji_cohort_seal(cohort, 1, &row, &error), WUJI_REJECTED);
  cr_assert_eq(row, 3);
  cr_assert_str_eq(error.message, "full_mark 79 is below the total 80 of candidate 4");
  wuji_cohort_free(cohort);
}

Test(seal, a_paper_orders_its_rows_by_teaching_class_inside_the_school) {
  wuji_cohort *cohort = four((const uint8_t[]){1, 1, 1, 1});
  add_paper(cohort, 1, 100, (const int[]){1, 2, 3, 4});
  int32_t *class_node = wuji_arena_array(&cohort->arena, 4, sizeof *class_node);
  for (int i = 0; i < 4; i++)
    class_node[i] = cohort->own_class[i % 2 == 0 ? 2 : 0]; /* 1 and 3 sit with 2班 */
  cohort->papers[0].class_node = class_node;
  seal(cohort);
  const wuji_paper *paper = &cohort->papers[0];
  wuji_slice first = wuji_paper_slice(cohort, paper, cohort->own_class[0]);
  cr_assert_eq(first.row0, 0);
  cr_assert_eq(first.row1, 2);
  cr_assert_eq(wuji_paper_row(paper, 0), 1);
  cr_assert_eq(wuji_paper_row(paper, 1), 3);
  cr_assert_eq(wuji_paper_row(paper, 2), 0);
  wuji_cohort_free(cohort);
}
