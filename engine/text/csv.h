/* A block of a CSV file into records and cells: RFC 4180 quoting, LF or CRLF, blank lines left out. */
#ifndef WUJI_TEXT_CSV_H
#define WUJI_TEXT_CSV_H

#include "base/str.h"
#include "text/blocks.h"
#include "text/chunk.h"

/** A record. Valid until the next one is read. */
typedef struct wuji_record {
  uint64_t line; /* where it begins */
  const wuji_cell *cells;
  /** Per cell: what it says if it is nothing but one or two digits, WUJI_NO_CELL if it is empty, else
   * WUJI_NO_NUMBER, as also the first cell of a block may have it. Nearly free; the rest is the reader's to
   * parse from the cell. WUJI_CHUNK_BYTES more can be read behind them. */
  const uint8_t *numbers;
  uint32_t cell_count;
  wuji_fault fault; /* kind NONE: good. QUOTES, UNDECODABLE, NUL, TOO_LONG: the cells are not to be trusted */
} wuji_record;

/** All zero is good before wuji_csv_open(); used for one block after the other, disposed by its owner. */
typedef struct wuji_csv {
  const char *bytes; /* the block's; escaped quotes are resolved in place */
  char *writable;
  uint32_t len;
  uint32_t at;       /* first byte of the next record */
  uint32_t chunk_at; /* the chunk at hand ... */
  uint64_t marks;    /* ... its structural bytes from `at` on ... */
  uint32_t passed;   /* ... and how many of its delimiters and newlines lie before them */
  uint64_t line;     /* of the byte `at` */
  char delimiter;
  bool quotes; /* the block has some */
  bool plain;  /* the block is ASCII without NUL, or well-formed UTF-8 */
  wuji_cell *cells;
  uint8_t *numbers;
  uint32_t cell_room;
  wuji_chunk_look look;
  wuji_chunk chunk;
} wuji_csv;

/** Begins with the first record of `block`, which must outlive the reading and is written to. */
void wuji_csv_open(wuji_csv *csv, const wuji_block *block, char delimiter);

/** The next record; false where there is none, or memory is out (then `*status` is WUJI_NO_MEMORY, else
 * WUJI_OK). After unbalanced quotes it goes on with the line after the one where the broken record began. */
bool wuji_csv_next(wuji_csv *csv, wuji_record *record, wuji_status *status);

/** Goes on with the record that begins at byte `at` and line `line`, for one who has read those before it by
 * himself. */
void wuji_csv_go_on(wuji_csv *csv, uint32_t at, uint64_t line);

void wuji_csv_dispose(wuji_csv *csv);

/** The delimiter of the header at the start of `block`: whichever of tab, semicolon and comma stands most
 * often outside quotes in it, the one named first where two do; a comma where none does. */
char wuji_csv_delimiter(const wuji_block *block);

/** Text without the blanks around it: space, tab, CR, LF, the no-break space and the full-width space U+3000.
 */
wuji_str wuji_trim(wuji_str text);

/** The cell's text, trimmed. Borrowed from the block. */
static inline wuji_str wuji_csv_text(const wuji_csv *csv, wuji_cell cell) {
  return wuji_trim((wuji_str){csv->bytes + cell.at, cell.len});
}

#endif
