/* tests/reference/hand/two_roots: province A with totals 1 to 25, province B with 9, 1, 9, 9; lines at
 * shares. Each province is a population of its own. */
#include "expected.h"

#include <criterion/criterion.h>
#include <math.h>

static const double exactly = 1e-12;

static void line_at(const wuji_table *line, const char *name, const char *root, double mark, double reached,
                    double n) {
  size_t row = row_of(line, "line", name, "paper", "total", "node", root, NULL);
  same_cell(line, row, "line_mark", mark, 0);
  same_cell(line, row, "reached", reached, 0);
  same_cell(line, row, "n", n, 0);
  same_cell(line, row, "rate", reached / n, exactly);
}

/* A: ceil(0.28·25) is 7, though 0.28·25 in doubles is 7.000000000000001; the seventh total from above is 19.
 *    ceil(0.5·25) = 13: 13; ceil(0.04·25) = 1: 25.
 * B: ceil(0.28·4) = 2: 9, which three have; ceil(0.5·4) = 2; ceil(0.04·4) = 1. */
Test(two_roots, a_share_line_is_the_total_of_the_candidate_at_that_place) {
  wuji_exam *exam = analysed("tests/reference/hand/two_roots");
  wuji_table *line = table_of(exam, "line_stat");
  line_at(line, "upper", "A", 19, 7, 25);
  line_at(line, "half", "A", 13, 13, 25);
  line_at(line, "first", "A", 25, 1, 25);
  line_at(line, "upper", "B", 9, 3, 4);
  line_at(line, "half", "B", 9, 3, 4);
  line_at(line, "first", "B", 9, 3, 4);
  wuji_table *lines = table_of(exam, "line");
  size_t row = row_of(lines, "line", "upper", "root", "B", NULL);
  same_cell(lines, row, "share", 0.28, 0);
  same_cell(lines, row, "score", NAN, 0);
  same_cell(lines, row, "line_mark", 9, 0);
  wuji_table_close(lines);
  wuji_table_close(line);
  wuji_exam_close(exam);
}

/* A: mean 13, sd √(26·25/12). B: mean 7, Σx² = 244, sd √((4·244 − 28²)/12) = 4. */
Test(two_roots, z_and_ranks_take_the_candidates_own_root) {
  wuji_exam *exam = analysed("tests/reference/hand/two_roots");
  wuji_table *score = table_of(exam, "student_score");
  size_t a = row_of(score, "paper", "total", "student_id", "a09", NULL);
  size_t b = row_of(score, "paper", "total", "student_id", "b03", NULL);
  same_cell(score, a, "z", -4 / sqrt(26.0 * 25 / 12), exactly);
  same_cell(score, a, "rank_province", 17, 0);
  same_cell(score, a, "n_province", 25, 0);
  same_cell(score, a, "pct_province", 34, exactly); /* 8 below, itself a half: 8.5 of 25 */
  same_cell(score, b, "z", 0.5, exactly);
  same_cell(score, b, "t", 55, exactly);
  same_cell(score, b, "rank_province", 1, 0);
  same_cell(score, b, "n_province", 4, 0);
  same_cell(score, b, "pct_province", 62.5, exactly); /* 1 below, 3 equal: 2.5 of 4 */
  cr_expect_str_eq(text_at(score, b, "school"), "B/T/C/S");
  cr_expect_str_eq(text_at(score, b, "node"), "B/T/C/S/1");
  wuji_table *stat = table_of(exam, "paper_stat");
  size_t row = row_of(stat, "paper", "p", "node", "B/T/C/S", NULL);
  same_cell(stat, row, "rank_root", 1, 0);
  same_cell(stat, row, "n_root", 1, 0);
  same_cell(stat, row, "gap", 0, 0);
  wuji_table_close(stat);
  wuji_table_close(score);
  wuji_exam_close(exam);
}
