/* tests/reference/hand/names: text that other programs trip over. */
#include "expected.h"

#include <criterion/criterion.h>

/* Depth first, siblings by the bytes of the name as it is: "a/b" before "a0", for '/' is before '0'. */
Test(names, nodes_stand_depth_first_with_escaped_paths) {
  static const char *const want[][3] = {
      {"province", "P\\/1", "(null)"},
      {"city", "P\\/1/T", "P\\/1"},
      {"county", "P\\/1/T/c2", "P\\/1/T"},
      {"school", "P\\/1/T/c2/a\\/b", "P\\/1/T/c2"},
      {"class", "P\\/1/T/c2/a\\/b/1班", "P\\/1/T/c2/a\\/b"},
      {"school", "P\\/1/T/c2/a0", "P\\/1/T/c2"},
      {"class", "P\\/1/T/c2/a0/1班", "P\\/1/T/c2/a0"},
      {"school", "P\\/1/T/c2/第一中学", "P\\/1/T/c2"},
      {"class", "P\\/1/T/c2/第一中学/1\\/2", "P\\/1/T/c2/第一中学"},
      {"county", "P\\/1/T/c\\\\1", "P\\/1/T"},
      {"school", "P\\/1/T/c\\\\1/第一中学", "P\\/1/T/c\\\\1"},
      {"class", "P\\/1/T/c\\\\1/第一中学/1\\/2", "P\\/1/T/c\\\\1/第一中学"},
  };
  wuji_exam *exam = analysed("tests/reference/hand/names");
  wuji_table *node = table_of(exam, "node");
  cr_assert_eq(wuji_table_rows(node), sizeof want / sizeof *want);
  for (size_t row = 0; row < wuji_table_rows(node); row++) {
    cr_expect_str_eq(text_at(node, row, "level"), want[row][0]);
    cr_expect_str_eq(text_at(node, row, "node"), want[row][1]);
    cr_expect_str_eq(text_at(node, row, "parent"), want[row][2]);
  }
  cr_expect_str_eq(text_at(node, 4, "name"), "1班");
  cr_expect_str_eq(text_at(node, 3, "name"), "a/b");
  wuji_table_close(node);
  wuji_exam_close(exam);
}

/* By own class path (depth first), then by the bytes of student_id. */
Test(names, identifiers_of_20_digits_and_leading_zeros_survive) {
  static const char *const want[][2] = {
      {"0123", "％"},
      {"123", "_"},
      {"00000000000000000002", "trimmed"},
      {"00000000000000000010", "a, b"},
      {"12345678901234567890", "two\nlines"},
      {"12345678901234567891", "O\"Neil"},
  };
  wuji_exam *exam = analysed("tests/reference/hand/names");
  wuji_table *student = table_of(exam, "student");
  cr_assert_eq(wuji_table_rows(student), 6);
  for (size_t row = 0; row < 6; row++) {
    cr_expect_str_eq(text_at(student, row, "student_id"), want[row][0]);
    cr_expect_str_eq(text_at(student, row, "person_id"), want[row][0]);
    cr_expect_str_eq(text_at(student, row, "name"), want[row][1]);
  }
  wuji_table *score = table_of(exam, "student_score");
  same_cell(score, row_of(score, "paper", "p", "student_id", "123", NULL), "raw", 1, 0);
  same_cell(score, row_of(score, "paper", "p", "student_id", "0123", NULL), "raw", 2, 0);
  same_cell(score, row_of(score, "paper", "p", "student_id", "12345678901234567891", NULL), "raw", 6, 0);
  wuji_table_close(score);
  wuji_table_close(student);
  wuji_exam_close(exam);
}

Test(names, one_school_name_in_two_counties_is_two_schools) {
  wuji_exam *exam = analysed("tests/reference/hand/names");
  wuji_table *stat = table_of(exam, "paper_stat");
  size_t here = row_of(stat, "paper", "p", "node", "P\\/1/T/c2/第一中学", NULL);
  size_t there = row_of(stat, "paper", "p", "node", "P\\/1/T/c\\\\1/第一中学", NULL);
  same_cell(stat, here, "n", 1, 0);
  same_cell(stat, here, "mean", 4, 0);
  same_cell(stat, there, "n", 2, 0);
  same_cell(stat, there, "mean", 5.5, 0);
  /* Four schools: 5.5, 4, 3, 1.5. */
  same_cell(stat, there, "rank_root", 1, 0);
  same_cell(stat, here, "rank_root", 2, 0);
  same_cell(stat, here, "n_root", 4, 0);
  same_cell(stat, here, "rank_parent", 1, 0);
  same_cell(stat, here, "n_parent", 3, 0);
  wuji_table_close(stat);
  wuji_exam_close(exam);
}
