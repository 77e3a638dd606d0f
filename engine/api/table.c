#include "api/exam_handle.h"
#include "api/table_handle.h"

#include <stdlib.h>

struct wuji_table {
  const wuji_table_def *def;
  size_t rows;
  size_t room;
  wuji_column columns[WUJI_MOST_COLUMNS]; /* each a malloc of `room` values */
  wuji_arena text;
};

static wuji_column_type public_type(wuji_type type) {
  switch (type) {
  case WUJI_INT2:
  case WUJI_INT4:
  case WUJI_INT8: return WUJI_COLUMN_INTEGER;
  case WUJI_BOOL: return WUJI_COLUMN_BOOLEAN;
  case WUJI_REAL: return WUJI_COLUMN_REAL;
  default: return WUJI_COLUMN_TEXT;
  }
}

static bool make_room(wuji_table *table, uint32_t more) {
  if (table->rows + more <= table->room) return true;
  size_t room = 2 * table->room + more;
  for (uint32_t c = 0; c < table->def->column_count; c++) {
    bool text = public_type(table->def->columns[c].type) == WUJI_COLUMN_TEXT;
    void *values = realloc(table->columns[c].text, room * (text ? sizeof(wuji_str) : sizeof(int64_t)));
    if (values == NULL) return false;
    table->columns[c].text = values;
  }
  table->room = room;
  return true;
}

static wuji_status append(void *context, const wuji_batch *batch, wuji_error *error) {
  wuji_table *table = context;
  if (!make_room(table, batch->rows)) return wuji_fail_memory(error);
  for (uint32_t c = 0; c < table->def->column_count; c++) {
    if (public_type(table->def->columns[c].type) != WUJI_COLUMN_TEXT) {
      memcpy(table->columns[c].integer + table->rows, batch->columns[c].integer,
             batch->rows * sizeof(int64_t));
      continue;
    }
    for (uint32_t r = 0; r < batch->rows; r++) {
      wuji_str text = batch->columns[c].text[r];
      wuji_str copy = wuji_arena_copy(&table->text, text);
      if (text.ptr != NULL && copy.ptr == NULL) return wuji_fail_memory(error);
      table->columns[c].text[table->rows + r] = copy;
    }
  }
  table->rows += batch->rows;
  return WUJI_OK;
}

wuji_table *wuji_table_new(const wuji_table_def *def) {
  wuji_table *table = calloc(1, sizeof *table);
  if (table != NULL) table->def = def;
  return table;
}

wuji_sink wuji_table_sink(wuji_table *table) {
  return (wuji_sink){append, table};
}

size_t wuji_table_kinds(void) {
  size_t kinds = 0;
  while (wuji_table_kind(kinds) != NULL) kinds++;
  return kinds;
}

const char *wuji_table_kind(size_t index) {
  const wuji_table_def *def = &wuji_catalog[index];
  return def->name != NULL && def->diagnostic ? def->name : NULL;
}

wuji_status wuji_exam_table(wuji_exam *exam, const char *name, wuji_table **table, wuji_error *error) {
  *table = NULL;
  wuji_status status = wuji_exam_require_analysis(exam, error);
  if (status != WUJI_OK) return status;
  const wuji_table_def *def = wuji_catalog_find(name);
  if (def == NULL) return wuji_fail(error, WUJI_USAGE, "there is no table %s", name);
  wuji_table *whole = wuji_table_new(def);
  if (whole == NULL) return wuji_fail_memory(error);
  wuji_sink sink = wuji_table_sink(whole);
  status = wuji_report_rows(exam->cohort, exam->analysis, exam->growth.made, def, &sink, error);
  if (status == WUJI_OK) {
    *table = whole;
  } else {
    wuji_table_close(whole);
  }
  return status;
}

void wuji_table_close(wuji_table *table) {
  if (table == NULL) return;
  for (uint32_t c = 0; c < table->def->column_count; c++) free(table->columns[c].text);
  wuji_arena_dispose(&table->text);
  free(table);
}

size_t wuji_table_rows(const wuji_table *table) {
  return table->rows;
}

size_t wuji_table_columns(const wuji_table *table) {
  return table->def->column_count;
}

wuji_column_view wuji_table_column(const wuji_table *table, size_t index) {
  wuji_column_view view = {.name = table->def->columns[index].name,
                           .type = public_type(table->def->columns[index].type)};
  switch (view.type) {
  case WUJI_COLUMN_TEXT: view.text = table->columns[index].text; break;
  case WUJI_COLUMN_REAL: view.real = table->columns[index].real; break;
  case WUJI_COLUMN_INTEGER:
  case WUJI_COLUMN_BOOLEAN: view.integer = table->columns[index].integer; break;
  }
  return view;
}
