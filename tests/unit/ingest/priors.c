/* priors.csv, and what exam.ini says of priors. */
#include "ingest_maker.h"

#include "ingest/real.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <math.h>

static double prior_of(const sample *s, uint32_t prior, const char *id) {
  return s->cohort->priors[(size_t)prior * s->cohort->row_count + row_of(s, id)];
}

static const char students[] =
    "student_id,学籍号,class,school\n1,G1,1,s\n2,G2,1,s\n3,G3,1,s\n4,G4,1,s\n5,G5,1,s\n"
    "6,G6,1,s\n";

Test(priors, are_found_by_student_id) {
  sample s = sample_make();
  sample_write(&s, "priors.csv", "语文,准考证号,数学\n-1.5, 2 ,1e2\n,1,+0.125\n合计,满分,x\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(s.warnings, "summary-row 1");
  cr_assert_eq(s.cohort->prior_count, 2);
  cr_expect(wuji_str_is(s.cohort->prior_names[0], "语文") && wuji_str_is(s.cohort->prior_names[1], "数学"));
  cr_expect_eq(prior_of(&s, 0, "2"), -1.5);
  cr_expect_eq(prior_of(&s, 1, "2"), 100);
  cr_expect(isnan(prior_of(&s, 0, "1")));
  cr_expect_eq(prior_of(&s, 1, "1"), 0.125);
  cr_expect(isnan(prior_of(&s, 1, "3")));
  sample_dispose(&s);
}

Test(priors, are_found_by_person_id_and_persons_who_are_no_candidates_are_counted) {
  sample s = sample_make();
  sample_write(&s, "students.csv", students);
  sample_write(&s, "priors.csv", "学籍号,总分\nG9,1\nG2,5\nG7,2\nG1,6\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(s.warnings, "county-empty 6 person-unknown 2");
  cr_expect_eq(prior_of(&s, 0, "2"), 5);
  cr_expect_eq(prior_of(&s, 0, "1"), 6);
  sample_dispose(&s);
}

Test(priors, student_id_counts_where_both_stand) {
  sample s = sample_make();
  sample_write(&s, "students.csv", students);
  sample_write(&s, "priors.csv", "person_id,student_id,总分\nG1,2,5\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_eq(prior_of(&s, 0, "2"), 5);
  cr_assert_eq(s.cohort->prior_count, 1);
  sample_dispose(&s);
}

Test(priors, what_is_wrong_with_them_is_told) {
  expect_problems("priors.csv",
                  "student_id,a\n1,x\n2,1e999\n3,.5\n9,1\n1,2\n,3\n3.3E+19,1\n4,1,2\n5,nan\n6,-\n",
                  "priors.csv:2: 2: prior x is not a number\n"
                  "priors.csv:3: 2: prior 1e999 is not a number\n"
                  "priors.csv:4: 2: prior .5 is not a number\n"
                  "priors.csv:5: 1: student_id 9 is not in students.csv\n"
                  "priors.csv:6: 1: student_id 1 stands in line 2 already\n"
                  "priors.csv:7: 1: the student_id is empty\n"
                  "priors.csv:8: 1: student_id 3.3E+19 was damaged by a spreadsheet, its digits are lost\n"
                  "priors.csv:9: the row has 3 cells, the header 2\n"
                  "priors.csv:10: 2: prior nan is not a number\n"
                  "priors.csv:11: 2: prior - is not a number\n");
  expect_problems("priors.csv", "person_id,a\n1,1\n8,1\n1,1\n8,2\n,1\n3.3E+19,1\n",
                  "priors.csv:4: 1: person_id 1 stands in line 2 already\n"
                  "priors.csv:5: 1: person_id 8 stands in line 3 already\n"
                  "priors.csv:6: 1: the person_id is empty\n"
                  "priors.csv:7: 1: person_id 3.3E+19 was damaged by a spreadsheet, its digits are lost\n");
  expect_problems("priors.csv", "name,a,ａ\n1,1,1\n",
                  "priors.csv:1: there is neither a column student_id nor one person_id\n"
                  "priors.csv:1: 3: column ａ stands twice\n");
  expect_problems("priors.csv", "", "priors.csv: the file is empty\n");
}

Test(priors, exam_ini_names_columns_or_papers_of_stored_exams) {
  sample s = sample_make();
  static const char ini[] = "[exam]\ncode = m1\nprovince = p\ncity = c\n[growth]\npriors = b, m0:数学\n"
                            "[growth 数学]\ncovariates = sex\npriors = Ａ，c\n[growth total]\nmethod = ml\n";
  sample_write(&s, "exam.ini", ini);
  sample_read(&s, 1);
  cr_expect_str_eq(s.problems,
                   "exam.ini:6: unknown prior b\nexam.ini:9: unknown prior A\nexam.ini:9: unknown "
                   "prior c\n");
  sample_write(&s, "priors.csv", "student_id,A,b,more\n1,1,1,1\n");
  sample_read(&s, 1);
  cr_expect_str_eq(s.problems, "exam.ini:9: unknown prior c\n");
  sample_write(&s, "priors.csv", "x,A,b,c\n1,1,1,1\n");
  sample_read(&s, 1);
  cr_expect_str_eq(s.problems, "priors.csv:1: there is neither a column student_id nor one person_id\n");
  sample_write(&s, "priors.csv", "学号,A,Ｂ,b,c\n1,1,1,1,1\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect(wuji_str_is(s.cohort->prior_names[1], "B"));
  cr_expect(wuji_str_is(s.cohort->plan.growth[1].priors[0], "A"));
  sample_dispose(&s);
}

Test(priors, numbers_are_the_nearest_doubles_in_every_locale) {
  static const struct {
    const char *text;
    double value;
  } cases[] = {{"0", 0},
               {"-0", 0},
               {"0.1", 0.1},
               {"123456.789", 123456.789},
               {"-99999999999999.9", -99999999999999.9},
               {"1.7976931348623157e308", 1.7976931348623157e308},
               {"12345678901234567890.123", 12345678901234567890.123},
               {"2.5E-3", 2.5e-3},
               {"007", 7}};
  static const char *const bad[] = {"",    "+",    "1.",  ".1",  "1e",  "1e+",
                                    "1,5", "0x10", "inf", "nan", "1 2", "1e400"};
  (void)setlocale(LC_ALL, "de_DE.UTF-8"); /* where there is none, nothing changes */
  double value = -1;
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    cr_expect(wuji_real_read(wuji_str_of(cases[c].text), &value), "%s", cases[c].text);
    cr_expect(value == cases[c].value && !signbit(value) == !(cases[c].value < 0), "%s", cases[c].text);
  }
  for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
    cr_expect(!wuji_real_read(wuji_str_of(bad[b]), &value), "%s", bad[b]);
  }
}
