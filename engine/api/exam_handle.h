/* What a wuji_exam holds, shared inside the room. */
#ifndef WUJI_API_EXAM_HANDLE_H
#define WUJI_API_EXAM_HANDLE_H

#include "cohort/digest.h"
#include "ingest/ingest.h"
#include "report/report.h"

/** The digest of an exam's content, worked out when it is first wanted. */
typedef struct wuji_content {
  bool known;
  uint8_t digest[WUJI_DIGEST_BYTES];
} wuji_content;

struct wuji_exam {
  wuji_options options; /* threads resolved, never 0 */
  char *code;
  wuji_findings findings;
  wuji_cohort *cohort;     /* NULL after a rejection */
  wuji_analysis *analysis; /* NULL until wuji_exam_analyze() */
  wuji_content *content;
  char *loaded_from; /* the conninfo of the database it was read from; NULL: from a package */
};

/** An empty handle, to be closed. `options` nullable. */
WUJI_CHECKED wuji_status wuji_exam_new(const wuji_options *options, wuji_exam **exam, wuji_error *error);

/** WUJI_USAGE unless the exam was accepted and analysed. */
WUJI_CHECKED wuji_status wuji_exam_require_analysis(const wuji_exam *exam, wuji_error *error);

#endif
