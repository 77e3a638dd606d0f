/* Memory of one phase: allocated piece by piece, given back all at once. Under AddressSanitizer every piece
 * is its own malloc, so that an overrun is seen. Not thread-safe: one arena a thread. */
#ifndef WUJI_BASE_ARENA_H
#define WUJI_BASE_ARENA_H

#include "base/status.h"
#include "base/str.h"

typedef struct wuji_arena_block wuji_arena_block;

/** All zero is a good, empty arena. */
typedef struct wuji_arena {
  wuji_arena_block *blocks; /* newest first */
  size_t shared;            /* bytes of the blocks that many pieces share */
} wuji_arena;

/** `size` zeroed bytes, aligned for any type, valid until wuji_arena_dispose(); NULL when memory is out. */
void *wuji_arena_alloc(wuji_arena *arena, size_t size);

/** `count` zeroed objects of `size` bytes, aligned to 64 bytes; NULL when memory is out or the product
 * overflows. */
void *wuji_arena_array(wuji_arena *arena, size_t count, size_t size);

/** `len` bytes for text, zeroed, aligned to nothing; NULL when memory is out. */
char *wuji_arena_text(wuji_arena *arena, size_t len);

/** A copy of `text` with a NUL behind it; a null text stays null. `ptr` is NULL when memory is out. */
wuji_str wuji_arena_copy(wuji_arena *arena, wuji_str text);

/** Moves everything `from` holds into `into`; `from` is empty afterwards. */
void wuji_arena_adopt(wuji_arena *into, wuji_arena *from);

void wuji_arena_dispose(wuji_arena *arena);

#endif
