/* Cohorts built by hand or at random, without files: who sits where, then papers, then the seal. What cannot
 * be done ends the test program with a message. */
#ifndef WUJI_TESTS_COHORT_MAKER_H
#define WUJI_TESTS_COHORT_MAKER_H

#include "cohort/cohort.h"

enum { TEST_BLANK = -1 };

/** A cohort under construction. Candidates and teaching classes first, then test_exam_seat(), then papers,
 * then test_exam_seal(). All zero is a good beginning. */
typedef struct test_exam {
  wuji_cohort *cohort;
  uint32_t count; /* candidates */
  uint32_t *row;  /* of a candidate in the order he was added; after seating */
  wuji_teaching_class *classes;
  uint32_t class_count;
  /* private */
  wuji_seat *seats;
  uint8_t *counted;
  wuji_arena arena;
} test_exam;

/** Adds a candidate; his id is his number in four digits. Returns that number. */
uint32_t test_exam_add(test_exam *exam, const char *const path[WUJI_LEVELS], bool counted);
/** `count` candidates of one class of the province P, city C, county D, school S. Returns the first's number.
 */
uint32_t test_exam_add_class(test_exam *exam, const char *class_name, uint32_t count);
/** Adds a teaching class in the school of a candidate; returns its index in `classes`. */
uint32_t test_exam_teach(test_exam *exam, uint32_t candidate, const char *name);
void test_exam_seat(test_exam *exam);

/** A paper in the total that no one takes yet; maxima in units. */
wuji_paper *test_exam_paper(test_exam *exam, const char *code, uint32_t units, uint32_t items,
                            const uint32_t *maxima);
/** The candidate is present with these marks in units (TEST_BLANK: blank). */
void test_exam_present(test_exam *exam, wuji_paper *paper, uint32_t candidate, const int *marks);
/** The candidate is absent, void or has not taken the paper. */
void test_exam_away(test_exam *exam, wuji_paper *paper, uint32_t candidate, wuji_attendance status);
/** Options can be chosen on `item`, in any order of items but before anyone chooses: `options` its symbols,
 * `key` the right one or several together (both nullable), `texts` the dictionary but for none chosen
 * (ascending; the key and all symbols are in it), ended by NULL. */
void test_exam_choice(test_exam *exam, wuji_paper *paper, uint32_t item, const char *options, const char *key,
                      const char *const *texts);
/** What a present candidate chose on choice `choice`: a text of its dictionary, "" for none. */
void test_exam_choose(test_exam *exam, wuji_paper *paper, uint32_t candidate, uint32_t choice,
                      const char *text);
/** The candidate sits the paper in that teaching class. */
void test_exam_in_class(test_exam *exam, wuji_paper *paper, uint32_t candidate, uint32_t teaching_class);
void test_exam_seal(test_exam *exam);
void test_exam_free(test_exam *exam);

/** One item a paper: each candidate's total is his mark, everyone present. */
wuji_paper *test_exam_totals(test_exam *exam, const char *code, uint32_t units, uint32_t max,
                             const int *marks);

/** A random, sealed cohort: two provinces or one, teaching classes, electives, absent, void and blank, not
 * counted, every step and width of marks, lines of both kinds. Same seed, same cohort. `scale` multiplies
 * marks and maxima, keeping the steps (for tests that double them). */
void test_exam_random(test_exam *exam, uint64_t seed, uint32_t scale);

/** A sealed cohort whose larger nodes' sums are beyond 32 and 62 bits while those of a class are not: marks
 * up to 2^20 − 1 units of two items with a point each, and one in common. */
void test_exam_large(test_exam *exam);

/** A sealed cohort on whose two items 2,600 different marks are met. */
void test_exam_many_marks(test_exam *exam);

/** Random number below `bound`. */
uint32_t test_random(uint64_t *state, uint32_t bound);

#endif
