/* Every cell of the statistics' tables against a naive reimplementation, over random cohorts. */
#include "captured.h"
#include "naive.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

enum { SEEDS = 120 };

typedef struct subject {
  test_exam exam;
  wuji_cohort *cohort;
  wuji_analysis *analysis;
  uint64_t seed;
} subject;

static subject open_subject(uint64_t seed) {
  subject s = {.seed = seed};
  wuji_error error = {0};
  wuji_options options = {.threads = 2};
  test_exam_random(&s.exam, seed, 1);
  s.cohort = s.exam.cohort;
  cr_assert_eq(wuji_analyze(s.cohort, &options, &s.analysis, &error), WUJI_OK, "%s", error.message);
  return s;
}

static void close_subject(subject *s) {
  wuji_analysis_free(s->analysis);
  test_exam_free(&s->exam);
}

/* Both null, or equal but for the naive form's rounding. */
static void same_cell(const subject *s, const captured *t, uint32_t row, const char *column,
                      double expected) {
  double value = captured_number(t, row, column);
  bool same = isnan(expected) ? isnan(value) : fabs(value - expected) <= 1e-11 * (1 + fabs(expected));
  cr_assert(same, "seed %llu, %s row %u: %s is %.17g, not %.17g", (unsigned long long)s->seed, t->def->name,
            row, column, value, expected);
}

static wuji_str code_of(const subject *s, uint32_t sheet) {
  return sheet < s->cohort->paper_count ? s->cohort->papers[sheet].code : wuji_str_of("total");
}

static void same_text(const captured *t, uint32_t row, const char *column, wuji_str expected) {
  wuji_str value = captured_text(t, row, column);
  cr_assert((value.ptr == NULL) == (expected.ptr == NULL) && wuji_str_equal(value, expected), "%s row %u: %s",
            t->def->name, row, column);
}

/* Keys of a row about a node on a sheet. */
static void same_keys(const subject *s, const captured *t, uint32_t row, uint32_t sheet, int32_t node) {
  same_text(t, row, "exam", s->cohort->plan.code);
  same_text(t, row, "paper", code_of(s, sheet));
  same_text(t, row, "level", wuji_str_of(wuji_level_names[s->cohort->nodes[node].level]));
  same_text(t, row, "node", s->cohort->nodes[node].path);
}

/* Rank of a node's mean among the nodes of its level under `ancestor`, and how many they are; by exact
 * comparison. */
static void naive_rank(const subject *s, uint32_t sheet, int32_t node, int32_t ancestor, double *rank,
                       double *count) {
  static naive_group mine, other;
  const wuji_node *nodes = s->cohort->nodes;
  naive_members(s->cohort, sheet, node, &mine);
  *rank = *count = NAN;
  if (ancestor < 0) return;
  int64_t sum = 0;
  for (uint32_t i = 0; i < mine.n; i++) sum += mine.score[i];
  *rank = mine.n == 0 ? NAN : 1; /* without candidates there is no rank, but the others are still so many */
  *count = 0;
  for (int32_t n = ancestor; n < nodes[ancestor].end; n++) {
    if (nodes[n].level != nodes[node].level || !naive_on_sheet(s->cohort, sheet, n)) continue;
    naive_members(s->cohort, sheet, n, &other);
    if (other.n == 0) continue;
    int64_t other_sum = 0;
    for (uint32_t i = 0; i < other.n; i++) other_sum += other.score[i];
    *count += 1;
    *rank += other_sum * mine.n > sum * other.n;
  }
}

static void check_paper_row(const subject *s, const captured *t, uint32_t row, uint32_t sheet, int32_t node) {
  static naive_group group, parent_group;
  naive_members(s->cohort, sheet, node, &group);
  naive_paper e = naive_paper_stat(s->cohort, sheet, &group);
  same_keys(s, t, row, sheet, node);
  same_cell(s, t, row, "n", group.n);
  same_cell(s, t, row, "absent", group.absent);
  same_cell(s, t, row, "void", group.void_count);
  same_cell(s, t, row, "full_mark", wuji_decimal_real(naive_full(s->cohort, sheet)));
  same_cell(s, t, row, "mean", e.mean);
  same_cell(s, t, row, "sd", e.sd);
  same_cell(s, t, row, "min", e.min);
  same_cell(s, t, row, "p25", e.p25);
  same_cell(s, t, row, "median", e.median);
  same_cell(s, t, row, "p75", e.p75);
  same_cell(s, t, row, "max", e.max);
  same_cell(s, t, row, "score_rate", e.score_rate);
  same_cell(s, t, row, "excellent", e.excellent);
  same_cell(s, t, row, "good", e.good);
  same_cell(s, t, row, "pass", e.pass);
  same_cell(s, t, row, "low", e.low);
  same_cell(s, t, row, "skewness", e.skewness);
  same_cell(s, t, row, "kurtosis", e.kurtosis);
  same_cell(s, t, row, "alpha", e.alpha);
  same_cell(s, t, row, "split_half", e.split_half);
  if (!isnan(
          e.sem)) { /* where alpha is near 1 the root magnifies the naive form's rounding: compare squares */
    double sem = captured_number(t, row, "sem");
    cr_assert(fabs(sem * sem - e.sem * e.sem) <= 1e-11 * (1 + e.sd * e.sd), "seed %llu, row %u: sem",
              (unsigned long long)s->seed, row);
  } else {
    same_cell(s, t, row, "sem", e.sem);
  }
  same_cell(s, t, row, "discrimination", e.discrimination);
  double rank;
  double count;
  naive_rank(s, sheet, node, s->cohort->nodes[node].root, &rank, &count);
  same_cell(s, t, row, "rank_root", rank);
  same_cell(s, t, row, "n_root", count);
  int32_t parent = s->cohort->nodes[node].parent;
  naive_rank(s, sheet, node, parent, &rank, &count);
  same_cell(s, t, row, "rank_parent", rank);
  same_cell(s, t, row, "n_parent", count);
  double gap = NAN;
  if (parent >= 0) {
    naive_members(s->cohort, sheet, parent, &parent_group);
    gap = e.score_rate - naive_paper_stat(s->cohort, sheet, &parent_group).score_rate;
  }
  same_cell(s, t, row, "gap", gap);
}

Test(naive, paper_stat, .timeout = 120) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed);
    captured t = capture(s.cohort, s.analysis, "paper_stat", -1);
    uint32_t row = 0;
    for (uint32_t sheet = 0; sheet <= s.cohort->paper_count; sheet++) {
      for (int32_t node = 0; node < s.cohort->node_count; node++) {
        if (naive_on_sheet(s.cohort, sheet, node)) check_paper_row(&s, &t, row++, sheet, node);
      }
    }
    cr_assert_eq(row, t.rows);
    captured_dispose(&t);
    close_subject(&s);
  }
}

static void check_item_row(const subject *s, const captured *t, uint32_t row, uint32_t paper, uint32_t item,
                           int32_t node) {
  static naive_group group;
  const wuji_paper *p = &s->cohort->papers[paper];
  naive_members(s->cohort, paper, node, &group);
  naive_item e = naive_item_stat(s->cohort, paper, item, &group);
  same_keys(s, t, row, paper, node);
  same_text(t, row, "item", p->items[item].name);
  same_cell(s, t, row, "n", group.n);
  same_cell(s, t, row, "max_mark", (double)p->items[item].max / p->units);
  same_cell(s, t, row, "mean", e.mean);
  same_cell(s, t, row, "sd", e.sd);
  same_cell(s, t, row, "difficulty", e.difficulty);
  same_cell(s, t, row, "discrimination", e.discrimination);
  same_cell(s, t, row, "r_total", e.r_total);
  same_cell(s, t, row, "r_rest", e.r_rest);
  same_cell(s, t, row, "alpha_drop", e.alpha_drop);
  same_cell(s, t, row, "full", e.full);
  same_cell(s, t, row, "zero", e.zero);
  same_cell(s, t, row, "blank", e.blank);
}

Test(naive, item_stat, .timeout = 120) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed);
    captured t = capture(s.cohort, s.analysis, "item_stat", -1);
    uint32_t row = 0;
    for (uint32_t paper = 0; paper < s.cohort->paper_count; paper++) {
      for (uint32_t item = 0; item < s.cohort->papers[paper].item_count; item++) {
        for (int32_t node = 0; node < s.cohort->node_count; node++) {
          if (naive_on_sheet(s.cohort, paper, node)) check_item_row(&s, &t, row++, paper, item, node);
        }
      }
    }
    cr_assert_eq(row, t.rows);
    captured_dispose(&t);
    close_subject(&s);
  }
}

Test(naive, line_stat, .timeout = 120) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed);
    captured t = capture(s.cohort, s.analysis, "line_stat", -1);
    uint32_t row = 0;
    for (uint32_t line = 0; line < s.cohort->plan.line_count; line++) {
      for (uint32_t sheet = 0; sheet <= s.cohort->paper_count; sheet++) {
        if (sheet < s.cohort->paper_count && !s.cohort->papers[sheet].in_total) continue;
        for (int32_t node = 0; node < s.cohort->node_count; node++) {
          if (!naive_on_sheet(s.cohort, sheet, node)) continue;
          naive_line e = naive_line_stat(s.cohort, line, sheet, node);
          same_keys(&s, &t, row, sheet, node);
          same_text(&t, row, "line", s.cohort->plan.lines[line].name);
          same_cell(&s, &t, row, "line_mark", e.line_mark);
          same_cell(&s, &t, row, "n", e.n);
          same_cell(&s, &t, row, "reached", e.reached);
          same_cell(&s, &t, row, "rate", e.rate);
          same_cell(&s, &t, row, "both", e.both);
          same_cell(&s, &t, row, "hit_rate", e.hit_rate);
          same_cell(&s, &t, row, "contribution_rate", e.contribution_rate);
          row++;
        }
      }
    }
    cr_assert_eq(row, t.rows);
    captured_dispose(&t);
    close_subject(&s);
  }
}

Test(naive, segment_stat, .timeout = 120) {
  static naive_group group;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed);
    captured t = capture(s.cohort, s.analysis, "segment_stat", -1);
    uint32_t row = 0;
    for (uint32_t sheet = 0; sheet <= s.cohort->paper_count; sheet++) {
      wuji_decimal width =
          sheet < s.cohort->paper_count ? s.cohort->papers[sheet].segment : s.cohort->plan.total_segment;
      wuji_decimal full = naive_full(s.cohort, sheet);
      for (int32_t node = 0; node < s.cohort->node_count; node++) {
        if (!naive_on_sheet(s.cohort, sheet, node)) continue;
        naive_members(s.cohort, sheet, node, &group);
        for (int64_t i = 0; i * width.num * full.den < full.num * width.den; i++) {
          bool last = (i + 1) * width.num * full.den >= full.num * width.den;
          double here = 0;
          double above = 0;
          for (uint32_t c = 0; c < group.n; c++) {
            bool at = group.score[c] * width.den >= i * width.num * 100;
            bool below_hi = group.score[c] * width.den < (i + 1) * width.num * 100;
            above += at;
            here += at && (last || below_hi);
          }
          same_keys(&s, &t, row, sheet, node);
          same_cell(&s, &t, row, "lo", (double)(i * width.num) / (double)width.den);
          same_cell(&s, &t, row, "hi",
                    last ? wuji_decimal_real(full) : (double)((i + 1) * width.num) / (double)width.den);
          same_cell(&s, &t, row, "n", here);
          same_cell(&s, &t, row, "share", group.n == 0 ? NAN : here / group.n);
          same_cell(&s, &t, row, "n_at_or_above", above);
          row++;
        }
      }
    }
    cr_assert_eq(row, t.rows);
    captured_dispose(&t);
    close_subject(&s);
  }
}

/* One level of a candidate's place. */
static void check_place(const subject *s, const captured *t, uint32_t row, uint32_t sheet, int32_t node,
                        const char *level, int64_t score, bool counted, bool present) {
  static naive_group group;
  char column[32];
  double above = 0;
  double equal = 0;
  naive_members(s->cohort, sheet, node, &group);
  for (uint32_t i = 0; i < group.n; i++) {
    above += group.score[i] > score;
    equal += group.score[i] == score;
  }
  bool ranked = counted && present;
  (void)snprintf(column, sizeof column, "rank_%s", level);
  same_cell(s, t, row, column, ranked ? above + 1 : NAN);
  (void)snprintf(column, sizeof column, "pct_%s", level);
  same_cell(s, t, row, column, ranked ? 100 * (group.n - above - equal + equal / 2) / group.n : NAN);
  (void)snprintf(column, sizeof column, "n_%s", level);
  same_cell(s, t, row, column, counted ? (double)group.n : (double)NAN);
}

static void check_student(const subject *s, const captured *t, uint32_t row, uint32_t sheet,
                          uint32_t candidate) {
  static naive_group root;
  const wuji_cohort *cohort = s->cohort;
  static const char *const texts[] = {"", "present", "absent", "void"};
  int64_t score;
  wuji_attendance status = naive_score(cohort, sheet, candidate, &score);
  bool present = status == WUJI_PRESENT;
  bool counted = cohort->counted[candidate];
  int32_t node = cohort->own_class[candidate];
  if (sheet < cohort->paper_count && cohort->papers[sheet].class_node != NULL) {
    node = cohort->papers[sheet].class_node[candidate];
  }
  same_text(t, row, "paper", code_of(s, sheet));
  same_text(t, row, "student_id", cohort->student_id[candidate]);
  same_text(t, row, "node", cohort->nodes[node].path);
  same_text(t, row, "school", cohort->nodes[cohort->nodes[node].parent].path);
  same_text(t, row, "status", wuji_str_of(texts[status]));
  same_text(t, row, "teacher", WUJI_NO_STR);
  same_cell(s, t, row, "raw", present ? (double)score / 100 : NAN);
  same_cell(s, t, row, "scaled", NAN);
  naive_members(cohort, sheet, cohort->nodes[node].root, &root);
  naive_paper reference = naive_paper_stat(cohort, sheet, &root);
  double z =
      present && counted && reference.sd > 0 ? ((double)score / 100 - reference.mean) / reference.sd : NAN;
  same_cell(s, t, row, "z", z);
  same_cell(s, t, row, "t", 50 + 10 * z);
  for (int level = WUJI_CLASS; level >= WUJI_PROVINCE; level--, node = cohort->nodes[node].parent) {
    check_place(s, t, row, sheet, node, wuji_level_names[level], score, counted, present);
  }
}

Test(naive, student_score, .timeout = 120) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed);
    captured t = capture(s.cohort, s.analysis, "student_score", -1);
    uint32_t row = 0;
    for (uint32_t sheet = 0; sheet <= s.cohort->paper_count; sheet++) {
      for (uint32_t candidate = 0; candidate < s.cohort->row_count; candidate++) {
        int64_t score;
        if (naive_score(s.cohort, sheet, candidate, &score) == WUJI_NOT_TAKEN) continue;
        check_student(&s, &t, row++, sheet, candidate);
      }
    }
    cr_assert_eq(row, t.rows);
    captured_dispose(&t);
    close_subject(&s);
  }
}
