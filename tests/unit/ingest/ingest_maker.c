#include "ingest_maker.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

sample sample_make(void) {
  sample s = {.folder = test_folder_make()};
  test_write(&s.folder, "exam.ini", "[exam]\ncode = m1\nprovince = 浙江省\ncity = 温州市\n");
  test_write(&s.folder, "students.csv",
             "student_id,name,class,school,county\n"
             "1,甲,1班,第一中学,瑞安市\n2,乙,1班,第一中学,瑞安市\n3,丙,2班,第一中学,瑞安市\n"
             "4,丁,2班,第一中学,瑞安市\n5,戊,1班,第一中学,平阳县\n6,己,1班,第一中学,平阳县\n");
  test_write(&s.folder, "papers/数学.items.csv", "item,max\n1,2\n2,4\n3,6\n");
  test_write(&s.folder, "papers/数学.scores.csv",
             "student_id,1,2,3\n1,2,4,6\n2,1,2,3\n3,0,0,0\n4,1,1,1\n5,2,2,2\n6,2,3,4\n");
  return s;
}

void sample_write(sample *s, const char *name, const char *text) {
  test_write(&s->folder, name, text);
}

static void forget(sample *s) {
  wuji_cohort_free(s->cohort);
  wuji_findings_dispose(&s->findings);
  free(s->problems);
  free(s->warnings);
}

void sample_read(sample *s, uint32_t threads) {
  wuji_options options = {.threads = threads};
  wuji_error error = {0};
  forget(s);
  s->findings = (wuji_findings){0};
  s->status = wuji_ingest(s->folder.path, &options, &s->cohort, &s->findings, &error);
  size_t size = 0;
  FILE *out = open_memstream(&s->problems, &size);
  cr_assert_not_null(out);
  for (size_t i = 0; i < s->findings.problem_count; i++) {
    wuji_problem p = s->findings.problems[i];
    (void)fprintf(out, "%s:", p.file);
    if (p.line > 0) (void)fprintf(out, "%llu:", (unsigned long long)p.line);
    if (p.column > 0) (void)fprintf(out, " %u:", p.column);
    (void)fprintf(out, " %s\n", p.message);
  }
  (void)fclose(out);
  out = open_memstream(&s->warnings, &size);
  cr_assert_not_null(out);
  for (size_t i = 0; i < s->findings.warning_count; i++) {
    wuji_warning w = s->findings.warnings[i];
    (void)fprintf(out, "%s%s %llu", i == 0 ? "" : " ", w.code, (unsigned long long)w.count);
  }
  (void)fclose(out);
  if (s->status == WUJI_OK) {
    cr_expect_eq(s->findings.problem_count, 0);
    cr_expect(wuji_cohort_valid(s->cohort, &error), "%s", error.message);
  }
}

void sample_dispose(sample *s) {
  forget(s);
  test_folder_remove(&s->folder);
}

void expect_problems(const char *name, const char *text, const char *problems) {
  sample s = sample_make();
  sample_write(&s, name, text);
  sample_read(&s, 1);
  cr_expect_str_eq(s.problems, problems, "%s as\n%s\ngives\n%s\nnot\n%s", name, text, s.problems, problems);
  cr_expect_eq(s.status, problems[0] == '\0' ? WUJI_OK : WUJI_REJECTED);
  sample_dispose(&s);
}

uint32_t row_of(const sample *s, const char *student_id) {
  uint32_t row = 0;
  while (row < s->cohort->row_count && !wuji_str_is(s->cohort->student_id[row], student_id)) row++;
  cr_assert(row < s->cohort->row_count, "no candidate %s", student_id);
  return row;
}

const char *marks_of(const sample *s, uint32_t paper_index, const char *student_id) {
  static char text[4096];
  static const char *const statuses[] = {"not taken", "", "absent", "void"};
  const wuji_paper *paper = &s->cohort->papers[paper_index];
  uint32_t row = row_of(s, student_id);
  (void)snprintf(text, sizeof text, "%s", statuses[paper->status[row]]);
  size_t at = 0;
  for (uint32_t i = 0; paper->status[row] == WUJI_PRESENT && i < paper->item_count; i++) {
    uint32_t mark = wuji_paper_mark(paper, row, i);
    if (mark == wuji_mark_code(paper->width, WUJI_CODE_BLANK))
      at += (size_t)sprintf(text + at, "-|");
    else
      at += (size_t)sprintf(text + at, "%u|", mark);
  }
  return text;
}
