#include "ingest/claims.h"

#include <stdlib.h>

void wuji_claims_init(wuji_claims *claims, wuji_claimed_line *lines, uint32_t seat_count, bool alone) {
  *claims = (wuji_claims){lines, alone};
  for (uint32_t s = 0; s < seat_count; s++) atomic_store_explicit(&lines[s], 0, memory_order_relaxed);
}

/* Nothing has to be locked where nobody else claims. */
static inline bool take(const wuji_claims *claims, uint32_t seat, uint64_t line) {
  wuji_claimed_line *claimed = &claims->line_of_seat[seat];
  uint64_t seen = atomic_load_explicit(claimed, memory_order_relaxed);
  bool got = seen == 0;
  if (got && claims->alone) {
    atomic_store_explicit(claimed, line, memory_order_relaxed);
  } else if (got) {
    got = atomic_compare_exchange_strong_explicit(claimed, &seen, line, memory_order_relaxed,
                                                  memory_order_relaxed);
  }
  return got;
}

bool wuji_claim_seat(wuji_claims *claims, wuji_refused_claims *refused, uint32_t seat, uint64_t line,
                     bool *got) {
  *got = take(claims, seat, line);
  if (*got) return true;
  if (refused->count == refused->room) {
    size_t room = refused->room == 0 ? 64 : 2 * refused->room;
    wuji_claim *grown = realloc(refused->list, room * sizeof *grown);
    if (grown == NULL) return false;
    refused->list = grown;
    refused->room = room;
  }
  refused->list[refused->count++] = (wuji_claim){seat, line};
  return true;
}

static int by_seat_and_line(const void *a, const void *b) {
  const wuji_claim *x = a;
  const wuji_claim *y = b;
  if (x->seat != y->seat) return x->seat < y->seat ? -1 : 1;
  return (x->line > y->line) - (x->line < y->line);
}

static int by_line(const void *a, const void *b) {
  const wuji_claim *x = a;
  const wuji_claim *y = b;
  return (x->line > y->line) - (x->line < y->line);
}

/* A seat got by a later row than one refused goes to the lowest line; the row that had it joins the list
 * instead. */
static void give_to_lowest(wuji_claims *claims, wuji_claim *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && list[i].seat == list[i - 1].seat) continue;
    uint64_t seen = atomic_load(&claims->line_of_seat[list[i].seat]);
    if (list[i].line > seen) continue;
    atomic_store(&claims->line_of_seat[list[i].seat], list[i].line);
    list[i].line = seen;
  }
}

wuji_status wuji_claims_settle(wuji_claims *claims, const wuji_refused_claims *refused, uint32_t workers,
                               wuji_claim **again, size_t *again_count, wuji_error *error) {
  size_t count = 0;
  for (uint32_t w = 0; w < workers; w++) count += refused[w].count;
  *again = NULL;
  *again_count = count;
  if (count == 0) return WUJI_OK;
  wuji_claim *all = malloc(count * sizeof *all);
  if (all == NULL) return wuji_fail_memory(error);
  size_t at = 0;
  for (uint32_t w = 0; w < workers; w++) {
    if (refused[w].count > 0) memcpy(all + at, refused[w].list, refused[w].count * sizeof *all);
    at += refused[w].count;
  }
  qsort(all, count, sizeof *all, by_seat_and_line);
  give_to_lowest(claims, all, count);
  qsort(all, count, sizeof *all, by_line);
  *again = all;
  return WUJI_OK;
}
