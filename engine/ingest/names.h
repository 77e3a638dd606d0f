/* Names by number, each once: a worker's, in the order in which it met them. */
#ifndef WUJI_INGEST_NAMES_H
#define WUJI_INGEST_NAMES_H

#include "base/arena.h"

#define WUJI_NO_NAME UINT32_MAX

/** All zero is empty. */
typedef struct wuji_names {
  wuji_arena arena;
  wuji_str *names; /* malloc, by number */
  uint32_t count, room;
  uint32_t *slots; /* malloc; open addressing: number + 1, 0 free */
  uint32_t slot_count;
} wuji_names;

/** The number of `name`, a new one if it is new; WUJI_NO_NAME when memory is out. */
uint32_t wuji_names_add(wuji_names *names, wuji_str name);
void wuji_names_dispose(wuji_names *names);

#endif
