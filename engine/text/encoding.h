/* The encodings that text files come in: told apart by their bytes, and turned into UTF-8 by iconv. */
#ifndef WUJI_TEXT_ENCODING_H
#define WUJI_TEXT_ENCODING_H

#include "base/status.h"

#include <iconv.h>

typedef enum wuji_encoding { WUJI_UTF8, WUJI_GB18030, WUJI_UTF16_LE, WUJI_UTF16_BE } wuji_encoding;

enum {
  WUJI_RECODE_ROOM = 8,   /* the least room that wuji_recode() writes into */
  WUJI_BAD_CHARACTER = -1 /* the byte 0xFF, which no UTF-8 has: stands for bytes that are no character */
};

/** Bytes of the byte order mark at the start of a file, and what it says; 0 if there is none. */
size_t wuji_encoding_mark(const char *bytes, size_t len, wuji_encoding *encoding);

/** UTF-8 or GB18030 (with GBK in it), for a file without a mark: UTF-8 unless more bytes of the window begin
 * no character of it than there are characters beyond ASCII. So one bad byte does not make a UTF-8 file
 * another. `whole`: the file ends with the window, else a character that its end cuts is not looked at. */
wuji_encoding wuji_encoding_tell(const char *window, size_t len, bool whole);

typedef struct wuji_recoder {
  wuji_encoding from;
  bool open;
  iconv_t iconv;
} wuji_recoder;

/** WUJI_INTERNAL: the C library has no converter for the encoding. */
WUJI_CHECKED wuji_status wuji_recoder_open(wuji_recoder *recoder, wuji_encoding from, wuji_error *error);
void wuji_recoder_close(wuji_recoder *recoder); /* all zero is good */

/** Turns bytes at `*in` into UTF-8 and moves on behind them; returns the bytes written. Stops where less than
 * WUJI_RECODE_ROOM is left of `size`, or where a begun character is all that is left, unless these are the
 * `last` bytes. What is no character becomes a WUJI_BAD_CHARACTER, for the parser to find in its place; never
 * is a delimiter, quote or line end taken for a part of it. */
size_t wuji_recode(wuji_recoder *recoder, const char **in, size_t *in_len, bool last, char *into,
                   size_t size);

#endif
