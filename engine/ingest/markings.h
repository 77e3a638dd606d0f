/* What every marker gave: papers/P.marks.csv into the paper's markings. */
#ifndef WUJI_INGEST_MARKINGS_H
#define WUJI_INGEST_MARKINGS_H

#include "ingest/items.h"
#include "ingest/roster.h"

typedef struct wuji_markings_input {
  const wuji_file *file;
  const wuji_items *items;     /* good */
  const wuji_roster *roster;   /* usable */
  const uint32_t *row_of_seat; /* NULL: only check, nothing is kept */
} wuji_markings_input;

/** Reads the file. Where row_of_seat is given and nothing is wrong, fills the paper's markings and markers,
 * their memory in `arena`. What is wrong is noted. */
WUJI_CHECKED wuji_status wuji_markings_read(const wuji_markings_input *input, wuji_reading *reading,
                                            wuji_paper *paper, wuji_arena *arena, wuji_notes *notes,
                                            wuji_error *error);

#endif
