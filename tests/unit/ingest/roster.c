/* students.csv. */
#include "ingest_maker.h"

#include "ingest/student_id.h"

#include <criterion/criterion.h>

static const char *path_of(const sample *s, const char *id) {
  return s->cohort->nodes[s->cohort->own_class[row_of(s, id)]].path.ptr;
}

Test(students, chinese_headers_in_any_order_and_width_are_known) {
  sample s = sample_make();
  sample_write(
      &s, "students.csv",
      "县（市、区）, 学校 ,班级,性别,姓名,学籍号,准考证号,参与统计\n"
      "瑞安市,第一中学,1班,女,甲,G1,1,是\n瑞安市,第一中学,1班,,乙,,2,否\n瑞安市,第一中学,1班,男,丙,G3,3,\n"
      "瑞安市,第一中学,1班,男,丁,G4,4,yes\n瑞安市,第一中学,1班,男,戊,G5,5,NO\n瑞安市,第一中学,1班,男,己,G6,6,"
      "\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(path_of(&s, "1"), "浙江省/温州市/瑞安市/第一中学/1班");
  cr_expect(wuji_str_is(s.cohort->person_id[row_of(&s, "1")], "G1"));
  cr_expect(wuji_str_is(s.cohort->person_id[row_of(&s, "2")], "2"));
  cr_expect_null(s.cohort->sex[row_of(&s, "2")].ptr);
  cr_expect(wuji_str_is(s.cohort->name[row_of(&s, "3")], "丙"));
  cr_expect_eq(s.cohort->counted[row_of(&s, "1")], 1);
  cr_expect_eq(s.cohort->counted[row_of(&s, "2")], 0);
  cr_expect_eq(s.cohort->counted[row_of(&s, "4")], 1);
  cr_expect_eq(s.cohort->counted[row_of(&s, "5")], 0);
  cr_expect_eq(s.cohort->counted_count, 4);
  cr_expect_null(s.cohort->attributes[row_of(&s, "1")].ptr);
  sample_dispose(&s);
}

Test(students, long_ids_and_leading_zeros_survive) {
  sample s = sample_make();
  sample_write(&s, "students.csv",
               "student_id,person_id,school\n00033010120260000001,00033010120260000009,一中\n"
               "33010120260000001,33010120260000009,一中\n");
  sample_write(&s, "papers/数学.scores.csv",
               "student_id,1,2,3\n00033010120260000001,1,1,1\n33010120260000001,2,2,2\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(marks_of(&s, 0, "00033010120260000001"), "1|1|1|");
  cr_expect_str_eq(marks_of(&s, 0, "33010120260000001"), "2|2|2|");
  cr_expect(wuji_str_is(s.cohort->person_id[row_of(&s, "00033010120260000001")], "00033010120260000009"));
  cr_expect_str_eq(s.warnings, "class-empty 2 county-empty 2");
  sample_dispose(&s);
}

Test(students, an_empty_class_and_county_get_names_and_other_levels_must_not_be_empty) {
  sample s = sample_make();
  sample_write(&s, "students.csv",
               "student_id,class,school,county\n1,,一中,\n2,1班,一中,\n3,,一中,瑞安市\n4,1班,一中,瑞安市\n"
               "5,1班,一中,瑞安市\n6,1班,一中,瑞安市\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(path_of(&s, "1"), "浙江省/温州市/市直/一中/未分班");
  cr_expect_str_eq(s.warnings, "class-empty 2 county-empty 2");
  sample_dispose(&s);
  expect_problems("students.csv",
                  "student_id,school,city,province\n1,,温州市,浙江省\n2,一中,,浙江省\n3,一中,温州市,\n4,x,y,"
                  "z\n5,x,y,z\n6,x,y,z\n",
                  "students.csv:2: 2: the school is empty\nstudents.csv:3: 3: the city is empty\n"
                  "students.csv:4: 4: the province is empty\n");
}

Test(students, a_level_left_out_takes_the_value_of_exam_ini) {
  sample s = sample_make();
  sample_write(&s, "exam.ini", "[exam]\ncode = m1\nprovince = P\ncity = C\ncounty = D\nschool = S\n");
  sample_write(&s, "students.csv", "student_id,class\n1,a\n2,a\n3,a\n4,a\n5,a\n6,\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(path_of(&s, "1"), "P/C/D/S/a");
  cr_expect_str_eq(path_of(&s, "6"), "P/C/D/S/未分班");
  sample_dispose(&s);
}

Test(students, one_school_name_in_two_counties_makes_two_schools) {
  sample s = sample_make();
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  uint32_t schools = 0;
  for (int32_t n = 0; n < s.cohort->node_count; n++) schools += s.cohort->nodes[n].level == WUJI_SCHOOL;
  cr_expect_eq(schools, 2);
  sample_dispose(&s);
}

Test(students, names_may_hold_slashes_quotes_and_newlines) {
  sample s = sample_make();
  sample_write(
      &s, "students.csv",
      "student_id,name,class,school,note\n1,\"甲 \"\"乙\"\"\",1/2班,\"a\\b\",\"x\ny\"\n2,,1/2班,\"a\\b\",\n"
      "3,,1/2班,\"a\\b\",\n4,,1/2班,\"a\\b\",\n5,,1/2班,\"a\\b\",\n6,,1/2班,\"a\\b\",\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect_str_eq(path_of(&s, "1"), "浙江省/温州市/市直/a\\\\b/1\\/2班");
  cr_expect(wuji_str_is(s.cohort->name[row_of(&s, "1")], "甲 \"乙\""));
  cr_expect(wuji_str_is(s.cohort->attributes[row_of(&s, "1")], "{\"note\":\"x\\ny\"}"));
  sample_dispose(&s);
}

Test(students, further_columns_are_kept_as_json_without_empty_cells) {
  sample s = sample_make();
  sample_write(&s, "students.csv",
               "student_id,school,户口, Track \"\"A\"\" "
               ",\"q\"\"q\",\n1,一中,城镇,a\tb,\\,\n2,一中,,,,\n3,一中,农村,\x01,,\n"
               "4,一中,,x,,\n5,一中,,,,ignored\n6,一中,,,,\n");
  sample_read(&s, 1);
  /* ` Track ""A"" ` has quotes inside an unquoted cell */
  cr_expect_str_eq(s.problems, "students.csv:1: unbalanced quotes\n");
  sample_write(&s, "students.csv",
               "student_id,school,户口, Track "
               ",\"q\"\"q\",\n1,一中,城镇,a\tb,\\,\n2,一中,,,,\n3,一中,农村,\x01,,\n4,一中,,x,,\n"
               "5,一中,,,,ignored\n6,一中,,,,\n");
  sample_read(&s, 1);
  cr_assert_eq(s.status, WUJI_OK, "%s", s.problems);
  cr_expect(wuji_str_is(s.cohort->attributes[row_of(&s, "1")],
                        "{\"户口\":\"城镇\",\"Track\":\"a\\tb\",\"q\\\"q\":\"\\\\\"}"));
  cr_expect_null(s.cohort->attributes[row_of(&s, "2")].ptr);
  cr_expect(wuji_str_is(s.cohort->attributes[row_of(&s, "3")], "{\"户口\":\"农村\",\"Track\":\"\\u0001\"}"));
  cr_expect_null(s.cohort->attributes[row_of(&s, "5")].ptr);
  cr_expect_str_eq(s.warnings, "class-empty 6 county-empty 6 column-unnamed 1");
  sample_dispose(&s);
}

Test(students, duplicates_name_the_line_where_the_first_stands) {
  expect_problems("students.csv",
                  "student_id,person_id,school\n1,A,x\n2,B,x\n1,C,x\n3,A,x\n4,2,x\n5,,x\n6,5,x\n1,D,x\n",
                  "students.csv:4: 1: student_id 1 stands in line 2 already\n"
                  "students.csv:5: 2: person_id A stands in line 2 already\n"
                  "students.csv:8: 2: person_id 5 stands in line 7 already\n"
                  "students.csv:9: 1: student_id 1 stands in line 2 already\n");
}

Test(students, a_damaged_id_is_one_that_a_spreadsheet_shortened) {
  static const char *const damaged[] = {"3.3E+19", "3.30102E+17", "1E+20", "2.5e+18"};
  static const char *const good[] = {"3E5",   "33E",     "E+19",     "3.E+19", "1.5",
                                     "3.3E+", "3.3E-19", "A3.3E+19", "",       "20260001"};
  for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
    cr_expect(wuji_id_damaged(wuji_str_of(damaged[i])), "%s", damaged[i]);
  }
  for (size_t i = 0; i < sizeof good / sizeof *good; i++)
    cr_expect_not(wuji_id_damaged(wuji_str_of(good[i])), "%s", good[i]);
}

Test(students, two_columns_of_one_meaning_are_refused) {
  expect_problems("students.csv",
                  "student_id,school,学校,note,note\n1,x,y,,\n2,x,y,,\n3,x,y,,\n4,x,y,,\n5,x,y,,\n6,x,y,,\n",
                  "students.csv:1: 3: column 学校 says what column school says already\n"
                  "students.csv:1: 5: column note stands twice\n");
}
