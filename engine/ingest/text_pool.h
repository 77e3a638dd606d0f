/* Texts of which there are few, kept once: a sex, the same attributes over and over. */
#ifndef WUJI_INGEST_TEXT_POOL_H
#define WUJI_INGEST_TEXT_POOL_H

#include "base/arena.h"

enum { WUJI_POOL_SLOTS = 256 /* a power of two */ };

/** Remembers the text kept last of each hash. All zero is empty. */
typedef struct wuji_text_pool {
  wuji_str slots[WUJI_POOL_SLOTS];
} wuji_text_pool;

/** A copy of `text` in `arena`, or an earlier one; the pool is used with that arena only. `ptr` is NULL when
 * memory is out. */
wuji_str wuji_text_pool_keep(wuji_text_pool *pool, wuji_arena *arena, wuji_str text);

#endif
