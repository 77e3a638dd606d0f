/* A paper and the exam's total seen alike: whose total, in which units, against which full mark. What depends
 * on the exam's plan is turned into integer thresholds here, once, so that no comparison below is ever made
 * in doubles. */
#ifndef WUJI_STATS_SHEET_H
#define WUJI_STATS_SHEET_H

#include "cohort/cohort.h"
#include "kernels/marks.h"
#include "stats/aspects.h"
#include "stats/mark_counts.h"
#include "stats/option_sheet.h"

/** More segments than this is refused: a node has a count for each. */
enum { WUJI_MOST_SEGMENTS = 10000 };

typedef struct wuji_sheet {
  const wuji_cohort *cohort;
  const wuji_paper *paper; /* NULL: the total */
  bool in_total;           /* a paper that counts into the total; false for the total itself */
  uint32_t units;          /* units a mark */
  wuji_decimal full;       /* full mark in marks */
  double full_mark;
  const uint8_t *status;   /* row_count × wuji_attendance */
  const int32_t *raw;      /* row_count, units */
  uint32_t bins;           /* totals of counted candidates lie in [0, bins) */
  wuji_marks marks;        /* items 0 for the total */
  wuji_mark_places places; /* none for the total, as is the next */
  wuji_aspects aspects;    /* no values for the total */
  wuji_option_sheet options;
  /* Least total in units that counts; UINT32_MAX where none can: */
  uint32_t excellent, good, pass, low;
  wuji_decimal segment; /* width of a score segment in marks */
  uint32_t segment_count;
  const uint32_t *segment_lo; /* segment_count: least total of each */
} wuji_sheet;

/** Sheet `index` of the cohort: its papers in order, then (index = paper_count) the total. Memory from
 * `arena`. WUJI_REJECTED: more than WUJI_MOST_SEGMENTS segments or WUJI_MOST_VALUES values. */
WUJI_CHECKED wuji_status wuji_sheet_init(wuji_sheet *sheet, const wuji_cohort *cohort, uint32_t index,
                                         wuji_arena *arena, wuji_error *error);

/** Whether `row` enters the sheet's statistics: counted and present. */
static inline bool wuji_sheet_present(const wuji_sheet *sheet, uint32_t row) {
  return sheet->cohort->counted[row] && sheet->status[row] == WUJI_PRESENT;
}

/** The least whole number of units at or above `num / den` (den > 0), UINT32_MAX where that is more. */
uint32_t wuji_least_units(__int128 num, __int128 den);

#endif
