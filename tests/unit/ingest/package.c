/* The set of files, exam.ini, items, teaching classes and everything that is not one cell. */
#include "ingest_maker.h"

#include "ingest/exam_ini.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

Test(package, a_good_one_has_no_problems_and_no_warnings) {
  sample s = sample_make();
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(s.warnings, "");
  cr_expect_eq(s.cohort->row_count, 6);
  cr_expect_eq(s.cohort->paper_count, 1);
  const wuji_paper *paper = &s.cohort->papers[0];
  cr_expect(wuji_str_is(paper->code, "数学"));
  cr_expect(wuji_str_is(paper->name, "数学"));
  cr_expect_eq(paper->full, 12);
  cr_expect_eq(paper->segment.num, 10);
  cr_expect(paper->in_total);
  cr_expect_null(paper->class_node);
  cr_expect_null(paper->teacher);
  cr_expect_str_eq(marks_of(&s, 0, "6"), "2|3|4|");
  sample_dispose(&s);
}

Test(package, what_exam_ini_leaves_out_has_its_default) {
  sample s = sample_make();
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK);
  const wuji_plan *plan = &s.cohort->plan;
  cr_expect(wuji_str_is(plan->name, "m1"));
  cr_expect_null(plan->date.ptr);
  cr_expect(plan->excellent.num == 85 && plan->excellent.den == 100);
  cr_expect(plan->good.num == 75 && plan->good.den == 100);
  cr_expect(plan->pass.num == 6 && plan->pass.den == 10);
  cr_expect(plan->low.num == 4 && plan->low.den == 10);
  cr_expect_eq(plan->total_full.den, 0);
  cr_expect_eq(plan->total_segment.num, 10);
  cr_expect_eq(plan->absent, WUJI_ABSENT_ZERO);
  cr_expect(wuji_str_is(plan->privacy_rank, "band"));
  cr_expect_eq(plan->privacy_min_cell, 10);
  sample_dispose(&s);
}

Test(package, all_of_exam_ini_reaches_the_plan) {
  sample s = sample_make();
  sample_write(
      &s, "exam.ini",
      "\xEF\xBB\xBF[exam]\r\ncode = wz2026-m1            ; key in the database\r\nname = 第一次适应性考试\r\n"
      "date = 2026-01-12\r\nprovince = 浙江省\r\ncity = 温州市\r\n"
      "[rates]\nexcellent = 0.9\ngood = 0.80\npass = 0.6\nlow = 0.3\n"
      "[paper 数学]\nname = 数学（文）\nin_total = yes\nsegment = 2.5\ntakers = all\n"
      "[total]\nfull_mark = 12\nsegment = 5\nabsent = exclude\n"
      "[line 一段]\nscore = 9.5\n[line 二段]\nshare = 0.28\n"
      "[bands]\ntotal = 100, 500,1000\n数学 = 50，100\n"
      "[growth]\npriors = 中考总分\n"
      "[growth 数学]\npriors = 中考数学, m0：数学\ncovariates = sex, urban\nrandom = county, school\n"
      "slope = 中考数学:school\nmethod = ml\n"
      "[privacy]\nrank = none\nmin_cell = 5\n");
  sample_write(&s, "priors.csv", "student_id,中考总分,中考数学\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  const wuji_plan *plan = &s.cohort->plan;
  cr_expect_eq(
      memcmp(plan->text.ptr, "[exam]\ncode = wz2026-m1            ; key in the database\nname = ", 60), 0);
  cr_expect(wuji_str_is(plan->code, "wz2026-m1"));
  cr_expect(wuji_str_is(plan->date, "2026-01-12"));
  cr_expect(plan->excellent.num == 9 && plan->excellent.den == 10);
  cr_expect(plan->good.num == 8 && plan->good.den == 10);
  cr_expect(plan->total_full.num == 12 && plan->absent == WUJI_ABSENT_EXCLUDE &&
            plan->total_segment.num == 5);
  cr_assert_eq(plan->line_count, 2);
  cr_expect(plan->lines[0].kind == WUJI_LINE_SCORE && plan->lines[0].value.num == 95 &&
            plan->lines[0].value.den == 10);
  cr_expect(plan->lines[1].kind == WUJI_LINE_SHARE && plan->lines[1].value.num == 28);
  cr_expect(wuji_str_is(plan->lines[1].name, "二段"));
  cr_assert_eq(plan->band_count, 2);
  cr_assert_eq(plan->bands[0].top_count, 3);
  cr_expect_eq(plan->bands[0].tops[2], 1000);
  cr_expect(wuji_str_is(plan->bands[1].paper, "数学") && plan->bands[1].tops[1] == 100);
  cr_assert_eq(plan->growth_count, 2);
  cr_expect_null(plan->growth[0].outcome.ptr);
  cr_expect(wuji_str_is(plan->growth[1].outcome, "数学") && plan->growth[1].prior_count == 2);
  cr_expect(wuji_str_is(plan->growth[1].priors[1], "m0:数学") && wuji_str_is(plan->growth[1].method, "ml"));
  cr_expect(wuji_str_is(plan->growth[1].random, "county, school"));
  cr_expect(wuji_str_is(plan->privacy_rank, "none") && plan->privacy_min_cell == 5);
  const wuji_paper *paper = &s.cohort->papers[0];
  cr_expect(wuji_str_is(paper->name, "数学（文）") && paper->segment.num == 25 && paper->segment.den == 10);
  sample_dispose(&s);
}

Test(package, a_value_of_exam_ini_that_cannot_be_is_told) {
  expect_problems(
      "exam.ini",
      "[exam]\ncode = m1\nprovince = p\ncity = c\ndate = 2026-13-01\n[rates]\npass = 0\nlow = 1.5\n"
      "[paper 数学]\nin_total = maybe\nsegment = 0\ntakers = some\n[total]\nabsent = ignore\nfull_mark = -1\n"
      "[line a]\nscore = x\n[bands]\ntotal = 5, 5\n数学 = 2147483648\n[growth]\npriors = a,,b\nmethod = ols\n"
      "[privacy]\nrank = all\nmin_cell = 0\n[line]\nshare = 0.1\n",
      "exam.ini:5: date is 2026-13-01, not a date YYYY-MM-DD\n"
      "exam.ini:7: pass is 0, not a share above 0 and at most 1\n"
      "exam.ini:8: low is 1.5, not a share above 0 and at most 1\n"
      "exam.ini:10: in_total is maybe, not yes or no\n"
      "exam.ini:11: segment is 0, not a number above 0\n"
      "exam.ini:12: takers is some, not rows or all\n"
      "exam.ini:14: absent is ignore, not zero or exclude\n"
      "exam.ini:15: full_mark is -1, not a number above 0\n"
      "exam.ini:17: score is x, not a mark\n"
      "exam.ini:19: total is 5, 5, not a list of different ranks\n"
      "exam.ini:20: 数学 is 2147483648, not a list of different ranks\n"
      "exam.ini:22: priors is a,,b, not a list of different priors\n"
      "exam.ini:23: method is ols, not reml or ml\n"
      "exam.ini:25: rank is all, not own, band or none\n"
      "exam.ini:26: min_cell is 0, not a whole number above 0\n"
      "exam.ini:27: unknown section line\n");
}

Test(package, papers_stand_in_the_order_of_their_sections_and_then_by_bytes) {
  sample s = sample_make();
  static const char *const codes[] = {"英语", "b", "a", "语文"};
  for (int c = 0; c < 4; c++) {
    char name[64];
    (void)snprintf(name, sizeof name, "papers/%s.items.csv", codes[c]);
    sample_write(&s, name, "item,max\nx,5\n");
    (void)snprintf(name, sizeof name, "papers/%s.scores.csv", codes[c]);
    sample_write(&s, name, "student_id,x\n1,5\n");
  }
  sample_write(&s, "exam.ini",
               "[exam]\ncode = m1\nprovince = p\ncity = c\n[paper 语文]\n[paper b]\nin_total = no\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  static const char *const order[] = {"语文", "b", "a", "数学", "英语"};
  cr_assert_eq(s.cohort->paper_count, 5);
  for (uint32_t p = 0; p < 5; p++) cr_expect(wuji_str_is(s.cohort->papers[p].code, order[p]), "paper %u", p);
  cr_expect_not(s.cohort->papers[1].in_total);
  sample_dispose(&s);
}

Test(package, who_has_no_row_does_not_take_the_paper_unless_all_do) {
  sample s = sample_make();
  sample_write(&s, "papers/数学.scores.csv", "student_id,1,2,3\n2,1,1,1\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK);
  cr_expect_str_eq(marks_of(&s, 0, "1"), "not taken");
  sample_write(&s, "exam.ini", "[exam]\ncode = m1\nprovince = p\ncity = c\n[paper 数学]\ntakers = all\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK);
  cr_expect_str_eq(marks_of(&s, 0, "1"), "absent");
  cr_expect_str_eq(marks_of(&s, 0, "2"), "1|1|1|");
  sample_dispose(&s);
}

Test(package, items_say_kind_key_points_ability_and_their_column) {
  sample s = sample_make();
  sample_write(&s, "papers/数学.items.csv",
               "题号;满分;题型;答案;选项;知识点;能力层次;预设难度;column;备注\n"
               "一;2;客观题;AB;ABCD;\"集合；函数 ; "
               ";导数\";理解;0.65;第1题;x\n二;4;subjective;;;；;;;;\n三;6;;;;;;1;;\n");
  sample_write(&s, "papers/数学.scores.csv", "student_id,三,第１题,二\n1,6,2,4\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(marks_of(&s, 0, "1"), "2|4|6|");
  const wuji_item *items = s.cohort->papers[0].items;
  cr_expect(wuji_str_is(items[0].name, "一") && items[0].kind == WUJI_OBJECTIVE && items[0].max == 2);
  cr_expect(wuji_str_is(items[0].key, "AB") && wuji_str_is(items[0].options, "ABCD"));
  cr_expect(wuji_str_is(items[0].points, "集合;函数;导数") && wuji_str_is(items[0].ability, "理解"));
  cr_expect(items[0].planned_difficulty.num == 65 && items[0].planned_difficulty.den == 100);
  cr_expect(items[1].kind == WUJI_SUBJECTIVE && items[1].points.ptr == NULL && items[1].key.ptr == NULL);
  cr_expect(items[1].planned_difficulty.den == 0 && items[2].planned_difficulty.num == 1);
  cr_expect_eq(items[2].kind, WUJI_KIND_NONE);
  cr_expect_str_eq(s.warnings, "items-column-unknown 1");
  sample_dispose(&s);
}

Test(package, items_that_cannot_be_are_told) {
  expect_problems("papers/数学.items.csv",
                  "item,max,kind,planned_difficulty,column\n1,0,,,\n2,-1,,,\n3,1.234,,,\n4,,,,\n5,1,选择,,"
                  "\n6,1,,1.1,\n7,1,,,1\n"
                  ",1,,,\n5,1,,,x\n",
                  "papers/数学.items.csv:2: 2: max 0 is not above 0\n"
                  "papers/数学.items.csv:3: 2: max -1 is not above 0\n"
                  "papers/数学.items.csv:4: 2: max 1.234 has more than two decimals\n"
                  "papers/数学.items.csv:5: 2: max is not a number\n"
                  "papers/数学.items.csv:6: 3: kind 选择 is neither objective nor subjective\n"
                  "papers/数学.items.csv:7: 4: planned difficulty 1.1 is no number from 0 to 1\n"
                  "papers/数学.items.csv:8: 5: column 1 is that of item 1 already\n"
                  "papers/数学.items.csv:9: 1: the item is empty\n"
                  "papers/数学.items.csv:10: 1: item 5 stands in line 6 already\n");
}

Test(package, an_item_may_be_called_what_another_column_is_called) {
  sample s = sample_make();
  sample_write(&s, "papers/数学.items.csv", "item,max\nclass,2\ntotal,4\nA,6\n");
  sample_write(&s, "papers/数学.scores.csv", "student_id,class,total,a\n1,1,2,3\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(marks_of(&s, 0, "1"), "1|2|3|");
  cr_expect_null(s.cohort->papers[0].class_node);
  sample_dispose(&s);
}

Test(package, a_file_may_be_compressed_and_separated_by_tabs) {
  sample s = sample_make();
  char command[1024];
  sample_write(&s, "papers/数学.scores.csv", "student_id\t1\t2\t3\n1\t2\t\t6\n");
  (void)snprintf(command, sizeof command, "gzip '%s/papers/数学.scores.csv' '%s/students.csv'", s.folder.path,
                 s.folder.path);
  cr_assert_eq(system(command), 0);
  sample_read(&s, 2);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(marks_of(&s, 0, "1"), "2|-|6|");
  sample_dispose(&s);
}

Test(package, summary_rows_and_unknown_columns_are_skipped_with_a_warning) {
  sample s = sample_make();
  sample_write(&s, "papers/数学.scores.csv",
               "student_id,姓名,1,2,3,备注\n1,甲,2,4,6,\n平均分,,1.234,2,3,x\n合计,,,,,\n满分,,2,4,6,"
               "\n得分率,,0.5,0.5,0.5,\n最高分,,2,4,6,\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(s.warnings, "scores-column-unknown 2 summary-row 5");
  cr_expect_str_eq(s.findings.warnings[1].message,
                   "a summary row is skipped, e.g. papers/数学.scores.csv:3: 1: 平均分");
  sample_dispose(&s);
}

Test(package, teaching_classes_are_classes_of_the_own_school) {
  sample s = sample_make();
  sample_write(&s, "papers/数学.scores.csv",
               "student_id,教学班,任课教师,1,2,3\n1,走班A,张,1,1,1\n2,走班B,李,1,1,1\n3,走班A,张,1,1,1\n4,,,"
               "1,1,1\n5,走班A,王,1,1,1\n6,1班,,1,1,1\n");
  sample_read(&s, 2);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  const wuji_paper *paper = &s.cohort->papers[0];
  static const struct {
    const char *id, *path, *teacher;
  } expected[] = {
      {"1", "浙江省/温州市/瑞安市/第一中学/走班A", "张"}, {"2", "浙江省/温州市/瑞安市/第一中学/走班B", "李"},
      {"3", "浙江省/温州市/瑞安市/第一中学/走班A", "张"}, {"4", "浙江省/温州市/瑞安市/第一中学/2班", NULL},
      {"5", "浙江省/温州市/平阳县/第一中学/走班A", "王"}, {"6", "浙江省/温州市/平阳县/第一中学/1班", NULL}};
  cr_assert_not_null(paper->class_node);
  cr_assert_not_null(paper->teacher);
  for (size_t c = 0; c < 6; c++) {
    uint32_t row = row_of(&s, expected[c].id);
    cr_expect_str_eq(s.cohort->nodes[paper->class_node[row]].path.ptr, expected[c].path);
    cr_expect(expected[c].teacher == NULL ? paper->teacher[row].ptr == NULL
                                          : wuji_str_is(paper->teacher[row], expected[c].teacher));
  }
  sample_dispose(&s);
}

Test(package, files_that_say_nothing_are_left_out_with_a_warning) {
  sample s = sample_make();
  sample_write(&s, "papers/物理.options.csv", "\xFF"); /* of no paper */
  sample_write(&s, "papers/物理.marks.csv", "");
  sample_write(&s, "papers/说明.txt", "x");
  sample_write(&s, "papers/.DS_Store", "x");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(s.warnings, "file-unknown 3");
  sample_dispose(&s);
}

Test(package, files_that_are_missing_or_too_many_are_told) {
  sample s = sample_make();
  sample_write(&s, "papers/语文.items.csv", "item,max\n1,2\n");
  sample_write(&s, "papers/英语.scores.csv", "student_id,1\n1,2\n");
  sample_write(&s, "papers/total.items.csv", "item,max\n1,2\n");
  sample_write(&s, "papers/total.scores.csv", "student_id,1\n1,2\n");
  sample_write(&s, "papers/历史.items.xlsx", "x");
  sample_write(&s, "papers/历史.scores.csv", "student_id,1\n1,2\n");
  sample_write(&s, "students.csv.gz", "x");
  sample_read(&s, 1);
  cr_expect_str_eq(s.problems,
                   "students.csv: both .csv and .csv.gz are there\n"
                   "papers/total.items.csv: a paper is named total\n"
                   "papers/历史.items.xlsx: xlsx input is not supported yet\n"
                   "papers/英语.scores.csv: paper 英语 has scores but no items\n"
                   "papers/语文.items.csv: paper 语文 has items but no scores\n",
                   "%s", s.problems);
  cr_expect(s.cohort != NULL && wuji_str_is(s.cohort->plan.code, "m1"), "a rejected package keeps its code");
  sample_dispose(&s);
}

Test(package, a_folder_that_is_not_there_is_not_found) {
  wuji_cohort *cohort;
  wuji_findings findings = {0};
  wuji_error error = {0};
  cr_expect_eq(wuji_ingest("/nowhere/at/all", NULL, &cohort, &findings, &error), WUJI_NOT_FOUND);
  cr_expect_null(cohort);
  cr_expect_not_null(strstr(error.message, "/nowhere/at/all"));
  wuji_findings_dispose(&findings);
}

Test(package, without_exam_ini_there_is_no_code_but_all_else_is_checked) {
  sample s = sample_make();
  char *path = test_path(&s.folder, "exam.ini");
  cr_assert_eq(unlink(path), 0);
  free(path);
  sample_write(&s, "papers/数学.scores.csv", "student_id,1,2,3\n1,3,4,6\n7,1,1,1\n");
  sample_read(&s, 1);
  cr_expect_str_eq(
      s.problems,
      "exam.ini: the file is missing\n"
      "students.csv:1: the column city is missing, and exam.ini does not say it under [exam]\n"
      "students.csv:1: the column province is missing, and exam.ini does not say it under [exam]\n"
      "papers/数学.scores.csv:2: 2: mark 3 is above the item's maximum 2\n"
      "papers/数学.scores.csv:3: 1: student_id 7 is not in students.csv\n",
      "%s", s.problems);
  cr_expect_null(s.cohort);
  sample_dispose(&s);
}

Test(package, a_segment_that_makes_too_many_segments_is_refused) {
  sample s = sample_make();
  sample_write(&s, "exam.ini",
               "[exam]\ncode = m1\nprovince = p\ncity = c\n[paper 数学]\nsegment = 0.001\n[total]\nsegment = "
               "0.0001\n");
  sample_read(&s, 1);
  cr_expect_str_eq(s.problems, "exam.ini:5: the segment of 数学 makes more than 10000 segments\n", "%s",
                   s.problems);
  sample_write(&s, "exam.ini", "[exam]\ncode = m1\nprovince = p\ncity = c\n[total]\nsegment = 0.0001\n");
  sample_read(&s, 1);
  cr_expect_str_eq(s.problems, "exam.ini:6: the segment of total makes more than 10000 segments\n", "%s",
                   s.problems);
  sample_dispose(&s);
}

Test(package, a_full_mark_beyond_what_can_be_summed_is_refused) {
  sample s = sample_make();
  char *items;
  char *scores;
  size_t size;
  FILE *a = open_memstream(&items, &size);
  FILE *b = open_memstream(&scores, &size);
  cr_assert(a != NULL && b != NULL);
  (void)fputs("item,max\n", a);
  (void)fputs("student_id", b);
  for (int i = 0; i < 200; i++) {
    (void)fprintf(a, "i%d,9999.99\n", i);
    (void)fprintf(b, ",i%d", i);
  }
  (void)fputs("\n1", b);
  for (int i = 0; i < 200; i++) (void)fputs(",0", b);
  (void)fputs("\n", b);
  (void)fclose(a);
  (void)fclose(b);
  sample_write(&s, "papers/数学.items.csv", items);
  sample_write(&s, "papers/数学.scores.csv", scores);
  sample_read(&s, 1);
  cr_expect_str_eq(s.problems,
                   "papers/数学.items.csv: the full mark is 199999800 steps of 1/100, more than 1048576\n",
                   "%s", s.problems);
  free(items);
  free(scores);
  sample_dispose(&s);
}

Test(package, a_stored_exam_ini_gives_the_same_plan) {
  sample s = sample_make();
  sample_write(&s, "exam.ini",
               "\xEF\xBB\xBF[exam]\r\ncode = m1\r\nprovince = p\r\ncity = c\r\n[paper 数学]\nsegment = 3\n"
               "[line 一段]\nshare = 0.5\n[bands]\n数学 = 1, 2\n[privacy]\nmin_cell = 7\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  wuji_arena arena = {0};
  wuji_plan plan = {0};
  wuji_error error = {0};
  const wuji_plan *read = &s.cohort->plan;
  cr_assert_eq(wuji_plan_read(read->text, &arena, &plan, &error), WUJI_OK, "%s", error.message);
  cr_expect(wuji_str_equal(plan.text, read->text) && plan.text.ptr != read->text.ptr);
  cr_expect(wuji_str_is(plan.code, "m1") && wuji_str_is(plan.name, "m1") && wuji_str_is(plan.city, "c"));
  cr_expect(plan.line_count == 1 && plan.lines[0].kind == WUJI_LINE_SHARE);
  cr_expect(plan.band_count == 1 && plan.bands[0].tops[1] == 2);
  cr_expect_eq(plan.privacy_min_cell, 7);
  wuji_arena_dispose(&arena);
  sample_dispose(&s);
}

Test(package, a_stored_exam_ini_that_is_none_is_an_internal_fault) {
  wuji_arena arena = {0};
  wuji_plan plan = {0};
  wuji_error error = {0};
  cr_expect_eq(wuji_plan_read(wuji_str_of("[exam]\ncode = x\n[exams]\n"), &arena, &plan, &error),
               WUJI_INTERNAL);
  cr_expect_str_eq(error.message, "the stored exam.ini cannot be read, line 3: unknown section exams");
  cr_expect_eq(wuji_plan_read(wuji_str_of(""), &arena, &plan, &error), WUJI_INTERNAL);
  wuji_arena_dispose(&arena);
}
