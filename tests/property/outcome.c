#include "outcome.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static wuji_exam *analysed(const char *package, uint32_t threads) {
  wuji_options options = {.threads = threads};
  wuji_error error = {0};
  wuji_exam *exam = NULL;
  wuji_status status = wuji_exam_open(package, &options, &exam, &error);
  if (status == WUJI_REJECTED) {
    wuji_problem first = wuji_exam_problem(exam, 0);
    cr_assert_fail("%s:%llu: %u: %s (%s)", first.file, (unsigned long long)first.line, first.column,
                   first.message, first.value);
  }
  cr_assert_eq(status, WUJI_OK, "%s", error.message);
  cr_assert_eq(wuji_exam_analyze(exam, &error), WUJI_OK, "%s", error.message);
  return exam;
}

outcome outcome_of(const char *package, uint32_t threads) {
  outcome o = {.exam = analysed(package, threads)};
  wuji_error error = {0};
  cr_assert_leq(wuji_table_kinds(), OUTCOME_MOST_TABLES);
  for (size_t i = 0; i < wuji_table_kinds(); i++) {
    wuji_status status = wuji_exam_table(o.exam, wuji_table_kind(i), &o.tables[i], &error);
    cr_assert_eq(status, WUJI_OK, "%s: %s", wuji_table_kind(i), error.message);
  }
  return o;
}

void outcome_close(outcome *o) {
  for (size_t i = 0; i < wuji_table_kinds(); i++) wuji_table_close(o->tables[i]);
  wuji_exam_close(o->exam);
}

test_folder outcome_files(const char *package, uint32_t threads) {
  test_folder folder = test_folder_make();
  wuji_error error = {0};
  wuji_exam *exam = analysed(package, threads);
  cr_assert_eq(wuji_exam_write(exam, folder.path, true, true, &error), WUJI_OK, "%s", error.message);
  wuji_exam_close(exam);
  return folder;
}

const wuji_table *outcome_table(const outcome *o, const char *name) {
  for (size_t i = 0; i < wuji_table_kinds(); i++) {
    if (strcmp(wuji_table_kind(i), name) == 0) return o->tables[i];
  }
  cr_assert_fail("no table %s", name);
  return NULL;
}

wuji_column_view column_of(const wuji_table *table, const char *name) {
  for (size_t c = 0; c < wuji_table_columns(table); c++) {
    wuji_column_view column = wuji_table_column(table, c);
    if (strcmp(column.name, name) == 0) return column;
  }
  cr_assert_fail("no column %s", name);
  return (wuji_column_view){0};
}

bool same_text(wuji_text_view a, wuji_text_view b) {
  if (a.ptr == NULL || b.ptr == NULL) return a.ptr == b.ptr;
  return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

bool same_real(double a, double b) {
  return isnan(a) || isnan(b) ? isnan(a) && isnan(b) : a == b;
}

bool same_cell(wuji_column_view a, size_t row_a, wuji_column_view b, size_t row_b, double factor) {
  if (a.type == WUJI_COLUMN_TEXT) return same_text(a.text[row_a], b.text[row_b]);
  if (a.type == WUJI_COLUMN_REAL) return same_real(factor * a.real[row_a], b.real[row_b]);
  return a.integer[row_a] == b.integer[row_b];
}

const char *row_name(const wuji_table *table, size_t row) {
  static char name[512];
  size_t used = 0;
  name[0] = '\0';
  for (size_t c = 1; c < wuji_table_columns(table) && used < sizeof name; c++) {
    wuji_column_view column = wuji_table_column(table, c);
    if (column.type != WUJI_COLUMN_TEXT) break;
    int length = snprintf(name + used, sizeof name - used, "%.*s | ", (int)column.text[row].len,
                          column.text[row].ptr == NULL ? "" : column.text[row].ptr);
    used += length < 0 ? 0 : (size_t)length;
  }
  return name;
}
