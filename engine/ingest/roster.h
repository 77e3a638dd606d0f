/* students.csv: the candidates of the exam as the file lists them, before they have rows. */
#ifndef WUJI_INGEST_ROSTER_H
#define WUJI_INGEST_ROSTER_H

#include "ingest/claims.h"
#include "ingest/id_index.h"
#include "ingest/sheet.h"

typedef struct wuji_candidate {
  wuji_str person_id;             /* the student_id itself (same pointer) where not given */
  wuji_str name, sex, attributes; /* null where empty */
  uint64_t line;
  bool counted;
} wuji_candidate;

/** Candidate i of the file is seat i. */
typedef struct wuji_roster {
  wuji_arena ids;   /* ids, paths and the arrays: needed until the scores are read */
  wuji_arena texts; /* everything else: to be adopted by the cohort */
  uint32_t count;
  wuji_seat *seats;
  wuji_candidate *candidates;
  wuji_claimed_line *claimed; /* by seat: room for the claims of the file at hand, taken once for all files */
  wuji_id_index index;        /* of student_id */
  bool usable;                /* the ids are known: scores can be held against them */
  bool good;                  /* nothing is wrong: the candidates can be seated */
} wuji_roster;

/** Reads the file; `roster` comes in all zero. What is wrong is noted. */
WUJI_CHECKED wuji_status wuji_roster_read(wuji_roster *roster, const wuji_file *file, const wuji_plan *plan,
                                          wuji_reading *reading, wuji_notes *notes, wuji_error *error);

/** Fills the cohort's person_id, name, sex, attributes and counted, once the seats have rows. */
WUJI_CHECKED wuji_status wuji_roster_fill(wuji_roster *roster, const uint32_t *row_of_seat,
                                          wuji_cohort *cohort, wuji_error *error);

void wuji_roster_dispose(wuji_roster *roster);

#endif
