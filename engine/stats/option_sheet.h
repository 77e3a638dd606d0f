/* The options of a paper seen in one row: the items' dictionaries one after the other. */
#ifndef WUJI_STATS_OPTION_SHEET_H
#define WUJI_STATS_OPTION_SHEET_H

#include "cohort/cohort.h"
#include "kernels/chosen.h"

typedef struct wuji_option_sheet {
  const wuji_paper *paper;
  wuji_chosen chosen;    /* choices 0: the paper has no options */
  uint32_t count;        /* options that have rows: the listed ones, in order */
  const uint32_t *cell;  /* count: the cell of each, see wuji_chosen */
  const uint32_t *first; /* choices + 1: the first option of each choice */
} wuji_option_sheet;

/** From a sealed paper (NULL: the total, which has no options); memory from `arena`, false when it is out. */
bool wuji_option_sheet_init(wuji_option_sheet *options, const wuji_paper *paper, wuji_arena *arena);

/** Option `option` (below count) of choice `choice`, to which it belongs. */
const wuji_option *wuji_option_sheet_at(const wuji_option_sheet *options, uint32_t choice, uint32_t option);

#endif
