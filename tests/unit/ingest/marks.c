/* Cells and rows of scores.csv. */
#include "ingest_maker.h"

#include "ingest/mark.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(mark, is_digits_with_at_most_two_decimals) {
  static const struct {
    const char *text;
    wuji_mark_form form;
    uint32_t hundredths;
  } cases[] = {
      {"0", WUJI_MARK_GOOD, 0},          {"7", WUJI_MARK_GOOD, 700},
      {"12.5", WUJI_MARK_GOOD, 1250},    {"12.05", WUJI_MARK_GOOD, 1205},
      {"007.50", WUJI_MARK_GOOD, 750},   {"9999.99", WUJI_MARK_GOOD, 999999},
      {"5.", WUJI_MARK_NO_NUMBER, 0},    {".5", WUJI_MARK_NO_NUMBER, 0},
      {"+5", WUJI_MARK_NO_NUMBER, 0},    {"1e1", WUJI_MARK_NO_NUMBER, 0},
      {"nan", WUJI_MARK_NO_NUMBER, 0},   {"inf", WUJI_MARK_NO_NUMBER, 0},
      {"0x5", WUJI_MARK_NO_NUMBER, 0},   {"", WUJI_MARK_NO_NUMBER, 0},
      {"-", WUJI_MARK_NO_NUMBER, 0},     {"--5", WUJI_MARK_NO_NUMBER, 0},
      {"1,5", WUJI_MARK_NO_NUMBER, 0},   {"１", WUJI_MARK_NO_NUMBER, 0},
      {"1.5.0", WUJI_MARK_NO_NUMBER, 0}, {"-3", WUJI_MARK_NEGATIVE, 0},
      {"-0.5", WUJI_MARK_NEGATIVE, 0},   {"1.500", WUJI_MARK_DECIMALS, 0},
      {"1.000", WUJI_MARK_DECIMALS, 0},  {"99999999999999999999999", WUJI_MARK_GOOD, WUJI_MARK_BEYOND},
  };
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    uint32_t hundredths = 77;
    cr_expect_eq(wuji_mark_read(wuji_str_of(cases[c].text), &hundredths), cases[c].form, "%s", cases[c].text);
    cr_expect_eq(hundredths, cases[c].hundredths, "%s", cases[c].text);
  }
}

Test(mark, is_written_without_trailing_zeros) {
  cr_expect_str_eq(wuji_mark_write(1200).text, "12");
  cr_expect_str_eq(wuji_mark_write(1250).text, "12.5");
  cr_expect_str_eq(wuji_mark_write(1205).text, "12.05");
  cr_expect_str_eq(wuji_mark_write(5).text, "0.05");
  cr_expect_str_eq(wuji_mark_write(0).text, "0");
}

Test(mark, the_step_is_the_coarsest_that_holds_all) {
  static const uint32_t cases[][2] = {{100, 1}, {50, 2},  {25, 4},  {20, 10}, {10, 10},
                                      {5, 20},  {4, 100}, {2, 100}, {1, 100}};
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    cr_expect_eq(wuji_mark_units(cases[c][0]), cases[c][1], "%u", cases[c][0]);
  }
}

/* One row of candidate 1 with these cells. */
static void row_is(const char *cells, const char *marks, const char *warnings) {
  char text[512];
  sample s = sample_make();
  (void)snprintf(text, sizeof text, "student_id,1,2,3\n1,%s\n", cells);
  sample_write(&s, "papers/数学.scores.csv", text);
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s: %s", cells, s.problems);
  cr_expect_str_eq(marks_of(&s, 0, "1"), marks, "%s: %s", cells, marks_of(&s, 0, "1"));
  cr_expect_str_eq(s.warnings, warnings, "%s: %s", cells, s.warnings);
  sample_dispose(&s);
}

static void row_is_wrong(const char *cells, const char *problems) {
  char text[512];
  (void)snprintf(text, sizeof text, "student_id,1,2,3\n1,%s\n", cells);
  expect_problems("papers/数学.scores.csv", text, problems);
}

Test(row, of_marks_is_present) {
  row_is("2,4,6", "2|4|6|", "");
  row_is("02,0004,006", "2|4|6|", "");
  row_is(" 2 ,\t4,　6", "2|4|6|", "");
  row_is("2.0,4.00,6", "2|4|6|", "");
}

Test(row, with_empty_cells_has_blanks) {
  row_is("2,,6", "2|-|6|", "");
  row_is(",,0", "-|-|0|", "");
  row_is("-,未作答,1", "-|-|1|", "");
}

Test(row, of_dashes_is_present_and_of_nothing_is_absent) {
  row_is("-,-,-", "-|-|-|", "");
  row_is("未作答,,", "-|-|-|", "");
  row_is(",,", "absent", "row-empty 1");
  row_is("  ,　,", "absent", "row-empty 1");
}

Test(row, with_a_word_has_that_status) {
  row_is("缺考,,", "absent", "");
  row_is(",,absent", "absent", "");
  row_is("ABSENT,-,", "absent", "");
  row_is("违纪,,", "void", "");
  row_is("2,4,void", "void", "");
  row_is("99,nonsense,违纪", "void", "");
}

Test(row, of_a_void_candidate_does_not_make_the_step_finer) {
  sample s = sample_make();
  sample_write(&s, "papers/数学.scores.csv", "student_id,1,2,3\n1,0.01,4,void\n2,1,2,3\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK);
  cr_expect_eq(s.cohort->papers[0].units, 1);
  sample_dispose(&s);
}

Test(row, with_wrong_marks_is_told_cell_by_cell) {
  row_is_wrong("3,5,7", "papers/数学.scores.csv:2: 2: mark 3 is above the item's maximum 2\n"
                        "papers/数学.scores.csv:2: 3: mark 5 is above the item's maximum 4\n"
                        "papers/数学.scores.csv:2: 4: mark 7 is above the item's maximum 6\n");
  row_is_wrong("2,four,-1", "papers/数学.scores.csv:2: 3: mark four is not a number\n"
                            "papers/数学.scores.csv:2: 4: mark -1 is negative\n");
  row_is_wrong("1.001,-,6.01", "papers/数学.scores.csv:2: 2: mark 1.001 has more than two decimals\n"
                               "papers/数学.scores.csv:2: 4: mark 6.01 is above the item's maximum 6\n");
}

Test(row, of_an_absent_candidate_has_no_marks) {
  row_is_wrong("缺考,0,0", "papers/数学.scores.csv:2: 3: mark 0 stands beside 缺考\n");
  row_is_wrong("1,absent,", "papers/数学.scores.csv:2: 2: mark 1 stands beside absent\n");
  row_is_wrong("缺考,违纪,", "papers/数学.scores.csv:2: 3: absent and void in one row\n");
}

static void status_is(const char *cells, const char *marks, const char *problems) {
  char text[512];
  sample s = sample_make();
  (void)snprintf(text, sizeof text, "考号,状态,1,2,3,总分\n1,%s\n", cells);
  sample_write(&s, "papers/数学.scores.csv", text);
  sample_read(&s, 1);
  cr_expect_str_eq(s.problems, problems, "%s: %s", cells, s.problems);
  if (problems[0] == '\0')
    cr_expect_str_eq(marks_of(&s, 0, "1"), marks, "%s: %s", cells, marks_of(&s, 0, "1"));
  sample_dispose(&s);
}

Test(status, a_column_of_it_says_who_was_absent_or_void) {
  status_is("缺考,,,,", "absent", "");
  status_is("absent,,,,0", "absent", "");
  status_is("缺考,,,,0.00", "absent", "");
  status_is("缺考,-,,,-", "absent", "");
  status_is("违纪,2,4,6,99", "void", "");
  status_is("正常,2,4,6,12", "2|4|6|", "");
  status_is("present,,,,0", "-|-|-|", "");
  status_is(" ,2,4,6,12", "2|4|6|", "");
  status_is(",2,4,6,缺考", "", "papers/数学.scores.csv:2: 3: mark 2 stands beside 缺考\n");
  status_is("缺考,,,违纪,", "", "papers/数学.scores.csv:2: 5: absent and void in one row\n");
  status_is("缺考,,,,12", "", "papers/数学.scores.csv:2: 6: total 12 stands beside 缺考\n");
  status_is("在场,2,4,6,12", "", "papers/数学.scores.csv:2: 2: unknown status 在场\n");
}

Test(total, is_held_against_the_sum) {
  status_is(",2,4,6,12", "2|4|6|", "");
  status_is(",2,4,6,12.00", "2|4|6|", "");
  status_is(",2,,6,8", "2|-|6|", "");
  status_is(",2,4,6,", "2|4|6|", "");
  status_is(",,,,0", "absent", "");
  status_is(",-,-,-,0", "-|-|-|", "");
  status_is(",2,4,6,13", "", "papers/数学.scores.csv:2: 6: total 13 is not the sum 12 of the items\n");
  status_is(",,,,5", "", "papers/数学.scores.csv:2: 6: total 5 is not the sum 0 of the items\n");
  status_is(",2,4,6,-12", "", "papers/数学.scores.csv:2: 6: total -12 is not a mark\n");
  status_is(",1.5,.5,6,12", "", "papers/数学.scores.csv:2: 4: mark .5 is not a number\n");
}

Test(total, of_halves_is_exact) {
  sample s = sample_make();
  sample_write(&s, "papers/数学.scores.csv",
               "student_id,1,2,3,total\n1,0.1,0.2,0,0.3\n2,1.05,3.95,5,10\n3,1.1,,2.2,3.30\n");
  sample_read(&s, 1);
  cr_expect_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_eq(s.cohort->papers[0].units, 20);
  sample_dispose(&s);
}

/* Where a fraction first turns up decides how the file is read, and must not matter for what comes out. */
Test(step, is_found_wherever_the_fraction_stands) {
  enum { ROWS = 40000 };
  static const char *const fractions[] = {"1.5", "0.25", "1.75", "0.1", "0.05", "0.01", "1.00", "0.20"};
  static const uint32_t units[] = {2, 4, 4, 10, 20, 100, 1, 10};
  for (size_t f = 0; f < sizeof fractions / sizeof *fractions; f++) {
    for (int last = 0; last < 2; last++) {
      sample s = sample_make();
      char *students;
      char *scores;
      size_t size;
      FILE *a = open_memstream(&students, &size);
      FILE *b = open_memstream(&scores, &size);
      cr_assert(a != NULL && b != NULL);
      (void)fprintf(a, "student_id,class,school,county\n");
      (void)fprintf(
          b, "student_id,3,2,1,comment 3.14\n"); /* items out of order, and a point that is no mark's */
      for (int i = 0; i < ROWS; i++) {
        bool here = i == (last ? ROWS - 1 : 0);
        (void)fprintf(a, "%06d,1班,第一中学,瑞安市\n", i);
        (void)fprintf(b, "%06d,%d,%d,%s,see p. 7.77\n", i, i % 7, i % 5, here ? fractions[f] : "1");
      }
      (void)fclose(a);
      (void)fclose(b);
      sample_write(&s, "students.csv", students);
      sample_write(&s, "papers/数学.scores.csv", scores);
      sample_read(&s, 2);
      cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
      cr_expect_eq(s.cohort->papers[0].units, units[f], "%s", fractions[f]);
      char expected[64];
      (void)snprintf(expected, sizeof expected, "%u|%u|%u|", units[f], 2 * units[f], 0U);
      cr_expect_str_eq(marks_of(&s, 0, "000007"), expected, "%s: %s", fractions[f],
                       marks_of(&s, 0, "000007"));
      cr_expect_str_eq(s.warnings, "scores-column-unknown 1");
      free(students);
      free(scores);
      sample_dispose(&s);
    }
  }
}

/* Widths of one, two and four bytes, each with the largest mark, a blank and all codes. */
Test(width, follows_the_largest_maximum_in_units) {
  static const struct {
    const char *max, *mark;
    uint8_t width;
    uint32_t units, value;
  } cases[] = {{"99", "99", 1, 1, 99},
               {"251", "251", 1, 1, 251},
               {"252", "252", 2, 1, 252},
               {"125.5", "125.5", 1, 2, 251},
               {"655.31", "655.31", 2, 100, 65531},
               {"655.32", "655.32", 4, 100, 65532},
               {"9999.99", "9999.99", 4, 100, 999999}};
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    char text[256];
    sample s = sample_make();
    (void)snprintf(text, sizeof text, "item,max\n1,%s\n2,1\n", cases[c].max);
    sample_write(&s, "papers/数学.items.csv", text);
    (void)snprintf(text, sizeof text, "student_id,1,2\n1,%s,1\n2,,1\n3,缺考,\n4,违纪,\n5,0,\n",
                   cases[c].mark);
    sample_write(&s, "papers/数学.scores.csv", text);
    sample_read(&s, 1);
    cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
    const wuji_paper *paper = &s.cohort->papers[0];
    cr_expect_eq(paper->width, cases[c].width, "%s", cases[c].max);
    cr_expect_eq(paper->units, cases[c].units, "%s", cases[c].max);
    cr_expect_eq(wuji_paper_mark(paper, row_of(&s, "1"), 0), cases[c].value, "%s", cases[c].max);
    (void)snprintf(text, sizeof text, "-|%u|", cases[c].units);
    cr_expect_str_eq(marks_of(&s, 0, "2"), text);
    cr_expect_eq(wuji_paper_mark(paper, row_of(&s, "3"), 1), wuji_mark_code(paper->width, WUJI_CODE_ABSENT));
    cr_expect_eq(wuji_paper_mark(paper, row_of(&s, "4"), 1), wuji_mark_code(paper->width, WUJI_CODE_VOID));
    cr_expect_str_eq(marks_of(&s, 0, "5"), "0|-|");
    cr_expect_eq(wuji_paper_mark(paper, row_of(&s, "6"), 1),
                 wuji_mark_code(paper->width, WUJI_CODE_NOT_TAKEN));
    sample_dispose(&s);
  }
}
