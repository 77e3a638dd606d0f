/* A whole table kept in memory, read by column name. */
#ifndef WUJI_TESTS_CAPTURED_H
#define WUJI_TESTS_CAPTURED_H

#include "report/report.h"

typedef struct captured {
  const wuji_table_def *def;
  uint32_t rows, room;
  wuji_column columns[WUJI_MOST_COLUMNS];
  wuji_arena text;
} captured;

/** The diagnostic (`run` < 0) or stored table of that name; disposed by the caller. Fails the test if it
 * cannot. */
captured capture(const wuji_cohort *cohort, const wuji_analysis *analysis, const char *table, int32_t run);
void captured_dispose(captured *table);

/** A cell of any number type as a double, NaN for null. */
double captured_number(const captured *table, uint32_t row, const char *column);
wuji_str captured_text(const captured *table, uint32_t row, const char *column);

/** Whether both hold the same bits. */
bool captured_same(const captured *a, const captured *b);

#endif
