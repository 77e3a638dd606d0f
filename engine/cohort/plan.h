/* What exam.ini says: the exam's names, rates, lines, bands, growth sections. Plain data, text borrowed from
 * the cohort's arena. Order of arrays is the order in the file. */
#ifndef WUJI_COHORT_PLAN_H
#define WUJI_COHORT_PLAN_H

#include "base/decimal.h"

typedef enum { WUJI_LINE_SCORE, WUJI_LINE_SHARE } wuji_line_kind;

typedef struct wuji_line_plan {
  wuji_str name;
  wuji_line_kind kind;
  wuji_decimal value; /* a mark on the total, or a share in (0, 1] */
} wuji_line_plan;

typedef struct wuji_band_plan {
  wuji_str paper; /* a paper's code, or total */
  const uint32_t *tops;
  uint32_t top_count;
} wuji_band_plan;

typedef struct wuji_growth_plan {
  wuji_str outcome; /* a paper's code or total; null: the default of every outcome */
  const wuji_str *priors;
  uint32_t prior_count;
  wuji_str covariates, random, slope, method; /* as written, null where not given */
  /* The same, read: */
  const wuji_str *prior_texts; /* priors as written; `priors` has them as columns are compared */
  const wuji_str *covariate_names;
  uint32_t covariate_count;
  uint32_t random_levels; /* a bit a level (cohort.h) */
  wuji_str slope_of;      /* X of X:LEVEL */
  int slope_level;
} wuji_growth_plan;

typedef enum { WUJI_ABSENT_ZERO, WUJI_ABSENT_EXCLUDE } wuji_absent_rule;

typedef struct wuji_plan {
  wuji_str text;                           /* exam.ini itself: UTF-8 without BOM, lines ended by LF */
  wuji_str code, name, date;               /* date as YYYY-MM-DD, null where not given */
  wuji_str province, city, county, school; /* default of a level that students.csv leaves out; null: none */
  wuji_decimal excellent, good, pass, low;
  wuji_decimal total_full;    /* den 0: not given */
  wuji_decimal total_segment; /* width in marks */
  wuji_absent_rule absent;
  const wuji_line_plan *lines;
  uint32_t line_count;
  const wuji_band_plan *bands;
  uint32_t band_count;
  const wuji_growth_plan *growth;
  uint32_t growth_count;
  wuji_str privacy_rank; /* own, band or none */
  uint32_t privacy_min_cell;
} wuji_plan;

#endif
