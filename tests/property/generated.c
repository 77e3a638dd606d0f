/* A generated package is a good one, and an exam such as offices know. */
#include "outcome.h"
#include "tree.h"

#include <criterion/criterion.h>
#include <string.h>

static test_folder package;

static void generate(void) {
  package = test_folder_make();
  wuji_error error = {0};
  wuji_gen_options options = {.scale = "0.01", .seed = 7};
  cr_assert_eq(wuji_gen(package.path, &options, &error), WUJI_OK, "%s", error.message);
}

static void forget(void) {
  test_folder_remove(&package);
}

static bool text_is(wuji_text_view text, const char *expected) {
  return text.ptr != NULL && text.len == strlen(expected) && memcmp(text.ptr, expected, text.len) == 0;
}

TestSuite(generated, .init = generate, .fini = forget, .timeout = 600);

Test(generated, nothing_is_wrong_with_it) {
  wuji_exam *exam;
  wuji_error error = {0};
  cr_assert_eq(wuji_exam_open(package.path, NULL, &exam, &error), WUJI_OK, "%s", error.message);
  cr_expect_eq(wuji_exam_problem_count(exam), 0);
  cr_expect_str_eq(wuji_exam_code(exam), "gen-sf0.01-seed7");
  for (size_t i = 0; i < wuji_exam_warning_count(exam); i++) {
    cr_expect_fail("%s", wuji_exam_warning(exam, i).message);
  }
  wuji_exam_close(exam);
}

Test(generated, its_papers_have_the_quality_of_real_ones) {
  outcome o = outcome_of(package.path, 2);
  tree t = tree_of(&o);
  arranged a = arrange(&t, &o, "paper_stat");
  cr_assert_eq(a.places, 7);
  cr_assert_eq(t.level[0], 0);
  for (size_t place = 0; place < a.places; place++) {
    size_t root = a.row[place * t.nodes];
    bool total = text_is(column_of(a.table, "paper").text[root], "total");
    double rate = column_of(a.table, "score_rate").real[root];
    double alpha = column_of(a.table, "alpha").real[root];
    int64_t absent = column_of(a.table, "absent").integer[root];
    cr_expect(rate > 0.4 && rate < 0.8, "%s: score rate %f", row_name(a.table, root), rate);
    cr_expect(alpha > 0.6 && alpha < 0.99, "%s: alpha %f", row_name(a.table, root), alpha);
    cr_expect(absent > 0 && absent < 100, "%s: %lld absent", row_name(a.table, root), (long long)absent);
    if (total) cr_expect_eq(column_of(a.table, "full_mark").real[root], 750);
  }
  arranged_free(&a);
  tree_free(&t);
  outcome_close(&o);
}

Test(generated, its_lines_part_the_candidates) {
  outcome o = outcome_of(package.path, 2);
  const wuji_table *lines = outcome_table(&o, "line_stat");
  wuji_column_view line = column_of(lines, "line");
  wuji_column_view paper = column_of(lines, "paper");
  wuji_column_view level = column_of(lines, "level");
  wuji_column_view rate = column_of(lines, "rate");
  wuji_column_view mark = column_of(lines, "line_mark");
  size_t seen = 0;
  for (size_t row = 0; row < wuji_table_rows(lines); row++) {
    if (!text_is(paper.text[row], "total") || !text_is(level.text[row], "province")) continue;
    bool first = text_is(line.text[row], "一段");
    double r = rate.real[row];
    cr_expect(first ? r >= 0.20 && r < 0.21 : r > 0.3 && r < 0.9, "%s: %f reach %f", row_name(lines, row), r,
              mark.real[row]);
    if (!first) cr_expect_eq(mark.real[row], 400);
    seen++;
  }
  cr_expect_eq(seen, 2);
  outcome_close(&o);
}
