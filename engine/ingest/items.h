/* A paper's items: papers/P.items.csv. */
#ifndef WUJI_INGEST_ITEMS_H
#define WUJI_INGEST_ITEMS_H

#include "ingest/mark.h"
#include "ingest/option_set.h"
#include "ingest/sheet.h"

/** In the order of the file, which is the paper's. */
typedef struct wuji_items {
  uint32_t count;
  wuji_item *items;  /* in the cohort's arena; max not set yet */
  uint32_t *maximum; /* hundredths */
  wuji_str *columns; /* header in scores.csv, as wuji_fold() gives it */
  wuji_option_set
      *allowed;          /* what can be chosen: the symbols of `options`, every one where it is not given */
  wuji_option_set *keys; /* empty where there is no key, or one that is not made of letters and digits */
  uint64_t *lines;
  uint32_t key_column; /* of the file, WUJI_NO_COLUMN */
  bool good;
} wuji_items;

/** Reads the file into `arena`. What is wrong is noted, `good` is false then. */
WUJI_CHECKED wuji_status wuji_items_read(wuji_items *items, const wuji_file *file, wuji_reading *reading,
                                         wuji_arena *arena, wuji_notes *notes, wuji_error *error);

#endif
