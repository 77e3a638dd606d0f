/* P.options.csv: cells, columns, rows, and the dictionary they make. */
#include "ingest_maker.h"

#include "cohort/digest.h"
#include "ingest/option_set.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static const char options_file[] = "papers/数学.options.csv";

/* The good package, whose items 1 and 2 are objective: 1 has the options ABCD and the key B, 2 the key CA. */
static sample chosen_sample(const char *options) {
  sample s = sample_make();
  sample_write(&s, "papers/数学.items.csv",
               "item,max,kind,key,options\n1,2,objective,B,ABCD\n2,4,客观题,CA,\n3,6,主观题,,\n");
  sample_write(&s, options_file, options);
  sample_read(&s, 1);
  return s;
}

/* The dictionary of a choice: texts joined by '|', * behind the key, ' behind what is not listed. */
static const char *dictionary_of(const sample *s, uint32_t choice) {
  static char text[8192];
  const wuji_choice *c = &s->cohort->papers[0].choices[choice];
  size_t at = 0;
  for (uint32_t o = 0; o < c->option_count; o++) {
    at += (size_t)sprintf(text + at, "%s|%s%s", c->options[o].text.ptr, c->options[o].is_key ? "*" : "",
                          c->options[o].listed ? "" : "'");
  }
  return text;
}

/* What a candidate chose, joined by '|'. */
static const char *chosen_by(const sample *s, const char *id) {
  static char text[256];
  const wuji_paper *paper = &s->cohort->papers[0];
  size_t at = 0;
  for (uint32_t c = 0; c < paper->choice_count; c++) {
    uint32_t code = wuji_paper_chosen(paper, row_of(s, id), c);
    at += (size_t)sprintf(text + at, "%s|", paper->choices[c].options[code].text.ptr);
  }
  return text;
}

static void expect_option_problems(const char *options, const char *problems) {
  sample s = chosen_sample(options);
  cr_expect_str_eq(s.problems, problems, "%s gives\n%s", options, s.problems);
  cr_expect_eq(s.status, WUJI_REJECTED);
  sample_dispose(&s);
}

Test(options, cells_are_trimmed_half_width_upper_case_and_sorted) {
  sample s = chosen_sample("准考证号,1,2\n1,A,AC\n2, b ,ＣＡ\n3,Ｄ,ca\n4,,-\n5,未作答,　\n6,d,①\n");
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(s.warnings, "");
  cr_expect_str_eq(chosen_by(&s, "1"), "A|AC|");
  cr_expect_str_eq(chosen_by(&s, "2"), "B|AC|");
  cr_expect_str_eq(chosen_by(&s, "3"), "D|AC|");
  cr_expect_str_eq(chosen_by(&s, "4"), "||");
  cr_expect_str_eq(chosen_by(&s, "5"), "||");
  cr_expect_str_eq(chosen_by(&s, "6"), "D|1|");
  cr_expect_str_eq(dictionary_of(&s, 0), "|A|B|*C|D|");
  cr_expect_str_eq(dictionary_of(&s, 1), "|1|AC|*");
  cr_expect(wuji_str_is(s.cohort->papers[0].items[1].key, "CA"));
  cr_expect_eq(s.cohort->papers[0].chosen_width, 1);
  sample_dispose(&s);
}

Test(options, a_present_candidate_without_a_row_chose_none) {
  sample s = chosen_sample("2,student_id,1\nAC,6,B\n");
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(chosen_by(&s, "6"), "B|AC|");
  cr_expect_str_eq(chosen_by(&s, "1"), "||");
  sample_dispose(&s);
}

Test(options, what_is_no_option_is_told) {
  expect_option_problems("student_id,1,2\n1,E,A\n2,A,甲\n3,A、B,AA\n4,BE,A-C\n",
                         "papers/数学.options.csv:2: 2: option E is not among the options ABCD of item 1\n"
                         "papers/数学.options.csv:3: 3: option 甲 is not made of letters and digits\n"
                         "papers/数学.options.csv:4: 2: option A、B is not made of letters and digits\n"
                         "papers/数学.options.csv:4: 3: option AA names one twice\n"
                         "papers/数学.options.csv:5: 2: option BE is not among the options ABCD of item 1\n"
                         "papers/数学.options.csv:5: 3: option A-C is not made of letters and digits\n");
}

Test(options, rows_of_nobody_and_rows_again_are_told) {
  expect_option_problems("student_id,1,2\n1,A,A\n7,A,A\n1,A,A\n,A,A\n3.3E+19,A,A\n2,A\n",
                         "papers/数学.options.csv:3: 1: student_id 7 is not in students.csv\n"
                         "papers/数学.options.csv:4: 1: student_id 1 stands in line 2 already\n"
                         "papers/数学.options.csv:5: 1: the student_id is empty\n"
                         "papers/数学.options.csv:6: 1: student_id 3.3E+19 was damaged by a spreadsheet, its "
                         "digits are lost\n"
                         "papers/数学.options.csv:7: the row has 2 cells, the header 3\n");
}

Test(options, columns_that_are_missing_or_double_are_told) {
  expect_option_problems("student_id,1\n1,A\n",
                         "papers/数学.options.csv:1: the column of the objective item 2 is missing\n");
  expect_option_problems("id,1,2,1\n1,A,A,A\n",
                         "papers/数学.options.csv:1: the column student_id is missing\n"
                         "papers/数学.options.csv:1: 4: column 1 stands twice\n");
  expect_option_problems("", "papers/数学.options.csv: the file is empty\n");
}

Test(options, what_does_not_count_is_left_out_with_a_warning) {
  sample s = sample_make();
  sample_write(
      &s, "papers/数学.items.csv",
      "item,max,kind,key,options,column\n1,2,objective,D,\"A,B\",x1\n2,4,subjective,,,\n3,6,,\"A,B\",,\n");
  sample_write(&s, "papers/数学.scores.csv",
               "student_id,状态,x1,2,3\n1,,2,4,6\n2,缺考,,,\n3,违纪,,,\n4,,1,1,1\n5,,2,2,2\n");
  sample_write(
      &s, options_file,
      "student_id,x1,2,3,备注\n1,A,A,AB,x\n2,A,,,\n3,,-,B,\n4,B,,C,\n6,,,A,\n合计,9,9,9,\n5,A,,AB,\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(s.warnings,
                   "summary-row 1 options-column-unknown 2 options-not-present 3 key-never-chosen 1");
  cr_assert_eq(s.cohort->papers[0].choice_count, 2); /* of no kind: a choice as well */
  cr_expect_eq(s.cohort->papers[0].choices[1].item, 2);
  cr_expect_str_eq(dictionary_of(&s, 0), "|A|B|D|*");
  cr_expect_str_eq(dictionary_of(&s, 1), "|AB|C|"); /* the key A,B is not made of letters */
  cr_expect_str_eq(chosen_by(&s, "2"), "||");
  cr_expect_str_eq(chosen_by(&s, "3"), "||");
  cr_expect_str_eq(chosen_by(&s, "4"), "B|C|");
  sample_dispose(&s);
}

Test(options, a_column_is_that_of_the_item_of_its_very_name) {
  sample s = sample_make();
  sample_write(&s, "papers/数学.items.csv",
               "item,max,kind,column\na,2,objective,m1\nA,4,,a\nm1,6,,x\n4,1,objective,y\n");
  sample_write(&s, "papers/数学.scores.csv", "student_id,m1,a,x,y\n1,1,1,1,1\n");
  sample_write(&s, options_file, "student_id,a,y\n1,B,C\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(chosen_by(&s, "1"), "B|C|");
  cr_expect_eq(s.cohort->papers[0].choices[1].item, 3);
  sample_dispose(&s);
}

Test(options, they_are_checked_too_where_the_candidates_cannot_be_seated) {
  sample s = sample_make();
  sample_write(&s, "papers/数学.items.csv", "item,max,kind\n1,2,objective\n2,4,\n3,6,\n");
  sample_write(&s, "papers/数学.scores.csv", "student_id,1,2,3\n1,9,4,6\n");
  sample_write(&s, options_file, "student_id,1\n1,?\n1,AB\n9,A\n");
  sample_read(&s, 1);
  cr_expect_str_eq(s.problems, "papers/数学.scores.csv:2: 2: mark 9 is above the item's maximum 2\n"
                               "papers/数学.options.csv:2: 2: option ? is not made of letters and digits\n"
                               "papers/数学.options.csv:3: 1: student_id 1 stands in line 2 already\n"
                               "papers/数学.options.csv:4: 1: student_id 9 is not in students.csv\n");
  sample_dispose(&s);
}

/* `count` candidates who all choose different sets of nine letters on one item, in the order of `step`. */
static sample many_sets(unsigned count, unsigned step) {
  sample s = sample_make();
  test_text students = {0};
  test_text scores = {0};
  test_text options = {0};
  test_add(&students, "student_id,school,class\n");
  test_add(&scores, "student_id,1\n");
  test_add(&options, "student_id,1\n");
  for (unsigned k = 0; k < count; k++) {
    unsigned n = k * step % count;
    wuji_set_text text = wuji_option_set_write((uint64_t)(n + 1) << 11);
    test_add(&students, "%u,s,%u\n", n, n % 7);
    test_add(&scores, "%u,1\n", n);
    test_add(&options, "%u,%s\n", n, text.text);
  }
  sample_write(&s, "students.csv", students.bytes);
  sample_write(&s, "papers/数学.items.csv", "item,max,kind,key\n1,2,objective,Z\n");
  sample_write(&s, "papers/数学.scores.csv", scores.bytes);
  sample_write(&s, options_file, options.bytes);
  free(students.bytes);
  free(scores.bytes);
  free(options.bytes);
  return s;
}

Test(options, codes_have_two_bytes_only_where_an_item_has_more_than_256_options) {
  static const struct {
    unsigned sets;
    uint8_t width;
  } cases[] = {{200, 1}, {254, 1}, {255, 2}, {500, 2}}; /* and none chosen, and the key */
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    sample s = many_sets(cases[k].sets, 1);
    sample_read(&s, 1);
    cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
    const wuji_paper *paper = &s.cohort->papers[0];
    cr_expect_eq(paper->choices[0].option_count, cases[k].sets + 2);
    cr_expect_eq(paper->chosen_width, cases[k].width, "%u sets", cases[k].sets);
    cr_expect_str_eq(chosen_by(&s, "2"), "AB|");
    cr_expect_str_eq(chosen_by(&s, "199"), "DGH|");
    sample_dispose(&s);
  }
}

Test(options, codes_do_not_depend_on_the_order_of_rows_or_threads) {
  sample one = many_sets(300, 1);
  sample_read(&one, 1);
  cr_assert_eq(one.status, WUJI_OK, "%s", one.problems);
  const wuji_paper *a = &one.cohort->papers[0];
  for (unsigned step = 7; step <= 77; step += 35) {
    sample other = many_sets(300, step == 42 ? 11 : step);
    sample_read(&other, 3);
    cr_assert_eq(other.status, WUJI_OK, "%s", other.problems);
    const wuji_paper *b = &other.cohort->papers[0];
    cr_expect_eq(a->chosen_width, b->chosen_width);
    cr_expect_arr_eq(a->chosen, b->chosen, (size_t)300 * a->chosen_width);
    sample_dispose(&other);
  }
  sample_dispose(&one);
}

static void expect_same_digest(const sample *a, const sample *b, bool expected) {
  uint8_t x[WUJI_DIGEST_BYTES];
  uint8_t y[WUJI_DIGEST_BYTES];
  cr_assert_eq(wuji_cohort_digest(a->cohort, 1, x, NULL), WUJI_OK);
  cr_assert_eq(wuji_cohort_digest(b->cohort, 3, y, NULL), WUJI_OK);
  cr_expect_eq(memcmp(x, y, sizeof x) == 0, expected);
}

/* Candidates and what they chose on more items than are looked at together: single letters, and now and then
 * a small one, none, a blank, several. Quoted ids make every record be read cell by cell. */
static sample usual_rows(const char *line_end, bool quoted) {
  enum { CANDIDATES = 400, ITEMS = 21 };
  static const char *const cells[] = {"A", "B", "C", "D",  "B",  "A",  "D",
                                      "",  "a", "-", " C", "AC", "DB", "abcd"};
  sample s = sample_make();
  test_text items = {0};
  test_text students = {0};
  test_text scores = {0};
  test_text options = {0};
  uint64_t state = 11;
  test_add(&items, "item,max,kind,key,options\n");
  test_add(&students, "student_id,school,class\n");
  test_add(&scores, "student_id");
  test_add(&options, "student_id");
  for (int i = 1; i <= ITEMS; i++) {
    test_add(&items, "%d,2,objective,B,%s\n", i, i == 4 ? "" : i == 9 ? "ABDC" : "ABCDE");
    test_add(&scores, ",%d", i);
    test_add(&options, ",%d", i);
  }
  test_add(&scores, "\n");
  test_add(&options, "%s", line_end);
  for (int k = 0; k < CANDIDATES; k++) {
    bool odd = test_random(&state, 4) == 0;
    test_add(&students, "%d,s,c\n", k);
    test_add(&scores, "%d", k);
    test_add(&options, quoted ? "\"%d\"" : "%d", k);
    for (int i = 0; i < ITEMS; i++) {
      test_add(&scores, ",%s", k % 50 == 9 ? "" : "1"); /* some are absent */
      test_add(&options, ",%s", k % 50 == 9 ? "" : cells[test_random(&state, odd ? 14 : 7)]);
    }
    test_add(&scores, "\n");
    test_add(&options, "%s", line_end);
  }
  sample_write(&s, "papers/数学.items.csv", items.bytes);
  sample_write(&s, "students.csv", students.bytes);
  sample_write(&s, "papers/数学.scores.csv", scores.bytes);
  sample_write(&s, options_file, options.bytes);
  free(items.bytes);
  free(students.bytes);
  free(scores.bytes);
  free(options.bytes);
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  return s;
}

Test(options, rows_read_at_one_go_say_what_they_say_cell_by_cell) {
  sample slow = usual_rows("\n", true);
  sample fast = usual_rows("\n", false);
  sample crlf = usual_rows("\r\n", false);
  wuji_error error = {0};
  cr_expect(wuji_cohort_valid(fast.cohort, &error), "%s", error.message);
  expect_same_digest(&slow, &fast, true);
  expect_same_digest(&slow, &crlf, true);
  sample_dispose(&slow);
  sample_dispose(&fast);
  sample_dispose(&crlf);
}

Test(options, a_bad_cell_among_usual_ones_is_told_where_it_stands) {
  expect_option_problems("student_id,1,2\n1,A,AC\n2,B,C\n3,E,C\n4,C,B\n5,A,A\n1,A,AC\n6,A,?\n",
                         "papers/数学.options.csv:4: 2: option E is not among the options ABCD of item 1\n"
                         "papers/数学.options.csv:7: 1: student_id 1 stands in line 2 already\n"
                         "papers/数学.options.csv:8: 3: option ? is not made of letters and digits\n");
}

Test(options, the_digest_does_not_depend_on_order_of_rows_line_ends_and_bom) {
  sample one = chosen_sample("student_id,1,2\n1,A,AC\n2,B,C\n3,,CA\n");
  sample other = chosen_sample("\xEF\xBB\xBFstudent_id,2,1\r\n3,ca,-\r\n2,C,b\r\n1,AC,A\r\n");
  sample changed = chosen_sample("student_id,1,2\n1,A,AC\n2,B,C\n3,,A\n");
  cr_assert(one.status == WUJI_OK && other.status == WUJI_OK && changed.status == WUJI_OK);
  expect_same_digest(&one, &other, true);
  expect_same_digest(&one, &changed, false);
  sample_write(&other, "students.csv",
               "class,student_id,name,school,county\n1班,6,己,第一中学,平阳县\n1班,5,戊,第一中学,平阳县\n"
               "2班,4,丁,第一中学,瑞安市\n2班,3,丙,第一中学,瑞安市\n1班,2,乙,第一中学,瑞安市\n"
               "1班,1,甲,第一中学,瑞安市\n");
  sample_read(&other, 2);
  cr_assert_eq(other.status, WUJI_OK, "%s", other.problems);
  expect_same_digest(&one, &other, true);
  sample_dispose(&one);
  sample_dispose(&other);
  sample_dispose(&changed);
}
