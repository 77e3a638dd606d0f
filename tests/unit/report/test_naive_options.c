/* option_stat, item_curve and option_curve against their definitions once more, candidate by candidate. */
#include "captured.h"
#include "naive.h"
#include "stats/results.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { SEEDS = 120, FIFTHS = 5 };

typedef struct subject {
  test_exam exam;
  wuji_cohort *cohort;
  wuji_analysis *analysis;
  uint64_t seed;
} subject;

static subject open_subject(uint64_t seed) {
  subject s = {.seed = seed};
  wuji_error error = {0};
  test_exam_random(&s.exam, seed, 1);
  s.cohort = s.exam.cohort;
  cr_assert_eq(wuji_analyze(s.cohort, &(wuji_options){.threads = 2}, &s.analysis, &error), WUJI_OK, "%s",
               error.message);
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

static void same_text(const captured *t, uint32_t row, const char *column, wuji_str expected) {
  wuji_str value = captured_text(t, row, column);
  cr_assert(value.ptr != NULL && wuji_str_equal(value, expected), "%s row %u: %s", t->def->name, row, column);
}

static void same_keys(const subject *s, const captured *t, uint32_t row, const wuji_paper *paper,
                      uint32_t item, const wuji_option *option, int32_t node) {
  same_text(t, row, "exam", s->cohort->plan.code);
  same_text(t, row, "paper", paper->code);
  same_text(t, row, "item", paper->items[item].name);
  if (option != NULL) same_text(t, row, "option", option->text);
  same_text(t, row, "level", wuji_str_of(wuji_level_names[s->cohort->nodes[node].level]));
  same_text(t, row, "node", s->cohort->nodes[node].path);
}

static int by_value(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a;
  int64_t y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

/* How much of each candidate lies between `from` and `to` of the node's weight, lowest totals first; those of
 * one total share alike. */
static void weigh(const naive_group *g, double from, double to, double *weight) {
  for (uint32_t i = 0; i < g->n; i++) {
    double below = 0;
    double equal = 0;
    for (uint32_t k = 0; k < g->n; k++) {
      below += g->score[k] < g->score[i];
      equal += g->score[k] == g->score[i];
    }
    double overlap = fmin(to, below + equal) - fmax(from, below);
    weight[i] = overlap > 0 ? overlap / equal : 0;
  }
}

static double weighed_mean(const naive_group *g, const double *weight, const double *x) {
  double sum = 0;
  double all = 0;
  for (uint32_t i = 0; i < g->n; i++) {
    sum += weight[i] * x[i];
    all += weight[i];
  }
  return sum / all;
}

static void chose(const wuji_paper *paper, const naive_group *g, uint32_t choice, uint32_t code, double *x) {
  for (uint32_t i = 0; i < g->n; i++) x[i] = wuji_paper_chosen(paper, g->row[i], choice) == code;
}

static double point_biserial(const naive_group *g, const double *x) {
  double mx = 0;
  double my = 0;
  double xx = 0;
  double yy = 0;
  double xy = 0;
  bool varies = false;
  for (uint32_t i = 0; i < g->n; i++) {
    mx += x[i] / g->n;
    my += (double)g->score[i] / g->n;
  }
  for (uint32_t i = 0; i < g->n; i++) {
    double dx = x[i] - mx;
    double dy = (double)g->score[i] - my;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
    varies |= x[i] != x[0];
  }
  int64_t sorted[NAIVE_MOST];
  memcpy(sorted, g->score, g->n * sizeof *sorted);
  qsort(sorted, g->n, sizeof *sorted, by_value);
  return varies && sorted[0] != sorted[g->n - 1] ? xy / sqrt(xx * yy) : NAN;
}

static void check_option(const subject *s, const captured *t, uint32_t row, const wuji_paper *paper,
                         uint32_t choice, uint32_t code, int32_t node) {
  static naive_group g;
  double x[NAIVE_MOST] = {0};
  double weight[NAIVE_MOST];
  double chosen = 0;
  double sum = 0;
  const wuji_choice *c = &paper->choices[choice];
  naive_members(s->cohort, (uint32_t)(paper - s->cohort->papers), node, &g);
  chose(paper, &g, choice, code, x);
  for (uint32_t i = 0; i < g.n; i++) {
    chosen += x[i];
    sum += x[i] * (double)g.score[i] / 100;
  }
  same_keys(s, t, row, paper, c->item, &c->options[code], node);
  same_cell(s, t, row, "is_key", c->options[code].is_key);
  same_cell(s, t, row, "n", g.n);
  same_cell(s, t, row, "chosen", chosen);
  same_cell(s, t, row, "share", g.n == 0 ? NAN : chosen / g.n);
  double k = floor(0.27 * g.n + 0.5 + 1e-9);
  weigh(&g, g.n - k, g.n, weight);
  same_cell(s, t, row, "share_top", g.n < 4 ? NAN : weighed_mean(&g, weight, x));
  weigh(&g, 0, k, weight);
  same_cell(s, t, row, "share_bottom", g.n < 4 ? NAN : weighed_mean(&g, weight, x));
  same_cell(s, t, row, "r_total", g.n == 0 ? NAN : point_biserial(&g, x));
  same_cell(s, t, row, "mean_total", chosen == 0 ? NAN : sum / chosen);
}

static void check_option_curve(const subject *s, const captured *t, uint32_t row, const wuji_paper *paper,
                               uint32_t choice, uint32_t code, int32_t node) {
  static naive_group g;
  double x[NAIVE_MOST] = {0};
  double weight[NAIVE_MOST];
  const wuji_choice *c = &paper->choices[choice];
  naive_members(s->cohort, (uint32_t)(paper - s->cohort->papers), node, &g);
  chose(paper, &g, choice, code, x);
  for (uint32_t f = 0; f < FIFTHS; f++) {
    weigh(&g, f * g.n / 5.0, (f + 1) * g.n / 5.0, weight);
    same_keys(s, t, row + f, paper, c->item, &c->options[code], node);
    same_cell(s, t, row + f, "fifth", f + 1);
    same_cell(s, t, row + f, "share", g.n < 10 ? NAN : weighed_mean(&g, weight, x));
  }
}

static void check_item_curve(const subject *s, const captured *t, uint32_t row, const wuji_paper *paper,
                             uint32_t item, int32_t node) {
  static naive_group g;
  double x[NAIVE_MOST] = {0};
  double total[NAIVE_MOST] = {0};
  double weight[NAIVE_MOST];
  naive_members(s->cohort, (uint32_t)(paper - s->cohort->papers), node, &g);
  for (uint32_t i = 0; i < g.n; i++) {
    uint32_t mark = wuji_paper_mark(paper, g.row[i], item);
    bool blank = mark == wuji_mark_code(paper->width, WUJI_CODE_BLANK);
    x[i] = blank ? 0 : (double)mark / paper->units;
    total[i] = (double)g.score[i] / 100;
  }
  for (uint32_t f = 0; f < FIFTHS; f++) {
    weigh(&g, f * g.n / 5.0, (f + 1) * g.n / 5.0, weight);
    same_keys(s, t, row + f, paper, item, NULL, node);
    same_cell(s, t, row + f, "fifth", f + 1);
    same_cell(s, t, row + f, "weight", g.n < 10 ? NAN : g.n / 5.0);
    same_cell(s, t, row + f, "mean_total", g.n < 10 ? NAN : weighed_mean(&g, weight, total));
    same_cell(s, t, row + f, "mean", g.n < 10 ? NAN : weighed_mean(&g, weight, x));
  }
}

Test(naive, options_and_their_curves, .timeout = 120) {
  uint32_t options = 0;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed);
    captured stat = capture(s.cohort, s.analysis, "option_stat", -1);
    captured curve = capture(s.cohort, s.analysis, "option_curve", -1);
    uint32_t row = 0;
    uint32_t curve_row = 0;
    for (uint32_t p = 0; p < s.cohort->paper_count; p++) {
      const wuji_paper *paper = &s.cohort->papers[p];
      for (uint32_t c = 0; c < paper->choice_count; c++) {
        for (uint32_t code = 0; code < paper->choices[c].option_count; code++) {
          for (int32_t node = 0; paper->choices[c].options[code].listed && node < s.cohort->node_count;
               node++) {
            if (!naive_on_sheet(s.cohort, p, node)) continue;
            check_option(&s, &stat, row++, paper, c, code, node);
            if (s.cohort->nodes[node].level == WUJI_CLASS) continue;
            check_option_curve(&s, &curve, curve_row, paper, c, code, node);
            curve_row += FIFTHS;
          }
        }
      }
    }
    cr_assert_eq(row, stat.rows);
    cr_assert_eq(curve_row, curve.rows);
    options += row;
    captured_dispose(&stat);
    captured_dispose(&curve);
    close_subject(&s);
  }
  cr_assert_gt(options, 1000);
}

Test(naive, item_curve, .timeout = 120) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    subject s = open_subject(seed);
    captured t = capture(s.cohort, s.analysis, "item_curve", -1);
    uint32_t row = 0;
    for (uint32_t p = 0; p < s.cohort->paper_count; p++) {
      for (uint32_t item = 0; item < s.cohort->papers[p].item_count; item++) {
        for (int32_t node = 0; node < s.cohort->node_count; node++) {
          if (s.cohort->nodes[node].level == WUJI_CLASS || !naive_on_sheet(s.cohort, p, node)) continue;
          check_item_curve(&s, &t, row, &s.cohort->papers[p], item, node);
          row += FIFTHS;
        }
      }
    }
    cr_assert_eq(row, t.rows);
    captured_dispose(&t);
    close_subject(&s);
  }
}

Test(naive, what_item_score_says_was_chosen) {
  uint32_t named = 0;
  for (uint64_t seed = 1; seed <= SEEDS / 4; seed++) {
    subject s = open_subject(seed);
    captured t = capture(s.cohort, s.analysis, "item_score", -1);
    uint32_t row = 0;
    for (uint32_t p = 0; p < s.cohort->paper_count; p++) {
      const wuji_paper *paper = &s.cohort->papers[p];
      uint32_t choice = 0;
      for (uint32_t item = 0; item < paper->item_count; item++) {
        bool has = choice < paper->choice_count && paper->choices[choice].item == item;
        for (uint32_t r = 0; r < s.cohort->row_count; r++) {
          if (!s.cohort->counted[r] || paper->status[r] != WUJI_PRESENT) continue;
          uint32_t code = has ? wuji_paper_chosen(paper, r, choice) : 0;
          wuji_str text = captured_text(&t, row, "option");
          if (code == 0)
            cr_assert_null(text.ptr);
          else
            same_text(&t, row, "option", paper->choices[choice].options[code].text);
          named += code != 0;
          row++;
        }
        choice += has;
      }
    }
    cr_assert_eq(row, t.rows);
    captured_dispose(&t);
    close_subject(&s);
  }
  cr_assert_gt(named, 0);
}
