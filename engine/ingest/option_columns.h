/* Which column of an options file is which item. */
#ifndef WUJI_INGEST_OPTION_COLUMNS_H
#define WUJI_INGEST_OPTION_COLUMNS_H

#include "ingest/items.h"

/** The items that can be chosen on, in the paper's order, and where. */
typedef struct wuji_option_columns {
  uint32_t id_column;
  uint32_t count;
  uint32_t *item;             /* by choice */
  uint32_t *column;           /* by choice */
  wuji_option_set *forbidden; /* by choice: bits of symbols that cannot be chosen, and of WUJI_NO_SYMBOL */
} wuji_option_columns;

/** Fills `columns`, its arrays in `arena`: items of the kind objective have to have a column, those of no
 * kind may. Missing and doubtful columns are noted, `*good` is false then; unknown ones are counted. */
WUJI_CHECKED wuji_status wuji_option_columns_read(wuji_option_columns *columns, const wuji_header *header,
                                                  const wuji_items *items, uint32_t file, wuji_arena *arena,
                                                  wuji_notes *notes, bool *good, wuji_error *error);

#endif
