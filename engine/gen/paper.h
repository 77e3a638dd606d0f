/* A paper's items and how candidates respond to them. */
#ifndef WUJI_GEN_PAPER_H
#define WUJI_GEN_PAPER_H

#include "gen/curve.h"
#include "gen/file.h"

enum { WUJI_GEN_PAPERS = 6, WUJI_GEN_ITEMS = 40, WUJI_GEN_OPTIONS = 4 };

typedef enum { WUJI_GEN_SINGLE, WUJI_GEN_MULTIPLE, WUJI_GEN_ANSWER } wuji_gen_sort;

typedef struct wuji_gen_item {
  wuji_gen_sort sort;
  uint32_t max;        /* marks */
  uint32_t step_units; /* a step of the curve, in units of the paper */
  wuji_curve curve;
  uint32_t key;           /* bit o: option 'A' + o is right; 0 for an answer */
  uint32_t lure[3];       /* single: the wrong options, the most tempting first */
  const char *points[2];  /* the second NULL on most */
  const char *ability;    /* 识记 … 综合 */
  uint32_t planned;       /* difficulty in hundredths, near the expected one */
  uint32_t offset, width; /* its thresholds inside a bin's row */
} wuji_gen_item;

typedef struct wuji_gen_paper {
  uint32_t index;
  const char *code;
  uint32_t units; /* a mark: 1 or 2 */
  wuji_gen_item items[WUJI_GEN_ITEMS];
  uint32_t row_width;   /* thresholds of all items at one ability */
  uint16_t *thresholds; /* WUJI_ABILITY_BINS rows */
} wuji_gen_paper;

/** The code of paper `index` of WUJI_GEN_PAPERS; static. */
const char *wuji_gen_paper_code(uint32_t index);

/** Draws the items of paper `index` and computes their curves. */
WUJI_CHECKED wuji_status wuji_gen_paper_init(wuji_gen_paper *paper, uint64_t seed, uint32_t index,
                                             wuji_error *error);
void wuji_gen_paper_dispose(wuji_gen_paper *paper);

/** Writes papers/CODE.items.csv. */
WUJI_CHECKED wuji_status wuji_gen_items_write(const wuji_gen_paper *paper, const char *directory,
                                              wuji_error *error);

/** Puts the options of a set ("BD") in alphabetical order. */
static inline void wuji_gen_put_options(wuji_gen_file *file, uint32_t set) {
  for (uint32_t o = 0; o < WUJI_GEN_OPTIONS; o++) {
    if ((set >> o & 1) != 0) wuji_gen_put_byte(file, (char)('A' + o));
  }
}

#endif
