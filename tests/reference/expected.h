/* What reference tests need: files of expected values, an analysed exam, and single cells of its tables.
 * Everything here goes through the public library, as a program of a user does. */
#ifndef WUJI_TESTS_REFERENCE_EXPECTED_H
#define WUJI_TESTS_REFERENCE_EXPECTED_H

#include <wuji/wuji.h>

/** A comma-separated file without quotes: a header and rows. Freed by expected_free(). */
typedef struct expected {
  char *bytes;
  char **cells; /* rows × columns, the header first */
  size_t rows;  /* without the header */
  size_t columns;
} expected;

expected expected_read(const char *path);
void expected_free(expected *file);
/** The cell of row `row` (from 0) in the column of that name; the test fails where there is no such column.
 */
const char *expected_text(const expected *file, size_t row, const char *column);
/** Likewise as a number; NaN for an empty cell, "NA" and "NaN". */
double expected_real(const expected *file, size_t row, const char *column);

/** The package, opened and analysed; the test fails, telling every problem, if it is not good. */
wuji_exam *analysed(const char *package);
wuji_table *table_of(wuji_exam *exam, const char *name);

/** The one row in which each named text column has the text: row_of(t, "paper", "total", "node", "P", NULL).
 * The test fails if there is none or more than one. */
size_t row_of(const wuji_table *table, ...) __attribute__((sentinel));
/** The number in a cell, whole numbers and booleans too; NaN for null. */
double number_at(const wuji_table *table, size_t row, const char *column);
/** The text in a cell as a string, "(null)" for null; valid until the fourth next call. */
const char *text_at(const wuji_table *table, size_t row, const char *column);

/** Fails the test unless both are null or they differ by at most `tolerance`. */
void same_number(double got, double want, double tolerance, const char *what);
/** same_number() of a cell, with its table, row and column told. */
void same_cell(const wuji_table *table, size_t row, const char *column, double want, double tolerance);

#endif
