#include "text/ini.h"

#include "text/csv.h"
#include "text/scan.h"

#include <ini.h>
#include <pthread.h>
#include <stdlib.h>

enum { LINE_BYTES = 1 << 16 };

typedef struct reading {
  wuji_str rest; /* what is not read yet */
  uint64_t line;
  wuji_str section;
  bool begun;
  bool expects; /* the line handed out last is to be a key = value */
  bool out_of_memory;
  wuji_arena *arena;
  wuji_ini *ini;
} reading;

/* Debian's inih is configured at run time. Its defaults of 200 bytes a line would cut a long Chinese name. */
static void widen_lines(void) {
  ini_use_stack = false;
  ini_max_line = LINE_BYTES;
  ini_initial_alloc = LINE_BYTES;
}

static void add_fault(reading *r, wuji_fault_kind kind, uint64_t line) {
  r->ini->faults[r->ini->fault_count++] = (wuji_fault){kind, line, 0};
}

static void add_entry(reading *r, wuji_str key, wuji_str value) {
  r->ini->entries[r->ini->entry_count++] = (wuji_ini_entry){r->line, r->section, key, value};
}

/* `[section]`, then nothing but blanks and a comment. Sections are taken here because inih cuts their names
 * at 49 bytes and does not tell of a section without keys. */
static void open_section(reading *r, wuji_str line) {
  const char *close = memchr(line.ptr, ']', line.len);
  wuji_str behind = WUJI_NO_STR;
  if (close != NULL) {
    behind = wuji_trim((wuji_str){close + 1, line.len - (uint32_t)(close + 1 - line.ptr)});
    r->section = wuji_trim((wuji_str){line.ptr + 1, (uint32_t)(close - line.ptr) - 1});
  }
  if (close == NULL || r->section.len == 0 ||
      (behind.len > 0 && behind.ptr[0] != ';' && behind.ptr[0] != '#')) {
    add_fault(r, WUJI_FAULT_SYNTAX, r->line);
  } else {
    add_entry(r, WUJI_NO_STR, WUJI_NO_STR);
  }
}

/* inih's reader: hands out the next line that is a key = value. Lines come trimmed, for inih would take an
 * indented one for the value above going on. */
static char *next_line(char *into, int size, void *context) {
  reading *r = context;
  if (!r->begun) { /* inih would leave a byte order mark out of the first line it sees: that is none of ours
                    */
    r->begun = true;
    memcpy(into, ";\n", sizeof ";\n");
    return into;
  }
  if (r->expects) add_fault(r, WUJI_FAULT_SYNTAX, r->line);
  r->expects = false;
  while (r->rest.len > 0) {
    const char *newline = memchr(r->rest.ptr, '\n', r->rest.len);
    uint32_t len = newline == NULL ? r->rest.len : (uint32_t)(newline - r->rest.ptr) + 1;
    wuji_str line = wuji_trim((wuji_str){r->rest.ptr, len});
    r->rest.ptr += len;
    r->rest.len -= len;
    r->line++;
    if (!wuji_scan_utf8(line.ptr, line.len)) {
      bool nul = memchr(line.ptr, '\0', line.len) != NULL;
      add_fault(r, nul ? WUJI_FAULT_NUL : WUJI_FAULT_UNDECODABLE, r->line);
    } else if (line.len + 2 > (uint32_t)size) {
      add_fault(r, WUJI_FAULT_TOO_LONG, r->line);
    } else if (line.len > 0 && line.ptr[0] == '[') {
      open_section(r, line);
    } else if (line.len > 0 && line.ptr[0] != ';' && line.ptr[0] != '#') {
      memcpy(into, line.ptr, line.len);
      memcpy(into + line.len, "\n", 2);
      r->expects = true;
      return into;
    }
  }
  return NULL;
}

static int take_entry(void *context, const char *section, const char *name, const char *value) {
  (void)section;
  reading *r = context;
  r->expects = name[0] == '\0';
  if (r->expects) return 1; /* no key before the '=': the reader lists it */
  wuji_str key = wuji_arena_copy(r->arena, wuji_trim(wuji_str_of(name)));
  wuji_str text = wuji_arena_copy(r->arena, wuji_trim(wuji_str_of(value)));
  r->out_of_memory |= key.ptr == NULL || text.ptr == NULL;
  add_entry(r, key, text);
  return 1;
}

static int by_name_and_line(const void *a, const void *b) {
  const wuji_ini_entry *x = a;
  const wuji_ini_entry *y = b;
  int order = wuji_str_compare(x->section, y->section);
  if (order == 0) order = (x->key.ptr != NULL) - (y->key.ptr != NULL);
  if (order == 0 && x->key.ptr != NULL) order = wuji_str_compare(x->key, y->key);
  return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static int by_line(const void *a, const void *b) {
  const wuji_fault *x = a;
  const wuji_fault *y = b;
  return (x->line > y->line) - (x->line < y->line);
}

static bool find_duplicates(reading *r) {
  uint32_t count = r->ini->entry_count;
  wuji_ini_entry *sorted = malloc(((size_t)count + 1) * sizeof *sorted);
  if (sorted == NULL) return false;
  if (count > 0) memcpy(sorted, r->ini->entries, count * sizeof *sorted);
  qsort(sorted, count, sizeof *sorted, by_name_and_line);
  for (uint32_t e = 1; e < count; e++) {
    const wuji_ini_entry *a = &sorted[e - 1];
    const wuji_ini_entry *b = &sorted[e];
    bool same = wuji_str_equal(a->section, b->section) && (a->key.ptr == NULL) == (b->key.ptr == NULL);
    if (same && a->key.ptr != NULL) same = wuji_str_equal(a->key, b->key);
    if (same) add_fault(r, WUJI_FAULT_DUPLICATE, b->line);
  }
  free(sorted);
  return true;
}

wuji_status wuji_ini_read(wuji_str text, wuji_arena *arena, wuji_ini *ini, wuji_error *error) {
  static pthread_once_t widened = PTHREAD_ONCE_INIT;
  wuji_status status = WUJI_OK;
  reading r = {.rest = text, .section = {"", 0}, .arena = arena, .ini = ini};
  pthread_once(&widened, widen_lines);
  size_t lines = wuji_scan_count(text.ptr, text.len, '\n') + 1;
  /* A line is one entry, one fault, or both: a good line that is a duplicate. */
  *ini = (wuji_ini){.entries = wuji_arena_array(arena, lines, sizeof *ini->entries),
                    .faults = wuji_arena_array(arena, lines, sizeof *ini->faults)};
  if (ini->entries == NULL || ini->faults == NULL) WUJI_TRY(wuji_fail_memory(error));
  int result =
      ini_parse_stream(next_line, &r, take_entry, &r); /* a positive result: a line that the reader lists */
  if (result < 0 || r.out_of_memory || !find_duplicates(&r)) WUJI_TRY(wuji_fail_memory(error));
  qsort(ini->faults, ini->fault_count, sizeof *ini->faults, by_line);
done:
  return status;
}
