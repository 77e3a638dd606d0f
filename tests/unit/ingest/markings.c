/* P.marks.csv: what every marker gave. */
#include "ingest_maker.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static const char marks_file[] = "papers/数学.marks.csv";

/* The markings of 数学, "id item round marker mark seconds" each; static. */
static const char *markings_of(const sample *s) {
  static char text[4096];
  const wuji_paper *paper = &s->cohort->papers[0];
  size_t at = 0;
  text[0] = '\0';
  for (size_t m = 0; m < paper->marking_count; m++) {
    const wuji_marking *k = &paper->markings[m];
    at += (size_t)sprintf(text + at, "%s %s %u %s %u", s->cohort->student_id[k->row].ptr,
                          paper->items[k->item].name.ptr, k->round, paper->markers[k->marker].ptr, k->mark);
    at +=
        (size_t)(k->seconds == UINT32_MAX ? sprintf(text + at, "|") : sprintf(text + at, " %u|", k->seconds));
  }
  return text;
}

Test(markings, stand_by_candidate_item_and_round) {
  sample s = sample_make();
  sample_write(
      &s, marks_file,
      "评卷员,准考证号,题号,评次,给分,用时,备注\n李,2,3,2,5.25,10,\n王,2,3,1,6,10.5,x\n李, 2 ,2,1,0,,\n"
      "王,1,3,3,1,0,\n合计,合计,,,,,\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(s.warnings, "summary-row 1 marks-column-unknown 1");
  cr_expect_str_eq(markings_of(&s), "1 3 3 王 100 0|2 2 1 李 0|2 3 1 王 600 1050|2 3 2 李 525 1000|");
  cr_assert_eq(s.cohort->papers[0].marker_count, 2);
  cr_expect_eq(s.cohort->papers[0].units, 1); /* no mark of the paper itself */
  sample_dispose(&s);
}

Test(markings, without_seconds_and_without_rows_are_good) {
  sample s = sample_make();
  sample_write(&s, marks_file, "student_id,item,round,marker,mark\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_eq(s.cohort->papers[0].marking_count, 0);
  sample_dispose(&s);
}

Test(markings, what_is_wrong_with_them_is_told) {
  expect_problems(
      marks_file,
      "student_id,item,round,marker,mark,seconds\n1,3,1,a,6,1\n9,3,1,a,6,1\n1,4,1,a,6,1\n1,3,4,a,6,1\n"
      "1,3,2,,6,1\n1,3,2,a,x,-1\n1,3,2,a,-1,1.234\n1,3,2,a,6.5,x\n1,3,2,a,,\n2,3,1,a,1.234,\n"
      "1,3,1,b,5,\n,3,1,a,6,1\n1,3,1,c,4,\n",
      "papers/数学.marks.csv:3: 1: student_id 9 is not in students.csv\n"
      "papers/数学.marks.csv:4: 2: item 4 is not in the paper\n"
      "papers/数学.marks.csv:5: 3: round 4 is not 1, 2 or 3\n"
      "papers/数学.marks.csv:6: 4: the marker is empty\n"
      "papers/数学.marks.csv:7: 5: mark x is not a number\n"
      "papers/数学.marks.csv:7: 6: seconds -1 is no number from 0 with at most two decimals\n"
      "papers/数学.marks.csv:8: 5: mark -1 is negative\n"
      "papers/数学.marks.csv:8: 6: seconds 1.234 is no number from 0 with at most two decimals\n"
      "papers/数学.marks.csv:9: 5: mark 6.5 is above the item's maximum 6\n"
      "papers/数学.marks.csv:9: 6: seconds x is no number from 0 with at most two decimals\n"
      "papers/数学.marks.csv:10: 5: the mark is empty\n"
      "papers/数学.marks.csv:11: 5: mark 1.234 has more than two decimals\n"
      "papers/数学.marks.csv:12: 1: student_id 1, item 3, round 1 stand in line 2 already\n"
      "papers/数学.marks.csv:13: 1: the student_id is empty\n"
      "papers/数学.marks.csv:14: 1: student_id 1, item 3, round 1 stand in line 2 already\n");
  expect_problems(marks_file, "student_id,mark,mark\n1,1,1\n",
                  "papers/数学.marks.csv:1: the column item is missing\n"
                  "papers/数学.marks.csv:1: the column marker is missing\n"
                  "papers/数学.marks.csv:1: the column round is missing\n"
                  "papers/数学.marks.csv:1: 3: column mark says what column mark says already\n");
}

Test(markings, do_not_depend_on_threads_or_order) {
  sample s = sample_make();
  char *first = NULL;
  for (int turn = 0; turn < 3; turn++) {
    test_text text = {0};
    test_add(&text, "student_id,item,round,marker,mark\n");
    for (unsigned k = 0; k < 54; k++) {
      unsigned n = k * (turn == 1 ? 5 : 7) % 54;
      test_add(&text, "%u,%u,%u,m%u,%u\n", n % 6 + 1, n / 6 % 3 + 1, n / 18 + 1, n * 31 % 11, n % 3);
    }
    sample_write(&s, marks_file, text.bytes);
    free(text.bytes);
    sample_read(&s, turn == 2 ? 4 : 1);
    cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
    if (first == NULL) first = strdup(markings_of(&s));
    cr_expect_str_eq(markings_of(&s), first);
  }
  free(first);
  sample_dispose(&s);
}
