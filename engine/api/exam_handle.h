/* What a wuji_exam holds, shared inside the room. */
#ifndef WUJI_API_EXAM_HANDLE_H
#define WUJI_API_EXAM_HANDLE_H

#include "ingest/ingest.h"
#include "report/report.h"

struct wuji_exam {
  wuji_options options; /* threads resolved, never 0 */
  char *code;
  wuji_findings findings;
  wuji_cohort *cohort;     /* NULL after a rejection */
  wuji_analysis *analysis; /* NULL until wuji_exam_analyze() */
};

/** WUJI_USAGE unless the exam was accepted and analysed. */
WUJI_CHECKED wuji_status wuji_exam_require_analysis(const wuji_exam *exam, wuji_error *error);

#endif
