/* Small random exams as packages: every way of being on a paper or not, several roots, teaching classes, odd
 * names, marks down to hundredths. One exam can be written in several dresses that must mean the same. */
#ifndef WUJI_TESTS_RANDOM_EXAM_H
#define WUJI_TESTS_RANDOM_EXAM_H

#include <stdbool.h>
#include <stdint.h>

#include "support/package_maker.h"

typedef struct random_exam random_exam;

/** How an exam is written. All zero: in the order it was made. */
typedef struct dress {
  uint64_t order;     /* not 0: rows of every file and columns of scores are shuffled by it */
  int factor;         /* every mark, maximum, segment and line times this; 0 is 1 */
  bool windows;       /* BOM and CRLF */
  const char *county; /* not NULL: only the candidates of counties of that name */
} dress;

/** Same seed, same exam. */
random_exam *random_exam_make(uint64_t seed);
void random_exam_free(random_exam *exam);

/** The exam as a package in `folder`, which is empty. */
void random_exam_write(const random_exam *exam, const dress *as, const test_folder *folder);

#endif
