/* A text file as UTF-8 with LF or CRLF, whatever it comes in: UTF-8, GB18030 (GBK is a part of it), UTF-16
 * with a byte order mark; lines ended by LF, CRLF or CR. Which, the bytes alone tell, never how they are
 * read. UTF-8 goes through untouched and uncopied. */
#ifndef WUJI_TEXT_DECODE_H
#define WUJI_TEXT_DECODE_H

#include "base/arena.h"
#include "text/fault.h"
#include "text/sizes.h"

typedef struct wuji_decode wuji_decode;

/** Opens a regular file. WUJI_REJECTED: missing, a folder, unreadable; `*decode` is NULL then. */
WUJI_CHECKED wuji_status wuji_decode_open(const char *path, wuji_decode **decode, wuji_fault *fault,
                                          wuji_error *error);
void wuji_decode_close(wuji_decode *decode); /* NULL is good */

/** Reads `size` bytes of text, fewer only at its end; a byte order mark at the start is left out. Bytes that
 * are no character of an encoding become bytes that are no UTF-8, those of UTF-8 stay: the parser finds them.
 */
WUJI_CHECKED wuji_status wuji_decode_read(wuji_decode *decode, char *into, size_t size, size_t *got,
                                          wuji_fault *fault, wuji_error *error);

/** Bytes of the file read so far, as they lie on disk; for progress. */
uint64_t wuji_decode_consumed(const wuji_decode *decode);

/** The text of a small file, NUL behind it, in `arena`. WUJI_REJECTED also where it is longer than `most`
 * bytes or empty. */
WUJI_CHECKED wuji_status wuji_decode_whole(const char *path, size_t most, wuji_arena *arena, wuji_str *text,
                                           wuji_fault *fault, wuji_error *error);

#endif
