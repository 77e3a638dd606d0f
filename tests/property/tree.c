#include "tree.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "support/quiet.h"

static const char *const levels[] = {"province", "city", "county", "school", "class"};

tree tree_of(const outcome *o) {
  const wuji_table *table = outcome_table(o, "node");
  wuji_column_view path = column_of(table, "node");
  wuji_column_view parent = column_of(table, "parent");
  wuji_column_view level = column_of(table, "level");
  tree t = {.nodes = wuji_table_rows(table)};
  t.path = calloc(t.nodes, sizeof *t.path);
  t.parent = calloc(t.nodes, sizeof *t.parent);
  t.level = calloc(t.nodes, sizeof *t.level);
  memcpy(t.path, path.text, t.nodes * sizeof *t.path);
  for (size_t n = 0; n < t.nodes; n++) {
    t.parent[n] = parent.text[n].ptr == NULL ? -1 : tree_find(&t, parent.text[n]);
    while (t.level[n] < 4 && strncmp(levels[t.level[n]], level.text[n].ptr, level.text[n].len) != 0)
      t.level[n]++;
    int above = t.parent[n] < 0 ? -1 : t.level[t.parent[n]];
    quiet_assert(t.level[n] == above + 1, "%.*s", (int)t.path[n].len, t.path[n].ptr);
  }
  return t;
}

void tree_free(tree *t) {
  free(t->path);
  free(t->parent);
  free(t->level);
}

int tree_find(const tree *t, wuji_text_view path) {
  for (size_t n = 0; n < t->nodes; n++) {
    if (same_text(t->path[n], path)) return (int)n;
  }
  cr_assert_fail("no node %.*s", (int)path.len, path.ptr);
  return -1;
}

/** Whether two rows agree in every column of the key but level and node. */
static bool same_place(const wuji_table *table, size_t a, size_t b) {
  static const char *const key[] = {"paper",  "item",  "line", "lo",     "top",
                                    "aspect", "value", "mark", "option", "fifth"};
  for (size_t c = 0; c < wuji_table_columns(table); c++) {
    wuji_column_view column = wuji_table_column(table, c);
    for (size_t k = 0; k < sizeof key / sizeof *key; k++) {
      if (strcmp(column.name, key[k]) == 0 && !same_cell(column, a, column, b, 1)) return false;
    }
  }
  return true;
}

arranged arrange(const tree *t, const outcome *o, const char *name) {
  arranged a = {.table = outcome_table(o, name), .nodes = t->nodes};
  wuji_column_view node = column_of(a.table, "node");
  size_t rows = wuji_table_rows(a.table);
  size_t *first = calloc(rows + 1, sizeof *first); /* the first row of each place */
  a.row = calloc(rows * t->nodes + 1, sizeof *a.row);
  for (size_t row = 0; row < rows; row++) {
    size_t place = 0;
    while (place < a.places && !same_place(a.table, first[place], row)) place++;
    if (place == a.places) {
      first[a.places++] = row;
      for (size_t n = 0; n < t->nodes; n++) a.row[place * t->nodes + n] = SIZE_MAX;
    }
    size_t *at = &a.row[place * t->nodes + (size_t)tree_find(t, node.text[row])];
    quiet_assert(*at == SIZE_MAX, "%s has two rows for %s", name, row_name(a.table, row));
    *at = row;
  }
  free(first);
  return a;
}

void arranged_free(arranged *a) {
  free(a->row);
}
