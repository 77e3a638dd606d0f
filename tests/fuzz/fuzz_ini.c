/* Any bytes as an INI file: entries and faults stand in order and in lines that are there, their text is
 * clean, and entries of a file without fault, written out and read again, are the same. */
#include "fuzz.h"
#include "text/csv.h"
#include "text/ini.h"
#include "text/scan.h"

#include <stdlib.h>

static void check_text(wuji_str text) {
  HOLDS(wuji_scan_utf8(text.ptr, text.len));
  HOLDS(text.len == 0 || memchr(text.ptr, '\n', text.len) == NULL);
  HOLDS(wuji_trim(text).len == text.len);
}

static char *put(char *to, wuji_str text) {
  if (text.len > 0) memcpy(to, text.ptr, text.len);
  return to + text.len;
}

/* Malloc; a line an entry. */
static wuji_str written(const wuji_ini *ini, size_t most) {
  char *text = fuzz_room(most + 3 * (size_t)ini->entry_count);
  char *to = text;
  for (uint32_t e = 0; e < ini->entry_count; e++) {
    const wuji_ini_entry *entry = &ini->entries[e];
    bool section = entry->key.ptr == NULL;
    if (section) *to++ = '[';
    to = put(to, section ? entry->section : entry->key);
    *to++ = section ? ']' : '=';
    if (!section) to = put(to, entry->value);
    *to++ = '\n';
  }
  return (wuji_str){text, (uint32_t)(to - text)};
}

static void check_again(const wuji_ini *ini, size_t most) {
  wuji_arena arena = {0};
  wuji_ini again;
  wuji_str text = written(ini, most);
  HOLDS(wuji_ini_read(text, &arena, &again, NULL) == WUJI_OK);
  HOLDS(again.fault_count == 0 && again.entry_count == ini->entry_count);
  for (uint32_t e = 0; e < ini->entry_count; e++) {
    HOLDS(wuji_str_equal(again.entries[e].section, ini->entries[e].section));
    HOLDS(wuji_str_equal(again.entries[e].key, ini->entries[e].key));
    HOLDS(wuji_str_equal(again.entries[e].value, ini->entries[e].value));
  }
  wuji_arena_dispose(&arena);
  free((char *)(uintptr_t)text.ptr);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  wuji_arena arena = {0};
  wuji_ini ini;
  wuji_str text = {(const char *)data, (uint32_t)size};
  if (size == 0) return 0;
  HOLDS(wuji_ini_read(text, &arena, &ini, NULL) == WUJI_OK);
  uint64_t lines = wuji_scan_count(text.ptr, text.len, '\n') + 1;
  uint64_t line = 0;
  for (uint32_t e = 0; e < ini.entry_count; e++) {
    const wuji_ini_entry *entry = &ini.entries[e];
    HOLDS(entry->line > line && entry->line <= lines);
    line = entry->line;
    check_text(entry->section);
    check_text(entry->key);
    check_text(entry->value);
    HOLDS(entry->key.ptr == NULL || entry->key.len > 0);
  }
  line = 1;
  for (uint32_t f = 0; f < ini.fault_count; f++) {
    HOLDS(ini.faults[f].kind != WUJI_FAULT_NONE);
    HOLDS(ini.faults[f].line >= line && ini.faults[f].line <= lines);
    line = ini.faults[f].line;
  }
  if (ini.fault_count == 0) check_again(&ini, size);
  wuji_arena_dispose(&arena);
  return 0;
}
