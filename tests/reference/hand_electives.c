/* tests/reference/hand/electives: six candidates, one paper for all, two electives, one paper outside the
 * total.
 *
 *            语文 a b    物理 p1 p2    历史 h    total
 *   A班 01      4 6          5 5                   20
 *       02      3 4          4 2                   13
 *       03      4 3          1 0                    8
 *   B班 04      4 5                      18        27
 *       05      1 2                       6         9
 *       06     absent                    12        12
 */
#include "expected.h"

#include <criterion/criterion.h>
#include <math.h>

static const char school[] = "浙江省/温州市/瑞安市/一中";
static const char class_a[] = "浙江省/温州市/瑞安市/一中/A班";
static const char class_b[] = "浙江省/温州市/瑞安市/一中/B班";
static const char root[] = "浙江省";
static const double exactly = 1e-12; /* a handful of operations on doubles */

/* In 语文 + 物理 one can reach 10 + 10, in 语文 + 历史 10 + 20; 附加 (50) does not count into the total. */
Test(electives, the_full_mark_is_the_most_that_any_candidate_could_reach) {
  wuji_exam *exam = analysed("tests/reference/hand/electives");
  wuji_table *papers = table_of(exam, "paper");
  same_cell(papers, row_of(papers, "paper", "total", NULL), "full_mark", 30, 0);
  same_cell(papers, row_of(papers, "paper", "语文", NULL), "full_mark", 10, 0);
  /* 附加 has a 0.5; the total's papers have whole marks only. */
  same_cell(papers, row_of(papers, "paper", "附加", NULL), "step", 0.5, 0);
  same_cell(papers, row_of(papers, "paper", "total", NULL), "step", 1, 0);
  same_cell(papers, row_of(papers, "paper", "附加", NULL), "in_total", 0, 0);
  wuji_table_close(papers);
  wuji_exam_close(exam);
}

/* S = 20+13+8+27+9+12 = 89 over 6; 06 is absent on 语文 and present on the total by 历史. */
Test(electives, an_absent_paper_adds_nothing_to_the_total) {
  wuji_exam *exam = analysed("tests/reference/hand/electives");
  wuji_table *stat = table_of(exam, "paper_stat");
  size_t total = row_of(stat, "paper", "total", "node", root, NULL);
  same_cell(stat, total, "n", 6, 0);
  same_cell(stat, total, "absent", 0, 0);
  same_cell(stat, total, "mean", 89.0 / 6, exactly);
  same_cell(stat, total, "score_rate", 89.0 / 180, exactly);
  size_t chinese = row_of(stat, "paper", "语文", "node", root, NULL);
  same_cell(stat, chinese, "n", 5, 0);
  same_cell(stat, chinese, "absent", 1, 0);
  same_cell(stat, chinese, "mean", 36.0 / 5, exactly);
  size_t physics_b = row_of(stat, "paper", "物理", "node", class_b, NULL);
  same_cell(stat, physics_b, "n", 0, 0);
  same_cell(stat, physics_b, "absent", 0, 0);
  same_cell(stat, physics_b, "mean", NAN, 0);
  wuji_table_close(stat);
  wuji_exam_close(exam);
}

/* α of the total is over its papers.
 * A班, all of them 语文 + 物理: n = 3, S = 41, ΣT² = 400+169+64 = 633, V = 3·633 − 41² = 218;
 *   语文 10 7 7: 3·198 − 24² = 18;  物理 10 6 1: 3·137 − 17² = 122;  α = 2/1·(1 − 140/218) = 2·78/218
 * B班, all of them 语文 + 历史, 06 with 0 in 语文: S = 48, ΣT² = 729+81+144 = 954, V = 3·954 − 48² = 558;
 *   语文 9 3 0: 3·90 − 12² = 126;  历史 18 6 12: 3·504 − 36² = 216;  α = 2·(1 − 342/558)
 * The school takes different papers: there is no α of its total. */
Test(electives, alpha_of_the_total_is_null_where_papers_differ) {
  wuji_exam *exam = analysed("tests/reference/hand/electives");
  wuji_table *stat = table_of(exam, "paper_stat");
  size_t a = row_of(stat, "paper", "total", "node", class_a, NULL);
  size_t b = row_of(stat, "paper", "total", "node", class_b, NULL);
  size_t all = row_of(stat, "paper", "total", "node", school, NULL);
  same_cell(stat, a, "alpha", 2.0 * 78 / 218, exactly);
  same_cell(stat, a, "sem", sqrt(218.0 / 6) * sqrt(1 - 2.0 * 78 / 218), exactly);
  same_cell(stat, b, "alpha", 2.0 * 216 / 558, exactly);
  same_cell(stat, all, "alpha", NAN, 0);
  same_cell(stat, all, "sem", NAN, 0);
  same_cell(stat, a, "split_half", NAN, 0);
  wuji_table_close(stat);
  wuji_exam_close(exam);
}

/* The line is 12. It is reached by 20, 13, 27, 12: mean 72/4 = 18, so c = 12/18 = 2/3.
 *   语文: its takers who reached it have 10, 7, 9: mean 26/3, effective score 52/9 = 5.78; n = 5 present;
 *         at or above it 10, 7, 7, 9: reached 4, of whom 01, 02, 04 reached the line too: both 3; n's who
 * reached: 3 物理: 10, 6: mean 8, effective 16/3 = 5.33; reached 10, 6; both 2 of 2 历史: 18, 12: mean 15,
 * effective 10; reached 18, 12; both 2 of 2 A班 on 语文: n 3, reached 01, 02, 03; both 01, 02. */
Test(electives, effective_scores_use_those_who_reached_the_line) {
  wuji_exam *exam = analysed("tests/reference/hand/electives");
  wuji_table *line = table_of(exam, "line_stat");
  size_t total = row_of(line, "paper", "total", "node", root, NULL);
  same_cell(line, total, "line_mark", 12, 0);
  same_cell(line, total, "n", 6, 0);
  same_cell(line, total, "reached", 4, 0);
  same_cell(line, total, "rate", 4.0 / 6, exactly);
  same_cell(line, total, "both", NAN, 0);
  same_cell(line, total, "hit_rate", NAN, 0);
  size_t chinese = row_of(line, "paper", "语文", "node", root, NULL);
  same_cell(line, chinese, "line_mark", 52.0 / 9, exactly);
  same_cell(line, chinese, "n", 5, 0);
  same_cell(line, chinese, "reached", 4, 0);
  same_cell(line, chinese, "rate", 0.8, exactly);
  same_cell(line, chinese, "both", 3, 0);
  same_cell(line, chinese, "hit_rate", 0.75, exactly);
  same_cell(line, chinese, "contribution_rate", 1, exactly);
  size_t physics = row_of(line, "paper", "物理", "node", root, NULL);
  same_cell(line, physics, "line_mark", 16.0 / 3, exactly);
  same_cell(line, physics, "reached", 2, 0);
  same_cell(line, physics, "both", 2, 0);
  size_t history = row_of(line, "paper", "历史", "node", root, NULL);
  same_cell(line, history, "line_mark", 10, exactly);
  same_cell(line, history, "n", 3, 0);
  same_cell(line, history, "reached", 2, 0);
  size_t class_on_chinese = row_of(line, "paper", "语文", "node", class_a, NULL);
  same_cell(line, class_on_chinese, "line_mark", 52.0 / 9, exactly);
  same_cell(line, class_on_chinese, "reached", 3, 0);
  same_cell(line, class_on_chinese, "both", 2, 0);
  same_cell(line, class_on_chinese, "hit_rate", 2.0 / 3, exactly);
  /* Nobody of B班 takes 物理: nothing to divide by. */
  size_t nobody = row_of(line, "paper", "物理", "node", class_b, NULL);
  same_cell(line, nobody, "n", 0, 0);
  same_cell(line, nobody, "rate", NAN, 0);
  same_cell(line, nobody, "hit_rate", NAN, 0);
  same_cell(line, nobody, "contribution_rate", NAN, 0);
  wuji_table_close(line);
  wuji_exam_close(exam);
}

/* Totals 20 13 8 27 9 12 in tens up to the full mark 30: [0,10) 8, 9; [10,20) 13, 12; [20,30] 20, 27. */
Test(electives, segments_of_the_total_end_with_its_full_mark) {
  static const double want[3][4] = {{0, 10, 2, 6}, {10, 20, 2, 4}, {20, 30, 2, 2}};
  wuji_exam *exam = analysed("tests/reference/hand/electives");
  wuji_table *segment = table_of(exam, "segment_stat");
  size_t at = 0;
  for (size_t row = 0; row < wuji_table_rows(segment); row++) {
    if (strcmp(text_at(segment, row, "paper"), "total") != 0) continue;
    if (strcmp(text_at(segment, row, "node"), root) != 0) continue;
    cr_assert_lt(at, 3);
    same_cell(segment, row, "lo", want[at][0], 0);
    same_cell(segment, row, "hi", want[at][1], 0);
    same_cell(segment, row, "n", want[at][2], 0);
    same_cell(segment, row, "share", want[at][2] / 6, exactly);
    same_cell(segment, row, "n_at_or_above", want[at][3], 0);
    at++;
  }
  cr_expect_eq(at, 3);
  wuji_table_close(segment);
  wuji_exam_close(exam);
}

/* 04 on the total: 27 is the highest of 6: 100·(5 + 1/2)/6; of B班's 3: 100·(2 + 1/2)/3. On 语文, 02 and 03
 * have 7: above them 10 and 9, so both are third of 5; below them one: 100·(1 + 2/2)/5 = 40. */
Test(electives, ranks_and_percentiles_share_ties) {
  wuji_exam *exam = analysed("tests/reference/hand/electives");
  wuji_table *score = table_of(exam, "student_score");
  size_t first = row_of(score, "paper", "total", "student_id", "04", NULL);
  same_cell(score, first, "rank_province", 1, 0);
  same_cell(score, first, "pct_province", 550.0 / 6, 1e-10);
  same_cell(score, first, "rank_class", 1, 0);
  same_cell(score, first, "pct_class", 250.0 / 3, 1e-10);
  size_t tied = row_of(score, "paper", "语文", "student_id", "03", NULL);
  same_cell(score, tied, "rank_school", 3, 0);
  same_cell(score, tied, "pct_school", 40, 1e-10);
  same_cell(score, tied, "n_school", 5, 0);
  /* z: mean 36/5; Σx² = 100+49+49+81+9 = 288; sd = √((5·288 − 36²)/20) = √(144/20) = √7.2. */
  same_cell(score, tied, "z", (7 - 7.2) / sqrt(7.2), exactly);
  same_cell(score, tied, "t", 50 + 10 * (7 - 7.2) / sqrt(7.2), 1e-11);
  size_t absent = row_of(score, "paper", "语文", "student_id", "06", NULL);
  cr_expect_str_eq(text_at(score, absent, "status"), "absent");
  same_cell(score, absent, "raw", NAN, 0);
  same_cell(score, absent, "rank_class", NAN, 0);
  same_cell(score, absent, "n_class", 2, 0);
  wuji_table_close(score);
  wuji_exam_close(exam);
}
