/* Stored rows, read as the database's views read them, hold the same doubles as the diagnostic tables, to the
 * bit. */
#include "captured.h"
#include "stats/results.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

enum { SEEDS = 160, RUN = 7 };

typedef struct subject {
  test_exam exam;
  wuji_cohort *cohort;
  wuji_analysis *analysis;
} subject;

static subject open_subject(uint64_t seed) {
  subject s = {0};
  wuji_error error = {0};
  test_exam_random(&s.exam, seed, 1);
  s.cohort = s.exam.cohort;
  cr_assert_eq(wuji_analyze(s.cohort, NULL, &s.analysis, &error), WUJI_OK, "%s", error.message);
  return s;
}

static void close_subject(subject *s) {
  wuji_analysis_free(s->analysis);
  test_exam_free(&s->exam);
}

static int64_t big_endian(wuji_str bytes, uint32_t at, uint32_t size, bool is_signed) {
  uint64_t value = 0;
  cr_assert_leq(at + size, bytes.len);
  for (uint32_t i = 0; i < size; i++) value = value << 8 | (unsigned char)bytes.ptr[at + i];
  if (is_signed && size == 4) return (int32_t)(uint32_t)value;
  return (int64_t)value;
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

static double clamp(double r) {
  return fmax(-1.0, fmin(1.0, r));
}

/* sd, discrimination, r_total, r_rest, alpha_drop of a narrow row, in the view's operations. */
static void view_of_narrow(const captured *t, uint32_t row, uint32_t item, int64_t max, int64_t units,
                           double values[5]) {
  wuji_str state = captured_text(t, row, "state");
  int64_t n = integer(t, row, "n");
  int64_t s = integer(t, row, "sum_total");
  int64_t v = integer(t, row, "var_total");
  int64_t vi = integer(t, row, "var_items");
  int64_t k = integer(t, row, "varying");
  int64_t w = integer(t, row, "group_weight");
  int64_t sx = big_endian(state, 22 * item, 4, true);
  int64_t sxx = big_endian(state, 22 * item + 4, 4, true);
  int64_t sxt = big_endian(state, 22 * item + 8, 4, true);
  int64_t d = big_endian(state, 22 * item + 12, 4, true);
  int64_t vx = n * sxx - sx * sx;
  int64_t c = n * sxt - sx * s;
  int64_t vr = v + vx - 2 * c;
  int64_t rest = k - (vx > 0);
  values[0] = n >= 2 ? sqrt((double)vx / (double)(n * (n - 1))) / (double)units : NAN;
  values[1] = n >= 4 ? (double)d / (double)(w * max) : NAN;
  values[2] = vx > 0 && v > 0 ? clamp((double)c / sqrt((double)vx * (double)v)) : NAN;
  values[3] = vx > 0 && vr > 0 ? clamp((double)(c - vx) / sqrt((double)vx * (double)vr)) : NAN;
  values[4] =
      rest >= 2 && vr > 0 ? (double)rest / (double)(rest - 1) * (1.0 - (double)(vi - vx) / (double)vr) : NAN;
}

static void view_of_wide(const captured *t, uint32_t row, uint32_t item, double values[5]) {
  wuji_str reals = captured_text(t, row, "reals");
  cr_assert_leq((item + 1) * 40, reals.len);
  memcpy(values, reals.ptr + (size_t)item * 40, 40);
  cr_assert(isnan(captured_number(t, row, "sum_total")));
}

/* The row of the diagnostic item_stat of that item at the `place`-th node of its paper. */
static void check_item(const captured *stored, uint32_t row, const captured *shown, uint32_t shown_row,
                       const wuji_paper *paper, uint32_t item) {
  static const char *const names[] = {"sd", "discrimination", "r_total", "r_rest", "alpha_drop"};
  wuji_str state = captured_text(stored, row, "state");
  bool wide = integer(stored, row, "wide") != 0;
  int64_t n = integer(stored, row, "n");
  int64_t max = paper->items[item].max;
  double values[5];
  if (wide) {
    view_of_wide(stored, row, item, values);
  } else {
    view_of_narrow(stored, row, item, max, paper->units, values);
    cr_assert_null(captured_text(stored, row, "reals").ptr);
  }
  for (int i = 0; i < 5; i++) {
    double value = captured_number(shown, shown_row, names[i]);
    cr_assert(same_bits(value, values[i]), "%s: %.17g and %.17g", names[i], value, values[i]);
  }
  int64_t sx = wide ? big_endian(state, 20 * item, 8, true) : big_endian(state, 22 * item, 4, true);
  uint32_t counts = wide ? 20 * item + 8 : 22 * item + 16;
  uint32_t size = wide ? 4 : 2;
  static const char *const shares[] = {"full", "zero", "blank"};
  for (uint32_t i = 0; i < 3; i++) {
    double share = n == 0 ? NAN : (double)big_endian(state, counts + i * size, size, false) / (double)n;
    cr_assert(same_bits(captured_number(shown, shown_row, shares[i]), share));
  }
  double mean = n == 0 ? NAN : (double)sx / (double)(n * (int64_t)paper->units);
  double difficulty = n == 0 ? NAN : (double)sx / (double)(n * max);
  cr_assert(same_bits(captured_number(shown, shown_row, "mean"), mean));
  cr_assert(same_bits(captured_number(shown, shown_row, "difficulty"), difficulty));
}

Test(stored, item_stat_gives_the_same_doubles) {
  uint32_t wide = 0;
  uint32_t narrow = 0;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed);
    captured stored = capture(s.cohort, s.analysis, "item_stat", RUN);
    captured shown = capture(s.cohort, s.analysis, "item_stat", -1);
    uint32_t row = 0;
    uint32_t shown_row = 0;
    for (uint32_t p = 0; p < s.cohort->paper_count; p++) {
      const wuji_paper *paper = &s.cohort->papers[p];
      uint32_t nodes = 0;
      while (row + nodes < stored.rows && integer(&stored, row + nodes, "paper") == p) nodes++;
      for (uint32_t i = 0; i < nodes; i++) {
        cr_assert_eq(integer(&stored, row + i, "run"), RUN);
        bool is_wide = integer(&stored, row + i, "wide") != 0;
        wide += is_wide;
        narrow += !is_wide;
        for (uint32_t item = 0; item < paper->item_count; item++) {
          check_item(&stored, row + i, &shown, shown_row + item * nodes + i, paper, item);
        }
      }
      row += nodes;
      shown_row += nodes * paper->item_count;
    }
    cr_assert_eq(row, stored.rows);
    cr_assert_eq(shown_row, shown.rows);
    captured_dispose(&stored);
    captured_dispose(&shown);
    close_subject(&s);
  }
  cr_assert(wide > 0 && narrow > 0, "both forms were met");
}

/* A column of both tables, row by row. */
static void same_column(const captured *a, const captured *b, const char *column) {
  for (uint32_t row = 0; row < a->rows; row++) {
    cr_assert(same_bits(captured_number(a, row, column), captured_number(b, row, column)), "%s", column);
  }
}

static void check_segments(const subject *s, const captured *stored, const captured *segments) {
  uint32_t at = 0;
  for (uint32_t row = 0; row < stored->rows; row++) {
    const wuji_sheet *sheet = &s->analysis->sheets[integer(stored, row, "paper")].sheet;
    wuji_str bytes = captured_text(stored, row, "segments");
    cr_assert_eq(bytes.len, 4 * sheet->segment_count);
    for (uint32_t i = 0; i < sheet->segment_count; i++) {
      cr_assert_eq(big_endian(bytes, 4 * i, 4, false), integer(segments, at, "n"));
      at++;
    }
  }
  cr_assert_eq(at, segments->rows);
}

/* The stored rows of a sheet, in order, are the diagnostic line_stat rows of each line on it. */
static void check_lines(const subject *s, const captured *stored, const captured *lines) {
  uint32_t at = 0;
  for (uint32_t line = 0; line < s->cohort->plan.line_count; line++) {
    for (uint32_t row = 0; row < stored->rows; row++) {
      wuji_str bytes = captured_text(stored, row, "lines");
      uint32_t sheet = (uint32_t)integer(stored, row, "paper");
      bool is_total = sheet == s->cohort->paper_count;
      if (!is_total && !s->cohort->papers[sheet].in_total) {
        cr_assert_null(bytes.ptr);
        continue;
      }
      int64_t reached = big_endian(bytes, 4 + 12 * line, 4, false);
      int64_t both = big_endian(bytes, 8 + 12 * line, 4, false);
      int64_t passed = big_endian(bytes, 12 + 12 * line, 4, false);
      cr_assert_eq(big_endian(bytes, 0, 4, false), integer(lines, at, "n"));
      cr_assert_eq(reached, integer(lines, at, "reached"));
      double contribution = is_total || passed == 0 ? NAN : (double)both / (double)passed;
      cr_assert(same_bits(contribution, captured_number(lines, at, "contribution_rate")));
      if (is_total) cr_assert(both == 0 && passed == 0);
      at++;
    }
  }
  cr_assert_eq(at, lines->rows);
}

Test(stored, paper_stat_gives_the_same_doubles_segments_and_lines) {
  static const char *const columns[] = {
      "n",        "absent",        "void",  "mean",       "sd",          "min",       "p25", "median",
      "p75",      "max",           "good",  "score_rate", "excellent",   "pass",      "low", "skewness",
      "sem",      "kurtosis",      "alpha", "split_half", "rank_parent", "rank_root", "gap", "n_root",
      "n_parent", "discrimination"};
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed);
    captured stored = capture(s.cohort, s.analysis, "paper_stat", RUN);
    captured shown = capture(s.cohort, s.analysis, "paper_stat", -1);
    captured segments = capture(s.cohort, s.analysis, "segment_stat", -1);
    captured lines = capture(s.cohort, s.analysis, "line_stat", -1);
    cr_assert_eq(stored.rows, shown.rows);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) same_column(&stored, &shown, columns[c]);
    check_segments(&s, &stored, &segments);
    check_lines(&s, &stored, &lines);
    captured_dispose(&stored);
    captured_dispose(&shown);
    captured_dispose(&segments);
    captured_dispose(&lines);
    close_subject(&s);
  }
}

/* Where the candidate's class on a sheet is stored: class_member for papers with teaching classes, else his
 * own. */
static int32_t stored_class(const subject *s, const captured *members, uint32_t sheet, uint32_t row) {
  if (sheet == s->cohort->paper_count || s->cohort->papers[sheet].class_node == NULL)
    return s->cohort->own_class[row];
  for (uint32_t m = 0; m < members->rows; m++) {
    if (integer(members, m, "paper") == sheet && integer(members, m, "row") == row) {
      return (int32_t)integer(members, m, "class");
    }
  }
  cr_assert_fail("row %u takes paper %u but is no member", row, sheet);
  return -1;
}

/* The stored tables that a row of student_score is made of. */
typedef struct score_tables {
  captured candidates, nodes, members, standings, references;
} score_tables;

/* The candidate's 34 bytes on a sheet: where his row says that they are. */
static wuji_str standing_of(const subject *s, const score_tables *t, uint32_t sheet, uint32_t row) {
  uint32_t chunk_rows = wuji_cohort_chunk_rows(s->cohort);
  uint32_t chunks = (s->cohort->row_count + chunk_rows - 1) / chunk_rows;
  uint32_t chunk = (uint32_t)integer(&t->candidates, row, "chunk");
  uint32_t slot = (uint32_t)integer(&t->candidates, row, "slot");
  uint32_t at = sheet * chunks + chunk;
  cr_assert_eq(integer(&t->standings, at, "paper"), sheet);
  cr_assert_eq(integer(&t->standings, at, "chunk"), chunk);
  wuji_str all = captured_text(&t->standings, at, "standings");
  cr_assert_geq(all.len, 34 * (slot + 1));
  return (wuji_str){all.ptr + (size_t)34 * slot, 34};
}

/* The row of class_reference; its rows ascend by class. */
static uint32_t reference_of(const score_tables *t, int32_t class) {
  for (uint32_t r = 0; r < t->references.rows; r++) {
    if (integer(&t->references, r, "class") == class) return r;
  }
  cr_assert_fail("class %d has no reference", class);
  return 0;
}

static double real_at(const captured *table, uint32_t row, const char *column, uint32_t index) {
  double value;
  memcpy(&value, captured_text(table, row, column).ptr + (size_t)8 * index, sizeof value);
  return value;
}

static void check_candidate(const subject *s, const score_tables *t, const captured *shown,
                            uint32_t shown_row, uint32_t sheet, uint32_t row) {
  static const char *const levels[] = {"class", "school", "county", "city", "province"};
  wuji_str standing = standing_of(s, t, sheet, row);
  bool counted = integer(&t->candidates, row, "counted") != 0;
  bool present = big_endian(standing, 0, 1, false) == WUJI_PRESENT;
  uint32_t units = s->analysis->sheets[sheet].sheet.units;
  double raw = present ? (double)big_endian(standing, 1, 3, false) / (double)units : NAN;
  cr_assert(same_bits(raw, captured_number(shown, shown_row, "raw")));
  int32_t node = stored_class(s, &t->members, sheet, row);
  wuji_str node_path = captured_text(&t->nodes, (uint32_t)node, "path");
  cr_assert(wuji_str_equal(node_path, captured_text(shown, shown_row, "node")));
  uint32_t reference = reference_of(t, node);
  wuji_str here = captured_text(&t->references, reference, "present");
  double sd = real_at(&t->references, reference, "sds", sheet);
  double z = (raw - real_at(&t->references, reference, "means", sheet)) / sd;
  bool measured = present && counted && sd > 0;
  cr_assert(same_bits(measured ? z : NAN, captured_number(shown, shown_row, "z")));
  for (uint32_t i = 0; i < 5; i++) {
    char column[32];
    int64_t rank = big_endian(standing, 4 + 6 * i, 3, false);
    int64_t equal = big_endian(standing, 7 + 6 * i, 3, false);
    int64_t n = big_endian(here, 20 * sheet + 4 * i, 4, false);
    double pct = rank == 0 ? NAN : (double)(100 * (2 * (n - rank + 1) - equal)) / (double)(2 * n);
    (void)snprintf(column, sizeof column, "rank_%s", levels[i]);
    cr_assert(same_bits(rank == 0 ? NAN : (double)rank, captured_number(shown, shown_row, column)));
    (void)snprintf(column, sizeof column, "pct_%s", levels[i]);
    cr_assert(same_bits(pct, captured_number(shown, shown_row, column)), "%s", column);
    (void)snprintf(column, sizeof column, "n_%s", levels[i]);
    cr_assert(same_bits(counted ? (double)n : NAN, captured_number(shown, shown_row, column)));
  }
}

Test(stored, standings_hold_what_student_score_shows) {
  for (uint64_t seed = 1; seed <= SEEDS / 2; seed++) {
    subject s = open_subject(seed);
    score_tables t = {.candidates = capture(s.cohort, s.analysis, "candidate", RUN),
                      .nodes = capture(s.cohort, s.analysis, "node", RUN),
                      .members = capture(s.cohort, s.analysis, "class_member", RUN),
                      .standings = capture(s.cohort, s.analysis, "standing", RUN),
                      .references = capture(s.cohort, s.analysis, "class_reference", RUN)};
    captured shown = capture(s.cohort, s.analysis, "student_score", -1);
    uint32_t shown_row = 0;
    cr_assert_eq(t.candidates.rows, s.cohort->row_count);
    cr_assert_eq(t.nodes.rows, (uint32_t)s.cohort->node_count);
    for (uint32_t sheet = 0; sheet <= s.cohort->paper_count; sheet++) {
      for (uint32_t row = 0; row < s.cohort->row_count; row++) {
        if (big_endian(standing_of(&s, &t, sheet, row), 0, 1, false) == WUJI_NOT_TAKEN) continue;
        check_candidate(&s, &t, &shown, shown_row++, sheet, row);
      }
    }
    cr_assert_eq(shown_row, shown.rows);
    captured_dispose(&t.candidates);
    captured_dispose(&t.nodes);
    captured_dispose(&t.members);
    captured_dispose(&t.standings);
    captured_dispose(&t.references);
    captured_dispose(&shown);
    close_subject(&s);
  }
}

Test(stored, teachers_are_a_json_array_by_paper) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "1", 2);
  test_exam_seat(&exam);
  (void)test_exam_totals(&exam, "X", 1, 10, (const int[]){1, 2});
  wuji_paper *y = test_exam_totals(&exam, "Y", 1, 10, (const int[]){1, 2});
  y->teacher = wuji_arena_array(&exam.cohort->arena, 2, sizeof *y->teacher);
  y->teacher[exam.row[1]] = wuji_str_of("王\"\\\n");
  test_exam_seal(&exam);
  wuji_analysis *analysis = NULL;
  cr_assert_eq(wuji_analyze(exam.cohort, NULL, &analysis, NULL), WUJI_OK);
  captured t = capture(exam.cohort, analysis, "candidate", RUN);
  cr_assert_null(captured_text(&t, exam.row[0], "teachers").ptr);
  cr_assert(wuji_str_is(captured_text(&t, exam.row[1], "teachers"), "[null,\"王\\\"\\\\\\u000a\"]"));
  captured shown = capture(exam.cohort, analysis, "student_score", -1);
  cr_assert(wuji_str_is(captured_text(&shown, 2 + exam.row[1], "teacher"), "王\"\\\n"));
  captured_dispose(&t);
  captured_dispose(&shown);
  wuji_analysis_free(analysis);
  test_exam_free(&exam);
}
