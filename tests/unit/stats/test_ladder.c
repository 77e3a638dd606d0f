/* Ladders against counting. */
#include "stats/ladder.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { MOST_TOTALS = 4000 };

/* Candidates 1 … n with totals from 5 on, `apart` apart; held against counting them one by one. */
static void hold(uint32_t n, uint32_t apart) {
  uint32_t total[MOST_TOTALS];
  uint32_t count[MOST_TOTALS];
  wuji_distribution d = {.total = total, .count = count};
  for (uint32_t i = 0; d.n < n; i++) {
    total[i] = 5 + i * apart;
    count[i] = 1 + i * 7919 % 97;
    d.distinct++;
    d.n += count[i];
  }
  wuji_arena arena = {0};
  wuji_ladder ladder;
  cr_assert(wuji_ladder_make(&ladder, &d, &arena));
  uint32_t reached = d.n;
  uint32_t next = 0;
  for (uint32_t t = 0; t < total[d.distinct - 1] + 3; t++) {
    uint32_t equal = next < d.distinct && total[next] == t ? count[next] : 0;
    cr_expect_eq(wuji_ladder_reach(&ladder, t), reached);
    if (equal > 0) {
      wuji_standing place = wuji_ladder_place(&ladder, t);
      cr_expect(place.rank == reached - equal + 1 && place.equal == equal, "of %u", t);
      uint32_t least = wuji_ladder_least(&ladder, place.rank);
      cr_expect(least <= t && wuji_ladder_reach(&ladder, least + 1) < place.rank, "of %u", t);
      if (least > 0) cr_expect_geq(wuji_ladder_reach(&ladder, least), place.rank, "of %u", t);
      next++;
    }
    reached -= equal;
  }
  cr_expect_eq(wuji_ladder_least(&ladder, 0), UINT32_MAX);
  cr_expect_eq(wuji_ladder_least(&ladder, d.n + 1), 0);
  wuji_arena_dispose(&arena);
}

Test(ladder, tells_how_many_reach_any_total) {
  hold(40, 1);
  hold(40, 3);
  hold(5000, 2);
}

Test(ladder, of_totals_far_apart_keeps_only_them) {
  hold(40, 5000);
  hold(5000, 700);
}

Test(ladder, of_many_candidates_counts_in_more_bytes) {
  hold(70000, 1);
  hold(70000, 50);
}

Test(ladder, of_nobody_has_no_places) {
  wuji_distribution d = {0};
  wuji_arena arena = {0};
  wuji_ladder ladder;
  cr_assert(wuji_ladder_make(&ladder, &d, &arena));
  cr_expect_eq(wuji_ladder_reach(&ladder, 0), 0);
  cr_expect_eq(wuji_ladder_place(&ladder, 7).rank, 0);
  cr_expect_eq(wuji_ladder_least(&ladder, 5), 0);
}
