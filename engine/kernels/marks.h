/* The hot loops over marks: some rows of a paper's matrix into sums by item.
 *
 * Rows are given as a list of indices with the rows' totals beside them, so that who counts is decided once,
 * by the caller. A blank (the largest value of the mark's type) is worth 0 everywhere. All sums are exact and
 * only ever added to: the caller clears. Nothing here allocates or fails. */
#ifndef WUJI_KERNELS_MARKS_H
#define WUJI_KERNELS_MARKS_H

#include <stdint.h>

/** A paper's matrix of marks, borrowed. */
typedef struct wuji_marks {
  const void *marks;  /* row-major, `items` a row, unsigned integers of `width` bytes */
  const void *maxima; /* the items' maxima, as such integers */
  uint32_t items;     /* 1 … 1000 */
  uint8_t width;      /* 1, 2 or 4 */
  uint32_t full;      /* no row's total is above it; at most 2^20 */
} wuji_marks;

/** Sums by item, `items` long each; the caller's memory. */
typedef struct wuji_mark_sums {
  uint64_t *sum;    /* Σx */
  uint64_t *square; /* Σx² */
  uint64_t *cross;  /* Σx·t */
  uint32_t *full;   /* marks equal to the maximum */
  uint32_t *zero;   /* marks of 0; a blank is none */
  uint32_t *blank;
} wuji_mark_sums;

/** Adds `count` rows to `sums`; totals[i] is the total of rows[i]. */
void wuji_marks_sum(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                    const wuji_mark_sums *sums);

/** Adds each row's marks times its weight: sum[item] += x · weights[i]. */
void wuji_marks_weigh(const wuji_marks *marks, const uint32_t *rows, const int16_t *weights, uint32_t count,
                      int64_t *sum);

/** Adds each row's marks to the bin of its total: bins[total · items + item]. None may pass 32 bits. */
void wuji_marks_bin(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                    uint32_t *bins);

/** The same with bins that hold any sum. */
void wuji_marks_bin_wide(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals,
                         uint32_t count, uint64_t *bins);

/** Adds the rows' marks to sum[item]. */
void wuji_marks_add(const wuji_marks *marks, const uint32_t *rows, uint32_t count, uint64_t *sum);

#endif
