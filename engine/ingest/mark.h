/* A mark as it is written: digits, optionally a point and one or two digits. */
#ifndef WUJI_INGEST_MARK_H
#define WUJI_INGEST_MARK_H

#include "ingest/notes.h"

enum {
  WUJI_HUNDREDTHS = 100,              /* marks are read as whole hundredths */
  WUJI_MARK_BEYOND = 2000000000,      /* what any larger number is read as */
  WUJI_MOST_MAXIMUM = 9999 * 100 + 99 /* hundredths: 9999.99, the largest maximum of an item */
};

typedef enum wuji_mark_form {
  WUJI_MARK_GOOD,
  WUJI_MARK_NO_NUMBER,
  WUJI_MARK_NEGATIVE,
  WUJI_MARK_DECIMALS
} wuji_mark_form;

/** Reads `text`, trimmed, to hundredths; 0 unless GOOD. Leading zeros are good; 5., .5, +5, 1e1 are no
 * numbers, -5 is negative, 1.500 has too many decimals. */
wuji_mark_form wuji_mark_read(wuji_str text, uint32_t *hundredths);

/** Reads a mark of at most `maximum` hundredths; what is wrong with it is noted, false then. */
bool wuji_mark_check(wuji_notes *notes, wuji_place place, wuji_str text, uint32_t maximum,
                     uint32_t *hundredths);

/** Hundredths as they are written, without trailing zeros. */
typedef struct wuji_mark_text {
  char text[16];
} wuji_mark_text;
wuji_mark_text wuji_mark_write(uint64_t hundredths);

/** The coarsest of 1, 2, 4, 10, 20 and 100 units a mark that holds every multiple of `divisor` hundredths (1
 * … 100). */
uint32_t wuji_mark_units(uint32_t divisor);

/** The greatest common divisor. */
uint32_t wuji_mark_divisor(uint32_t a, uint32_t b);

#endif
