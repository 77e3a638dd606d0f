/* Where candidates sit: the path from the province to the class, from the columns of students.csv. */
#ifndef WUJI_INGEST_SEAT_PATH_H
#define WUJI_INGEST_SEAT_PATH_H

#include "cohort/cohort.h"
#include "ingest/sheet.h"

/** Which column is which level, and what stands in for an empty cell or a column left out. */
typedef struct wuji_path_columns {
  uint32_t file;
  uint32_t column[WUJI_LEVELS];      /* WUJI_NO_COLUMN: left out */
  wuji_str standing_in[WUJI_LEVELS]; /* null: an empty cell is an error */
  int warning[WUJI_LEVELS];          /* counted where it does stand in; -1: none */
} wuji_path_columns;

/** By exam.ini's plan, or a name of its own; a level that nothing says is noted. */
wuji_path_columns wuji_path_columns_of(const wuji_header *header, uint32_t file, const wuji_plan *plan,
                                       wuji_notes *notes);

/** One worker's candidate before: neighbours mostly share their path. All zero: none. */
typedef struct wuji_path_before {
  const wuji_seat_path *path;
  bool silent; /* nothing was noted of it, so that the same cells say the same */
} wuji_path_before;

/** The path of the record's candidate; itself and its names in `arena`. An empty level is noted. NULL when
 * memory is out. */
const wuji_seat_path *wuji_path_take(const wuji_path_columns *columns, wuji_path_before *before,
                                     wuji_pull *pull, const wuji_record *record, wuji_arena *arena);

#endif
