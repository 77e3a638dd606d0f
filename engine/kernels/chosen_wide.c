#include "kernels/chosen_wide.h"

#include "base/isa.h"

#include <stddef.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>

/* A row's codes are laid out over all cells by one permutation of bytes, and compared with the cells' own
 * codes: a bit a cell says whether it is chosen. Nothing is scattered; what the bits select is added to all
 * cells at once. Choosers of a zone fit a byte and their totals 16 bits inside a block of rows. */
#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi")))

enum { CELLS = 64 /* a vector */, MOST_VECTORS = WUJI_MOST_MAPPED_CELLS / CELLS, BLOCK_ROWS = UINT8_MAX };

typedef struct counters {
  _Alignas(64) uint8_t zone[WUJI_CHOSEN_ZONES][WUJI_MOST_MAPPED_CELLS];
  _Alignas(64) uint16_t sum[WUJI_MOST_MAPPED_CELLS];
} counters;

typedef struct vectors {
  __m512i choice[MOST_VECTORS];
  __m512i code[MOST_VECTORS];
  __mmask64 there[MOST_VECTORS]; /* cells that there are */
  __mmask64 choices;
} vectors;

WIDE static void load_maps(vectors *v, const wuji_chosen *chosen) {
  v->choices = chosen->choices == CELLS ? ~(__mmask64)0 : ((__mmask64)1 << chosen->choices) - 1;
  for (uint32_t i = 0; i < MOST_VECTORS; i++) {
    uint32_t left = chosen->cells > i * CELLS ? chosen->cells - i * CELLS : 0;
    v->choice[i] = _mm512_loadu_si512(chosen->choice_of + (size_t)i * CELLS);
    v->code[i] = _mm512_loadu_si512(chosen->code_of + (size_t)i * CELLS);
    v->there[i] = left >= CELLS ? ~(__mmask64)0 : ((__mmask64)1 << left) - 1;
  }
}

/* Rows of a block: as many as fit the counters. */
static uint32_t block_end(const uint32_t *totals, uint32_t start, uint32_t count) {
  uint32_t room = UINT16_MAX;
  uint32_t end = start;
  while (end < count && end - start < BLOCK_ROWS && totals[end] <= room) room -= totals[end++];
  return end;
}

/* 32 counts of which only those `there` may be touched: behind them is another's bin, or nothing. */
WIDE static inline void add_one(uint16_t *counts, __mmask32 there, __mmask32 is) {
  const __m512i one = _mm512_set1_epi16(1);
  if (there == UINT32_MAX) {
    __m512i old = _mm512_loadu_si512(counts);
    _mm512_storeu_si512(counts, _mm512_mask_add_epi16(old, is, old, one));
  } else {
    __m512i old = _mm512_maskz_loadu_epi16(there, counts);
    _mm512_mask_storeu_epi16(counts, there, _mm512_mask_add_epi16(old, is, old, one));
  }
}

/* `used` is a constant where this is put in place, so that the maps stay in registers. */
WIDE static inline __attribute__((always_inline)) void count_rows(counters *c, const vectors *v,
                                                                  const wuji_chosen *chosen,
                                                                  const uint32_t *rows, const uint32_t *zones,
                                                                  const uint32_t *totals, uint32_t count,
                                                                  uint16_t *by_total, const uint32_t used) {
  const __m512i minus = _mm512_set1_epi8(-1);
  for (uint32_t r = 0; r < count; r++) {
    const uint8_t *row = (const uint8_t *)chosen->codes + (size_t)rows[r] * chosen->choices;
    __m512i codes = _mm512_maskz_loadu_epi8(v->choices, row);
    __m512i total = _mm512_set1_epi16((int16_t)totals[r]);
    uint8_t *zone = c->zone[zones[r]];
    for (uint32_t i = 0; i < used; i++) {
      __mmask64 is =
          _mm512_mask_cmpeq_epi8_mask(v->there[i], _mm512_permutexvar_epi8(v->choice[i], codes), v->code[i]);
      uint8_t *at = zone + (size_t)i * CELLS;
      __m512i counts = _mm512_load_si512(at);
      _mm512_store_si512(at, _mm512_mask_sub_epi8(counts, is, counts, minus));
      for (uint32_t half = 0; half < 2; half++) {
        uint16_t *sum = c->sum + (size_t)i * CELLS + (size_t)half * CELLS / 2;
        __m512i sums = _mm512_load_si512(sum);
        _mm512_store_si512(sum, _mm512_mask_add_epi16(sums, (__mmask32)(is >> (32 * half)), sums, total));
      }
      if (by_total == NULL) continue;
      uint16_t *bin = by_total + (size_t)totals[r] * chosen->cells + (size_t)i * CELLS;
      for (uint32_t half = 0; half < 2; half++) {
        __mmask32 there = (__mmask32)(v->there[i] >> (32 * half));
        if (there == 0) break;
        add_one(bin + (size_t)half * 32, there, (__mmask32)(is >> (32 * half)));
      }
    }
  }
}

WIDE static void flush(const counters *c, uint32_t cells, const wuji_chosen_sums *sums) {
  for (uint32_t z = 0; z < WUJI_CHOSEN_ZONES; z++) {
    uint32_t *restrict into = sums->by_zone + (size_t)z * cells;
    const uint8_t *restrict from = c->zone[z];
    for (uint32_t cell = 0; cell < cells; cell++) into[cell] += from[cell];
  }
  uint64_t *restrict into = sums->sum;
  for (uint32_t cell = 0; cell < cells; cell++) into[cell] += c->sum[cell];
}

WIDE static void count_block(counters *c, const vectors *v, const wuji_chosen *chosen, const uint32_t *rows,
                             const uint32_t *zones, const uint32_t *totals, uint32_t count,
                             uint16_t *by_total) {
  uint32_t used = (chosen->cells + CELLS - 1) / CELLS;
  for (uint32_t z = 0; z < WUJI_CHOSEN_ZONES; z++) memset(c->zone[z], 0, (size_t)used * CELLS);
  memset(c->sum, 0, (size_t)used * CELLS * sizeof *c->sum);
  switch (used) {
  case 0:
  case 1: count_rows(c, v, chosen, rows, zones, totals, count, by_total, 1); break;
  case 2: count_rows(c, v, chosen, rows, zones, totals, count, by_total, 2); break;
  case 3: count_rows(c, v, chosen, rows, zones, totals, count, by_total, 3); break;
  default: count_rows(c, v, chosen, rows, zones, totals, count, by_total, MOST_VECTORS); break;
  }
}

bool wuji_chosen_gather_wide(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *zones,
                             const uint32_t *totals, uint32_t count, const wuji_chosen_sums *sums) {
  if (chosen->choice_of == NULL || !wuji_isa_has_vbmi()) return false;
  for (uint32_t r = 0; r < count; r++) {
    if (totals[r] > UINT16_MAX) return false;
  }
  counters c;
  vectors v;
  load_maps(&v, chosen);
  for (uint32_t start = 0; start < count;) {
    uint32_t end = block_end(totals, start, count);
    count_block(&c, &v, chosen, rows + start, zones + start, totals + start, end - start, sums->by_total);
    flush(&c, chosen->cells, sums);
    start = end;
  }
  return true;
}

#else

bool wuji_chosen_gather_wide(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *zones,
                             const uint32_t *totals, uint32_t count, const wuji_chosen_sums *sums) {
  (void)chosen, (void)rows, (void)zones, (void)totals, (void)count, (void)sums;
  return false;
}

#endif
