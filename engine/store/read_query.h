/* The statement that reads a published table. */
#ifndef WUJI_STORE_READ_QUERY_H
#define WUJI_STORE_READ_QUERY_H

#include "table/table.h"

/** What to read; a null text is no condition. Borrowed. */
typedef struct wuji_read_filter {
  wuji_str exam, node, paper, item;
} wuji_read_filter;

typedef struct wuji_read_query {
  char sql[4096]; /* declares the cursor wuji_export */
  size_t used;
  wuji_str params[4];
  uint32_t count;
} wuji_read_query;

/** By what the rows of a table are divided before they are ordered: the pieces follow each other in the order
 * of docs/tables.md. */
typedef enum { WUJI_WHOLE, WUJI_BY_PAPER, WUJI_BY_ITEM } wuji_read_split;
wuji_read_split wuji_read_split_of(const wuji_table_def *def);

/** Fills `query` for the rows of the diagnostic table `def` in the order of docs/tables.md. A condition on a
 * column that the table does not have is left out. */
void wuji_read_query_build(wuji_read_query *query, const wuji_table_def *def, const wuji_read_filter *filter);

#endif
