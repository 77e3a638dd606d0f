/* A typed columnar table in batches: the currency between report, emit and store.
 *
 * catalog.def lists every table and column once: report fills them, emit prints them, store copies them, and
 * the command line knows their names from it. */
#ifndef WUJI_TABLE_TABLE_H
#define WUJI_TABLE_TABLE_H

#include "base/arena.h"

typedef enum {
  WUJI_TEXT, /* wuji_str; null: ptr NULL */
  WUJI_INT2, /* int64_t in memory, smallint in the database; null: INT64_MIN. Likewise: */
  WUJI_INT4,
  WUJI_INT8,
  WUJI_REAL,  /* double; null: NaN (no table ever holds a NaN of its own) */
  WUJI_BOOL,  /* int64_t 0 or 1; null: INT64_MIN */
  WUJI_JSON,  /* wuji_str, JSON text */
  WUJI_DATE,  /* wuji_str, YYYY-MM-DD */
  WUJI_TIME,  /* wuji_str, ISO 8601 with offset; timestamptz in the database */
  WUJI_BYTES, /* wuji_str; stored tables only, as is the next: */
  WUJI_REALS /* wuji_str over native doubles (len = 8·count), float8[] in the database, NaN as a null element
              */
} wuji_type;

#define WUJI_NULL_INT INT64_MIN

typedef struct wuji_column_def {
  const char *name;
  wuji_type type;
} wuji_column_def;

enum { WUJI_MOST_COLUMNS = 48 };

typedef struct wuji_table_def {
  const char *name;
  bool diagnostic; /* a table of tables.md; false: a table of schema wuji_store */
  bool content;    /* of those: it holds what the package said; false: what was worked out of it */
  uint32_t column_count;
  const wuji_column_def *columns;
} wuji_table_def;

/** Every table, diagnostic ones first in the order of tables.md; ends with one whose name is NULL. */
extern const wuji_table_def wuji_catalog[];

/** The diagnostic table of that name, or NULL. */
const wuji_table_def *wuji_catalog_find(const char *name);
/** The stored table (schema wuji_store) of that name, or NULL. */
const wuji_table_def *wuji_catalog_find_stored(const char *name);

typedef union wuji_column {
  wuji_str *
      text; /* TEXT, JSON, DATE, TIME, BYTES; the bytes are borrowed and live at least as long as the batch */
  int64_t *integer;
  double *real;
} wuji_column;

/** Up to `capacity` rows of one table. */
typedef struct wuji_batch {
  const wuji_table_def *def;
  uint32_t rows;
  uint32_t capacity;
  wuji_column columns[WUJI_MOST_COLUMNS];
  wuji_arena arena; /* owns the columns, and text made for this batch */
} wuji_batch;

WUJI_CHECKED wuji_status wuji_batch_init(wuji_batch *batch, const wuji_table_def *def, uint32_t capacity,
                                         wuji_error *error);
void wuji_batch_dispose(wuji_batch *batch);

/** Whoever takes a table's rows, batch after batch. `push` may not keep the batch or its text. */
typedef struct wuji_sink {
  wuji_status (*push)(void *context, const wuji_batch *batch, wuji_error *error);
  void *context;
} wuji_sink;

/** Hands a full batch (or, with `force`, any that has rows) to the sink and empties it. */
WUJI_CHECKED wuji_status wuji_batch_flush(wuji_batch *batch, bool force, const wuji_sink *sink,
                                          wuji_error *error);

#endif
