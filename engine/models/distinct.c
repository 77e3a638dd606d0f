#include "models/distinct.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, PASSES = 6 };

typedef struct keyed {
  uint64_t key;
  uint32_t row;
} keyed;

/* Whole numbers in the order of the values: IEEE 754 with the sign turned round. */
static uint64_t key_of(double value) {
  uint64_t bits;
  double positive = value + 0.0; /* −0 becomes 0 */
  memcpy(&bits, &positive, sizeof bits);
  const uint64_t sign = (uint64_t)1 << 63;
  return bits & sign ? ~bits : bits | sign;
}

static double value_of(uint64_t key) {
  const uint64_t sign = (uint64_t)1 << 63;
  uint64_t bits = key & sign ? key & ~sign : ~key;
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* One pass of a radix sort; false where all keys have the same digit and nothing moved. */
static bool sort_by_digit(const keyed *from, keyed *to, uint32_t n, uint32_t shift) {
  uint32_t count[DIGITS] = {0};
  for (uint32_t i = 0; i < n; i++) count[from[i].key >> shift & (DIGITS - 1)]++;
  if (count[from[0].key >> shift & (DIGITS - 1)] == n) return false;
  uint32_t next = 0;
  for (uint32_t d = 0; d < DIGITS; d++) {
    uint32_t here = count[d];
    count[d] = next;
    next += here;
  }
  for (uint32_t i = 0; i < n; i++) to[count[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
  return true;
}

static keyed *sort(keyed *all, keyed *room, uint32_t n) {
  for (uint32_t pass = 0; n > 0 && pass < PASSES; pass++) {
    if (!sort_by_digit(all, room, n, pass * DIGIT_BITS)) continue;
    keyed *sorted = room;
    room = all;
    all = sorted;
  }
  return all;
}

wuji_status wuji_distinct_make(wuji_distinct *distinct, const double *value, uint32_t n, wuji_arena *arena,
                               wuji_error *error) {
  keyed *all = malloc(((size_t)n + 1) * 2 * sizeof *all);
  distinct->count = 0;
  distinct->of = wuji_arena_array(arena, n, sizeof *distinct->of);
  if (all == NULL || distinct->of == NULL) {
    free(all);
    return wuji_fail_memory(error);
  }
  for (uint32_t r = 0; r < n; r++) {
    if (!isfinite(value[r])) {
      free(all);
      return wuji_fail(error, WUJI_REJECTED, "row %u has a value that is not a finite number", r + 1);
    }
    all[r] = (keyed){key_of(value[r]), r};
  }
  const keyed *sorted = sort(all, all + n, n);
  for (uint32_t i = 0; i < n; i++) {
    distinct->count += i == 0 || sorted[i].key != sorted[i - 1].key;
    distinct->of[sorted[i].row] = distinct->count - 1;
  }
  distinct->value = wuji_arena_array(arena, distinct->count, sizeof *distinct->value);
  for (uint32_t i = 0; i < n && distinct->value != NULL; i++)
    distinct->value[distinct->of[sorted[i].row]] = value_of(sorted[i].key);
  free(all);
  return distinct->value != NULL ? WUJI_OK : wuji_fail_memory(error);
}

void wuji_counting_sort(const uint32_t *key, uint32_t keys, const uint32_t *order, uint32_t n,
                        uint32_t *count, uint32_t *to) {
  memset(count, 0, ((size_t)keys + 1) * sizeof *count);
  for (uint32_t i = 0; i < n; i++) count[key[i] + 1]++;
  for (uint32_t k = 0; k < keys; k++) count[k + 1] += count[k];
  for (uint32_t i = 0; i < n; i++) to[count[key[order[i]]]++] = order[i];
}
