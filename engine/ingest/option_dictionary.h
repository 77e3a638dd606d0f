/* The dictionary of what can be chosen on each item, made once a file is read; codes become places in it. */
#ifndef WUJI_INGEST_OPTION_DICTIONARY_H
#define WUJI_INGEST_OPTION_DICTIONARY_H

#include "ingest/option_codes.h"
#include "ingest/option_columns.h"

/** What a reading of the file gave. */
typedef struct wuji_chosen {
  const wuji_items *items;
  const wuji_option_columns *columns;
  const wuji_option_codes *codes; /* provisional */
  const wuji_option_set *seen;    /* by choice: bit k, code k was chosen; up to WUJI_SYMBOLS. What the item
                                     names may have been chosen without a bit */
  uint8_t width;                  /* bytes of a provisional code */
  void *matrix;                   /* as wuji_paper has it, of provisional codes */
  uint32_t row_count;
} wuji_chosen;

/** Fills the paper's choices, chosen_width and chosen (the matrix itself, its codes changed in place); memory
 * in `arena`. The same for every order of rows and number of threads. */
WUJI_CHECKED wuji_status wuji_dictionary_make(const wuji_chosen *chosen, uint32_t threads, wuji_paper *paper,
                                              wuji_arena *arena, wuji_error *error);

#endif
