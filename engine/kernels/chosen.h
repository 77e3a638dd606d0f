/* The hot loops over chosen options: some rows of a paper's matrix of codes into counts by option.
 *
 * A code on a choice is a cell: the choice's first cell plus the code. Rows are given as a list, as to the
 * loops over marks; counts are only ever added to, and nothing here allocates or fails. */
#ifndef WUJI_KERNELS_CHOSEN_H
#define WUJI_KERNELS_CHOSEN_H

#include <stdbool.h>
#include <stdint.h>

/** A paper's matrix of chosen options, borrowed. */
typedef struct wuji_chosen {
  const void *codes;     /* row-major, `choices` a row, unsigned integers of `width` bytes */
  const uint32_t *first; /* `choices`: cell of each choice's code 0 */
  uint32_t choices;
  uint32_t cells; /* codes of all choices; every code's cell is below */
  uint8_t width;  /* 1 or 2 */
  /* By wuji_chosen_map(); NULL: not there, which is slower. Of each cell its choice and its code: */
  const uint8_t *choice_of, *code_of;
} wuji_chosen;

enum {
  WUJI_MOST_MAPPED_CHOICES = 64,
  WUJI_MOST_MAPPED_CELLS = 256 /* and the bytes that each map takes */
};

/** Whether a matrix is so narrow that its cells can be mapped. */
bool wuji_chosen_mappable(const wuji_chosen *chosen);
/** Fills the two maps of a mappable matrix, WUJI_MOST_MAPPED_CELLS bytes each, for its choice_of and code_of.
 */
void wuji_chosen_map(const wuji_chosen *chosen, uint8_t *choice_of, uint8_t *code_of);

/** Counts each row's cells in its bin: counts[bin[i] · cells + cell] += 1 for every choice of rows[i]. */
void wuji_chosen_count(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *bin, uint32_t count,
                       uint32_t *counts);

/** The same into counts of 16 bits, none of which may pass them. */
void wuji_chosen_count_few(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *bin,
                           uint32_t count, uint16_t *counts);

/** Adds each row's total to its cells: sum[cell] += totals[i]. */
void wuji_chosen_sum(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                     uint64_t *sum);

/** What rows are gathered into; the caller's memory. */
typedef struct wuji_chosen_sums {
  uint32_t *by_zone;  /* WUJI_CHOSEN_ZONES × cells: choosers among the rows of each zone */
  uint64_t *sum;      /* cells: the choosers' totals */
  uint16_t *by_total; /* total × cells: choosers by total, none above 16 bits. NULL: not wanted */
} wuji_chosen_sums;

enum { WUJI_CHOSEN_ZONES = 5 };

/** All of that at once: zones[i] (below WUJI_CHOSEN_ZONES) is the zone, totals[i] the total of rows[i]. */
void wuji_chosen_gather(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *zones,
                        const uint32_t *totals, uint32_t count, const wuji_chosen_sums *sums);

#endif
