#include "base/arena.h"

#include "base/pages.h"

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

/* A block is as large as all before it together, between these bounds: what grows large lies in huge pages.
 */
enum { ALIGNMENT = 16, LINE = 64, BLOCK_BYTES = 1 << 18, MOST_BLOCK_BYTES = 1 << 22 };

struct wuji_arena_block {
  wuji_arena_block *next;
  size_t used;
  size_t size;
  char *bytes;  /* inside the same memory, aligned to LINE */
  size_t pages; /* bytes of that memory, 0: it is a malloc */
};

static wuji_arena_block *new_block(size_t size) {
  if (size > SIZE_MAX - sizeof(wuji_arena_block) - LINE) return NULL;
  size_t whole = sizeof(wuji_arena_block) + LINE + size;
  bool pages = !ONE_MALLOC_A_PIECE && whole >= WUJI_PAGES_LEAST;
  if (pages) whole = wuji_pages_room(whole); /* 0 is refused below, as is anything too large */
  wuji_arena_block *block = pages ? wuji_pages_take(whole) : calloc(1, whole);
  if (block == NULL) return NULL;
  uintptr_t start = (uintptr_t)(block + 1);
  block->bytes = (char *)block + sizeof *block + (LINE - start % LINE) % LINE;
  block->size = whole - sizeof *block - LINE;
  block->pages = pages ? whole : 0;
  return block;
}

/* Bytes of the next block that many pieces share; its own head is among them. */
static size_t next_size(wuji_arena *arena) {
  size_t size = arena->shared < BLOCK_BYTES ? BLOCK_BYTES : arena->shared;
  if (size > MOST_BLOCK_BYTES) size = MOST_BLOCK_BYTES;
  arena->shared += size;
  return size - sizeof(wuji_arena_block) - LINE;
}

/* `alignment` is a power of two, at most LINE. */
static inline void *piece(wuji_arena *arena, size_t size, size_t alignment) {
  if (size == 0) size = 1;
  wuji_arena_block *block = arena->blocks;
  if (!ONE_MALLOC_A_PIECE && block != NULL) {
    size_t start = (block->used + alignment - 1) & ~(alignment - 1);
    if (start <= block->size && size <= block->size - start) {
      block->used = start + size;
      return block->bytes + start;
    }
  }
  size_t shared = ONE_MALLOC_A_PIECE ? 0 : next_size(arena);
  wuji_arena_block *fresh = new_block(size > shared ? size : shared);
  if (fresh == NULL) return NULL;
  fresh->used = size;
  if (block != NULL && block->size - block->used > fresh->size - size) { /* the one with more room in front */
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

char *wuji_arena_text(wuji_arena *arena, size_t len) {
  return piece(arena, len, 1);
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
    if (block->pages > 0)
      wuji_pages_give(block, block->pages);
    else
      free(block);
    block = next;
  }
  *arena = (wuji_arena){0};
}
