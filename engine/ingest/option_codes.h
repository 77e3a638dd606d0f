/* Provisional codes of chosen options while a file is read by many threads: 0 none, 1 to 36 the symbols, then
 * sets of several in the order in which they are met. */
#ifndef WUJI_INGEST_OPTION_CODES_H
#define WUJI_INGEST_OPTION_CODES_H

#include "base/status.h"
#include "ingest/option_set.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct wuji_set_slot {
  uint64_t key; /* choice and set in one word; 0: free */
  uint32_t code;
} wuji_set_slot;

/** Open addressing from a choice's set to its code. All zero is empty; `slots` is the owner's to free. */
typedef struct wuji_set_table {
  wuji_set_slot *slots;
  uint32_t count, slot_count; /* a power of two */
} wuji_set_table;

typedef struct wuji_option_codes {
  pthread_mutex_t lock; /* guards `table` and `next` */
  wuji_set_table table; /* of all workers; each has one of its own in front of it */
  uint32_t *next;       /* malloc, by choice: the next code to give */
  uint32_t choice_count;
  uint32_t most;    /* the largest code that can be given */
  atomic_bool full; /* a choice had more sets than codes */
} wuji_option_codes;

WUJI_CHECKED wuji_status wuji_option_codes_init(wuji_option_codes *codes, uint32_t choices, uint32_t most,
                                                wuji_error *error);
void wuji_option_codes_dispose(wuji_option_codes *codes);

/** The code of a set on `choice`, given now if it is new; `mine` is the asking worker's own table. False when
 * memory is out. Where no code is left, `full` is set and the code is 0. */
bool wuji_option_code(wuji_option_codes *codes, wuji_set_table *mine, uint32_t choice, wuji_option_set set,
                      uint32_t *code);

/** The choice of a slot in use, and its set. */
static inline uint32_t wuji_slot_choice(const wuji_set_slot *slot) {
  return (uint32_t)(slot->key >> (WUJI_SYMBOLS + 1));
}
static inline wuji_option_set wuji_slot_set(const wuji_set_slot *slot) {
  return slot->key & WUJI_EVERY_SYMBOL;
}

#endif
