/* Rows of options as nearly all of them stand in a file, read at one go: behind the student_id one cell a
 * choice, each a single symbol of a run like A to D, or empty, or a text that has been met before. */
#ifndef WUJI_INGEST_OPTION_RUN_H
#define WUJI_INGEST_OPTION_RUN_H

#include "ingest/option_columns.h"

enum {
  WUJI_RUN_LANES = 16,        /* cells looked at together; rows of codes have room for as many more */
  WUJI_RUN_TEXT = 6,          /* bytes of the longest text that is remembered */
  WUJI_RUN_MEMORIES = 1 << 10 /* a power of two */
};

/** What a cell of a choice may be, by choice; padded by lanes that fit nothing. */
typedef struct wuji_option_run {
  bool usable; /* the columns stand as such rows have them */
  uint32_t count;
  uint8_t *low, *span; /* a symbol c fits if c - low is at most span, without a sign, ... */
  uint8_t *mark;       /* ... and this stands behind it; its code is ... */
  uint8_t *shift;      /* ... c - shift */
  char delimiter;
} wuji_option_run;

/** Texts met by one worker, and their codes. All zero is empty. */
typedef struct wuji_option_memory {
  struct {
    uint64_t key; /* choice and text; 0: free */
    uint8_t code;
  } slots[WUJI_RUN_MEMORIES];
} wuji_option_memory;

/** Fills `run` for a file's columns; its arrays in `arena`. */
WUJI_CHECKED wuji_status wuji_option_run_init(wuji_option_run *run, const wuji_option_columns *columns,
                                              const wuji_items *items, const wuji_header *header,
                                              char delimiter, wuji_arena *arena, wuji_error *error);

/** Reads the cells of the row whose first one begins at `p`; 64 bytes behind `end` can be read. Codes go to
 * `codes`, by choice. Returns the byte behind the line's end; NULL: it is not such a row. */
const char *wuji_option_run_read(const wuji_option_run *run, const wuji_option_memory *memory, const char *p,
                                 const char *end, uint8_t *codes);

/** Remembers that `text`, untrimmed, says `code` on `choice`, if that is worth it and can be. */
void wuji_option_run_learn(const wuji_option_run *run, wuji_option_memory *memory, uint32_t choice,
                           wuji_str text, uint32_t code);

#endif
