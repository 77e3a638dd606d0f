/* Whose a row of a paper's table is: the candidate is found by his student_id; rows of nobody, and rows of
 * one candidate that stand twice, are noted. */
#ifndef WUJI_INGEST_ROW_OWNER_H
#define WUJI_INGEST_ROW_OWNER_H

#include "ingest/claims.h"
#include "ingest/roster.h"

/** A row of a person who is no candidate. */
typedef struct wuji_foreign_row {
  wuji_str person_id;
  uint64_t line;
} wuji_foreign_row;

typedef struct wuji_owner_worker {
  uint32_t next_seat; /* the candidate behind the one before: files mostly stand in the roster's order */
  uint32_t ahead_block, ahead; /* where they don't: up to this byte of this block was looked ahead */
  wuji_refused_claims refused;
  wuji_foreign_row *foreign; /* malloc */
  size_t foreign_count, foreign_room;
  wuji_arena texts; /* their ids */
} wuji_owner_worker;

/** What is written for a row, so that it can be fetched from memory ahead; row_of_seat NULL: nothing. */
typedef struct wuji_row_room {
  const uint32_t *row_of_seat;
  const char *marks; /* row_bytes a row */
  size_t row_bytes;
  const uint8_t *status; /* by row */
} wuji_row_room;

/** One reading of one file. All zero is good to dispose. */
typedef struct wuji_row_owners {
  const wuji_roster *roster; /* usable */
  uint32_t file, id_column;
  bool by_person;
  wuji_id_index persons; /* of the roster's person_id, where they tell whose a row is */
  wuji_claims claims;
  wuji_row_room room;         /* the owner's to fill */
  wuji_owner_worker *workers; /* malloc, by worker */
  uint32_t worker_count;
} wuji_row_owners;

/** One file of a roster at a time. */
WUJI_CHECKED wuji_status wuji_row_owners_init(wuji_row_owners *owners, const wuji_roster *roster,
                                              uint32_t file, uint32_t id_column, bool by_person,
                                              uint32_t workers, wuji_error *error);
void wuji_row_owners_dispose(wuji_row_owners *owners);

/** The seat of the row, WUJI_NO_ID where it has none: that is noted then, an unknown student_id as a problem,
 * an unknown person_id as a warning. `*summary`: it is a row of averages and the like, to be skipped. */
uint32_t wuji_row_owner(const wuji_row_owners *owners, uint32_t worker, wuji_pull *pull,
                        const wuji_record *record, bool *summary);

/** Whether the row in `line` is the first of `seat` to be met: `*first`. False when memory is out. */
bool wuji_row_claim(wuji_row_owners *owners, uint32_t worker, uint32_t seat, uint64_t line, bool *first);

/** Notes every row of a candidate, or of another person, but the first by line, once all are read. */
WUJI_CHECKED wuji_status wuji_row_owners_settle(wuji_row_owners *owners, wuji_notes *notes,
                                                wuji_error *error);

/** As wuji_str_equal(), by words: this alone tells whose nearly every row is. */
static inline bool wuji_same_id(wuji_str a, wuji_str b) {
  enum { WORD = sizeof(uint64_t) };
  if (a.len != b.len) return false;
  if (a.len < WORD) return wuji_str_equal(a, b);
  uint64_t odd = 0;
  for (uint32_t at = 0; at < a.len; at += WORD) {
    /* the last word may begin inside the one before */
    uint32_t from = at + WORD <= a.len ? at : a.len - WORD;
    uint64_t x;
    uint64_t y;
    memcpy(&x, a.ptr + from, WORD);
    memcpy(&y, b.ptr + from, WORD);
    odd |= x ^ y;
  }
  return odd == 0;
}

/** Whether `seat` has a row. */
static inline bool wuji_row_stands(const wuji_row_owners *owners, uint32_t seat) {
  return atomic_load_explicit(&owners->claims.line_of_seat[seat], memory_order_relaxed) != 0;
}

#endif
