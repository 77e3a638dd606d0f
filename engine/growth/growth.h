/* Value-added growth: what a node's candidates gained over what their earlier results let expect.
 *
 * Each outcome (a paper or the total) of the exam's plan is taken by itself, and each root by itself, on the
 * same cases for every model: counted, present, complete on all priors. */
#ifndef WUJI_GROWTH_GROWTH_H
#define WUJI_GROWTH_GROWTH_H

#include "stats/results.h"

/** In the order of tables.md. */
typedef enum { WUJI_HLM, WUJI_CONTEXTUAL, WUJI_RESIDUAL, WUJI_GROWTH_MODELS } wuji_growth_model;
/** hlm, contextual, residual. */
extern const char *const wuji_growth_model_names[WUJI_GROWTH_MODELS];

typedef enum { WUJI_PART_FIXED, WUJI_PART_VARIANCE, WUJI_PART_FIT, WUJI_GROWTH_PARTS } wuji_growth_part;
/** fixed, variance, fit. */
extern const char *const wuji_growth_part_names[WUJI_GROWTH_PARTS];

/** A model at a node, in marks; NaN and rank 0 are null. */
typedef struct wuji_growth_effect {
  double own, own_se; /* within the parent, not centred */
  double effect, se;  /* the node less the mean of its level at the root */
  double effect_sd;   /* effect in standard deviations of the outcome at the root */
  uint32_t rank_lo95, rank_hi95;
} wuji_growth_effect;

/** A figure of a fitted model; NaN is null. */
typedef struct wuji_growth_term {
  wuji_growth_model model;
  wuji_growth_part part;
  wuji_str term;
  double estimate, se;
} wuji_growth_term;

/** A figure by which the models can be judged; NaN is null. */
typedef struct wuji_growth_check {
  bool of_model; /* false: it belongs to the cases, not to a model */
  wuji_growth_model model;
  const char *check; /* static */
  wuji_str key;      /* nullable */
  double value;
} wuji_growth_check;

/** An outcome at a root: the figures of its models, in the order of tables.md. */
typedef struct wuji_growth_root {
  wuji_growth_term *terms;
  uint32_t term_count;
  wuji_growth_check *checks;
  uint32_t check_count;
} wuji_growth_root;

typedef struct wuji_growth_outcome {
  uint32_t sheet;                                  /* of the analysis */
  uint32_t *n;                                     /* node_count: cases */
  double *intake;                                  /* node_count; NaN: null */
  wuji_growth_effect *effects[WUJI_GROWTH_MODELS]; /* node_count each */
  double *expected; /* row_count: by least squares on the priors; NaN: no case, or nothing was fitted */
  wuji_growth_root *roots; /* by root of the analysis */
} wuji_growth_outcome;

/** What is odd and does not stop a run, by kind: how often, and an example. */
typedef enum {
#define GROWTH_WARNING(name, code, text) WUJI_GROWTH_##name,
#include "growth/warnings.def"
#undef GROWTH_WARNING
  WUJI_GROWTH_WARNINGS
} wuji_growth_warning;

typedef struct wuji_growth_tally {
  uint32_t count;
  wuji_str example; /* outcome and what it is about, e.g. 数学: 中考总分 */
} wuji_growth_tally;

extern const char *const wuji_growth_warning_codes[WUJI_GROWTH_WARNINGS];
extern const char *const wuji_growth_warning_texts[WUJI_GROWTH_WARNINGS]; /* in English, to be translated */

typedef struct wuji_growth {
  wuji_arena arena; /* owns everything below */
  uint32_t outcome_count;
  wuji_growth_outcome *outcomes; /* in the order of the sheets */
  wuji_growth_tally warnings[WUJI_GROWTH_WARNINGS];
} wuji_growth;

/** Results of an exam stored before, matched to this one's candidates. */
typedef struct wuji_earlier {
  wuji_str name;        /* EXAM:PAPER, as the plan has it */
  const double *values; /* row_count marks; NaN: none */
} wuji_earlier;

/** Whether the plan asks for growth at all. */
bool wuji_growth_wanted(const wuji_cohort *cohort);

/** Growth as the cohort's plan asks for it; `*growth` is the caller's, to be freed, and borrows from `cohort`
 * and `analysis`. `earlier` has each prior of the plan that is no column of the cohort's own. The same bits
 * for any thread count. WUJI_REJECTED: a prior that is in neither. */
WUJI_CHECKED wuji_status wuji_growth_make(const wuji_cohort *cohort, const wuji_analysis *analysis,
                                          const wuji_earlier *earlier, uint32_t earlier_count,
                                          uint32_t threads, wuji_growth **growth, wuji_error *error);
void wuji_growth_free(wuji_growth *growth); /* NULL is good */

#endif
