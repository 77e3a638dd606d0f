/* A file under way: buffered, so that a package is written in few and large steps. */
#ifndef WUJI_GEN_FILE_H
#define WUJI_GEN_FILE_H

#include "base/status.h"
#include "base/str.h"

enum { WUJI_GEN_ROOM = 4096 }; /* most bytes between two calls of wuji_gen_file_room() */

typedef struct wuji_gen_file {
  int fd;
  char path[4096];
  char *buffer;
  char *at, *end; /* where the next byte goes; end of the buffer */
} wuji_gen_file;

/** Makes `directory`/`name`, which must not be there. On failure nothing is to be closed. */
WUJI_CHECKED wuji_status wuji_gen_file_open(wuji_gen_file *file, const char *directory, const char *name,
                                            wuji_error *error);
/** Writes what is left and closes; called in every case, after a failure with that `status`, which it
 * returns. */
WUJI_CHECKED wuji_status wuji_gen_file_close(wuji_gen_file *file, wuji_status status, wuji_error *error);
WUJI_CHECKED wuji_status wuji_gen_file_flush(wuji_gen_file *file, wuji_error *error);

/** Room for WUJI_GEN_ROOM bytes. Call it once a record, then put. */
WUJI_CHECKED static inline wuji_status wuji_gen_file_room(wuji_gen_file *file, wuji_error *error) {
  return file->end - file->at >= WUJI_GEN_ROOM ? WUJI_OK : wuji_gen_file_flush(file, error);
}

static inline void wuji_gen_put(wuji_gen_file *file, const char *text) {
  size_t len = strlen(text);
  memcpy(file->at, text, len);
  file->at += len;
}

static inline void wuji_gen_put_byte(wuji_gen_file *file, char byte) {
  *file->at++ = byte;
}

/** `digits` digits of `number`, zeros in front. */
static inline void wuji_gen_put_digits(wuji_gen_file *file, uint64_t number, uint32_t digits) {
  for (uint32_t i = digits; i-- > 0; number /= 10) file->at[i] = (char)('0' + number % 10);
  file->at += digits;
}

/** A number without zeros in front. */
static inline void wuji_gen_put_number(wuji_gen_file *file, uint64_t number) {
  uint32_t digits = 1;
  for (uint64_t rest = number; rest >= 10; rest /= 10) digits++;
  wuji_gen_put_digits(file, number, digits);
}

#endif
