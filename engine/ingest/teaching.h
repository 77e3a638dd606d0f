/* Teaching classes (走班): the classes that scores files name, gathered before the candidates are seated. */
#ifndef WUJI_INGEST_TEACHING_H
#define WUJI_INGEST_TEACHING_H

#include "ingest/items.h"
#include "ingest/roster.h"

/** All teaching classes of the package, one a school and name. All zero is empty. */
typedef struct wuji_teaching {
  wuji_arena arena;
  wuji_teaching_class *classes; /* malloc; as wuji_cohort_seat() wants them */
  uint32_t *school;             /* malloc; by class */
  uint32_t count, room;
  uint32_t *slots; /* open addressing: class + 1, by school and name */
  uint32_t slot_count;
  uint32_t *school_of_seat; /* malloc; numbered by first appearance; NULL until a file names classes */
} wuji_teaching;

/** If the scores file has a column of teaching classes, sets `*class_of_seat` (malloc, seat_count) to each
 * seat's class or WUJI_NO_ID; else to NULL. Notes nothing: the scores are read again, and whatever is wrong
 * is noted then. */
WUJI_CHECKED wuji_status wuji_teaching_scan(wuji_teaching *teaching, const wuji_file *scores,
                                            const wuji_items *items, const wuji_roster *roster,
                                            const wuji_reading *reading, uint32_t **class_of_seat,
                                            wuji_error *error);

void wuji_teaching_dispose(wuji_teaching *teaching);

#endif
