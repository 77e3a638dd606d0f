#include "ingest/id_index.h"

#include "base/pages.h"

#include <stdlib.h>

wuji_status wuji_id_index_init(wuji_id_index *index, const void *ids, size_t stride, uint32_t most,
                               wuji_error *error) {
  uint32_t slot_count = 64;
  while (slot_count / 4 * 3 < most) slot_count *= 2;
  *index = (wuji_id_index){.ids = ids, .stride = stride, .slot_count = slot_count};
  size_t bytes = slot_count * sizeof *index->slots;
  index->slots = bytes < WUJI_PAGES_LEAST ? calloc(1, bytes) : wuji_pages_take(bytes);
  return index->slots == NULL ? wuji_fail_memory(error) : WUJI_OK;
}

void wuji_id_index_dispose(wuji_id_index *index) {
  size_t bytes = index->slot_count * sizeof *index->slots;
  if (bytes < WUJI_PAGES_LEAST)
    free(index->slots);
  else
    wuji_pages_give(index->slots, bytes);
  *index = (wuji_id_index){0};
}

static const wuji_str *id_at(const wuji_id_index *index, uint32_t place) {
  return (const wuji_str *)(const void *)(index->ids + place * index->stride);
}

/* The slot of `id`: where it stands, or the free one where it would. */
static uint32_t slot_of(const wuji_id_index *index, wuji_str id, uint64_t hash) {
  uint32_t at = (uint32_t)hash & (index->slot_count - 1);
  uint32_t upper = (uint32_t)(hash >> 32);
  while (index->slots[at].place != 0) {
    if (index->slots[at].hash == upper && wuji_str_equal(*id_at(index, index->slots[at].place - 1), id))
      break;
    at = (at + 1) & (index->slot_count - 1);
  }
  return at;
}

uint64_t wuji_id_index_foresee(const wuji_id_index *index, uint32_t place) {
  uint64_t hash = wuji_str_hash(*id_at(index, place));
  __builtin_prefetch(&index->slots[(uint32_t)hash & (index->slot_count - 1)], 1);
  return hash;
}

uint32_t wuji_id_index_add_foreseen(wuji_id_index *index, uint32_t place, uint64_t hash) {
  wuji_id_slot *slot = &index->slots[slot_of(index, *id_at(index, place), hash)];
  uint32_t earlier = slot->place == 0 ? WUJI_NO_ID : slot->place - 1;
  if (slot->place == 0) *slot = (wuji_id_slot){(uint32_t)(hash >> 32), place + 1};
  return earlier;
}

uint32_t wuji_id_index_find(const wuji_id_index *index, wuji_str id) {
  uint32_t place = index->slots[slot_of(index, id, wuji_str_hash(id))].place;
  return place == 0 ? WUJI_NO_ID : place - 1;
}

uint64_t wuji_id_index_approach(const wuji_id_index *index, wuji_str id) {
  uint64_t hash = wuji_str_hash(id);
  __builtin_prefetch(&index->slots[(uint32_t)hash & (index->slot_count - 1)]);
  return hash;
}

uint32_t wuji_id_index_guess(const wuji_id_index *index, uint64_t hash) {
  uint32_t at = (uint32_t)hash & (index->slot_count - 1);
  while (index->slots[at].place != 0 && index->slots[at].hash != (uint32_t)(hash >> 32))
    at = (at + 1) & (index->slot_count - 1);
  return index->slots[at].place == 0 ? WUJI_NO_ID : index->slots[at].place - 1;
}
