/* Rank bands, aspects and marks against a naive reimplementation, over random cohorts. */
#include "captured.h"
#include "naive.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { SEEDS = 120 };

typedef struct subject {
  test_exam exam;
  wuji_cohort *cohort;
  wuji_analysis *analysis;
  captured table;
  uint32_t row; /* the next to be compared */
  uint64_t seed;
} subject;

static subject open_subject(uint64_t seed, const char *table) {
  subject s = {.seed = seed};
  wuji_error error = {0};
  wuji_options options = {.threads = 2};
  test_exam_random(&s.exam, seed, 1);
  s.cohort = s.exam.cohort;
  cr_assert_eq(wuji_analyze(s.cohort, &options, &s.analysis, &error), WUJI_OK, "%s", error.message);
  s.table = capture(s.cohort, s.analysis, table, -1);
  return s;
}

static void close_subject(subject *s) {
  cr_assert_eq(s->row, s->table.rows, "seed %llu: %u rows, %u expected", (unsigned long long)s->seed,
               s->table.rows, s->row);
  captured_dispose(&s->table);
  wuji_analysis_free(s->analysis);
  test_exam_free(&s->exam);
}

/* Both null, or equal but for the naive form's rounding. */
static void same_cell(const subject *s, const char *column, double expected) {
  double value = captured_number(&s->table, s->row, column);
  bool same = isnan(expected) ? isnan(value) : fabs(value - expected) <= 1e-11 * (1 + fabs(expected));
  cr_assert(same, "seed %llu, %s row %u: %s is %.17g, not %.17g", (unsigned long long)s->seed,
            s->table.def->name, s->row, column, value, expected);
}

static void same_text(const subject *s, const char *column, wuji_str expected) {
  wuji_str value = captured_text(&s->table, s->row, column);
  cr_assert((value.ptr == NULL) == (expected.ptr == NULL) && wuji_str_equal(value, expected),
            "seed %llu, %s row %u: %s", (unsigned long long)s->seed, s->table.def->name, s->row, column);
}

static wuji_str code_of(const subject *s, uint32_t sheet) {
  return sheet < s->cohort->paper_count ? s->cohort->papers[sheet].code : wuji_str_of("total");
}

static void same_keys(const subject *s, uint32_t sheet, int32_t node) {
  same_text(s, "exam", s->cohort->plan.code);
  same_text(s, "paper", code_of(s, sheet));
  same_text(s, "level", wuji_str_of(wuji_level_names[s->cohort->nodes[node].level]));
  same_text(s, "node", s->cohort->nodes[node].path);
}

static int ascending(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a;
  uint32_t y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* The tops of a sheet, ascending; how many. */
static uint32_t tops_of(const subject *s, uint32_t sheet, uint32_t tops[8]) {
  uint32_t count = 0;
  for (uint32_t b = 0; b < s->cohort->plan.band_count; b++) {
    const wuji_band_plan *band = &s->cohort->plan.bands[b];
    if (!wuji_str_equal(band->paper, code_of(s, sheet))) continue;
    for (uint32_t t = 0; t < band->top_count; t++) tops[count++] = band->tops[t];
  }
  qsort(tops, count, sizeof *tops, ascending);
  return count;
}

Test(naive, band_stat, .timeout = 120) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed, "band_stat");
    for (uint32_t sheet = 0; sheet <= s.cohort->paper_count; sheet++) {
      uint32_t tops[8];
      uint32_t count = tops_of(&s, sheet, tops);
      for (int32_t node = 0; node < s.cohort->node_count; node++) {
        if (!naive_on_sheet(s.cohort, sheet, node)) continue;
        for (uint32_t t = 0; t < count; t++) {
          naive_band e = naive_band_stat(s.cohort, sheet, node, tops[t]);
          same_keys(&s, sheet, node);
          same_cell(&s, "top", tops[t]);
          same_cell(&s, "n", e.n);
          same_cell(&s, "share", e.share);
          s.row++;
        }
      }
    }
    close_subject(&s);
  }
}

static void check_point(const subject *s, uint32_t paper, const naive_value *value, int32_t node) {
  static naive_group group, parent_group;
  int32_t parent = s->cohort->nodes[node].parent;
  naive_members(s->cohort, paper, node, &group);
  naive_point e = naive_point_stat(s->cohort, paper, value, &group);
  double gap = NAN;
  if (parent >= 0) {
    naive_members(s->cohort, paper, parent, &parent_group);
    gap = e.score_rate - naive_point_stat(s->cohort, paper, value, &parent_group).score_rate;
  }
  same_keys(s, paper, node);
  same_text(s, "aspect", wuji_str_of(value->aspect));
  same_text(s, "value", value->name);
  same_cell(s, "n", group.n);
  same_cell(s, "items", e.items);
  same_cell(s, "full_mark", e.full_mark);
  same_cell(s, "mean", e.mean);
  same_cell(s, "score_rate", e.score_rate);
  same_cell(s, "sd", e.sd);
  same_cell(s, "gap", gap);
}

Test(naive, point_stat, .timeout = 120) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed, "point_stat");
    for (uint32_t paper = 0; paper < s.cohort->paper_count; paper++) {
      naive_value values[NAIVE_MOST_VALUES];
      uint32_t count = naive_values(&s.cohort->papers[paper], values);
      for (uint32_t v = 0; v < count; v++) {
        for (int32_t node = 0; node < s.cohort->node_count; node++) {
          if (!naive_on_sheet(s.cohort, paper, node)) continue;
          check_point(&s, paper, &values[v], node);
          s.row++;
        }
      }
    }
    close_subject(&s);
  }
}

/* An item at a node. */
static void check_marks(subject *s, uint32_t paper, uint32_t item, int32_t node, const int64_t *marks,
                        uint32_t count) {
  static naive_group group;
  naive_members(s->cohort, paper, node, &group);
  for (uint32_t m = 0; m < count; m++) {
    double n = naive_mark_count(s->cohort, paper, item, marks[m], &group);
    same_keys(s, paper, node);
    same_text(s, "item", s->cohort->papers[paper].items[item].name);
    same_cell(s, "mark", marks[m] < 0 ? NAN : (double)marks[m] / 100);
    same_cell(s, "n", n);
    same_cell(s, "share", group.n == 0 ? NAN : n / group.n);
    s->row++;
  }
}

Test(naive, mark_stat, .timeout = 120) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed, "mark_stat");
    for (uint32_t paper = 0; paper < s.cohort->paper_count; paper++) {
      for (uint32_t item = 0; item < s.cohort->papers[paper].item_count; item++) {
        int64_t marks[NAIVE_MOST + 1];
        uint32_t count = naive_marks(s.cohort, paper, item, marks);
        for (int32_t node = 0; node < s.cohort->node_count; node++) {
          bool shown = s.cohort->nodes[node].level <= WUJI_SCHOOL && naive_on_sheet(s.cohort, paper, node);
          if (shown) check_marks(&s, paper, item, node, marks, count);
        }
      }
    }
    close_subject(&s);
  }
}
