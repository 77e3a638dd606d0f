#include "base/arena.h"

#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ONE_MALLOC_A_PIECE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONE_MALLOC_A_PIECE 1
#endif
#endif
#ifndef ONE_MALLOC_A_PIECE
#define ONE_MALLOC_A_PIECE 0
#endif

enum { ALIGNMENT = 16, LINE = 64, BLOCK_BYTES = 1 << 18 };

struct wuji_arena_block {
  wuji_arena_block *next;
  size_t used;
  size_t size;
  char *bytes; /* inside the same malloc, aligned to LINE */
};

static wuji_arena_block *new_block(size_t size) {
  if (size > SIZE_MAX - sizeof(wuji_arena_block) - LINE) return NULL;
  wuji_arena_block *block = calloc(1, sizeof *block + LINE + size);
  if (block == NULL) return NULL;
  uintptr_t start = (uintptr_t)(block + 1);
  block->bytes = (char *)block + sizeof *block + (LINE - start % LINE) % LINE;
  block->size = size;
  return block;
}

static void *piece(wuji_arena *arena, size_t size, size_t alignment) {
  if (size == 0) size = 1;
  wuji_arena_block *block = arena->blocks;
  if (!ONE_MALLOC_A_PIECE && block != NULL) {
    size_t start = (block->used + alignment - 1) / alignment * alignment;
    if (start <= block->size && size <= block->size - start) {
      block->used = start + size;
      return block->bytes + start;
    }
  }
  bool own = ONE_MALLOC_A_PIECE || size > BLOCK_BYTES / 4;
  wuji_arena_block *fresh = new_block(own ? size : BLOCK_BYTES);
  if (fresh == NULL) return NULL;
  fresh->used = size;
  if (own && block != NULL) { /* the block that still has room stays in front */
    fresh->next = block->next;
    block->next = fresh;
  } else {
    fresh->next = block;
    arena->blocks = fresh;
  }
  return fresh->bytes;
}

void *wuji_arena_alloc(wuji_arena *arena, size_t size) {
  return piece(arena, size, ALIGNMENT);
}

void *wuji_arena_array(wuji_arena *arena, size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) return NULL;
  return piece(arena, bytes, LINE);
}

wuji_str wuji_arena_copy(wuji_arena *arena, wuji_str text) {
  if (text.ptr == NULL) return text;
  char *copy = piece(arena, (size_t)text.len + 1, 1);
  if (copy == NULL) return WUJI_NO_STR;
  memcpy(copy, text.ptr, text.len);
  copy[text.len] = '\0';
  return (wuji_str){copy, text.len};
}

void wuji_arena_adopt(wuji_arena *into, wuji_arena *from) {
  wuji_arena_block **tail = &into->blocks;
  while (*tail != NULL) tail = &(*tail)->next;
  *tail = from->blocks;
  from->blocks = NULL;
}

void wuji_arena_dispose(wuji_arena *arena) {
  wuji_arena_block *block = arena->blocks;
  while (block != NULL) {
    wuji_arena_block *next = block->next;
    free(block);
    block = next;
  }
  arena->blocks = NULL;
}
