/* Lines that end with a CR alone, as old spreadsheets of the Macintosh write them, turned into such that end
 * with LF. All other text is left as it is, a CR within the quotes of the header too. */
#ifndef WUJI_TEXT_LINE_ENDS_H
#define WUJI_TEXT_LINE_ENDS_H

#include "base/status.h"

typedef enum wuji_line_end { WUJI_ENDS_UNKNOWN, WUJI_ENDS_LF, WUJI_ENDS_CR } wuji_line_end;

/** All zero is the start of a file. */
typedef struct wuji_line_ends {
  wuji_line_end are; /* told by the first one outside quotes: LF and CRLF are WUJI_ENDS_LF */
  bool quoted;       /* looking for it, inside quotes */
  bool held; /* a CR that may be the first one was the last byte: it is to be put before the next bytes */
  bool behind_return; /* the byte before was a CR */
} wuji_line_ends;

/** The next `len` bytes of the text, `last` where none follow: turned in place; returns how many they are
 * then. Where `held` was set, the first of them is the CR that was held back. */
size_t wuji_line_ends_turn(wuji_line_ends *ends, char *bytes, size_t len, bool last);

#endif
