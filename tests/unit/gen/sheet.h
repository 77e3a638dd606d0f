/* A generated CSV file read back: no quoting, since gen writes none. */
#ifndef WUJI_TESTS_UNIT_GEN_SHEET_H
#define WUJI_TESTS_UNIT_GEN_SHEET_H

#include <stdint.h>

#include "support/package_maker.h"

typedef struct sheet {
  char *bytes;
  char **cells; /* row by row, the header first */
  uint32_t rows, columns;
} sheet;

/** Fails the test when a row has another number of cells than the header. */
sheet sheet_read(const test_folder *folder, const char *name);
void sheet_free(sheet *s);

/** Cell of data row `row` (from 0). */
static inline const char *sheet_cell(const sheet *s, uint32_t row, uint32_t column) {
  return s->cells[(row + 1) * (size_t)s->columns + column];
}

/** The column of that header; fails the test when there is none. */
uint32_t sheet_column(const sheet *s, const char *header);

#endif
