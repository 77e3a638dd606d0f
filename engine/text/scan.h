/* Loops over raw bytes, each one pass, written so that they vectorise. */
#ifndef WUJI_TEXT_SCAN_H
#define WUJI_TEXT_SCAN_H

#include "base/str.h"

/** How often `byte` stands in `len` bytes. */
size_t wuji_scan_count(const char *bytes, size_t len, char byte);

/** Bytes before the first that is not ASCII. */
size_t wuji_scan_ascii(const char *bytes, size_t len);

/** Counts well-formed characters of UTF-8 beyond ASCII, and bytes that begin no character. A character that
 * the end cuts counts as such a byte where the text is `whole`, else neither way. */
void wuji_scan_tally(const char *bytes, size_t len, bool whole, size_t *good, size_t *bad);

/** Well-formed UTF-8 (no overlong form, no surrogate, nothing above U+10FFFF) and no NUL. */
bool wuji_scan_utf8(const char *bytes, size_t len);

/** One past the last '\n' that lies outside quotes, 0 if there is none. The bytes begin outside quotes.
 * `*quotes`: whether there is any '"'. */
size_t wuji_scan_last_record(const char *bytes, size_t len, bool *quotes);

#endif
