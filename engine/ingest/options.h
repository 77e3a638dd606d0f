/* What candidates chose: papers/P.options.csv into the cohort's codes. */
#ifndef WUJI_INGEST_OPTIONS_H
#define WUJI_INGEST_OPTIONS_H

#include "ingest/items.h"
#include "ingest/roster.h"

typedef struct wuji_options_input {
  const wuji_file *file;
  const wuji_items *items;     /* good */
  const wuji_roster *roster;   /* usable */
  const uint32_t *row_of_seat; /* NULL: only check, nothing is kept */
} wuji_options_input;

/** Reads the file. Where row_of_seat is given, the paper's scores are in `paper` and nothing is wrong, fills
 * its choices, chosen_width and chosen, their memory in `arena`. What is wrong is noted. */
WUJI_CHECKED wuji_status wuji_options_read(const wuji_options_input *input, wuji_reading *reading,
                                           wuji_paper *paper, wuji_arena *arena, wuji_notes *notes,
                                           wuji_error *error);

/** Warns of items of a sealed cohort's paper whose key no counted present candidate chose; `items_file` is
 * the number of the file that names them. */
void wuji_options_check_keys(const wuji_cohort *cohort, const wuji_paper *paper, const wuji_items *items,
                             uint32_t items_file, wuji_notes *notes);

#endif
