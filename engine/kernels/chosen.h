/* The hot loops over chosen options: some rows of a paper's matrix of codes into counts by option.
 *
 * A code on a choice is a cell: the choice's first cell plus the code. Rows are given as a list, as to the
 * loops over marks; counts are only ever added to, and nothing here allocates or fails. */
#ifndef WUJI_KERNELS_CHOSEN_H
#define WUJI_KERNELS_CHOSEN_H

#include <stdint.h>

/** A paper's matrix of chosen options, borrowed. */
typedef struct wuji_chosen {
  const void *codes;     /* row-major, `choices` a row, unsigned integers of `width` bytes */
  const uint32_t *first; /* `choices`: cell of each choice's code 0 */
  uint32_t choices;
  uint32_t cells; /* codes of all choices; every code's cell is below */
  uint8_t width;  /* 1 or 2 */
} wuji_chosen;

/** Counts each row's cells in its bin: counts[bin[i] · cells + cell] += 1 for every choice of rows[i]. */
void wuji_chosen_count(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *bin, uint32_t count,
                       uint32_t *counts);

/** Adds each row's total to its cells: sum[cell] += totals[i]. */
void wuji_chosen_sum(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                     uint64_t *sum);

#endif
