#include "ingest/option_dictionary.h"

#include "base/threads.h"

#include <stdlib.h>

enum { ROWS_OF_TASK = 1 << 16 };

/* One entry of a dictionary while it is made. */
typedef struct entry {
  wuji_str text;
  uint32_t provisional; /* its code in the matrix; NONE: it is nowhere there */
  bool is_key;
} entry;

#define NONE UINT32_MAX

static int by_text(const void *a, const void *b) {
  return wuji_str_compare(((const entry *)a)->text, ((const entry *)b)->text);
}

/* From provisional codes to final ones. */
typedef struct recoding {
  const wuji_chosen *chosen;
  size_t *first;   /* by choice: where its codes begin in `final` */
  uint16_t *final; /* by provisional code */
  uint8_t width;   /* of final codes, at most that of provisional ones */
} recoding;

static bool add_entry(entry *entries, uint32_t *count, wuji_arena *arena, wuji_option_set set,
                      uint32_t provisional, bool is_key) {
  wuji_set_text text = wuji_option_set_write(set);
  wuji_str copy = wuji_arena_copy(arena, wuji_str_of(text.text));
  entries[(*count)++] = (entry){copy, provisional, is_key};
  return copy.ptr != NULL;
}

/* Everything that can be chosen on a choice or was: none, named or seen symbols, the sets of several in
 * `slots`, the key. `entries` has room for them. */
static bool gather(const wuji_chosen *chosen, uint32_t choice, const wuji_set_slot *slots,
                   uint32_t slot_count, wuji_arena *arena, entry *entries, uint32_t *count) {
  uint32_t item = chosen->columns->item[choice];
  wuji_option_set key = chosen->items->keys[item];
  wuji_option_set seen = chosen->seen[choice] & WUJI_EVERY_SYMBOL;
  wuji_option_set named = chosen->items->items[item].options.len > 0 ? chosen->items->allowed[item] : 0;
  bool has_key = key == 0;
  *count = 0;
  bool good = add_entry(entries, count, arena, 0, 0, false);
  for (uint32_t k = 1; k <= WUJI_SYMBOLS; k++) {
    wuji_option_set set = UINT64_C(1) << k;
    if (((seen | named) & set) == 0 && key != set) continue;
    good &= add_entry(entries, count, arena, set, ((seen | named) & set) != 0 ? k : NONE, key == set);
    has_key |= key == set;
  }
  for (uint32_t s = 0; s < slot_count; s++) {
    wuji_option_set set = wuji_slot_set(&slots[s]);
    good &= add_entry(entries, count, arena, set, slots[s].code, key == set);
    has_key |= key == set;
  }
  if (!has_key) good &= add_entry(entries, count, arena, key, NONE, true);
  return good;
}

/* The slots in use, those of a choice side by side; `first` (choice_count + 1) says where they begin. */
static wuji_status sort_slots(const wuji_chosen *chosen, wuji_set_slot **sorted, uint32_t **first,
                              wuji_error *error) {
  const wuji_set_table *table = &chosen->codes->table;
  uint32_t choices = chosen->columns->count;
  *sorted = malloc(((size_t)table->count + 1) * sizeof **sorted);
  *first = calloc((size_t)choices + 2, sizeof **first);
  if (*sorted == NULL || *first == NULL) return wuji_fail_memory(error);
  uint32_t *behind = *first + 1; /* while the slots are put: the next place of each choice */
  for (uint32_t s = 0; s < table->slot_count; s++) {
    if (table->slots[s].key != 0) behind[wuji_slot_choice(&table->slots[s]) + 1]++;
  }
  for (uint32_t c = 0; c < choices; c++) behind[c + 1] += behind[c];
  for (uint32_t s = 0; s < table->slot_count; s++) {
    const wuji_set_slot *slot = &table->slots[s];
    if (slot->key != 0) (*sorted)[behind[wuji_slot_choice(slot)]++] = *slot;
  }
  return WUJI_OK;
}

static wuji_status make_choice(const wuji_chosen *chosen, uint32_t at, const wuji_set_slot *slots,
                               uint32_t slot_count, uint16_t *final, wuji_choice *choice, wuji_arena *arena,
                               wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t count = 0;
  entry *entries = malloc(((size_t)WUJI_SYMBOLS + slot_count + 2) * sizeof *entries);
  if (entries == NULL) return wuji_fail_memory(error);
  if (!gather(chosen, at, slots, slot_count, arena, entries, &count)) WUJI_TRY(wuji_fail_memory(error));
  qsort(entries, count, sizeof *entries, by_text);
  *choice = (wuji_choice){.item = chosen->columns->item[at],
                          .option_count = count,
                          .options = wuji_arena_array(arena, count, sizeof *choice->options)};
  if (choice->options == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t o = 0; o < count; o++) {
    choice->options[o] = (wuji_option){.text = entries[o].text, .is_key = entries[o].is_key};
    if (entries[o].provisional != NONE) final[entries[o].provisional] = (uint16_t)o;
  }
done:
  free(entries);
  return status;
}

/* In place: a final code is never wider than the provisional one. */
#define RECODE(from_width, from_type, to_width, to_type)                                                     \
  static void recode_##from_width##_to_##to_width(const recoding *r, size_t begin, size_t end) {             \
    const uint32_t choices = r->chosen->columns->count;                                                      \
    const from_type *from = (const from_type *)r->chosen->matrix + begin * choices;                          \
    typedef to_type to_code;                                                                                 \
    to_code *to = (to_code *)r->chosen->matrix + begin * choices;                                            \
    for (size_t row = begin; row < end; row++, from += choices, to += choices) {                             \
      for (uint32_t c = 0; c < choices; c++) to[c] = (to_code)r->final[r->first[c] + from[c]];               \
    }                                                                                                        \
  }
RECODE(1, uint8_t, 1, uint8_t)
RECODE(2, uint16_t, 2, uint16_t)
RECODE(2, uint16_t, 1, uint8_t)

static wuji_status recode_rows(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  (void)error;
  const recoding *r = context;
  size_t begin = (size_t)task * ROWS_OF_TASK;
  size_t end = begin + ROWS_OF_TASK;
  if (end > r->chosen->row_count) end = r->chosen->row_count;
  if (r->width == 1)
    recode_1_to_1(r, begin, end);
  else
    recode_2_to_2(r, begin, end);
  return WUJI_OK;
}

static wuji_status recode(const recoding *r, uint32_t threads, wuji_error *error) {
  uint32_t rows = r->chosen->row_count;
  if (r->width == r->chosen->width) {
    return wuji_parallel(threads, (rows + ROWS_OF_TASK - 1) / ROWS_OF_TASK, recode_rows, (void *)(uintptr_t)r,
                         error);
  }
  recode_2_to_1(r, 0, rows); /* rows move forward, so one after the other */
  return WUJI_OK;
}

wuji_status wuji_dictionary_make(const wuji_chosen *chosen, uint32_t threads, wuji_paper *paper,
                                 wuji_arena *arena, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t choices = chosen->columns->count;
  uint32_t most = 0;
  wuji_set_slot *slots = NULL;
  uint32_t *first_slot = NULL;
  recoding r = {.chosen = chosen, .first = malloc(((size_t)choices + 1) * sizeof *r.first)};
  wuji_choice *made = wuji_arena_array(arena, choices, sizeof *made);
  if (r.first == NULL || made == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(sort_slots(chosen, &slots, &first_slot, error));
  r.first[0] = 0;
  for (uint32_t c = 0; c < choices; c++) r.first[c + 1] = r.first[c] + chosen->codes->next[c];
  r.final = calloc(r.first[choices] + 1, sizeof *r.final);
  if (r.final == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t c = 0; c < choices; c++) {
    WUJI_TRY(make_choice(chosen, c, slots + first_slot[c], first_slot[c + 1] - first_slot[c],
                         r.final + r.first[c], &made[c], arena, error));
    if (made[c].option_count > most) most = made[c].option_count;
  }
  r.width = most > 256 ? 2 : 1;
  WUJI_TRY(recode(&r, threads, error));
  paper->choices = made;
  paper->choice_count = choices;
  paper->chosen_width = r.width;
  paper->chosen = chosen->matrix;
done:
  free(slots);
  free(first_slot);
  free(r.first);
  free(r.final);
  return status;
}
