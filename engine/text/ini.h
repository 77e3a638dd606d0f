/* An INI file into its entries. Splitting a line into key, value and comment is inih's. */
#ifndef WUJI_TEXT_INI_H
#define WUJI_TEXT_INI_H

#include "base/arena.h"
#include "text/fault.h"

/** `[section]` (key null) or `key = value`. Trimmed. */
typedef struct wuji_ini_entry {
  uint64_t line;
  wuji_str section, key, value;
} wuji_ini_entry;

/** In the order of the file; all memory of the arena it was read into. */
typedef struct wuji_ini {
  wuji_ini_entry *entries;
  uint32_t entry_count;
  wuji_fault *faults; /* SYNTAX, TOO_LONG, UNDECODABLE, NUL, DUPLICATE (a section or key again), by line */
  uint32_t fault_count;
} wuji_ini;

/** Reads the text of an INI file, as wuji_decode_whole() gives it. `[section]` lines, `key = value` lines,
 * comments from ';' or '#' at the start of a line, or from ';' after a blank. Faulty lines are left out and
 * listed. */
WUJI_CHECKED wuji_status wuji_ini_read(wuji_str text, wuji_arena *arena, wuji_ini *ini, wuji_error *error);

#endif
