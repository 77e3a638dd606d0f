/* How many rows have which mark on each item. The conventions are those of marks.h. */
#ifndef WUJI_KERNELS_COUNTS_H
#define WUJI_KERNELS_COUNTS_H

#include "kernels/marks.h"

/** Adds 1 to counts[first[i] + x] for mark x of item i of each row, to counts[first[i + 1] - 1] for a blank.
 * `first` (items + 1) leaves an item one place more than it has marks, from 0 to its maximum. */
void wuji_marks_count(const wuji_marks *marks, const uint32_t *first, const uint32_t *rows, uint32_t count,
                      uint32_t *counts);

#endif
