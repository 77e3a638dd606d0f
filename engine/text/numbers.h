/* What a row of a table of marks comes to, told from the numbers of its cells alone. */
#ifndef WUJI_TEXT_NUMBERS_H
#define WUJI_TEXT_NUMBERS_H

#include "text/chunk.h"

#include <stdbool.h>

typedef struct wuji_numbers_told {
  uint32_t sum;   /* of the numbers that are not above what is allowed */
  uint32_t empty; /* cells that are WUJI_NO_CELL */
  uint32_t odd;   /* all others */
} wuji_numbers_told;

/** Looks at `count` numbers, each allowed up to that of `most` (at most WUJI_MOST_SHORT). WUJI_CHUNK_BYTES
 * behind both can be read. */
wuji_numbers_told wuji_numbers_tell(const uint8_t *numbers, const uint8_t *most, uint32_t count);

#endif
