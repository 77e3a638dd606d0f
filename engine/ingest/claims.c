#include "ingest/claims.h"

#include <stdlib.h>

wuji_status wuji_claims_init(wuji_claims *claims, uint32_t seat_count, wuji_error *error) {
  claims->line_of_seat = calloc((size_t)seat_count + 1, sizeof *claims->line_of_seat);
  return claims->line_of_seat == NULL ? wuji_fail_memory(error) : WUJI_OK;
}

void wuji_claims_dispose(wuji_claims *claims) {
  free(claims->line_of_seat);
  claims->line_of_seat = NULL;
}

bool wuji_claim_seat(wuji_claims *claims, wuji_refused_claims *refused, uint32_t seat, uint64_t line,
                     bool *got) {
  uint64_t none = 0;
  *got = atomic_compare_exchange_strong_explicit(&claims->line_of_seat[seat], &none, line,
                                                 memory_order_relaxed, memory_order_relaxed);
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
