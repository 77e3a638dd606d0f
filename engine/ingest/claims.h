/* Which row of a scores file is a candidate's, where several claim to be. Rows are met by many threads at
 * once, in any order; what is kept and noted is the same for all of them. */
#ifndef WUJI_INGEST_CLAIMS_H
#define WUJI_INGEST_CLAIMS_H

#include "ingest/notes.h"

#include <stdatomic.h>

typedef struct wuji_claim {
  uint32_t seat;
  uint64_t line;
} wuji_claim;

/** Claims that a worker met and did not get; all zero is empty, `list` is the owner's to free. */
typedef struct wuji_refused_claims {
  wuji_claim *list;
  size_t count, room;
} wuji_refused_claims;

typedef atomic_uint_fast64_t wuji_claimed_line;

typedef struct wuji_claims {
  wuji_claimed_line *line_of_seat; /* borrowed; the line of the row that got the seat, 0: none so far */
  bool alone;                      /* a single worker claims */
} wuji_claims;

/** Nobody has claimed yet. `lines` is room for `seat_count`, whatever a file before left there. */
void wuji_claims_init(wuji_claims *claims, wuji_claimed_line *lines, uint32_t seat_count, bool alone);

/** Whether the row in `line` gets `seat`: the first one to ask does. False when memory is out. */
bool wuji_claim_seat(wuji_claims *claims, wuji_refused_claims *refused, uint32_t seat, uint64_t line,
                     bool *got);

/** Every row of a candidate but the first by line, sorted by line, in `*again` (malloc); line_of_seat is the
 * first line from then on. `refused` are those of all workers. */
WUJI_CHECKED wuji_status wuji_claims_settle(wuji_claims *claims, const wuji_refused_claims *refused,
                                            uint32_t workers, wuji_claim **again, size_t *again_count,
                                            wuji_error *error);

#endif
