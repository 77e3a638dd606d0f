#include "table/table.h"

/* catalog.def is read twice: once for each table's columns, once for the list of tables. */
#define TABLE(table)       static const wuji_column_def columns_##table[] = {
#define STORED(table)      static const wuji_column_def stored_##table[] = {
#define CONTENT(table)     STORED(table)
#define COLUMN(name, type) {#name, WUJI_##type},
#define END                                                                                                  \
  }                                                                                                          \
  ;
#include "table/catalog.def"
#undef TABLE
#undef STORED
#undef CONTENT
#undef COLUMN
#undef END

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

const wuji_table_def wuji_catalog[] = {
#define TABLE(table)   {#table, true, false, COUNT(columns_##table), columns_##table},
#define STORED(table)  {#table, false, false, COUNT(stored_##table), stored_##table},
#define CONTENT(table) {#table, false, true, COUNT(stored_##table), stored_##table},
#define COLUMN(name, type)
#define END
#include "table/catalog.def"
    {NULL, false, false, 0, NULL},
};

static const wuji_table_def *find(const char *name, bool diagnostic) {
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL; def++) {
    if (def->diagnostic == diagnostic && strcmp(def->name, name) == 0) return def;
  }
  return NULL;
}

const wuji_table_def *wuji_catalog_find(const char *name) {
  return find(name, true);
}

const wuji_table_def *wuji_catalog_find_stored(const char *name) {
  return find(name, false);
}
