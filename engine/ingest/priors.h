/* Earlier results: priors.csv into the cohort's columns. */
#ifndef WUJI_INGEST_PRIORS_H
#define WUJI_INGEST_PRIORS_H

#include "ingest/exam_ini.h"
#include "ingest/roster.h"

enum { WUJI_MOST_PRIORS = 1000 };

/** What priors.csv has columns of; all zero where there is no such file. */
typedef struct wuji_priors {
  wuji_str *names; /* as wuji_fold() gives them; in the cohort's arena */
  uint32_t count;
  double *values;  /* as the cohort has them; NULL: nothing was kept */
  bool unreadable; /* the columns are not known */
} wuji_priors;

/** Reads the file. Where row_of_seat (nullable) is given, keeps the values. Memory in `arena`. What is wrong
 * is noted. */
WUJI_CHECKED wuji_status wuji_priors_read(wuji_priors *priors, const wuji_file *file,
                                          const wuji_roster *roster, const uint32_t *row_of_seat,
                                          wuji_reading *reading, wuji_arena *arena, wuji_notes *notes,
                                          wuji_error *error);

/** Notes the priors of exam.ini that are neither a column nor EXAM:PAPER. */
void wuji_priors_check(const wuji_priors *priors, const wuji_exam_ini *ini, wuji_notes *notes);

#endif
