/* The distinct values of a column, and which of them each row has. */
#ifndef WUJI_MODELS_DISTINCT_H
#define WUJI_MODELS_DISTINCT_H

#include "base/arena.h"

typedef struct wuji_distinct {
  uint32_t count;
  double *value; /* [count] ascending; no −0 */
  uint32_t *of;  /* [n] index in value of each row */
} wuji_distinct;

/** Of `value` [n]; memory is of `arena`. WUJI_REJECTED: a value that is not finite. */
WUJI_CHECKED wuji_status wuji_distinct_make(wuji_distinct *distinct, const double *value, uint32_t n,
                                            wuji_arena *arena, wuji_error *error);

/** `order` [n] sorted by key[order[i]], which is below `keys`; stable. `count` is room for keys + 1, `to` for
 * n, where the result is. */
void wuji_counting_sort(const uint32_t *key, uint32_t keys, const uint32_t *order, uint32_t n,
                        uint32_t *count, uint32_t *to);

#endif
