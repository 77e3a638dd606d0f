#include "ingest/text_pool.h"

wuji_str wuji_text_pool_keep(wuji_text_pool *pool, wuji_arena *arena, wuji_str text) {
  wuji_str *slot = &pool->slots[wuji_str_hash(text) % WUJI_POOL_SLOTS];
  if (slot->ptr == NULL || !wuji_str_equal(*slot, text)) *slot = wuji_arena_copy(arena, text);
  return *slot;
}
