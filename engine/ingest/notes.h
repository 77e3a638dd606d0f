/* What is wrong with a package, gathered while it is read: each worker has its own notes, merged afterwards,
 * so that the findings are the same for any number of threads. */
#ifndef WUJI_INGEST_NOTES_H
#define WUJI_INGEST_NOTES_H

#include "ingest/ingest.h"
#include "text/fault.h"

typedef enum wuji_problem_kind {
#define PROBLEM(name, code) WUJI_PROBLEM_##name,
#define WARNING(name, code, text)
#include "ingest/problems.def"
#undef PROBLEM
#undef WARNING
  WUJI_PROBLEMS
} wuji_problem_kind;

typedef enum wuji_warning_kind {
#define PROBLEM(name, code)
#define WARNING(name, code, text) WUJI_WARNING_##name,
#include "ingest/problems.def"
#undef PROBLEM
#undef WARNING
  WUJI_WARNINGS
} wuji_warning_kind;

enum { WUJI_MOST_PROBLEMS = 1000000, WUJI_EXAMPLE_BYTES = 48 };

typedef struct wuji_place {
  uint32_t file; /* number of the file, in the order they are read; see wuji_report */
  uint64_t line;
  uint32_t column;
} wuji_place;

typedef struct wuji_note {
  wuji_place place;
  wuji_problem_kind kind;
  const char *message, *value; /* in the notes' arena */
} wuji_note;

typedef struct wuji_tally {
  uint64_t count;
  wuji_place first; /* the lowest place */
  char example[WUJI_EXAMPLE_BYTES];
} wuji_tally;

/** All zero is empty and unbounded. */
typedef struct wuji_notes {
  wuji_arena arena;
  wuji_note *notes; /* malloc */
  size_t count, room;
  bool bounded; /* beyond `most` kept problems, those of further rows are only counted */
  size_t most;
  uint64_t dropped;
  bool out_of_memory; /* the notes are not complete, the reading is to be given up */
  wuji_tally tallies[WUJI_WARNINGS];
} wuji_notes;

/** Keeps a problem. `value` is the offending text as it stands in the file, may be of any bytes or null; in
 * the message it belongs as wuji_quote() gives it. */
void wuji_note_problem(wuji_notes *notes, wuji_place place, wuji_problem_kind kind, wuji_str value,
                       const char *format, ...) __attribute__((format(printf, 5, 6)));

/** Keeps what the text room found wrong with file `file`; `message` says what. */
void wuji_note_fault(wuji_notes *notes, uint32_t file, wuji_fault fault, const char *message);

/** Counts a warning; `example` (nullable) names what it is about. */
void wuji_note_warning(wuji_notes *notes, wuji_place place, wuji_warning_kind kind, uint64_t count,
                       wuji_str example);

/** `text` fit for a message: at most 60 bytes, whole characters, no control characters, in `into`; for `%s`.
 */
typedef struct wuji_quoted {
  char text[72];
} wuji_quoted;
wuji_quoted wuji_quote(wuji_str text);
#define WUJI_SHOW(str) (wuji_quote(str).text)

/** Notes of one worker for one file, to be merged into `all`. Only the lowest WUJI_MOST_PROBLEMS of all are
 * kept in the end; files come in rising order and a worker meets a file's rows in rising order, so what its
 * bound drops is never among those. */
wuji_notes wuji_notes_of_worker(const wuji_notes *all);

/** Takes over everything `from` holds. */
void wuji_notes_merge(wuji_notes *into, wuji_notes *from);
void wuji_notes_dispose(wuji_notes *notes);

/** Problems found so far, kept or dropped. */
static inline uint64_t wuji_notes_total(const wuji_notes *notes) {
  return notes->count + notes->dropped;
}

/** Sorts the notes and moves them into `findings`; `files` are the names by number. */
WUJI_CHECKED wuji_status wuji_notes_finish(wuji_notes *notes, const wuji_str *files, wuji_findings *findings,
                                           wuji_error *error);

#endif
