/* One row of a scores file: its cells to marks, and what the candidate's status on the paper is. */
#ifndef WUJI_INGEST_SCORE_ROW_H
#define WUJI_INGEST_SCORE_ROW_H

#include "ingest/mark.h"
#include "ingest/sheet.h"

/** Where things stand in the rows of a file, and how marks are kept. */
typedef struct wuji_row_plan {
  uint32_t item_count;
  const uint32_t *column;  /* by item */
  bool in_order;           /* the items stand side by side, in the paper's order */
  const uint32_t *maximum; /* by item, hundredths */
  const uint8_t *whole;    /* by item, the largest mark of one or two digits: min(99, maximum); padded */
  uint32_t id_column, status_column, total_column, class_column, teacher_column; /* WUJI_NO_COLUMN: none */
  uint32_t units; /* a mark, as assumed so far */
  uint8_t width;  /* bytes of a mark in units */
} wuji_row_plan;

/** Reads the marks of a row into `marks` (item_count units of plan->width bytes, blanks as the type's largest
 * value) and returns the status. `divisor` (1 … 100) becomes the greatest common divisor of itself and the
 * marks' hundredths: where it is no multiple of the assumed step, the marks are cut off and have to be read
 * again. What is wrong is noted; `marks` and the status are not to be used then. */
wuji_attendance wuji_row_read(const wuji_row_plan *plan, wuji_pull *pull, const wuji_record *record,
                              void *marks, uint32_t *divisor);

/** Fills a whole row with one value. */
void wuji_row_fill(const wuji_row_plan *plan, void *marks, uint32_t value);

#endif
