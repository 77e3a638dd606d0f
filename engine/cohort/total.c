/* The exam's total over the papers that count into it (docs/tables.md, "The exam's total"). */
#include "cohort/build.h"

#include <assert.h>

static uint32_t greatest_common_divisor(uint32_t a, uint32_t b) {
  return b == 0 ? a : greatest_common_divisor(b, a % b);
}

/* The least common multiple of the papers' units; again one of 1, 2, 4, 10, 20, 100. */
static uint32_t common_units(const wuji_cohort *cohort) {
  uint32_t units = 1;
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    const wuji_paper *paper = &cohort->papers[p];
    uint32_t divisor = greatest_common_divisor(units, paper->units);
    assert(divisor > 0); /* no step is 0 */
    if (paper->in_total) units *= paper->units / divisor;
  }
  return units;
}

/* One candidate's papers that count, gathered. */
typedef struct sitting {
  uint32_t taken, present, absent, void_;
  int64_t raw;    /* units of the total */
  int64_t maxima; /* of the papers taken, units of the total */
} sitting;

static sitting sit(const wuji_cohort *cohort, uint32_t row) {
  sitting s = {0};
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    const wuji_paper *paper = &cohort->papers[p];
    if (!paper->in_total || paper->status[row] == WUJI_NOT_TAKEN) continue;
    int64_t scale = cohort->total.units / paper->units;
    s.taken++;
    s.present += paper->status[row] == WUJI_PRESENT;
    s.absent += paper->status[row] == WUJI_ABSENT;
    s.void_ += paper->status[row] == WUJI_VOID;
    s.raw += scale * paper->raw[row];
    s.maxima += scale * paper->full;
  }
  return s;
}

static wuji_attendance attendance(const sitting *s, wuji_absent_rule rule) {
  if (s->taken == 0) return WUJI_NOT_TAKEN;
  bool misses = s->absent + s->void_ > 0;
  if (s->present > 0 && !(rule == WUJI_ABSENT_EXCLUDE && misses)) return WUJI_PRESENT;
  return s->void_ > 0 ? WUJI_VOID : WUJI_ABSENT;
}

static wuji_decimal marks_of_units(int64_t value, uint32_t units) {
  wuji_decimal d = {value * (100 / units), 100}; /* every step divides 1/100 exactly */
  while (d.den > 1 && d.num % 10 == 0) {
    d.num /= 10;
    d.den /= 10;
  }
  return d;
}

wuji_status wuji_cohort_make_total(wuji_cohort *cohort, uint32_t *bad_row, wuji_error *error) {
  wuji_total *total = &cohort->total;
  total->units = common_units(cohort);
  total->status = wuji_arena_array(&cohort->arena, cohort->row_count, sizeof *total->status);
  total->raw = wuji_arena_array(&cohort->arena, cohort->row_count, sizeof *total->raw);
  if (total->status == NULL || total->raw == NULL) return wuji_fail_memory(error);

  const wuji_decimal given = cohort->plan.total_full;
  int64_t largest = 0;     /* of counted candidates: the default full mark */
  int64_t largest_any = 0; /* of all */
  for (uint32_t r = 0; r < cohort->row_count; r++) {
    sitting s = sit(cohort, r);
    total->status[r] = (uint8_t)attendance(&s, cohort->plan.absent);
    total->raw[r] = 0;
    if (s.maxima > largest_any) largest_any = s.maxima;
    if (s.maxima > largest && cohort->counted[r]) largest = s.maxima;
    if (largest_any > WUJI_MOST_UNITS) {
      return wuji_fail(error, WUJI_REJECTED,
                       "the papers' full marks add up to %lld steps of 1/%u, more than %d",
                       (long long)largest_any, total->units, WUJI_MOST_UNITS);
    }
    if (total->status[r] != WUJI_PRESENT) continue;
    total->raw[r] = (int32_t)s.raw;
    if (given.den != 0 && (__int128)s.raw * given.den > (__int128)given.num * total->units) {
      if (bad_row != NULL) *bad_row = r;
      return wuji_fail(error, WUJI_REJECTED, "full_mark %.15g is below the total %.15g of candidate %.*s",
                       wuji_decimal_real(given), (double)s.raw / total->units, (int)cohort->student_id[r].len,
                       cohort->student_id[r].ptr);
    }
  }
  total->full = given.den != 0 ? given : marks_of_units(largest, total->units);
  if ((__int128)total->full.num * total->units > (__int128)WUJI_MOST_UNITS * total->full.den) {
    return wuji_fail(error, WUJI_REJECTED, "full_mark %.15g is more than %d steps of 1/%u",
                     wuji_decimal_real(total->full), WUJI_MOST_UNITS, total->units);
  }
  return WUJI_OK;
}
