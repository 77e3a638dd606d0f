/* Loops over raw bytes, each one pass, written so that they vectorise. */
#ifndef WUJI_TEXT_SCAN_H
#define WUJI_TEXT_SCAN_H

#include "base/str.h"

/** How often `byte` stands in `len` bytes. */
size_t wuji_scan_count(const char *bytes, size_t len, char byte);

/** Every byte is ASCII and none is NUL. */
bool wuji_scan_plain(const char *bytes, size_t len);

/** Well-formed UTF-8 (no overlong form, no surrogate, nothing above U+10FFFF) and no NUL. */
bool wuji_scan_utf8(const char *bytes, size_t len);

/** One past the last '\n' that lies outside quotes, 0 if there is none. The bytes begin outside quotes.
 * `*quotes`: whether there is any '"'. */
size_t wuji_scan_last_record(const char *bytes, size_t len, bool *quotes);

#endif
