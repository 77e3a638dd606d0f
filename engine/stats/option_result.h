/* A node's statistics of an option: exact counts to doubles, each formula once. Kept as counts where they are
 * small (nearly every node), in the very bytes in which the database keeps them. */
#ifndef WUJI_STATS_OPTION_RESULT_H
#define WUJI_STATS_OPTION_RESULT_H

#include "base/arena.h"
#include "stats/groups.h"

/** What is counted of an option at a node. */
typedef struct wuji_option_counts {
  uint32_t chosen;
  uint64_t sum;                             /* Σt of those who chose it, units */
  uint32_t above, at_top, below, at_bottom; /* of them, in the parts that make up the 27 % groups */
} wuji_option_counts;

/** The options of a paper at a node. */
typedef struct wuji_option_block {
  uint8_t form;       /* bytes of a count: 1 or 2; 4: wide */
  uint32_t room;      /* bytes at `state` */
  wuji_groups groups; /* size 0 where wide, as are the next two */
  int64_t sum_total;  /* S = Σt */
  int64_t var_total;  /* V = n·Σt² − S² */
  /* Big-endian, an option after the other. Form 1, 8 bytes: u1 chosen, u3 Σt, u1 above, u1 at_top, u1 below,
   * u1 at_bottom. Form 2, 14 bytes: u2, u4, 4 × u2. Wide, 4 bytes: u4 chosen; the rest is in `reals`. */
  unsigned char *state;
  double *
      reals; /* WUJI_OPTION_REALS an option: share_top, share_bottom, r_total, mean_total; NULL unless wide */
} wuji_option_block;

enum { WUJI_OPTION_REALS = 4 };

/** As in table option_stat, NaN where a value does not exist. */
typedef struct wuji_option_values {
  uint32_t chosen;
  double share, share_top, share_bottom, r_total, mean_total;
} wuji_option_values;

/** Bytes of an option in `state`. */
uint32_t wuji_option_form_bytes(uint8_t form);
/** The form that a node of up to `candidates` takes as a rule (its totals may need a larger one). */
uint8_t wuji_option_form_for(uint32_t candidates);

/** Begins a block for `count` options of a node with these totals: sets its form, and makes room from `arena`
 * where `room` is too small. False when memory is out. */
bool wuji_option_block_begin(wuji_option_block *block, uint32_t count, const wuji_distribution *d,
                             const wuji_groups *groups, wuji_arena *arena);

/** Sets option `option` of a block that has begun; `units` as those of the totals. */
void wuji_option_block_set(wuji_option_block *block, uint32_t option, const wuji_option_counts *counts,
                           const wuji_distribution *d, const wuji_groups *groups, uint32_t units);

/** Option `option` at a node with `n` candidates. */
wuji_option_values wuji_option_block_values(const wuji_option_block *block, uint32_t option, uint32_t n,
                                            uint32_t units);

#endif
