#include "cli/commands.h"
#include "cli/json.h"

#include <stdio.h>

static json_t *text_or_null(wuji_text_view text) {
  return text.ptr == NULL ? json_null() : json_stringn(text.ptr, text.len);
}

static void print_json(const wuji_table *table) {
  json_t *array = json_array();
  for (size_t r = 0; r < wuji_table_rows(table); r++) {
    json_t *object = json_object();
    for (size_t c = 0; c < wuji_table_columns(table); c++) {
      wuji_column_view column = wuji_table_column(table, c);
      json_object_set_new(object, column.name,
                          column.type == WUJI_COLUMN_TEXT  ? text_or_null(column.text[r])
                          : column.integer[r] == INT64_MIN ? json_null()
                                                           : json_integer(column.integer[r]));
    }
    json_array_append_new(array, object);
  }
  json_put(json_pack("{s:o}", "exams", array));
}

static void print_text(const wuji_table *table) {
  for (size_t r = 0; r < wuji_table_rows(table); r++) {
    for (size_t c = 0; c < wuji_table_columns(table); c++) {
      wuji_column_view column = wuji_table_column(table, c);
      if (c > 0) (void)putchar('\t');
      if (column.type == WUJI_COLUMN_TEXT) {
        printf("%.*s", (int)column.text[r].len, column.text[r].ptr == NULL ? "" : column.text[r].ptr);
      } else if (column.integer[r] != INT64_MIN) {
        printf("%lld", (long long)column.integer[r]);
      }
    }
    (void)putchar('\n');
  }
}

wuji_status command_exams(const settings *s, wuji_error *error) {
  wuji_db *db = NULL;
  wuji_table *table = NULL;
  wuji_status status = open_database(s, &db, error);
  if (status == WUJI_OK) status = wuji_db_exams(db, &table, error);
  if (status == WUJI_OK) (s->json ? print_json : print_text)(table);
  wuji_table_close(table);
  wuji_db_close(db);
  return status;
}
