#include "captured.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

static bool is_number(wuji_type type) {
  return type == WUJI_REAL || type == WUJI_INT2 || type == WUJI_INT4 || type == WUJI_INT8 ||
         type == WUJI_BOOL;
}

static size_t cell_size(wuji_type type) {
  return is_number(type) ? sizeof(int64_t) : sizeof(wuji_str);
}

static wuji_status keep(void *context, const wuji_batch *batch, wuji_error *error) {
  captured *t = context;
  if (t->rows + batch->rows > t->room) {
    t->room = 2 * (t->rows + batch->rows);
    for (uint32_t c = 0; c < t->def->column_count; c++) {
      t->columns[c].text = realloc(t->columns[c].text, t->room * cell_size(t->def->columns[c].type));
      if (t->columns[c].text == NULL) return wuji_fail_memory(error);
    }
  }
  for (uint32_t c = 0; c < t->def->column_count; c++) {
    size_t size = cell_size(t->def->columns[c].type);
    char *to = (char *)t->columns[c].text + t->rows * size;
    memcpy(to, batch->columns[c].text, batch->rows * size);
    if (is_number(t->def->columns[c].type)) continue;
    for (uint32_t r = 0; r < batch->rows; r++) {
      t->columns[c].text[t->rows + r] = wuji_arena_copy(&t->text, batch->columns[c].text[r]);
    }
  }
  t->rows += batch->rows;
  return WUJI_OK;
}

captured capture(const wuji_cohort *cohort, const wuji_analysis *analysis, const char *table, int32_t run) {
  captured t = {.def = run < 0 ? wuji_catalog_find(table) : wuji_catalog_find_stored(table)};
  wuji_error error = {0};
  wuji_sink sink = {keep, &t};
  cr_assert_not_null(t.def, "no table %s", table);
  wuji_status status = run < 0 ? wuji_report_rows(cohort, analysis, NULL, t.def, &sink, &error)
                               : wuji_report_stored(cohort, analysis, NULL, t.def, run, &sink, &error);
  cr_assert_eq(status, WUJI_OK, "%s: %s", table, error.message);
  return t;
}

void captured_dispose(captured *table) {
  for (uint32_t c = 0; table->def != NULL && c < table->def->column_count; c++) free(table->columns[c].text);
  wuji_arena_dispose(&table->text);
}

static uint32_t find(const captured *table, const char *column) {
  for (uint32_t c = 0; c < table->def->column_count; c++) {
    if (strcmp(table->def->columns[c].name, column) == 0) return c;
  }
  cr_assert_fail("table %s has no column %s", table->def->name, column);
  return 0;
}

double captured_number(const captured *table, uint32_t row, const char *column) {
  uint32_t c = find(table, column);
  cr_assert_lt(row, table->rows, "%s has only %u rows", table->def->name, table->rows);
  cr_assert(is_number(table->def->columns[c].type));
  if (table->def->columns[c].type == WUJI_REAL) return table->columns[c].real[row];
  int64_t value = table->columns[c].integer[row];
  return value == WUJI_NULL_INT ? NAN : (double)value;
}

wuji_str captured_text(const captured *table, uint32_t row, const char *column) {
  uint32_t c = find(table, column);
  cr_assert_lt(row, table->rows, "%s has only %u rows", table->def->name, table->rows);
  cr_assert(!is_number(table->def->columns[c].type));
  return table->columns[c].text[row];
}

bool captured_same(const captured *a, const captured *b) {
  bool same = a->def == b->def && a->rows == b->rows;
  for (uint32_t c = 0; same && c < a->def->column_count; c++) {
    if (is_number(a->def->columns[c].type)) {
      same = a->rows == 0 ||
             memcmp(a->columns[c].integer, b->columns[c].integer, a->rows * sizeof(int64_t)) == 0;
      continue;
    }
    for (uint32_t r = 0; same && r < a->rows; r++) {
      wuji_str x = a->columns[c].text[r];
      wuji_str y = b->columns[c].text[r];
      same = x.ptr == NULL || y.ptr == NULL ? x.ptr == y.ptr : wuji_str_equal(x, y);
    }
  }
  return same;
}
