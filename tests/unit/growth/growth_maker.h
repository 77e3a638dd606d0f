/* Small exams with earlier results, and their growth. */
#ifndef WUJI_TESTS_GROWTH_MAKER_H
#define WUJI_TESTS_GROWTH_MAKER_H

#include "growth/growth.h"
#include "support/cohort_maker.h"

enum { TEST_PRIORS = 2 };

/** An exam of one paper P under way: candidates with a class, a mark and priors "a" and "b". */
typedef struct growth_exam {
  test_exam exam;
  wuji_analysis *analysis;
  wuji_growth *growth;
  wuji_growth_plan plan;
  wuji_str names[TEST_PRIORS];
} growth_exam;

/** What a candidate has, by the number by which he was added. */
typedef double growth_prior(uint32_t candidate, uint32_t prior, void *context);
typedef int growth_mark(uint32_t candidate, void *context);

/** Seats the candidates added to `made->exam`, gives them marks of at most 1000 and priors, and analyses. The
 * plan is that of the paper P with both priors; the test may change it before it calls growth_exam_grow(). */
void growth_exam_finish(growth_exam *made, growth_mark *mark, growth_prior *prior, void *context);
/** Computes growth anew. */
void growth_exam_grow(growth_exam *made, uint32_t threads);
void growth_exam_free(growth_exam *made);

/** `school_count` schools of one county, with `classes` classes each, of `size` candidates and one less in
 * every further class; marks follow the first prior, the school and the class. */
void growth_exam_schools(growth_exam *made, uint32_t school_count, uint32_t classes, uint32_t size,
                         uint64_t seed);

/** The one outcome there is. */
const wuji_growth_outcome *growth_exam_outcome(const growth_exam *made);
/** The estimate of a term at the first root; NaN where there is none. */
double growth_exam_term(const growth_exam *made, wuji_growth_model model, const char *term);

#endif
