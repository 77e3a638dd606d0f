#include "ingest/option_run.h"

#include <assert.h>

enum { CHOICE_BITS = 10, NO_BYTE = 0xFF /* stands in no text */ };
static_assert(WUJI_MOST_ITEMS <= 1 << CHOICE_BITS, "a choice and a text of six bytes are one word");

/* The symbols of `set` as one run of bytes, if they are one: all letters or all digits, side by side. */
static bool is_run(wuji_option_set set, uint8_t *low, uint8_t *span) {
  if (set == 0) return false;
  uint32_t first = (uint32_t)__builtin_ctzll(set);
  uint32_t last = 63 - (uint32_t)__builtin_clzll(set);
  wuji_set_text text = wuji_option_set_write(set);
  *low = (uint8_t)text.text[0];
  *span = (uint8_t)(last - first);
  return set == (UINT64_C(2) << last) - (UINT64_C(1) << first) &&
         (uint8_t)text.text[last - first] == *low + *span;
}

wuji_status wuji_option_run_init(wuji_option_run *run, const wuji_option_columns *columns,
                                 const wuji_items *items, const wuji_header *header, char delimiter,
                                 wuji_arena *arena, wuji_error *error) {
  const uint32_t count = columns->count;
  uint8_t *lanes = wuji_arena_array(arena, (size_t)4 * (count + WUJI_RUN_LANES), 1);
  if (lanes == NULL) return wuji_fail_memory(error);
  *run =
      (wuji_option_run){.usable = columns->id_column == 0 && header->column_count == count + 1 && count > 0,
                        .count = count,
                        .low = lanes,
                        .span = lanes + (count + WUJI_RUN_LANES),
                        .mark = lanes + (size_t)2 * (count + WUJI_RUN_LANES),
                        .shift = lanes + (size_t)3 * (count + WUJI_RUN_LANES),
                        .delimiter = delimiter};
  memset(run->mark, NO_BYTE, count + WUJI_RUN_LANES);
  for (uint32_t c = 0; c < count; c++) {
    bool named = items->items[columns->item[c]].options.len > 0;
    run->usable &= columns->column[c] == c + 1;
    /* What can be chosen without being named has to be noted cell by cell. */
    if (!named || !is_run(items->allowed[columns->item[c]], &run->low[c], &run->span[c])) continue;
    run->mark[c] = (uint8_t)(c + 1 == count ? '\n' : delimiter);
    run->shift[c] = (uint8_t)(run->low[c] - wuji_symbol_of_byte[run->low[c]]);
  }
  run->usable &= WUJI_RECORD_BYTES / (WUJI_RUN_TEXT + 1) > 2 * count; /* no such record is too long */
  return WUJI_OK;
}

/* Zero bytes before the first other one. */
static inline uint32_t leading_zeros(const uint8_t bytes[WUJI_RUN_LANES]) {
  uint32_t zeros = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint64_t words[2];
  memcpy(words, bytes, sizeof words);
  if (words[0] != 0)
    zeros = (uint32_t)__builtin_ctzll(words[0]) / 8;
  else
    zeros = 8 + (words[1] == 0 ? 8 : (uint32_t)__builtin_ctzll(words[1]) / 8);
#else
  while (zeros < WUJI_RUN_LANES && bytes[zeros] == 0) zeros++;
#endif
  return zeros;
}
static_assert(WUJI_RUN_LANES == 2 * sizeof(uint64_t), "lanes are two words");

/* Codes of the cells from choice `c` on, the first of which begins at `p`; how many of them fit, before the
 * first one that does not. Vectorises. */
static inline uint32_t take_lanes(const wuji_option_run *run, uint32_t c, const char *p, uint8_t *codes) {
  const uint8_t *bytes = (const uint8_t *)p;
  const uint8_t *low = run->low + c;
  const uint8_t *span = run->span + c;
  const uint8_t *mark = run->mark + c;
  const uint8_t *shift = run->shift + c;
  uint8_t made[WUJI_RUN_LANES];
  uint8_t odd[WUJI_RUN_LANES];
  for (int i = 0; i < WUJI_RUN_LANES; i++) {
    uint8_t symbol = bytes[2 * i];
    uint8_t behind = bytes[2 * i + 1];
    uint8_t beyond = (uint8_t)(symbol - low[i]) > span[i] ? UINT8_MAX : 0;
    odd[i] = (uint8_t)(beyond | (behind ^ mark[i]));
    made[i] = (uint8_t)(symbol - shift[i]);
  }
  memcpy(codes + c, made, sizeof made);
  return leading_zeros(odd);
}

static uint64_t key_of(uint32_t choice, uint64_t text) {
  return text << CHOICE_BITS | choice;
}

static uint32_t slot_of(uint64_t key) {
  return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) % WUJI_RUN_MEMORIES;
}

/* Whether the lanes take a cell of this text. */
static bool fits(const wuji_option_run *run, uint32_t choice, wuji_str text) {
  return text.len == 1 && run->mark[choice] != NO_BYTE &&
         (uint8_t)((uint8_t)text.ptr[0] - run->low[choice]) <= run->span[choice];
}

void wuji_option_run_learn(const wuji_option_run *run, wuji_option_memory *memory, uint32_t choice,
                           wuji_str text, uint32_t code) {
  uint64_t bytes = 0;
  if (text.len == 0 || text.len > WUJI_RUN_TEXT || code > UINT8_MAX || fits(run, choice, text)) return;
  for (uint32_t i = 0; i < text.len; i++) bytes |= (uint64_t)(unsigned char)text.ptr[i] << (8 * i);
  uint64_t key = key_of(choice, bytes);
  memory->slots[slot_of(key)].key = key;
  memory->slots[slot_of(key)].code = (uint8_t)code;
}

/* The cell of choice `c` at `p`, whatever it is. Returns the byte behind its mark. */
static const char *take_cell(const wuji_option_run *run, const wuji_option_memory *memory, uint32_t c,
                             const char *p, uint8_t *codes) {
  bool last = c + 1 == run->count;
  uint64_t text = 0;
  uint32_t len = 0;
  while (len <= WUJI_RUN_TEXT && p[len] != run->delimiter && p[len] != '\n' && p[len] != '\r') {
    text |= (uint64_t)(unsigned char)p[len] << (8 * len);
    len++;
  }
  const char *mark = p + len;
  if (last && mark[0] == '\r') mark++;
  if (len > WUJI_RUN_TEXT || mark[0] != (last ? '\n' : run->delimiter)) return NULL;
  codes[c] = 0;
  if (len > 0) {
    uint64_t key = key_of(c, text);
    if (memory->slots[slot_of(key)].key != key) return NULL;
    codes[c] = memory->slots[slot_of(key)].code;
  }
  return mark + 1;
}

const char *wuji_option_run_read(const wuji_option_run *run, const wuji_option_memory *memory, const char *p,
                                 const char *end, uint8_t *codes) {
  uint32_t c = 0;
  while (p != NULL && c < run->count) {
    uint32_t fit = take_lanes(run, c, p, codes);
    p += 2 * (size_t)fit;
    c += fit;
    if (fit == WUJI_RUN_LANES || c == run->count) continue;
    p = take_cell(run, memory, c, p, codes);
    c++;
  }
  return p == NULL || p > end ? NULL : p;
}
