/* Sixty-four bytes of CSV at a look: where the delimiters, newlines and quotes are, and which bytes end a
 * short number. Nearly every cell of a table of marks is such a number, and so costs no look of its own. */
#ifndef WUJI_TEXT_CHUNK_H
#define WUJI_TEXT_CHUNK_H

#include <stdint.h>

enum { WUJI_CHUNK_BYTES = 64, WUJI_NO_NUMBER = 255 };

/** Bit k is byte k of the chunk. */
typedef struct wuji_chunk {
  uint64_t newlines;
  uint64_t quotes;
  uint64_t marks; /* delimiters and newlines */
  /** values[k]: the number that a cell of one or two digits ending just before byte k says, 0 … 99, else
   *  WUJI_NO_NUMBER; values[0] ends in the chunk before. */
  uint8_t values[WUJI_CHUNK_BYTES + 1];
} wuji_chunk;

/** Looks at the 64 bytes at `p`; the two before them are read too. `chunk` holds the look at the chunk
 * before, whose last value goes on as values[0]; all zero with values[64] = WUJI_NO_NUMBER at the start. */
void wuji_chunk_look(wuji_chunk *chunk, const char *p, char delimiter);

/** The value of a single cell of `len` bytes at `text`. */
uint8_t wuji_short_number(const char *text, uint32_t len);

#endif
