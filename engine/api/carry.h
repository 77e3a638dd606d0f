/* All rows of a run into the database, over several connections at once. */
#ifndef WUJI_API_CARRY_H
#define WUJI_API_CARRY_H

#include "api/exam_handle.h"
#include "store/store.h"

/** What is to be carried. Borrowed. */
typedef struct wuji_cargo {
  wuji_exam *exam;
  int32_t run;
  bool content;    /* the tables that hold what the package said */
  bool statistics; /* those that hold what was worked out of it; the exam is analysed first where it has not
                      been */
} wuji_cargo;

typedef struct wuji_carried {
  double marks_s, tables_s; /* seconds: the table of the marks; all of them */
} wuji_carried;

/** Writes the stored tables of `cargo->run`. The content is on its way while the statistics are computed. */
WUJI_CHECKED wuji_status wuji_carry(wuji_store *store, const wuji_cargo *cargo, wuji_carried *carried,
                                    wuji_error *error);

#endif
