/* What a wuji_exam holds, shared inside the room. */
#ifndef WUJI_API_EXAM_HANDLE_H
#define WUJI_API_EXAM_HANDLE_H

#include "cohort/digest.h"
#include "growth/growth.h"
#include "ingest/ingest.h"
#include "report/report.h"

/** The digest of an exam's content, worked out when it is first wanted. */
typedef struct wuji_content {
  bool known;
  uint8_t digest[WUJI_DIGEST_BYTES];
} wuji_content;

/** What growth rests on besides the content, and what it gave. */
typedef struct wuji_exam_growth {
  wuji_arena arena;      /* of the options' text and of earlier results */
  wuji_earlier *earlier; /* matched from the database */
  uint32_t earlier_count;
  bool has_basis;
  uint8_t basis[WUJI_DIGEST_BYTES]; /* digest of options and earlier exams' content */
  wuji_growth *made;                /* NULL until analysed, and without priors */
} wuji_exam_growth;

struct wuji_exam {
  wuji_options options; /* threads resolved, never 0 */
  char *code;
  wuji_findings findings;
  wuji_cohort *cohort;     /* NULL after a rejection */
  wuji_analysis *analysis; /* NULL until wuji_exam_analyze() */
  wuji_exam_growth growth;
  wuji_content *content;
  char *loaded_from; /* the conninfo of the database it was read from; NULL: from a package */
};

/** An empty handle, to be closed. `options` nullable. */
WUJI_CHECKED wuji_status wuji_exam_new(const wuji_options *options, wuji_exam **exam, wuji_error *error);

/** WUJI_USAGE unless the exam was accepted and analysed. */
WUJI_CHECKED wuji_status wuji_exam_require_analysis(const wuji_exam *exam, wuji_error *error);

/** The exam's priors that are papers of exams stored before, as the plan has them, each once, `count` of
 * them; borrowed from the plan, the array the caller's to free. NULL: none (`*count` 0), or memory is out. */
wuji_str *wuji_exam_stored_priors(const wuji_exam *exam, uint32_t *count);

/** Growth of an analysed exam, where its plan wants any. */
WUJI_CHECKED wuji_status wuji_exam_grow(wuji_exam *exam, wuji_error *error);

/** The content's digest, worked out when it is first wanted. */
WUJI_CHECKED wuji_status wuji_exam_digest(const wuji_exam *exam, const uint8_t **digest, wuji_error *error);

#endif
