#include "ingest/notes.h"

#include "text/scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MESSAGE_BYTES = 512, VALUE_BYTES = 1000, SHOWN_BYTES = 60 };

static const char *const problem_codes[WUJI_PROBLEMS] = {
#define PROBLEM(name, code) code,
#define WARNING(name, code, text)
#include "ingest/problems.def"
#undef PROBLEM
#undef WARNING
};

static const char *const warning_codes[WUJI_WARNINGS] = {
#define PROBLEM(name, code)
#define WARNING(name, code, text) code,
#include "ingest/problems.def"
#undef WARNING
#undef PROBLEM
};

static const char *const warning_texts[WUJI_WARNINGS] = {
#define PROBLEM(name, code)
#define WARNING(name, code, text) text,
#include "ingest/problems.def"
#undef WARNING
#undef PROBLEM
};

/* Copies `text` as well-formed UTF-8 of at most `most` bytes: a byte that is no character becomes '?', a
 * control character too where `printable`. Returns the length; `into` has room for the NUL. */
static uint32_t clean(char *into, uint32_t most, wuji_str text, bool printable) {
  uint32_t len = 0;
  uint32_t at = 0;
  while (at < text.len) {
    uint32_t step = 1;
    while (step <= 4 && at + step <= text.len && !wuji_scan_utf8(text.ptr + at, step)) step++;
    bool good = step <= 4 && at + step <= text.len;
    if (!good) step = 1;
    if (len + step > most) break;
    unsigned char c = (unsigned char)text.ptr[at];
    if (!good || (printable && (c < 0x20 || c == 0x7F)))
      into[len++] = '?';
    else {
      memcpy(into + len, text.ptr + at, step);
      len += step;
    }
    at += step;
  }
  into[len] = '\0';
  return len;
}

wuji_quoted wuji_quote(wuji_str text) {
  wuji_quoted quoted;
  uint32_t len = clean(quoted.text, SHOWN_BYTES, text, true);
  if (text.len > SHOWN_BYTES) memcpy(quoted.text + len, "…", sizeof "…");
  return quoted;
}

static bool more_room(wuji_notes *notes) {
  if (notes->count < notes->room) return true;
  size_t room = notes->room == 0 ? 64 : 2 * notes->room;
  wuji_note *grown = realloc(notes->notes, room * sizeof *grown);
  if (grown == NULL) return false;
  notes->notes = grown;
  notes->room = room;
  return true;
}

/* Whether the bound is reached. The row at hand is kept whole, for its notes do not come in the order of
 * columns. */
static bool is_full(const wuji_notes *notes, wuji_place place) {
  bool full = notes->bounded && notes->count >= notes->most;
  return full && (notes->count == 0 || place.line != notes->notes[notes->count - 1].place.line);
}

static void keep(wuji_notes *notes, wuji_place place, wuji_problem_kind kind, wuji_str value,
                 const char *message) {
  char shown[VALUE_BYTES + 1] = "";
  if (value.ptr != NULL) clean(shown, VALUE_BYTES, value, false);
  wuji_str message_copy = wuji_arena_copy(&notes->arena, wuji_str_of(message));
  wuji_str value_copy = wuji_arena_copy(&notes->arena, wuji_str_of(shown));
  if (message_copy.ptr == NULL || value_copy.ptr == NULL || !more_room(notes)) {
    notes->out_of_memory = true;
    return;
  }
  notes->notes[notes->count++] = (wuji_note){place, kind, message_copy.ptr, value_copy.ptr};
}

void wuji_note_problem(wuji_notes *notes, wuji_place place, wuji_problem_kind kind, wuji_str value,
                       const char *format, ...) {
  va_list args;
  va_start(args, format);
  if (is_full(notes, place)) {
    notes->dropped++;
  } else {
    char message[MESSAGE_BYTES];
    (void)vsnprintf(message, sizeof message, wuji_in_language(format), args);
    keep(notes, place, kind, value, message);
  }
  va_end(args);
}

void wuji_note_fault(wuji_notes *notes, uint32_t file, wuji_fault fault, const char *message) {
  wuji_problem_kind kind = WUJI_PROBLEM_FILE_UNREADABLE;
  switch (fault.kind) {
  case WUJI_FAULT_MISSING: kind = WUJI_PROBLEM_FILE_MISSING; break;
  case WUJI_FAULT_EMPTY: kind = WUJI_PROBLEM_FILE_EMPTY; break;
  case WUJI_FAULT_GZIP: kind = WUJI_PROBLEM_GZIP_CORRUPT; break;
  case WUJI_FAULT_UNDECODABLE: kind = WUJI_PROBLEM_UNDECODABLE; break;
  case WUJI_FAULT_NUL: kind = WUJI_PROBLEM_NUL_CHARACTER; break;
  case WUJI_FAULT_QUOTES: kind = WUJI_PROBLEM_UNBALANCED_QUOTES; break;
  case WUJI_FAULT_TOO_LONG:
    kind = fault.line > 0 ? WUJI_PROBLEM_RECORD_TOO_LONG : WUJI_PROBLEM_FILE_TOO_LONG;
    break;
  default: break;
  }
  wuji_note_problem(notes, (wuji_place){file, fault.line, fault.column}, kind, WUJI_NO_STR, "%s",
                    wuji_in_language(message));
}

static int compare_places(wuji_place a, wuji_place b) {
  if (a.file != b.file) return a.file < b.file ? -1 : 1;
  if (a.line != b.line) return a.line < b.line ? -1 : 1;
  return (a.column > b.column) - (a.column < b.column);
}

void wuji_note_warning(wuji_notes *notes, wuji_place place, wuji_warning_kind kind, uint64_t count,
                       wuji_str example) {
  wuji_tally *tally = &notes->tallies[kind];
  if (tally->count == 0 || compare_places(place, tally->first) < 0) {
    tally->first = place;
    tally->example[0] = '\0';
    if (example.ptr != NULL) clean(tally->example, WUJI_EXAMPLE_BYTES - 1, example, true);
  }
  tally->count += count;
}

wuji_notes wuji_notes_of_worker(const wuji_notes *all) {
  size_t most = all->count < WUJI_MOST_PROBLEMS ? WUJI_MOST_PROBLEMS - all->count : 0;
  return (wuji_notes){.bounded = true, .most = most};
}

void wuji_notes_merge(wuji_notes *into, wuji_notes *from) {
  for (size_t n = 0; n < from->count; n++) {
    if (more_room(into))
      into->notes[into->count++] = from->notes[n];
    else
      into->out_of_memory = true;
  }
  for (int w = 0; w < WUJI_WARNINGS; w++) {
    const wuji_tally *tally = &from->tallies[w];
    if (tally->count == 0) continue;
    wuji_note_warning(into, tally->first, (wuji_warning_kind)w, tally->count, wuji_str_of(tally->example));
  }
  into->dropped += from->dropped;
  into->out_of_memory |= from->out_of_memory;
  wuji_arena_adopt(&into->arena, &from->arena);
  wuji_notes_dispose(from);
}

void wuji_notes_dispose(wuji_notes *notes) {
  free(notes->notes);
  wuji_arena_dispose(&notes->arena);
  *notes = (wuji_notes){0};
}

static int by_place(const void *a, const void *b) {
  const wuji_note *x = a;
  const wuji_note *y = b;
  int order = compare_places(x->place, y->place);
  if (order == 0) order = (x->kind > y->kind) - (x->kind < y->kind);
  return order != 0 ? order : strcmp(x->message, y->message);
}

/* "text, e.g. papers/数学.scores.csv:12: 3: value" */
static const char *warning_message(wuji_arena *arena, const char *text, const wuji_tally *tally,
                                   const wuji_str *files) {
  char message[MESSAGE_BYTES];
  char line[32] = "";
  char column[16] = "";
  wuji_str file = files[tally->first.file];
  if (tally->first.line > 0)
    (void)snprintf(line, sizeof line, ":%llu", (unsigned long long)tally->first.line);
  if (tally->first.column > 0) (void)snprintf(column, sizeof column, ": %u", tally->first.column);
  (void)snprintf(message, sizeof message, wuji_in_language("%s, e.g. %.*s%s%s%s%s"), wuji_in_language(text),
                 (int)file.len, file.ptr, line, column, tally->example[0] == '\0' ? "" : ": ",
                 tally->example);
  return wuji_arena_copy(arena, wuji_str_of(message)).ptr;
}

static wuji_status finish_warnings(const wuji_notes *notes, const wuji_str *files, wuji_findings *findings,
                                   wuji_error *error) {
  findings->warnings = wuji_arena_array(&findings->arena, WUJI_WARNINGS, sizeof *findings->warnings);
  if (findings->warnings == NULL) return wuji_fail_memory(error);
  for (int w = 0; w < WUJI_WARNINGS; w++) {
    const wuji_tally *tally = &notes->tallies[w];
    if (tally->count == 0) continue;
    const char *message = warning_message(&findings->arena, warning_texts[w], tally, files);
    if (message == NULL) return wuji_fail_memory(error);
    findings->warnings[findings->warning_count++] = (wuji_warning){warning_codes[w], tally->count, message};
  }
  return WUJI_OK;
}

wuji_status wuji_notes_finish(wuji_notes *notes, const wuji_str *files, wuji_findings *findings,
                              wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (notes->out_of_memory) WUJI_TRY(wuji_fail_memory(error));
  if (notes->count > 1) qsort(notes->notes, notes->count, sizeof *notes->notes, by_place);
  size_t kept = notes->count < WUJI_MOST_PROBLEMS ? notes->count : WUJI_MOST_PROBLEMS;
  uint64_t dropped = wuji_notes_total(notes) - kept;
  findings->problems = wuji_arena_array(&findings->arena, kept + 1, sizeof *findings->problems);
  if (findings->problems == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (size_t n = 0; n < kept; n++) {
    const wuji_note *note = &notes->notes[n];
    findings->problems[n] = (wuji_problem){.file = files[note->place.file].ptr,
                                           .line = note->place.line,
                                           .column = note->place.column,
                                           .code = problem_codes[note->kind],
                                           .message = note->message,
                                           .value = note->value};
  }
  findings->problem_count = kept;
  if (dropped > 0) {
    char message[MESSAGE_BYTES];
    (void)snprintf(message, sizeof message, wuji_in_language("%llu further problems are not listed"),
                   (unsigned long long)dropped);
    const char *copy = wuji_arena_copy(&findings->arena, wuji_str_of(message)).ptr;
    if (copy == NULL) WUJI_TRY(wuji_fail_memory(error));
    findings->problems[findings->problem_count++] =
        (wuji_problem){.file = findings->problems[kept - 1].file,
                       .code = problem_codes[WUJI_PROBLEM_TOO_MANY],
                       .message = copy,
                       .value = ""};
  }
  WUJI_TRY(finish_warnings(notes, files, findings, error));
  wuji_arena_adopt(&findings->arena, &notes->arena);
done:
  return status;
}

void wuji_findings_dispose(wuji_findings *findings) {
  wuji_arena_dispose(&findings->arena);
  *findings = (wuji_findings){0};
}
