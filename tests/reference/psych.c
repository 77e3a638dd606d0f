/* Against the R package psych on the data it ships, at the root, each county and each school: three papers,
 * one of them an elective, one marked in quarters. psych.R made both the package and the expected values. */
#include "expected.h"

#include <criterion/criterion.h>

/* Both sides compute in doubles from exact marks; they part only by the rounding of some thousand operations.
 */
static const double tolerance = 1e-9;

Test(psych, paper_stat_agrees_to_1e_9) {
  static const char *const columns[] = {"n",      "mean",       "sd",  "min",           "p25",
                                        "median", "p75",        "max", "score_rate",    "excellent",
                                        "good",   "pass",       "low", "skewness",      "kurtosis",
                                        "alpha",  "split_half", "sem", "discrimination"};
  expected file = expected_read("tests/reference/psych/expected_paper_stat.csv");
  wuji_exam *exam = analysed("tests/reference/psych");
  wuji_table *table = table_of(exam, "paper_stat");
  for (size_t i = 0; i < file.rows; i++) {
    size_t row = row_of(table, "paper", expected_text(&file, i, "paper"), "node",
                        expected_text(&file, i, "node"), NULL);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
      same_cell(table, row, columns[c], expected_real(&file, i, columns[c]), tolerance);
  }
  wuji_table_close(table);
  wuji_exam_close(exam);
  expected_free(&file);
}

Test(psych, item_stat_agrees_to_1e_9) {
  static const char *const columns[] = {"n",       "mean",   "sd",         "difficulty", "discrimination",
                                        "r_total", "r_rest", "alpha_drop", "full",       "zero",
                                        "blank"};
  expected file = expected_read("tests/reference/psych/expected_item_stat.csv");
  wuji_exam *exam = analysed("tests/reference/psych");
  wuji_table *table = table_of(exam, "item_stat");
  for (size_t i = 0; i < file.rows; i++) {
    size_t row = row_of(table, "paper", expected_text(&file, i, "paper"), "item",
                        expected_text(&file, i, "item"), "node", expected_text(&file, i, "node"), NULL);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
      same_cell(table, row, columns[c], expected_real(&file, i, columns[c]), tolerance);
  }
  wuji_table_close(table);
  wuji_exam_close(exam);
  expected_free(&file);
}
