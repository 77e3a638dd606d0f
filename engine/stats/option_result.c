#include "stats/option_result.h"

#include <math.h>

enum { WIDE = 4 };

uint32_t wuji_option_form_bytes(uint8_t form) {
  switch (form) {
  case 1: return 8;
  case 2: return 14;
  default: return 4;
  }
}

uint8_t wuji_option_form_for(uint32_t candidates) {
  return candidates <= UINT8_MAX ? 1 : candidates <= UINT16_MAX ? 2 : WIDE;
}

/* What the formulas need of a node. */
typedef struct setting {
  __int128 n, sum_total, var_total;
  const wuji_groups *groups;
  uint32_t units;
} setting;

/* Weight of the choosers in a group over the group's: statistics.md#option_share */
static double group_share(const wuji_group *group, uint32_t size, uint32_t beyond, uint32_t at) {
  uint64_t weight = (uint64_t)beyond * group->count + (uint64_t)at * group->rest;
  return (double)weight / (double)((uint64_t)group->count * size);
}

/* The forms are those of the database's view, operation by operation: both must give the same bits.
 * statistics.md#option_share, #option_r, #option_mean */
static wuji_option_values derive(const setting *s, const wuji_option_counts *x) {
  wuji_option_values v = {x->chosen, NAN, NAN, NAN, NAN, NAN};
  __int128 m = x->chosen;
  __int128 variance = m * (s->n - m);
  if (s->n > 0) v.share = (double)m / (double)s->n;
  if (s->groups->size > 0) {
    v.share_top = group_share(&s->groups->top, s->groups->size, x->above, x->at_top);
    v.share_bottom = group_share(&s->groups->bottom, s->groups->size, x->below, x->at_bottom);
  }
  if (variance > 0 && s->var_total > 0) {
    __int128 c = s->n * x->sum - m * s->sum_total;
    v.r_total = fmax(-1.0, fmin(1.0, (double)c / sqrt((double)variance * (double)s->var_total)));
  }
  if (m > 0) v.mean_total = (double)x->sum / (double)(m * s->units);
  return v;
}

static unsigned char *put(unsigned char *at, uint64_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; i++) at[i] = (unsigned char)(value >> (8 * (bytes - 1 - i)));
  return at + bytes;
}

static const unsigned char *get(const unsigned char *at, unsigned bytes, uint32_t *value) {
  *value = 0;
  for (unsigned i = 0; i < bytes; i++) *value = *value << 8 | at[i];
  return at + bytes;
}

/* Bounds within which the form holds every option's counts, and the database's bigint arithmetic is exact. */
static uint8_t form_of(const wuji_distribution *d) {
  if (d->n <= UINT8_MAX && d->sum < (UINT64_C(1) << 24)) return 1;
  if (d->n <= UINT16_MAX && d->sum <= UINT32_MAX && (__int128)d->n * d->square < ((__int128)1 << 62))
    return 2;
  return WIDE;
}

bool wuji_option_block_begin(wuji_option_block *block, uint32_t count, const wuji_distribution *d,
                             const wuji_groups *groups, wuji_arena *arena) {
  block->form = form_of(d);
  size_t size = (size_t)count * wuji_option_form_bytes(block->form);
  if (size > block->room) {
    block->state = wuji_arena_alloc(arena, size);
    if (block->state == NULL) return false;
    block->room = (uint32_t)size;
  }
  if (block->form == WIDE) {
    block->reals = wuji_arena_array(arena, count, WUJI_OPTION_REALS * sizeof *block->reals);
    return block->reals != NULL;
  }
  block->groups = *groups;
  block->sum_total = (int64_t)d->sum;
  block->var_total = (int64_t)wuji_distribution_variance(d);
  return true;
}

void wuji_option_block_set(wuji_option_block *block, uint32_t option, const wuji_option_counts *counts,
                           const wuji_distribution *d, const wuji_groups *groups, uint32_t units) {
  unsigned width = block->form;
  unsigned char *at = block->state + (size_t)option * wuji_option_form_bytes(block->form);
  at = put(at, counts->chosen, width);
  if (width == WIDE) {
    setting s = {d->n, d->sum, wuji_distribution_variance(d), groups, units};
    wuji_option_values v = derive(&s, counts);
    double *real = block->reals + (size_t)option * WUJI_OPTION_REALS;
    real[0] = v.share_top;
    real[1] = v.share_bottom;
    real[2] = v.r_total;
    real[3] = v.mean_total;
    return;
  }
  at = put(at, counts->sum, width == 1 ? 3 : 4);
  at = put(at, counts->above, width);
  at = put(at, counts->at_top, width);
  at = put(at, counts->below, width);
  (void)put(at, counts->at_bottom, width);
}

wuji_option_values wuji_option_block_values(const wuji_option_block *block, uint32_t option, uint32_t n,
                                            uint32_t units) {
  unsigned width = block->form;
  wuji_option_counts x = {0};
  const unsigned char *at = block->state + (size_t)option * wuji_option_form_bytes(block->form);
  at = get(at, width, &x.chosen);
  if (width == WIDE) {
    const double *real = block->reals + (size_t)option * WUJI_OPTION_REALS;
    return (wuji_option_values){x.chosen, (double)x.chosen / (double)n, real[0], real[1], real[2], real[3]};
  }
  uint32_t sum;
  at = get(at, width == 1 ? 3 : 4, &sum);
  at = get(at, width, &x.above);
  at = get(at, width, &x.at_top);
  at = get(at, width, &x.below);
  (void)get(at, width, &x.at_bottom);
  x.sum = sum;
  setting s = {n, block->sum_total, block->var_total, &block->groups, units};
  return derive(&s, &x);
}
