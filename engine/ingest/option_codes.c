#include "ingest/option_codes.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 256 };

wuji_status wuji_option_codes_init(wuji_option_codes *codes, uint32_t choices, uint32_t most,
                                   wuji_error *error) {
  *codes = (wuji_option_codes){.choice_count = choices, .most = most};
  pthread_mutex_init(&codes->lock, NULL);
  codes->next = malloc(((size_t)choices + 1) * sizeof *codes->next);
  if (codes->next == NULL) return wuji_fail_memory(error);
  for (uint32_t c = 0; c < choices; c++) codes->next[c] = WUJI_SYMBOLS + 1;
  return WUJI_OK;
}

void wuji_option_codes_dispose(wuji_option_codes *codes) {
  if (codes->choice_count == 0 && codes->next == NULL) return;
  pthread_mutex_destroy(&codes->lock);
  free(codes->table.slots);
  free(codes->next);
  *codes = (wuji_option_codes){0};
}

static wuji_set_slot *slot_of(const wuji_set_table *table, uint64_t key) {
  uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
  uint32_t at = (uint32_t)(hash >> 32) & (table->slot_count - 1);
  while (table->slots[at].key != 0 && table->slots[at].key != key) at = (at + 1) & (table->slot_count - 1);
  return &table->slots[at];
}

/* Room for one more, at most half full. */
static bool grow(wuji_set_table *table) {
  if (2 * (table->count + 1) <= table->slot_count) return true;
  wuji_set_table grown = {.count = table->count,
                          .slot_count = table->slot_count == 0 ? FIRST_SLOTS : 2 * table->slot_count};
  grown.slots = calloc(grown.slot_count, sizeof *grown.slots);
  if (grown.slots == NULL) return false;
  for (uint32_t s = 0; s < table->slot_count; s++) {
    if (table->slots[s].key != 0) *slot_of(&grown, table->slots[s].key) = table->slots[s];
  }
  free(table->slots);
  *table = grown;
  return true;
}

/* The code that all workers use. */
static bool shared_code(wuji_option_codes *codes, uint32_t choice, uint64_t key, uint32_t *code) {
  pthread_mutex_lock(&codes->lock);
  bool good = grow(&codes->table);
  *code = 0;
  if (good) {
    wuji_set_slot *slot = slot_of(&codes->table, key);
    if (slot->key == 0 && codes->next[choice] <= codes->most) {
      *slot = (wuji_set_slot){key, codes->next[choice]++};
      codes->table.count++;
    }
    *code = slot->code;
    if (slot->key == 0) atomic_store(&codes->full, true);
  }
  pthread_mutex_unlock(&codes->lock);
  return good;
}

bool wuji_option_code(wuji_option_codes *codes, wuji_set_table *mine, uint32_t choice, wuji_option_set set,
                      uint32_t *code) {
  uint64_t key = (uint64_t)choice << (WUJI_SYMBOLS + 1) | set;
  if (!grow(mine)) return false;
  wuji_set_slot *slot = slot_of(mine, key);
  if (slot->key == 0) {
    if (!shared_code(codes, choice, key, code)) return false;
    if (*code == 0) return true;
    *slot = (wuji_set_slot){key, *code};
    mine->count++;
  }
  *code = slot->code;
  return true;
}
