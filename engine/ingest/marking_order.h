/* The markings of a file in the order of the cohort, whoever read them. */
#ifndef WUJI_INGEST_MARKING_ORDER_H
#define WUJI_INGEST_MARKING_ORDER_H

#include "ingest/names.h"
#include "ingest/notes.h"

/** A marking and where it stands in the file. */
typedef struct wuji_marking_line {
  wuji_marking marking;
  uint64_t line;
} wuji_marking_line;

/** What one worker read. All zero is empty. */
typedef struct wuji_marking_part {
  wuji_marking_line *lines; /* malloc */
  size_t count, room;
  wuji_names markers; /* `marker` of its markings is a number of these */
} wuji_marking_part;

/** The markings of all parts by row, item, round and line (`*sorted`, malloc, `*count`), their `marker` of
 * `*markers`: all names, each once, ascending by bytes (in `arena`). Rows are below `row_count`. */
WUJI_CHECKED wuji_status wuji_markings_sort(const wuji_marking_part *parts, uint32_t part_count,
                                            uint32_t row_count, wuji_marking_line **sorted, size_t *count,
                                            wuji_str **markers, uint32_t *marker_count, wuji_arena *arena,
                                            wuji_error *error);

#endif
