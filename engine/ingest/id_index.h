/* From an identifier to its place in an array: open addressing over hashes. */
#ifndef WUJI_INGEST_ID_INDEX_H
#define WUJI_INGEST_ID_INDEX_H

#include "base/status.h"
#include "base/str.h"

#define WUJI_NO_ID UINT32_MAX

typedef struct wuji_id_slot {
  uint32_t hash;  /* upper half of the id's, so that most strangers are told without a look at the id */
  uint32_t place; /* + 1; 0: free */
} wuji_id_slot;

/** Ids are borrowed: the wuji_str at `ids` + place · `stride` bytes. */
typedef struct wuji_id_index {
  const char *ids;
  size_t stride;
  wuji_id_slot *slots;
  uint32_t slot_count; /* a power of two, at most three quarters of them in use */
} wuji_id_index;

/** An empty index for at most `most` ids. */
WUJI_CHECKED wuji_status wuji_id_index_init(wuji_id_index *index, const void *ids, size_t stride,
                                            uint32_t most, wuji_error *error);
void wuji_id_index_dispose(wuji_id_index *index);

/** The hash of the id at `place`, which is to be added a few places later: until then its slot, that lies
 * anywhere in memory, has come near. */
uint64_t wuji_id_index_foresee(const wuji_id_index *index, uint32_t place);

/** Adds the id at `place`, `hash` as foreseen. Where it stands already, adds nothing and returns the earlier
 * place, else WUJI_NO_ID. */
uint32_t wuji_id_index_add_foreseen(wuji_id_index *index, uint32_t place, uint64_t hash);

/** The same without having looked ahead. */
static inline uint32_t wuji_id_index_add(wuji_id_index *index, uint32_t place) {
  return wuji_id_index_add_foreseen(index, place, wuji_id_index_foresee(index, place));
}

/** The place of `id`, WUJI_NO_ID if there is none. */
uint32_t wuji_id_index_find(const wuji_id_index *index, wuji_str id);

/** The hash of `id`; the slot where the search for it will begin is fetched from memory meanwhile. */
uint64_t wuji_id_index_approach(const wuji_id_index *index, wuji_str id);

/** The place of an id of this hash, most likely of the one that was approached; WUJI_NO_ID where there is
 * none. No id is looked at. */
uint32_t wuji_id_index_guess(const wuji_id_index *index, uint64_t hash);

#endif
