#include "expected.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *whole_file(const char *path) {
  FILE *file = fopen(path, "rb");
  cr_assert(file, "cannot open %s", path);
  size_t size = 0;
  size_t capacity = 1 << 16;
  char *bytes = malloc(capacity + 1);
  cr_assert(bytes);
  for (size_t got = 1; got > 0; size += got) {
    if (size == capacity) {
      capacity *= 2;
      bytes = realloc(bytes, capacity + 1);
      cr_assert(bytes);
    }
    got = fread(bytes + size, 1, capacity - size, file);
  }
  bytes[size] = '\0';
  fclose(file);
  return bytes;
}

expected expected_read(const char *path) {
  expected file = {.bytes = whole_file(path), .columns = 1};
  size_t lines = 0;
  for (const char *p = file.bytes; *p; p++) lines += *p == '\n';
  for (const char *p = file.bytes; *p && *p != '\n'; p++) file.columns += *p == ',';
  cr_assert(lines > 1, "%s has no rows", path);
  file.rows = lines - 1;
  file.cells = calloc(lines * file.columns, sizeof *file.cells);
  cr_assert(file.cells);
  size_t cell = 0;
  char *start = file.bytes;
  for (char *p = file.bytes; *p; p++) {
    if (*p != ',' && *p != '\n') continue;
    cr_assert(cell < lines * file.columns, "%s: a row with too many cells", path);
    file.cells[cell++] = start;
    cr_assert((*p == '\n') == (cell % file.columns == 0), "%s: a row with other than %zu cells", path,
              file.columns);
    *p = '\0';
    start = p + 1;
  }
  return file;
}

void expected_free(expected *file) {
  free(file->cells);
  free(file->bytes);
  *file = (expected){0};
}

const char *expected_text(const expected *file, size_t row, const char *column) {
  size_t at = 0;
  while (at < file->columns && strcmp(file->cells[at], column) != 0) at++;
  cr_assert(at < file->columns, "the file of expected values has no column %s", column);
  cr_assert(row < file->rows);
  return file->cells[(row + 1) * file->columns + at];
}

double expected_real(const expected *file, size_t row, const char *column) {
  const char *text = expected_text(file, row, column);
  if (!*text || !strcmp(text, "NA") || !strcmp(text, "NaN")) return NAN;
  char *end = NULL;
  double value = strtod(text, &end);
  cr_assert(!*end, "an expected %s is not a number: %s", column, text);
  return value;
}

wuji_exam *analysed(const char *package) {
  wuji_exam *exam = NULL;
  wuji_error error = {0};
  wuji_status status = wuji_exam_open(package, NULL, &exam, &error);
  for (size_t i = 0; status == WUJI_REJECTED && i < wuji_exam_problem_count(exam); i++) {
    wuji_problem problem = wuji_exam_problem(exam, i);
    fprintf(stderr, "%s:%llu: %u: %s\n", problem.file, (unsigned long long)problem.line, problem.column,
            problem.message);
  }
  cr_assert_eq(status, WUJI_OK, "%s: %s", package, error.message);
  status = wuji_exam_analyze(exam, &error);
  cr_assert_eq(status, WUJI_OK, "%s: %s", package, error.message);
  return exam;
}

wuji_table *table_of(wuji_exam *exam, const char *name) {
  wuji_table *table = NULL;
  wuji_error error = {0};
  wuji_status status = wuji_exam_table(exam, name, &table, &error);
  cr_assert_eq(status, WUJI_OK, "%s: %s", name, error.message);
  return table;
}

static wuji_column_view column_of(const wuji_table *table, const char *name) {
  for (size_t i = 0; i < wuji_table_columns(table); i++) {
    wuji_column_view column = wuji_table_column(table, i);
    if (!strcmp(column.name, name)) return column;
  }
  cr_assert(false, "the table has no column %s", name);
  return (wuji_column_view){0};
}

enum { MOST_KEYS = 6 };

size_t row_of(const wuji_table *table, ...) {
  wuji_column_view columns[MOST_KEYS];
  const char *texts[MOST_KEYS];
  char asked[1024] = "";
  size_t keys = 0;
  va_list arguments;
  va_start(arguments, table);
  for (const char *name; (name = va_arg(arguments, const char *));) {
    cr_assert(keys < MOST_KEYS);
    columns[keys] = column_of(table, name);
    texts[keys] = va_arg(arguments, const char *);
    size_t used = strlen(asked);
    snprintf(asked + used, sizeof asked - used, " %s=%s", name, texts[keys]);
    cr_assert(columns[keys].text, "%s is no text column", name);
    keys++;
  }
  va_end(arguments);
  size_t found = SIZE_MAX;
  for (size_t row = 0; row < wuji_table_rows(table); row++) {
    bool all = true;
    for (size_t key = 0; all && key < keys; key++) {
      wuji_text_view text = columns[key].text[row];
      all = text.ptr && text.len == strlen(texts[key]) && !memcmp(text.ptr, texts[key], text.len);
    }
    if (!all) continue;
    cr_assert(found == SIZE_MAX, "more than one row has%s", asked);
    found = row;
  }
  cr_assert(found != SIZE_MAX, "no row has%s", asked);
  return found;
}

double number_at(const wuji_table *table, size_t row, const char *column) {
  wuji_column_view view = column_of(table, column);
  if (view.real) return view.real[row];
  cr_assert(view.integer, "%s is no number", column);
  return view.integer[row] == INT64_MIN ? NAN : (double)view.integer[row];
}

const char *text_at(const wuji_table *table, size_t row, const char *column) {
  static char kept[4][512];
  static unsigned next;
  wuji_text_view text = column_of(table, column).text[row];
  char *out = kept[next++ % 4];
  if (!text.ptr) return "(null)";
  snprintf(out, sizeof kept[0], "%.*s", (int)text.len, text.ptr);
  return out;
}

void same_number(double got, double want, double tolerance, const char *what) {
  if (isnan(want)) {
    cr_expect(isnan(got), "%s is %.17g, expected null", what, got);
    return;
  }
  cr_expect(!isnan(got) && fabs(got - want) <= tolerance, "%s is %.17g, expected %.17g", what, got, want);
}

void same_cell(const wuji_table *table, size_t row, const char *column, double want, double tolerance) {
  char what[1024] = "";
  for (size_t i = 0; i < wuji_table_columns(table); i++) {
    wuji_column_view view = wuji_table_column(table, i);
    size_t used = strlen(what);
    if (view.text && view.text[row].ptr && strcmp(view.name, "exam") != 0)
      snprintf(what + used, sizeof what - used, "%.*s ", (int)view.text[row].len, view.text[row].ptr);
  }
  size_t used = strlen(what);
  snprintf(what + used, sizeof what - used, "%s", column);
  same_number(number_at(table, row, column), want, tolerance, what);
}
