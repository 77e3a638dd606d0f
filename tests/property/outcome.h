/* An analysed exam through the public API, with its tables at hand. */
#ifndef WUJI_TESTS_OUTCOME_H
#define WUJI_TESTS_OUTCOME_H

#include <wuji/wuji.h>

#include "support/package_maker.h"

enum { OUTCOME_MOST_TABLES = 64 };

typedef struct outcome {
  wuji_exam *exam;
  wuji_table *tables[OUTCOME_MOST_TABLES]; /* in the order of wuji_table_kind() */
} outcome;

/** Opens and analyses the package and makes every table; fails the test, with the first fault, when it is not
 * good. */
outcome outcome_of(const char *package, uint32_t threads);
void outcome_close(outcome *o);

/** Writes every table, item_score too, to a new folder. */
test_folder outcome_files(const char *package, uint32_t threads);

const wuji_table *outcome_table(const outcome *o, const char *name);

/** A column by its name; fails the test when there is none. */
wuji_column_view column_of(const wuji_table *table, const char *name);

bool same_text(wuji_text_view a, wuji_text_view b);
bool same_real(double a, double b); /* bit for bit, null like null */

/** Whether cell `row_a` of `a` and `row_b` of `b` hold the same; `factor` multiplies reals of a first. */
bool same_cell(wuji_column_view a, size_t row_a, wuji_column_view b, size_t row_b, double factor);

/** The row that describes a place: all columns of the key, joined by " | ", up to the first real; static
 * memory. */
const char *row_name(const wuji_table *table, size_t row);

#endif
