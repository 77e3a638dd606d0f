#include "models/leverage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_SUMMED = 32768 }; /* so many tell X'X well enough */

/* X'X; one row more a column, as large as its largest value, keeps it from being singular. */
static void sum_products(const wuji_cells *cells, double *matrix) {
  uint32_t columns = cells->columns;
  uint32_t stride = cells->count / CELLS_SUMMED + 1;
  double x[WUJI_QUANTILE_COLUMNS];
  for (uint32_t i = 0; i < cells->count; i += stride) {
    double weight = cells->weight[i] * stride;
    wuji_cells_row(cells, i, x);
    for (uint32_t c = 0; c < columns; c++) {
      if (x[c] == 0) continue;
      double factor = weight * x[c];
      for (uint32_t k = 0; k <= c; k++) matrix[(size_t)c * columns + k] += factor * x[k];
    }
  }
  for (uint32_t c = 0; c < columns; c++) {
    double largest = cells->largest[c] > 0 ? cells->largest[c] : 1;
    matrix[(size_t)c * columns + c] += largest * largest;
  }
}

/* Cholesky's factor L in place, below the diagonal and on it. */
static void factor(double *matrix, uint32_t columns) {
  for (uint32_t c = 0; c < columns; c++) {
    double *row = matrix + (size_t)c * columns;
    for (uint32_t k = 0; k <= c; k++) {
      const double *other = matrix + (size_t)k * columns;
      double rest = row[k];
      for (uint32_t m = 0; m < k; m++) rest -= row[m] * other[m];
      row[k] = k < c ? rest / other[k] : sqrt(fmax(rest, 1e-300));
    }
  }
}

static double length_of(const double *factor, uint32_t columns, double *x) {
  double sum = 0;
  for (uint32_t c = 0; c < columns; c++) {
    const double *row = factor + (size_t)c * columns;
    double rest = x[c];
    for (uint32_t m = 0; m < c; m++) rest -= row[m] * x[m];
    x[c] = rest / row[c];
    sum += x[c] * x[c];
  }
  return sqrt(sum);
}

wuji_status wuji_leverage_make(double **leverage, const wuji_cells *cells, wuji_arena *arena,
                               wuji_error *error) {
  uint32_t columns = cells->columns;
  double rows = 0;
  double x[WUJI_QUANTILE_COLUMNS];
  double *matrix = calloc((size_t)columns * columns, sizeof *matrix);
  *leverage = wuji_arena_array(arena, cells->count, sizeof **leverage);
  if (matrix == NULL || *leverage == NULL) {
    free(matrix);
    return wuji_fail_memory(error);
  }
  sum_products(cells, matrix);
  factor(matrix, columns);
  for (uint32_t i = 0; i < cells->count; i++) rows += cells->weight[i];
  double unit = sqrt(rows / columns);
  for (uint32_t i = 0; i < cells->count; i++) {
    wuji_cells_row(cells, i, x);
    (*leverage)[i] = unit * length_of(matrix, columns, x);
  }
  free(matrix);
  return WUJI_OK;
}
