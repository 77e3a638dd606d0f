/* Packages for the tests of ingest, and what becomes of them as text. */
#ifndef WUJI_TESTS_INGEST_MAKER_H
#define WUJI_TESTS_INGEST_MAKER_H

#include "ingest/ingest.h"

#include "support/package_maker.h"

/** A package folder and what its last reading gave. */
typedef struct sample {
  test_folder folder;
  wuji_status status;
  wuji_cohort *cohort;
  wuji_findings findings;
  char *problems; /* "file:line: column: message" a line, as the command line tells them */
  char *warnings; /* "code count" joined by blanks */
} sample;

/** A good package: six candidates (1 to 6; 1 to 4 in 瑞安市, 第一中学, 1班 and 2班; 5 and 6 in 平阳县,
 * 第一中学, 1班), the paper 数学 with items 1 (2), 2 (4), 3 (6) that all sit. */
sample sample_make(void);
/** Replaces a file. */
void sample_write(sample *s, const char *name, const char *text);
/** Reads the package on `threads` threads. */
void sample_read(sample *s, uint32_t threads);
void sample_dispose(sample *s);

/** Replaces the file `name` in the good package, reads it and expects these problems. */
void expect_problems(const char *name, const char *text, const char *problems);

/** The row of a candidate. */
uint32_t row_of(const sample *s, const char *student_id);
/** The marks of a row as text: "2|4|-|", statuses "absent", "void", "not taken"; static. */
const char *marks_of(const sample *s, uint32_t paper, const char *student_id);

#endif
