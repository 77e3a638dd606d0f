/* A plain table, read whole: some columns of a CSV file, by name, as text. */
#ifndef WUJI_TEXT_COLUMNS_H
#define WUJI_TEXT_COLUMNS_H

#include "base/arena.h"

typedef struct wuji_text_columns {
  uint32_t count;   /* columns asked for */
  uint32_t rows;    /* records below the header */
  wuji_str **cells; /* [count][rows] trimmed */
  uint64_t *lines;  /* [rows] where each record begins */
  wuji_arena arena; /* owns all of it */
} wuji_text_columns;

/** Reads the columns `names` [count] of the CSV file `path` (any encoding, delimiter and line end; .gz). A
 * header is compared trimmed and in NFKC, byte by byte. WUJI_NOT_FOUND: no such file. WUJI_REJECTED:
 * unreadable, broken, a column missing or twice there, a row with other cells than the header; the message
 * names file and line. `*columns` is good for wuji_text_columns_dispose() whatever the outcome. */
WUJI_CHECKED wuji_status wuji_text_columns_read(wuji_text_columns *columns, const char *path,
                                                const wuji_str *names, uint32_t count, wuji_error *error);
void wuji_text_columns_dispose(wuji_text_columns *columns);

#endif
