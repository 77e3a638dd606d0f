#include "store/read_query.h"

#include <stdio.h>

/* The order of docs/tables.md, by the ordinals of the views wuji_store.TABLE_rows. */
static const struct order {
  const char *table;
  const char *columns;
  wuji_read_split split;
} orders[] = {
    {"paper", "paper_ordinal", WUJI_WHOLE},
    {"item", "paper_ordinal, item_ordinal", WUJI_WHOLE},
    {"line", "root_ordinal, line_ordinal", WUJI_WHOLE},
    {"student", "row_ordinal", WUJI_WHOLE},
    {"node", "node_ordinal", WUJI_WHOLE},
    {"paper_stat", "paper_ordinal, node_ordinal", WUJI_WHOLE},
    {"item_stat", "paper_ordinal, item_ordinal, node_ordinal", WUJI_BY_ITEM},
    {"option_stat", "paper_ordinal, option_ordinal, node_ordinal", WUJI_BY_ITEM},
    {"mark_stat", "paper_ordinal, item_ordinal, node_ordinal, mark_ordinal", WUJI_BY_ITEM},
    {"item_curve", "paper_ordinal, item_ordinal, node_ordinal, fifth", WUJI_BY_ITEM},
    {"option_curve", "paper_ordinal, option_ordinal, node_ordinal, fifth", WUJI_BY_ITEM},
    {"point_stat", "paper_ordinal, value_ordinal, node_ordinal", WUJI_BY_PAPER},
    {"segment_stat", "paper_ordinal, node_ordinal, segment_ordinal", WUJI_BY_PAPER},
    {"band_stat", "paper_ordinal, node_ordinal, band_ordinal", WUJI_WHOLE},
    {"line_stat", "line_ordinal, paper_ordinal, node_ordinal", WUJI_WHOLE},
    {"student_score", "paper_ordinal, row_ordinal", WUJI_BY_PAPER},
    {"item_score", "paper_ordinal, item_ordinal, row_ordinal", WUJI_BY_ITEM},
    {"node_growth", "paper_ordinal, model_ordinal, node_ordinal", WUJI_WHOLE},
    {"growth_fit", "root_ordinal, paper_ordinal, term_ordinal", WUJI_WHOLE},
    {"growth_check", "root_ordinal, paper_ordinal, check_ordinal", WUJI_WHOLE},
    {"student_growth", "paper_ordinal, row_ordinal", WUJI_BY_PAPER},
};

/* NULL for the table exam, which has no ordinals and is read from its public view. */
static const struct order *order_of(const wuji_table_def *def) {
  for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
    if (strcmp(orders[i].table, def->name) == 0) return &orders[i];
  }
  return NULL;
}

wuji_read_split wuji_read_split_of(const wuji_table_def *def) {
  const struct order *order = order_of(def);
  return order == NULL ? WUJI_WHOLE : order->split;
}

/* Only words of this file, names of our own catalog and numbers of parameters ever come here. The longest
 * table takes a quarter of the room. */
static void add(wuji_read_query *query, const char *text) {
  size_t length = strlen(text);
  if (query->used + length >= sizeof query->sql) return;
  memcpy(query->sql + query->used, text, length + 1);
  query->used += length;
}

static void add_column(wuji_read_query *query, const wuji_column_def *column) {
  const char *before = "\"";
  const char *behind = "\"";
  if (column->type == WUJI_DATE) {
    before = "to_char(\"";
    behind = "\", 'YYYY-MM-DD')";
  } else if (column->type == WUJI_TIME) {
    before = "to_char(\"";
    behind = "\" at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
  }
  add(query, before);
  add(query, column->name);
  add(query, behind);
}

static bool has_column(const wuji_table_def *def, const char *name) {
  for (uint32_t c = 0; c < def->column_count; c++) {
    if (strcmp(def->columns[c].name, name) == 0) return true;
  }
  return false;
}

/* In `condition`, each ? stands for the value. */
static void add_condition(wuji_read_query *query, const wuji_table_def *def, const char *column,
                          const char *condition, wuji_str value) {
  char number[12];
  if (value.ptr == NULL || !has_column(def, column)) return;
  add(query, query->count == 0 ? " where " : " and ");
  query->params[query->count++] = value;
  (void)snprintf(number, sizeof number, "$%u", query->count);
  for (const char *at = condition; *at != '\0'; at++) add(query, *at == '?' ? number : (char[2]){*at, '\0'});
}

void wuji_read_query_build(wuji_read_query *query, const wuji_table_def *def,
                           const wuji_read_filter *filter) {
  const struct order *order = order_of(def);
  query->used = 0;
  query->count = 0;
  add(query, "declare wuji_export no scroll cursor for select ");
  for (uint32_t c = 0; c < def->column_count; c++) {
    if (c > 0) add(query, ", ");
    add_column(query, &def->columns[c]);
  }
  add(query, order == NULL ? " from wuji." : " from wuji_store.");
  add(query, def->name);
  if (order != NULL) add(query, "_rows");
  add_condition(query, def, "exam", "exam = ?", filter->exam);
  /* A node's subtree is an interval of paths, which an index can serve: '0' is the character after '/'. */
  add_condition(query, def, "node", "(node = ? or (node >= ? || '/' and node < ? || '0'))", filter->node);
  add_condition(query, def, "paper", "paper = ?", filter->paper);
  add_condition(query, def, "outcome", "outcome = ?", filter->paper);
  add_condition(query, def, "item", "item = ?", filter->item);
  add(query, " order by ");
  add(query, order == NULL ? "exam" : order->columns);
}
