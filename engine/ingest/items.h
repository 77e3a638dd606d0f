/* A paper's items: papers/P.items.csv. */
#ifndef WUJI_INGEST_ITEMS_H
#define WUJI_INGEST_ITEMS_H

#include "ingest/mark.h"
#include "ingest/sheet.h"

/** In the order of the file, which is the paper's. */
typedef struct wuji_items {
  uint32_t count;
  wuji_item *items;  /* in the cohort's arena; max not set yet */
  uint32_t *maximum; /* hundredths */
  wuji_str *columns; /* header in scores.csv, as wuji_fold() gives it */
  uint64_t *lines;
  bool good;
} wuji_items;

/** Reads the file into `arena`. What is wrong is noted, `good` is false then. */
WUJI_CHECKED wuji_status wuji_items_read(wuji_items *items, const wuji_file *file, wuji_reading *reading,
                                         wuji_arena *arena, wuji_notes *notes, wuji_error *error);

#endif
