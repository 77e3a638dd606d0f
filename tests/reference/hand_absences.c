/* tests/reference/hand/absences: papers first (takers = all) and second (takers = rows), [total] absent =
 * exclude.
 *
 *           first     second    total
 *   S1  1     8         6       14
 *       2   absent      5       absent, for any absent paper makes the total so
 *       3   no row      7       absent: takers = all makes the missing row an absence
 *       4   void      absent    void: void goes before absent
 *       5     9       no row     9: does not take the second
 *       6    10        10       20, but is not counted
 *   S2  7   absent    no row    absent
 *       8   no row    no row    absent
 */
#include "expected.h"

#include <criterion/criterion.h>
#include <math.h>

static const double exactly = 1e-12;

static void counts(const wuji_table *stat, const char *paper, const char *node, double n, double absent,
                   double voided, double mean) {
  size_t row = row_of(stat, "paper", paper, "node", node, NULL);
  same_cell(stat, row, "n", n, 0);
  same_cell(stat, row, "absent", absent, 0);
  same_cell(stat, row, "void", voided, 0);
  same_cell(stat, row, "mean", mean, exactly);
}

Test(absences, are_counted_apart) {
  wuji_exam *exam = analysed("tests/reference/hand/absences");
  wuji_table *stat = table_of(exam, "paper_stat");
  counts(stat, "first", "P", 2, 4, 1, 8.5);
  counts(stat, "second", "P", 3, 1, 0, 6);
  counts(stat, "total", "P", 2, 4, 1, 11.5);
  counts(stat, "first", "P/T/C/S1", 2, 2, 1, 8.5);
  counts(stat, "total", "P/T/C/S1", 2, 2, 1, 11.5);
  wuji_table_close(stat);
  wuji_exam_close(exam);
}

Test(absences, a_school_absent_as_a_whole_has_n_0_and_nulls) {
  static const char *const nulls[] = {
      "mean",           "sd",        "min",        "p25",        "median", "p75",        "max", "pass",
      "skewness",       "kurtosis",  "alpha",      "score_rate", "low",    "split_half", "sem", "gap",
      "discrimination", "rank_root", "rank_parent"};
  wuji_exam *exam = analysed("tests/reference/hand/absences");
  wuji_table *stat = table_of(exam, "paper_stat");
  counts(stat, "first", "P/T/C/S2", 0, 2, 0, NAN);
  counts(stat, "second", "P/T/C/S2", 0, 0, 0, NAN);
  counts(stat, "total", "P/T/C/S2", 0, 2, 0, NAN);
  size_t row = row_of(stat, "paper", "first", "node", "P/T/C/S2", NULL);
  for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) same_cell(stat, row, nulls[i], NAN, 0);
  /* The other school is the first of one. */
  row = row_of(stat, "paper", "first", "node", "P/T/C/S1", NULL);
  same_cell(stat, row, "rank_root", 1, 0);
  same_cell(stat, row, "n_root", 1, 0);
  same_cell(stat, row, "gap", 0, 0);
  wuji_table *item = table_of(exam, "item_stat");
  row = row_of(item, "item", "x", "node", "P/T/C/S2", NULL);
  same_cell(item, row, "n", 0, 0);
  same_cell(item, row, "max_mark", 10, 0);
  same_cell(item, row, "difficulty", NAN, 0);
  same_cell(item, row, "blank", NAN, 0);
  wuji_table *node = table_of(exam, "node");
  same_cell(node, row_of(node, "node", "P/T/C/S2", NULL), "candidates", 2, 0);
  same_cell(node, row_of(node, "node", "P/T/C/S1", NULL), "candidates", 5, 0);
  same_cell(node, row_of(node, "node", "P", NULL), "candidates", 7, 0);
  wuji_table_close(node);
  wuji_table_close(item);
  wuji_table_close(stat);
  wuji_exam_close(exam);
}

static void has_status(const wuji_table *score, const char *paper, const char *id, const char *status,
                       double raw) {
  size_t row = row_of(score, "paper", paper, "student_id", id, NULL);
  cr_expect_str_eq(text_at(score, row, "status"), status, "%s of %s: %s", paper, id,
                   text_at(score, row, "status"));
  same_cell(score, row, "raw", raw, 0);
}

Test(absences, everyone_who_takes_a_paper_has_a_row_with_his_status) {
  wuji_exam *exam = analysed("tests/reference/hand/absences");
  wuji_table *score = table_of(exam, "student_score");
  has_status(score, "first", "1", "present", 8);
  has_status(score, "first", "2", "absent", NAN);
  has_status(score, "first", "3", "absent", NAN);
  has_status(score, "first", "4", "void", NAN);
  has_status(score, "first", "8", "absent", NAN);
  has_status(score, "second", "4", "absent", NAN);
  has_status(score, "total", "1", "present", 14);
  has_status(score, "total", "2", "absent", NAN);
  has_status(score, "total", "3", "absent", NAN);
  has_status(score, "total", "4", "void", NAN);
  has_status(score, "total", "5", "present", 9);
  has_status(score, "total", "7", "absent", NAN);
  /* 8 of first, 5 of second (1, 2, 3, 4, 6), 8 of the total. */
  cr_expect_eq(wuji_table_rows(score), 21);
  wuji_table_close(score);
  wuji_exam_close(exam);
}

Test(absences, who_is_not_counted_has_his_marks_and_nothing_else) {
  static const char *const nulls[] = {"z",         "t",        "rank_class", "rank_province",
                                      "pct_class", "pct_city", "n_class",    "n_province"};
  wuji_exam *exam = analysed("tests/reference/hand/absences");
  wuji_table *score = table_of(exam, "student_score");
  has_status(score, "total", "6", "present", 20);
  size_t row = row_of(score, "paper", "first", "student_id", "6", NULL);
  for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) same_cell(score, row, nulls[i], NAN, 0);
  /* 9 is the highest of those counted, though 6 has 10. */
  same_cell(score, row_of(score, "paper", "first", "student_id", "5", NULL), "rank_province", 1, 0);
  wuji_table *stat = table_of(exam, "paper_stat");
  same_cell(stat, row_of(stat, "paper", "first", "node", "P", NULL), "max", 9, 0);
  wuji_table *student = table_of(exam, "student");
  same_cell(student, row_of(student, "student_id", "6", NULL), "counted", 0, 0);
  wuji_table_close(student);
  wuji_table_close(stat);
  wuji_table_close(score);
  wuji_exam_close(exam);
}
