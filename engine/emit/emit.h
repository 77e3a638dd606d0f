/* Tables to files: CSV (RFC 4180, LF) and JSON (one array of objects). Reals as the shortest text that reads
 * back the same double. */
#ifndef WUJI_EMIT_EMIT_H
#define WUJI_EMIT_EMIT_H

#include "table/table.h"

/** Longest text of wuji_emit_real(), with room to spare. */
enum { WUJI_REAL_TEXT = 32 };

/** The shortest text that reads back as exactly `value` (finite), not NUL-terminated; returns its length.
 * Plain digits where 1e-5 <= |value| < 1e17, else exponent form (1.5e-07, 1e+20); whole numbers have no
 * point; -0 is 0. */
uint32_t wuji_emit_real(double value, char text[WUJI_REAL_TEXT]);

/** A file under way. All zero but by wuji_emit_open(). */
typedef struct wuji_emitter {
  const wuji_table_def *def;
  wuji_format format;
  int fd;
  bool any; /* a row has been written */
  char *buffer;
  size_t used, size;
} wuji_emitter;

/** Begins a file on `fd` (borrowed): BOM (CSV only, where `bom`), header or "[". */
WUJI_CHECKED wuji_status wuji_emit_open(wuji_emitter *emitter, const wuji_table_def *def, wuji_format format,
                                        bool bom, int fd, wuji_error *error);
/** Writes the rows of a batch of that table. Also usable as the sink `{wuji_emit_push, emitter}`. */
WUJI_CHECKED wuji_status wuji_emit_push(void *emitter, const wuji_batch *batch, wuji_error *error);
/** Ends and flushes the file; memory is released in every case, `fd` stays open. */
WUJI_CHECKED wuji_status wuji_emit_close(wuji_emitter *emitter, wuji_error *error);
/** Releases memory without writing what is left. */
void wuji_emit_abandon(wuji_emitter *emitter);

#endif
