/* Stored rows of bands, aspects and marks, read as the database's views read them, hold the same doubles as
 * the diagnostic tables, to the bit. */
#include "captured.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>

enum { SEEDS = 40, RUN = 7 };

typedef struct subject {
  test_exam exam;
  wuji_analysis *analysis;
} subject;

static void analyse(subject *s) {
  wuji_error error = {0};
  cr_assert_eq(wuji_analyze(s->exam.cohort, NULL, &s->analysis, &error), WUJI_OK, "%s", error.message);
}

static void close_subject(subject *s) {
  wuji_analysis_free(s->analysis);
  test_exam_free(&s->exam);
}

static int64_t big_endian(wuji_str bytes, uint32_t at, uint32_t size) {
  uint64_t value = 0;
  cr_assert_leq(at + size, bytes.len);
  for (uint32_t i = 0; i < size; i++) value = value << 8 | (unsigned char)bytes.ptr[at + i];
  return size == 4 ? (int64_t)(int32_t)(uint32_t)value : (int64_t)value;
}

static int64_t integer(const captured *t, uint32_t row, const char *column) {
  double value = captured_number(t, row, column);
  cr_assert(!isnan(value), "%s row %u: %s is null", t->def->name, row, column);
  return (int64_t)value;
}

static bool same_bits(double a, double b) {
  if (isnan(a) || isnan(b)) return isnan(a) && isnan(b);
  return a == b && signbit(a) == signbit(b);
}

static wuji_str path_of(const subject *s, int64_t node) {
  return s->exam.cohort->nodes[node].path;
}

Test(stored, band_stat_gives_the_same_doubles) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = {0};
    test_exam_random(&s.exam, seed, 1);
    analyse(&s);
    captured bands = capture(s.exam.cohort, s.analysis, "band", RUN);
    captured stored = capture(s.exam.cohort, s.analysis, "band_stat", RUN);
    captured shown = capture(s.exam.cohort, s.analysis, "band_stat", -1);
    uint32_t at = 0;
    for (uint32_t row = 0; row < stored.rows; row++) {
      for (uint32_t b = 0; b < bands.rows; b++) {
        if (integer(&bands, b, "paper") != integer(&stored, row, "paper")) continue;
        int64_t n = integer(&stored, row, "n");
        int64_t count =
            big_endian(captured_text(&stored, row, "counts"), 4 * (uint32_t)integer(&bands, b, "band"), 4);
        cr_assert(
            wuji_str_equal(captured_text(&shown, at, "node"), path_of(&s, integer(&stored, row, "node"))));
        cr_assert_eq(integer(&shown, at, "top"), integer(&bands, b, "top"));
        cr_assert_eq(integer(&shown, at, "n"), count);
        cr_assert(same_bits(captured_number(&shown, at, "share"), n == 0 ? NAN : (double)count / (double)n));
        at++;
      }
    }
    cr_assert_eq(at, shown.rows);
    captured_dispose(&bands);
    captured_dispose(&stored);
    captured_dispose(&shown);
    close_subject(&s);
  }
}

/* The view's figures of one value, in the view's operations. */
static void check_point(const captured *values, uint32_t v, const captured *stored, uint32_t row,
                        int64_t units, const captured *shown, uint32_t at) {
  wuji_str state = captured_text(stored, row, "state");
  uint32_t place = 16 * (uint32_t)integer(values, v, "value");
  bool wide = integer(stored, row, "wide") != 0;
  int64_t n = integer(stored, row, "n");
  int64_t full = integer(values, v, "full_units");
  int64_t sum = big_endian(state, place, wide ? 8 : 4);
  int64_t above = wide ? big_endian(state, place + 8, 8) : big_endian(state, place + 12, 4);
  double parent_n = captured_number(stored, row, "parent_n");
  double sd = NAN;
  if (wide) {
    wuji_str sds = captured_text(stored, row, "sds");
    memcpy(&sd, sds.ptr + place / 16 * sizeof sd, sizeof sd);
  } else if (n >= 2) {
    int64_t square = big_endian(state, place + 4, 8);
    sd = sqrt((double)(n * square - sum * sum) / (double)(n * (n - 1))) / (double)units;
    cr_assert_null(captured_text(stored, row, "sds").ptr);
  }
  double rate = n == 0 ? NAN : (double)sum / (double)(n * full);
  double gap = n == 0 || !(parent_n > 0) ? NAN : rate - (double)above / (double)((int64_t)parent_n * full);
  double mean = n == 0 ? NAN : (double)sum / (double)(n * units);
  cr_assert(wuji_str_equal(captured_text(shown, at, "value"), captured_text(values, v, "name")));
  cr_assert(same_bits(captured_number(shown, at, "mean"), mean));
  cr_assert(same_bits(captured_number(shown, at, "score_rate"), rate));
  cr_assert(same_bits(captured_number(shown, at, "sd"), sd), "%.17g, %.17g", captured_number(shown, at, "sd"),
            sd);
  cr_assert(same_bits(captured_number(shown, at, "gap"), gap));
}

/* Returns how many rows are wide. */
static uint32_t check_points(const subject *s) {
  const wuji_cohort *cohort = s->exam.cohort;
  captured values = capture(cohort, s->analysis, "aspect_value", RUN);
  captured stored = capture(cohort, s->analysis, "point_stat", RUN);
  captured shown = capture(cohort, s->analysis, "point_stat", -1);
  uint32_t at = 0;
  uint32_t wide = 0;
  for (uint32_t row = 0; row < stored.rows; row++) wide += integer(&stored, row, "wide") != 0;
  for (uint32_t v = 0; v < values.rows; v++) {
    int64_t paper = integer(&values, v, "paper");
    for (uint32_t row = 0; row < stored.rows; row++) {
      if (integer(&stored, row, "paper") != paper) continue;
      wuji_str path = path_of(s, integer(&stored, row, "node"));
      cr_assert(wuji_str_equal(captured_text(&shown, at, "node"), path));
      check_point(&values, v, &stored, row, cohort->papers[paper].units, &shown, at++);
    }
  }
  cr_assert_eq(at, shown.rows);
  captured_dispose(&values);
  captured_dispose(&stored);
  captured_dispose(&shown);
  return wide;
}

Test(stored, point_stat_gives_the_same_doubles) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = {0};
    test_exam_random(&s.exam, seed, 1);
    analyse(&s);
    cr_assert_eq(check_points(&s), 0);
    close_subject(&s);
  }
}

Test(stored, point_stat_gives_the_same_doubles_where_sums_are_wide) {
  subject s = {0};
  test_exam_large(&s.exam);
  analyse(&s);
  uint32_t wide = check_points(&s);
  cr_assert(wide > 0 && wide < (uint32_t)s.exam.cohort->node_count, "%u wide", wide);
  close_subject(&s);
}

static void check_marks(const subject *s) {
  const wuji_cohort *cohort = s->exam.cohort;
  captured values = capture(cohort, s->analysis, "mark_value", RUN);
  captured stored = capture(cohort, s->analysis, "mark_stat", RUN);
  captured shown = capture(cohort, s->analysis, "mark_stat", -1);
  uint32_t at = 0;
  uint32_t end;
  for (uint32_t v = 0; v < values.rows; v = end) { /* an item's values are [v, end) */
    int64_t paper = integer(&values, v, "paper");
    for (end = v; end < values.rows && integer(&values, end, "paper") == paper &&
                  integer(&values, end, "item") == integer(&values, v, "item");)
      end++;
    for (uint32_t row = 0; row < stored.rows; row++) {
      if (integer(&stored, row, "paper") != paper) continue;
      if (integer(&stored, row, "piece") != 0) continue;
      int64_t n = integer(&stored, row, "n");
      for (uint32_t m = v; m < end; m++, at++) {
        uint32_t piece = row + (uint32_t)integer(&values, m, "piece"); /* pieces follow each other */
        int64_t count = big_endian(captured_text(&stored, piece, "counts"),
                                   4 * (uint32_t)integer(&values, m, "place"), 4);
        cr_assert_eq(integer(&stored, piece, "node"), integer(&stored, row, "node"));
        cr_assert(captured_text(&stored, piece, "counts").len <= 8000);
        cr_assert(
            wuji_str_equal(captured_text(&shown, at, "node"), path_of(s, integer(&stored, row, "node"))));
        cr_assert(wuji_str_equal(captured_text(&shown, at, "item"), captured_text(&values, m, "name")));
        cr_assert(same_bits(captured_number(&shown, at, "mark"), captured_number(&values, m, "mark")));
        cr_assert_eq(integer(&shown, at, "n"), count);
        cr_assert(same_bits(captured_number(&shown, at, "share"), n == 0 ? NAN : (double)count / (double)n));
      }
    }
  }
  cr_assert_eq(at, shown.rows);
  captured_dispose(&values);
  captured_dispose(&stored);
  captured_dispose(&shown);
}

Test(stored, mark_stat_gives_the_same_counts) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = {0};
    test_exam_random(&s.exam, seed, 1);
    analyse(&s);
    check_marks(&s);
    close_subject(&s);
  }
}

Test(stored, mark_stat_of_more_marks_than_a_page_holds_lies_in_pieces) {
  subject s = {0};
  test_exam_many_marks(&s.exam);
  analyse(&s);
  check_marks(&s);
  close_subject(&s);
}
