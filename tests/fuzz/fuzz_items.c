/* Any bytes as a paper's list of items: what is taken as good is good, and the same list in UTF-16 and
 * GB18030 has the same items or the same faults in the same places. */
#include "fuzz.h"
#include "ingest/items.h"
#include "text/scan.h"

#include <stdlib.h>

typedef struct list {
  wuji_arena arena;
  wuji_notes notes;
  wuji_items items;
} list;

static void read_list(list *l, const void *bytes, size_t len) {
  wuji_file file = {
      .name = wuji_str_of("items.csv"), .path = fuzz_file(bytes, len), .size = len, .number = 0};
  wuji_reading reading = {.threads = 1};
  *l = (list){0};
  HOLDS(wuji_items_read(&l->items, &file, &reading, &l->arena, &l->notes, NULL) == WUJI_OK);
  HOLDS(!l->notes.out_of_memory);
}

static void dispose(list *l) {
  wuji_notes_dispose(&l->notes);
  wuji_arena_dispose(&l->arena);
}

static void check_good(const wuji_items *items) {
  HOLDS(items->count >= 1 && items->count <= WUJI_MOST_ITEMS);
  for (uint32_t i = 0; i < items->count; i++) {
    const wuji_item *item = &items->items[i];
    HOLDS(item->name.len > 0 && wuji_scan_utf8(item->name.ptr, item->name.len));
    HOLDS(items->columns[i].ptr != NULL);
    HOLDS(items->maximum[i] >= 1 && items->maximum[i] <= WUJI_MOST_MAXIMUM);
    HOLDS(i == 0 || items->lines[i] > items->lines[i - 1]);
    HOLDS(item->planned_difficulty.num <= item->planned_difficulty.den);
    for (uint32_t k = 0; k < i; k++) HOLDS(!wuji_str_equal(items->items[k].name, item->name));
  }
}

static void check_same(const list *a, const list *b) {
  HOLDS(a->items.good == b->items.good && a->items.count == b->items.count);
  HOLDS(a->notes.count == b->notes.count);
  for (size_t n = 0; n < a->notes.count; n++) {
    const wuji_note *x = &a->notes.notes[n];
    const wuji_note *y = &b->notes.notes[n];
    HOLDS(x->kind == y->kind && x->place.line == y->place.line && x->place.column == y->place.column);
    HOLDS(strcmp(x->message, y->message) == 0 && strcmp(x->value, y->value) == 0);
  }
  for (uint32_t i = 0; i < a->items.count; i++) {
    HOLDS(wuji_str_equal(a->items.items[i].name, b->items.items[i].name));
    HOLDS(wuji_str_equal(a->items.items[i].points, b->items.items[i].points));
    HOLDS(a->items.maximum[i] == b->items.maximum[i] && a->items.lines[i] == b->items.lines[i]);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const struct {
    const char *name, *mark;
    size_t mark_len;
  } others[] = {{"GB18030", "\x84\x31\x95\x33", 4}, {"UTF-16LE", "\xFF\xFE", 2}};
  list l;
  read_list(&l, data, size);
  HOLDS(l.items.good == (wuji_notes_total(&l.notes) == 0));
  if (l.items.good) check_good(&l.items);
  wuji_str text = {(const char *)data, (uint32_t)size};
  bool marked = size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0;
  if (!marked && wuji_scan_utf8(text.ptr, text.len)) {
    size_t e = size % 2;
    size_t len;
    char *other = fuzz_encoded(text, others[e].name, others[e].mark, others[e].mark_len, &len);
    if (other != NULL) {
      list again;
      read_list(&again, other, len);
      check_same(&l, &again);
      dispose(&again);
    }
    free(other);
  }
  dispose(&l);
  return 0;
}
