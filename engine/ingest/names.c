#include "ingest/names.h"

#include <stdlib.h>

enum { FIRST_ROOM = 64 };

static uint32_t slot_of(const wuji_names *names, wuji_str name) {
  uint64_t hash = wuji_str_hash(name);
  uint32_t at = (uint32_t)(hash ^ (hash >> 32)) & (names->slot_count - 1);
  while (names->slots[at] != 0 && !wuji_str_equal(names->names[names->slots[at] - 1], name)) {
    at = (at + 1) & (names->slot_count - 1);
  }
  return at;
}

/* Room for one more, its slots at most half full. */
static bool grow(wuji_names *names) {
  if (names->count < names->room) return true;
  uint32_t room = names->room == 0 ? FIRST_ROOM : 2 * names->room;
  wuji_str *grown = realloc(names->names, room * sizeof *grown);
  if (grown == NULL) return false;
  names->names = grown;
  uint32_t *slots = calloc((size_t)2 * room, sizeof *slots);
  if (slots == NULL) return false;
  free(names->slots);
  names->slots = slots;
  names->slot_count = 2 * room;
  names->room = room;
  for (uint32_t n = 0; n < names->count; n++) slots[slot_of(names, names->names[n])] = n + 1;
  return true;
}

uint32_t wuji_names_add(wuji_names *names, wuji_str name) {
  if (!grow(names)) return WUJI_NO_NAME;
  uint32_t at = slot_of(names, name);
  if (names->slots[at] == 0) {
    wuji_str copy = wuji_arena_copy(&names->arena, name);
    if (copy.ptr == NULL) return WUJI_NO_NAME;
    names->names[names->count++] = copy;
    names->slots[at] = names->count;
  }
  return names->slots[at] - 1;
}

void wuji_names_dispose(wuji_names *names) {
  wuji_arena_dispose(&names->arena);
  free(names->names);
  free(names->slots);
  *names = (wuji_names){0};
}
