/* tests/reference/hand/ties: ten candidates with ties at both boundaries of the 27 % groups, in classes of 4,
 * 3, 2, 1 and 0 counted candidates; item z is 0 for all of them.
 *
 *   class three:  01  x 4 y 6 = 10     02  4 4 = 8     03  2 6 = 8
 *   class two:    04  2 6 = 8          05  1 4 = 5
 *   class one:    06  4 1 = 5
 *   class four:   07  0 4 = 4          08  2 2 = 4     09  0 4 = 4     10  0 2 = 2
 *   class none:   11  4 6 1, not counted
 *
 * Totals 10 8 8 8 5 5 4 4 4 2: S = 58, ΣT² = 394, V = 3940 − 3364 = 576.
 * x: Σ = 19, Σ² = 61, Vx = 610 − 361 = 249. y: Σ = 39, Σ² = 181, Vy = 1810 − 1521 = 289. Vz = 0. n·Cxy = 760
 * − 741 = 19.
 */
#include "expected.h"

#include <criterion/criterion.h>
#include <math.h>

static const double exactly = 1e-12;

/* k = floor(2.7 + 0.5) = 3. Top: 10, then two thirds of each of three 8s. Bottom: 2, then two thirds of each
 * of three 4s. x: top 4 + (4+2+2)·2/3 = 28/3, bottom 0 + (0+2+0)·2/3 = 4/3: (28/9 − 4/9)/4 = 2/3 y: top 6 +
 * (4+6+6)·2/3 = 50/3, bottom 2 + (4+2+4)·2/3 = 26/3: (50/9 − 26/9)/6 = 4/9 paper: top 10 + 16 = 26, bottom 2
 * + 8 = 10: (26/3 − 10/3)/11 = 16/33 */
Test(ties, boundary_totals_of_the_27_percent_groups_are_shared) {
  wuji_exam *exam = analysed("tests/reference/hand/ties");
  wuji_table *item = table_of(exam, "item_stat");
  wuji_table *stat = table_of(exam, "paper_stat");
  same_cell(item, row_of(item, "item", "x", "node", "P", NULL), "discrimination", 2.0 / 3, exactly);
  same_cell(item, row_of(item, "item", "y", "node", "P", NULL), "discrimination", 4.0 / 9, exactly);
  same_cell(item, row_of(item, "item", "z", "node", "P", NULL), "discrimination", 0, 0);
  same_cell(stat, row_of(stat, "paper", "p", "node", "P", NULL), "discrimination", 16.0 / 33, exactly);
  /* Class four: k = floor(1.08 + 0.5) = 1. Top: a third of each 4; bottom: the 2.
   *   x (0+2+0)/3 − 0 = 2/3 of 4; y (4+2+4)/3 − 2 = 4/3 of 6; paper 4 − 2 of 11 */
  same_cell(item, row_of(item, "item", "x", "node", "P/T/C/S/four", NULL), "discrimination", 1.0 / 6,
            exactly);
  same_cell(item, row_of(item, "item", "y", "node", "P/T/C/S/four", NULL), "discrimination", 2.0 / 9,
            exactly);
  same_cell(stat, row_of(stat, "paper", "p", "node", "P/T/C/S/four", NULL), "discrimination", 2.0 / 11,
            exactly);
  wuji_table_close(stat);
  wuji_table_close(item);
  wuji_exam_close(exam);
}

/* α = 2/1·(1 − (249+289)/576) = 76/576 over the two items that vary. Odd items x, z against even y: r =
 * 19/√(249·289). Central moments: deviations −3.8, −1.8 ×3, −0.8 ×2, 2.2 ×3, 4.2: m2 = 5.76, m3 = 3.264, m4
 * = 62.2272. */
Test(ties, the_paper_as_a_whole) {
  wuji_exam *exam = analysed("tests/reference/hand/ties");
  wuji_table *stat = table_of(exam, "paper_stat");
  size_t row = row_of(stat, "paper", "p", "node", "P", NULL);
  double r = 19 / sqrt(249.0 * 289);
  same_cell(stat, row, "n", 10, 0);
  same_cell(stat, row, "full_mark", 11, 0);
  same_cell(stat, row, "mean", 5.8, exactly);
  same_cell(stat, row, "sd", sqrt(6.4), exactly);
  same_cell(stat, row, "min", 2, 0);
  same_cell(stat, row, "p25", 4, 0);
  same_cell(stat, row, "median", 5, 0);
  same_cell(stat, row, "p75", 8, 0);
  same_cell(stat, row, "max", 10, 0);
  same_cell(stat, row, "score_rate", 5.8 / 11, exactly);
  same_cell(stat, row, "excellent", 0.1, exactly); /* 10 ≥ 9.35 */
  same_cell(stat, row, "good", 0.1, exactly);      /* 8 < 8.25 */
  same_cell(stat, row, "pass", 0.4, exactly);      /* 8 ≥ 6.6 */
  same_cell(stat, row, "low", 0.4, exactly);       /* 4 < 4.4 */
  same_cell(stat, row, "skewness", 3.264 / 13.824, exactly);
  same_cell(stat, row, "kurtosis", 62.2272 / 33.1776 - 3, exactly);
  same_cell(stat, row, "alpha", 76.0 / 576, exactly);
  same_cell(stat, row, "sem", sqrt(6.4) * sqrt(1 - 76.0 / 576), exactly);
  same_cell(stat, row, "split_half", 2 * r / (1 + r), exactly);
  wuji_table_close(stat);
  wuji_exam_close(exam);
}

/* r_total of x: (249 + 19)/√(249·576); r_rest: its rest is y, as z is 0: 19/√(249·289). α without x: one item
 * is left, null; without z: as it is with it. */
Test(ties, an_item_without_variance_has_no_correlation) {
  wuji_exam *exam = analysed("tests/reference/hand/ties");
  wuji_table *item = table_of(exam, "item_stat");
  size_t x = row_of(item, "item", "x", "node", "P", NULL);
  size_t z = row_of(item, "item", "z", "node", "P", NULL);
  same_cell(item, x, "mean", 1.9, exactly);
  same_cell(item, x, "sd", sqrt(249.0 / 90), exactly);
  same_cell(item, x, "difficulty", 0.475, exactly);
  same_cell(item, x, "r_total", 268 / sqrt(249.0 * 576), exactly);
  same_cell(item, x, "r_rest", 19 / sqrt(249.0 * 289), exactly);
  same_cell(item, x, "alpha_drop", NAN, 0);
  same_cell(item, x, "full", 0.3, exactly);
  same_cell(item, x, "zero", 0.3, exactly);
  same_cell(item, x, "blank", 0, 0);
  same_cell(item, z, "mean", 0, 0);
  same_cell(item, z, "sd", 0, 0);
  same_cell(item, z, "r_total", NAN, 0);
  same_cell(item, z, "r_rest", NAN, 0);
  same_cell(item, z, "alpha_drop", 76.0 / 576, exactly);
  same_cell(item, z, "zero", 1, 0);
  wuji_table_close(item);
  wuji_exam_close(exam);
}

/* Three: 10 8 8, V = 3·228 − 676 = 8; x 4 4 2: 8; y 6 4 6: 8; α = 2·(1 − 16/8) = −2; sem = √(8/6)·√3 = 2;
 *        n·Cxy = (8 − 8 − 8)/2 = −4, r = −1/2, 2r/(1+r) = −2
 * Two:   8 5, V = 9; x 2 1: 1; y 6 4: 4; α = 2·(1 − 5/9) = 8/9; r = 1, so 2r/(1+r) = 1 */
Test(ties, small_classes_say_what_they_can) {
  wuji_exam *exam = analysed("tests/reference/hand/ties");
  wuji_table *stat = table_of(exam, "paper_stat");
  size_t row = row_of(stat, "paper", "p", "node", "P/T/C/S/three", NULL);
  same_cell(stat, row, "alpha", -2, exactly);
  same_cell(stat, row, "sem", 2, exactly);
  same_cell(stat, row, "split_half", -2, exactly);
  same_cell(stat, row, "discrimination", NAN, 0);
  row = row_of(stat, "paper", "p", "node", "P/T/C/S/two", NULL);
  same_cell(stat, row, "sd", sqrt(4.5), exactly);
  same_cell(stat, row, "median", 6.5, 0);
  same_cell(stat, row, "p25", 5.75, 0);
  same_cell(stat, row, "alpha", 8.0 / 9, exactly);
  same_cell(stat, row, "split_half", 1, exactly);
  same_cell(stat, row, "skewness", 0, exactly);
  same_cell(stat, row, "kurtosis", -2, exactly);
  row = row_of(stat, "paper", "p", "node", "P/T/C/S/one", NULL);
  same_cell(stat, row, "n", 1, 0);
  same_cell(stat, row, "mean", 5, 0);
  same_cell(stat, row, "p75", 5, 0);
  same_cell(stat, row, "sd", NAN, 0);
  same_cell(stat, row, "alpha", NAN, 0);
  same_cell(stat, row, "skewness", NAN, 0);
  row = row_of(stat, "paper", "p", "node", "P/T/C/S/none", NULL);
  same_cell(stat, row, "n", 0, 0);
  same_cell(stat, row, "mean", NAN, 0);
  wuji_table_close(stat);
  wuji_exam_close(exam);
}

/* Means 26/3, 13/2, 5, 14/4; class none has nobody, so four are ranked. */
Test(ties, nodes_without_anyone_are_not_ranked) {
  static const char *const names[] = {"P/T/C/S/three", "P/T/C/S/two", "P/T/C/S/one", "P/T/C/S/four"};
  wuji_exam *exam = analysed("tests/reference/hand/ties");
  wuji_table *stat = table_of(exam, "paper_stat");
  for (int i = 0; i < 4; i++) {
    size_t row = row_of(stat, "paper", "p", "node", names[i], NULL);
    same_cell(stat, row, "rank_root", i + 1, 0);
    same_cell(stat, row, "n_root", 4, 0);
    same_cell(stat, row, "rank_parent", i + 1, 0);
    same_cell(stat, row, "n_parent", 4, 0);
  }
  size_t root = row_of(stat, "paper", "p", "node", "P", NULL);
  same_cell(stat, root, "rank_root", 1, 0);
  same_cell(stat, root, "n_root", 1, 0);
  same_cell(stat, root, "rank_parent", NAN, 0);
  same_cell(stat, root, "n_parent", NAN, 0);
  same_cell(stat, root, "gap", NAN, 0);
  size_t three = row_of(stat, "paper", "p", "node", "P/T/C/S/three", NULL);
  same_cell(stat, three, "gap", 26.0 / 33 - 5.8 / 11, exactly);
  wuji_table_close(stat);
  wuji_exam_close(exam);
}
