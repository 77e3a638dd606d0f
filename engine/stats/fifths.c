#include "stats/fifths.h"

enum { LEAST_CANDIDATES = 10 };

/* A total shared by the fifths that [begin, end), counted in fifths of a candidate, reaches into. */
static void share_out(wuji_fifths *fifths, uint64_t begin, uint64_t end, uint32_t count, uint32_t zone) {
  uint64_t n = fifths->n;
  for (uint64_t fifth = begin / n; fifth * n < end; fifth++) {
    uint64_t from = begin > fifth * n ? begin : fifth * n;
    uint64_t to = end < (fifth + 1) * n ? end : (fifth + 1) * n;
    wuji_fifth_part *part = fifths->part[fifth];
    /* A fifth is met by its first shared total from below, and maybe by one more at its upper end. */
    part[part[0].weight > 0] = (wuji_fifth_part){zone, count, to - from};
  }
}

wuji_fifths wuji_fifths_of(const wuji_distribution *d, uint32_t *zone) {
  wuji_fifths fifths = {0};
  uint32_t shared = WUJI_FIFTHS;
  if (d->n < LEAST_CANDIDATES) return fifths;
  fifths.n = d->n;
  for (int f = 0; f < WUJI_FIFTHS; f++) fifths.part[f][0] = fifths.part[f][1] = (wuji_fifth_part){.count = 1};
  uint64_t begin = 0; /* in fifths of a candidate: a fifth of the node is n of them */
  for (uint32_t i = 0; i < d->distinct; i++) {
    uint64_t end = begin + (uint64_t)WUJI_FIFTHS * d->count[i];
    uint64_t first = begin / d->n;
    if (end <= (first + 1) * d->n) {
      zone[d->total[i]] = (uint32_t)first;
    } else {
      zone[d->total[i]] = shared;
      share_out(&fifths, begin, end, d->count[i], shared++);
    }
    begin = end;
  }
  return fifths;
}

/* Over the common denominator count₁·count₂·n; sums are below 2^44 and counts below 2^24, so that nothing
 * passes 128 bits. */
double wuji_fifth_mean(const wuji_fifths *fifths, uint32_t fifth, const uint64_t sum[WUJI_FIFTH_ZONES],
                       uint32_t units) {
  const wuji_fifth_part *a = &fifths->part[fifth][0];
  const wuji_fifth_part *b = &fifths->part[fifth][1];
  const uint64_t most = UINT64_C(1) << 31;
  uint64_t counts = (uint64_t)a->count * b->count;
  uint64_t of_low = a->weight * b->count;
  uint64_t of_high = b->weight * a->count;
  if (WUJI_FIFTHS * counts < most && of_low < most && of_high < most &&
      (sum[fifth] | sum[a->zone] | sum[b->zone]) < most / 2 && (uint64_t)fifths->n * units < most) {
    /* nearly every node: below 2^61 + 2^61 + 2^61, and below 2^62 under the line */
    int64_t all =
        (int64_t)(sum[fifth] * WUJI_FIFTHS * counts + sum[a->zone] * of_low + sum[b->zone] * of_high);
    return (double)all / (double)(int64_t)(counts * fifths->n * units);
  }
  __int128 whole = (__int128)sum[fifth] * WUJI_FIFTHS * a->count * b->count;
  __int128 low = (__int128)sum[a->zone] * a->weight * b->count;
  __int128 high = (__int128)sum[b->zone] * b->weight * a->count;
  return (double)(whole + low + high) / (double)((__int128)a->count * b->count * fifths->n * units);
}
