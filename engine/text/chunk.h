/* Sixty-four bytes of CSV at a look: where the delimiters, newlines and quotes are, and what the cells that
 * end there say if they are short numbers. Nearly every cell of a table of marks is one or empty, and so
 * costs no look of its own. */
#ifndef WUJI_TEXT_CHUNK_H
#define WUJI_TEXT_CHUNK_H

#include <stdint.h>

enum {
  WUJI_CHUNK_BYTES = 64,
  WUJI_CHUNK_BEFORE = 3, /* bytes before a chunk that are looked at, too */
  WUJI_MOST_SHORT = 99,  /* the largest number of one or two digits */
  WUJI_NO_NUMBER = 254,  /* more than a short number, or something else */
  WUJI_NO_CELL = 255     /* nothing between the marks */
};

/** Bit k is byte k of the chunk. */
typedef struct wuji_chunk {
  uint64_t newlines;
  uint64_t quotes;
  uint64_t marks; /* delimiters and newlines */
  /** By mark, in their order: where it stands in the chunk, and what the cell that it ends says: 0 … 99, if
   * it is one or two digits, WUJI_NO_CELL or WUJI_NO_NUMBER. Behind the last mark there is anything; as much
   * again can be read. */
  uint8_t places[2 * WUJI_CHUNK_BYTES];
  uint8_t numbers[2 * WUJI_CHUNK_BYTES];
} wuji_chunk;

/** Looks at the 64 bytes at `p`, of which WUJI_CHUNK_BEFORE before them can be read. A cell that begins
 * there may be taken for WUJI_NO_NUMBER where nothing, not even a mark, stands before it. */
typedef void (*wuji_chunk_look)(wuji_chunk *chunk, const char *p, char delimiter);

/** The fastest look that the processor has; all see the same. */
wuji_chunk_look wuji_chunk_looker(void);

/** A cell as it stands between the delimiters, without its quotes, not trimmed. */
typedef struct wuji_cell {
  uint32_t at; /* byte in the block */
  uint32_t len;
} wuji_cell;

/** The cells that end at `more` marks of the chunk, `passed` marks left out, where the chunk begins at byte
 * `base` and the first cell at byte `from`. There is room for three cells more than that. Returns the byte
 * behind the last mark. */
uint32_t wuji_chunk_cells(const wuji_chunk *chunk, uint32_t passed, uint32_t more, uint32_t base,
                          uint32_t from, wuji_cell *cells);

/** What a single cell of `len` bytes at `text` says. */
uint8_t wuji_short_number(const char *text, uint32_t len);

#endif
