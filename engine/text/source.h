/* A plain or gzip file as a stream of bytes. Which of the two it is, its first bytes tell; a name in .gz
 * promises it. */
#ifndef WUJI_TEXT_SOURCE_H
#define WUJI_TEXT_SOURCE_H

#include "text/fault.h"

typedef struct wuji_source wuji_source;

/** Opens a regular file. WUJI_REJECTED: missing, a folder, unreadable; `*source` is NULL then. */
WUJI_CHECKED wuji_status wuji_source_open(const char *path, wuji_source **source, wuji_fault *fault,
                                          wuji_error *error);
void wuji_source_close(wuji_source *source); /* NULL is good */

/** Reads `size` bytes, fewer only at the end of the stream. Members of a gzip file follow one another. */
WUJI_CHECKED wuji_status wuji_source_read(wuji_source *source, char *into, size_t size, size_t *got,
                                          wuji_fault *fault, wuji_error *error);

/** Bytes of the file read so far, as they lie on disk; for progress. */
uint64_t wuji_source_consumed(const wuji_source *source);

#endif
