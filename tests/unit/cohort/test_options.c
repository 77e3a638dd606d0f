/* Chosen options: which are listed after sealing, and what the invariants hold against the codes. */
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const char *const letters[] = {"A", "AB", "B", "C", "D", NULL};

/* Four candidates, the last one not counted; the third is absent. One item with options. */
static test_exam four(wuji_paper **paper, const char *options, const char *key) {
  test_exam exam = {0};
  const char *const path[WUJI_LEVELS] = {"P", "C", "D", "S", "K"};
  for (int c = 0; c < 4; c++) (void)test_exam_add(&exam, path, c != 3);
  test_exam_seat(&exam);
  *paper = test_exam_paper(&exam, "x", 1, 2, (const uint32_t[]){5, 5});
  for (uint32_t c = 0; c < 4; c++) test_exam_present(&exam, *paper, c, (const int[]){1, 1});
  test_exam_away(&exam, *paper, 2, WUJI_ABSENT);
  test_exam_choice(&exam, *paper, 1, options, key, letters);
  return exam;
}

static const char *listed_of(const wuji_choice *choice) {
  static char text[64];
  size_t at = 0;
  for (uint32_t o = 0; o < choice->option_count; o++) {
    const wuji_option *option = &choice->options[o];
    if (option->listed)
      at += (size_t)sprintf(text + at, "%s%s ", option->text.ptr, option->is_key ? "*" : "");
  }
  text[at] = '\0';
  return text;
}

Test(options, listed_are_none_the_named_the_key_and_what_a_counted_present_candidate_chose) {
  wuji_paper *paper;
  test_exam exam = four(&paper, "AB", "C");
  test_exam_choose(&exam, paper, 0, 0, "AB");
  test_exam_choose(&exam, paper, 3, 0, "D"); /* not counted */
  test_exam_seal(&exam);
  cr_expect_str_eq(listed_of(&paper->choices[0]), " A AB B C* ");
  cr_expect_eq(wuji_paper_chosen(paper, exam.row[0], 0), 2);
  cr_expect_eq(wuji_paper_chosen(paper, exam.row[1], 0), 0);
  test_exam_free(&exam);
}

Test(options, without_a_key_and_named_options_only_what_was_chosen_is_listed) {
  wuji_paper *paper;
  test_exam exam = four(&paper, NULL, NULL);
  test_exam_choose(&exam, paper, 1, 0, "D");
  test_exam_seal(&exam);
  cr_expect_str_eq(listed_of(&paper->choices[0]), " D ");
  test_exam_free(&exam);
}

Test(options, codes_that_break_an_invariant_are_not_valid) {
  wuji_paper *paper;
  wuji_error error = {0};
  test_exam exam = four(&paper, "ABCD", "C");
  test_exam_seal(&exam);
  uint8_t *chosen = paper->chosen;
  chosen[exam.row[2]] = 1;
  cr_expect(!wuji_cohort_valid(exam.cohort, &error));
  cr_expect_str_eq(error.message, "paper x: row 2 chose and was not there");
  chosen[exam.row[2]] = 0;
  chosen[exam.row[0]] = 6;
  cr_expect(!wuji_cohort_valid(exam.cohort, &error));
  cr_expect_str_eq(error.message, "paper x: row 0 chose what choice 0 does not have");
  chosen[exam.row[0]] = 2; /* AB, which nobody had chosen when the cohort was sealed */
  cr_expect(!wuji_cohort_valid(exam.cohort, &error));
  cr_expect_str_eq(error.message, "paper x: what row 0 chose on choice 0 is not listed");
  chosen[exam.row[0]] = 0;
  cr_expect(wuji_cohort_valid(exam.cohort, &error));
  test_exam_free(&exam);
}
