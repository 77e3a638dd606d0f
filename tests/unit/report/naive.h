/* The tables' definitions once more, straightforward and slow: nothing of engine/stats is used, only the
 * cohort's roster, statuses and marks. Marks and totals are whole hundredths. */
#ifndef WUJI_TESTS_NAIVE_H
#define WUJI_TESTS_NAIVE_H

#include "cohort/cohort.h"

enum { NAIVE_MOST = 256 }; /* candidates */

/** Counted, present candidates of a node on a sheet (index paper_count: the total). */
typedef struct naive_group {
  uint32_t n, absent, void_count;
  uint32_t row[NAIVE_MOST];
  int64_t score[NAIVE_MOST]; /* hundredths */
} naive_group;

typedef struct naive_paper {
  double mean, sd, min, p25, median, p75, max, score_rate, excellent, good, pass, low, skewness, kurtosis,
      alpha, split_half, sem, discrimination;
} naive_paper;

typedef struct naive_item {
  double mean, sd, difficulty, discrimination, r_total, r_rest, alpha_drop, full, zero, blank;
} naive_item;

typedef struct naive_line {
  double line_mark, n, reached, rate, both, hit_rate, contribution_rate;
} naive_line;

typedef struct naive_band {
  double n, share;
} naive_band;

typedef struct naive_point {
  double items, full_mark, mean, score_rate, sd;
} naive_point;

/** Status and score of a candidate, by the definitions of tables.md. */
wuji_attendance naive_score(const wuji_cohort *cohort, uint32_t sheet, uint32_t row, int64_t *score);
bool naive_on_sheet(const wuji_cohort *cohort, uint32_t sheet, int32_t node);
void naive_members(const wuji_cohort *cohort, uint32_t sheet, int32_t node, naive_group *group);
/** Full mark in marks, as a fraction. */
wuji_decimal naive_full(const wuji_cohort *cohort, uint32_t sheet);
naive_paper naive_paper_stat(const wuji_cohort *cohort, uint32_t sheet, const naive_group *group);
naive_item naive_item_stat(const wuji_cohort *cohort, uint32_t paper, uint32_t item,
                           const naive_group *group);
naive_line naive_line_stat(const wuji_cohort *cohort, uint32_t line, uint32_t sheet, int32_t node);
/** Candidates of the node with less than `top` others of its root above them. */
naive_band naive_band_stat(const wuji_cohort *cohort, uint32_t sheet, int32_t node, uint32_t top);

/** The marks that counted present candidates of the whole exam got on an item, hundredths, ascending, a blank
 * (-1) last; how many, at most NAIVE_MOST + 1. */
uint32_t naive_marks(const wuji_cohort *cohort, uint32_t index, uint32_t item, int64_t marks[NAIVE_MOST + 1]);
/** How many of the group got that mark. */
uint32_t naive_mark_count(const wuji_cohort *cohort, uint32_t index, uint32_t item, int64_t mark,
                          const naive_group *g);

enum { NAIVE_MOST_VALUES = 64 };

/** A value of an aspect; point: a knowledge point, an ability or a kind, told apart by `aspect`. */
typedef struct naive_value {
  const char *aspect;
  wuji_str name;
} naive_value;

/** The values of a paper, in the order of point_stat; how many. */
uint32_t naive_values(const wuji_paper *paper, naive_value values[NAIVE_MOST_VALUES]);
naive_point naive_point_stat(const wuji_cohort *cohort, uint32_t index, const naive_value *value,
                             const naive_group *g);

#endif
