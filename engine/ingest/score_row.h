/* One row of a scores file: its cells to marks, and what the candidate's status on the paper is. */
#ifndef WUJI_INGEST_SCORE_ROW_H
#define WUJI_INGEST_SCORE_ROW_H

#include "ingest/mark.h"
#include "ingest/sheet.h"

/** Where things stand in the rows of a file. */
typedef struct wuji_row_plan {
  uint32_t item_count;
  const uint32_t *column;  /* by item */
  const uint32_t *maximum; /* by item, hundredths */
  const uint16_t *whole;   /* by item, the largest whole mark of one or two digits: min(99, maximum) */
  uint32_t id_column, status_column, total_column, teacher_column; /* WUJI_NO_COLUMN: there is none */
  bool wide; /* marks as uint32_t, for a maximum is beyond uint16_t; else as uint16_t */
} wuji_row_plan;

/** What of a row is no mark: the largest value of the type. */
static inline uint32_t wuji_row_blank(bool wide) {
  return wide ? UINT32_MAX : UINT16_MAX;
}

/** Reads the marks of a row into `marks` (item_count hundredths, blanks as wuji_row_blank()) and returns the
 * status. `divisor` (1 … 100) becomes the greatest common divisor of itself and the marks' hundredths. What
 * is wrong is noted; `marks` and the status are not to be used then. */
wuji_attendance wuji_row_read(const wuji_row_plan *plan, wuji_pull *pull, const wuji_record *record,
                              void *marks, uint32_t *divisor);

#endif
