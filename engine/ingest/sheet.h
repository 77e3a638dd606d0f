/* A CSV file of the package: its header, then its records, block by block on several threads. */
#ifndef WUJI_INGEST_SHEET_H
#define WUJI_INGEST_SHEET_H

#include "ingest/header.h"
#include "ingest/package.h"

#include <pthread.h>
#include <stdatomic.h>

/** How a package is being read: on how many threads, and how far it is. */
typedef struct wuji_reading {
  uint32_t threads;
  wuji_progress progress; /* nullable */
  void *progress_context;
  pthread_mutex_t lock; /* one call of `progress` at a time; guards `done` */
  uint64_t bytes, done; /* of all files, of the files read before the one at hand */
} wuji_reading;

typedef struct wuji_sheet {
  const wuji_file *file;
  bool good; /* the header was read; false: the problem is noted, there is nothing to read */
  char delimiter;
  wuji_header header;
  wuji_blocks *blocks;
  wuji_block first; /* the block with the header ... */
  wuji_csv csv;     /* ... read up to behind it */
  atomic_bool first_taken;
} wuji_sheet;

/** What one worker has at hand. */
typedef struct wuji_pull {
  wuji_sheet *sheet;
  wuji_block block;
  wuji_csv csv;
  wuji_notes notes;
} wuji_pull;

/** Takes one block, record by record, by wuji_pull_record(). `worker` is below reading->threads; workers run
 * beside each other, each meets its blocks in rising order. */
typedef wuji_status (*wuji_take_block)(void *context, uint32_t worker, wuji_pull *pull, wuji_error *error);

/** Opens the file and reads its header, whose text goes to `arena`. */
WUJI_CHECKED wuji_status wuji_sheet_open(wuji_sheet *sheet, const wuji_file *file, wuji_table_of table,
                                         wuji_arena *arena, wuji_notes *notes, wuji_error *error);

/** Hands every block to `take`. What is wrong with the file itself is noted. */
WUJI_CHECKED wuji_status wuji_sheet_read(wuji_sheet *sheet, wuji_reading *reading, wuji_take_block take,
                                         void *context, wuji_notes *notes, wuji_error *error);
void wuji_sheet_close(wuji_sheet *sheet);

/** The block's next good record: as many cells as the header. Faulty ones are noted and left out. False at
 * the end of the block, or where memory is out: `*status`. */
bool wuji_pull_record(wuji_pull *pull, wuji_record *record, wuji_status *status);

/** A cell's text, trimmed; WUJI_NO_STR where the column is WUJI_NO_COLUMN. */
static inline wuji_str wuji_pull_text(const wuji_pull *pull, const wuji_record *record, uint32_t column) {
  if (column == WUJI_NO_COLUMN) return WUJI_NO_STR;
  return wuji_csv_text(&pull->csv, record->cells[column]);
}

#endif
