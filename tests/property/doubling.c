/* Every mark, maximum, width and line doubled: marks double, everything else stays, to the last bit, since a
 * factor of two never rounds. */
#include "outcome.h"
#include "random_exam.h"

#include <criterion/criterion.h>
#include <string.h>

/** Columns that are in marks. `step` may stay (a step of 1/10 doubled is still written in tenths) and is left
 * out. */
static bool is_in_marks(const char *column) {
  static const char *const names[] = {"full_mark", "max_mark", "score",  "line_mark", "mean",      "sd",
                                      "min",       "p25",      "median", "p75",       "max",       "sem",
                                      "lo",        "hi",       "raw",    "mark",      "mean_total"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(names[i], column) == 0) return true;
  }
  return false;
}

static void expect_doubled(const char *name, const wuji_table *once, const wuji_table *twice) {
  cr_assert_eq(wuji_table_rows(once), wuji_table_rows(twice), "%s", name);
  for (size_t c = 0; c < wuji_table_columns(once); c++) {
    wuji_column_view a = wuji_table_column(once, c);
    wuji_column_view b = wuji_table_column(twice, c);
    if (strcmp(a.name, "step") == 0) continue;
    double factor = is_in_marks(a.name) ? 2 : 1;
    for (size_t row = 0; row < wuji_table_rows(once); row++) {
      if (same_cell(a, row, b, row, factor)) continue;
      if (a.type == WUJI_COLUMN_REAL) {
        cr_expect_fail("%s.%s of %s%.17g became %.17g", name, a.name, row_name(once, row), a.real[row],
                       b.real[row]);
      } else {
        cr_expect_fail("%s.%s of %schanged", name, a.name, row_name(once, row));
      }
    }
  }
}

Test(doubling, doubled_marks_change_marks_and_nothing_else, .timeout = 600) {
  for (uint64_t seed = 1; seed <= 20; seed++) {
    random_exam *exam = random_exam_make(seed);
    test_folder plain = test_folder_make();
    test_folder doubled = test_folder_make();
    random_exam_write(exam, &(dress){0}, &plain);
    random_exam_write(exam, &(dress){.factor = 2}, &doubled);
    outcome once = outcome_of(plain.path, 2);
    outcome twice = outcome_of(doubled.path, 2);
    for (size_t i = 0; i < wuji_table_kinds(); i++) {
      expect_doubled(wuji_table_kind(i), once.tables[i], twice.tables[i]);
    }
    outcome_close(&once);
    outcome_close(&twice);
    test_folder_remove(&plain);
    test_folder_remove(&doubled);
    random_exam_free(exam);
  }
}
