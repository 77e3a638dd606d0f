/* One number for everything an exam holds, so that unchanged content is known by it. */
#ifndef WUJI_COHORT_DIGEST_H
#define WUJI_COHORT_DIGEST_H

#include "cohort/cohort.h"

enum { WUJI_DIGEST_BYTES = 32 };

/** SHA-256 over all that the package said, in a form of its own: the plan as parsed, the candidates and their
 * places, every paper with its items, marks, chosen options and markers, the priors. Order of rows, encoding,
 * compression and threads don't matter, nor do blanks and comments of exam.ini; any change of content does.
 */
WUJI_CHECKED wuji_status wuji_cohort_digest(const wuji_cohort *cohort, uint32_t threads,
                                            uint8_t digest[WUJI_DIGEST_BYTES], wuji_error *error);
/** SHA-256 of `count` bytes. */
WUJI_CHECKED wuji_status wuji_digest_bytes(const void *bytes, size_t count, uint8_t digest[WUJI_DIGEST_BYTES],
                                           wuji_error *error);

#endif
