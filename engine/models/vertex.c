#include "models/vertex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

wuji_status wuji_vertex_make(wuji_vertex *vertex, const wuji_cells *cells, const uint32_t *column,
                             uint32_t rank, wuji_arena *arena, wuji_error *error) {
  *vertex = (wuji_vertex){.cells = cells, .rank = rank, .columns = cells->columns, .column = column};
  vertex->cell = wuji_arena_array(arena, rank, sizeof *vertex->cell);
  vertex->edge = wuji_arena_array(arena, (size_t)rank * cells->columns, sizeof *vertex->edge);
  vertex->room = wuji_arena_array(arena, (size_t)rank * rank * 2, sizeof *vertex->room);
  if (vertex->cell == NULL || vertex->edge == NULL || vertex->room == NULL) return wuji_fail_memory(error);
  return WUJI_OK;
}

static int by_number(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a;
  uint32_t y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* Gauss and Jordan on [rows | identity] of width 2·rank. */
static bool invert(double *matrix, uint32_t rank) {
  uint32_t width = 2 * rank;
  for (uint32_t c = 0; c < rank; c++) {
    uint32_t best = c;
    for (uint32_t r = c + 1; r < rank; r++) {
      if (fabs(matrix[(size_t)r * width + c]) > fabs(matrix[(size_t)best * width + c])) best = r;
    }
    double *pivot = matrix + (size_t)c * width;
    double *other = matrix + (size_t)best * width;
    for (uint32_t k = 0; best != c && k < width; k++) {
      double kept = pivot[k];
      pivot[k] = other[k];
      other[k] = kept;
    }
    if (pivot[c] == 0) return false;
    double scale = 1 / pivot[c];
    for (uint32_t k = c; k < width; k++) pivot[k] *= scale;
    for (uint32_t r = 0; r < rank; r++) {
      double *row = matrix + (size_t)r * width;
      double factor = row[c];
      if (r == c || factor == 0) continue;
      for (uint32_t k = c; k < width; k++) row[k] -= factor * pivot[k];
    }
  }
  return true;
}

bool wuji_vertex_refresh(wuji_vertex *vertex) {
  uint32_t rank = vertex->rank;
  double x[WUJI_QUANTILE_COLUMNS];
  qsort(vertex->cell, rank, sizeof *vertex->cell, by_number);
  memset(vertex->room, 0, (size_t)rank * rank * 2 * sizeof *vertex->room);
  for (uint32_t j = 0; j < rank; j++) {
    double *row = vertex->room + (size_t)j * 2 * rank;
    wuji_cells_row(vertex->cells, vertex->cell[j], x);
    for (uint32_t c = 0; c < rank; c++) row[c] = x[vertex->column[c]];
    row[rank + j] = 1;
  }
  if (!invert(vertex->room, rank)) return false;
  memset(vertex->edge, 0, (size_t)rank * vertex->columns * sizeof *vertex->edge);
  for (uint32_t c = 0; c < rank; c++) {
    const double *row = vertex->room + (size_t)c * 2 * rank + rank;
    for (uint32_t j = 0; j < rank; j++)
      vertex->edge[(size_t)j * vertex->columns + vertex->column[c]] = row[j];
  }
  return true;
}

void wuji_vertex_replace(wuji_vertex *vertex, uint32_t leaving, uint32_t cell) {
  uint32_t columns = vertex->columns;
  double *left = vertex->edge + (size_t)leaving * columns;
  double scale = 1 / wuji_cells_dot(vertex->cells, cell, left);
  for (uint32_t c = 0; c < columns; c++) left[c] *= scale;
  for (uint32_t j = 0; j < vertex->rank; j++) {
    if (j == leaving) continue;
    double *edge = vertex->edge + (size_t)j * columns;
    double share = wuji_cells_dot(vertex->cells, cell, edge);
    for (uint32_t c = 0; c < columns; c++) edge[c] -= share * left[c];
  }
  vertex->cell[leaving] = cell;
}

void wuji_vertex_solve(const wuji_vertex *vertex, const double *y, double *beta) {
  uint32_t columns = vertex->columns;
  double rest[WUJI_QUANTILE_COLUMNS];
  memset(beta, 0, columns * sizeof *beta);
  for (uint32_t round = 0; round < 2; round++) { /* the second corrects what the first has rounded */
    for (uint32_t j = 0; j < vertex->rank; j++)
      rest[j] = y[vertex->cell[j]] - wuji_cells_dot(vertex->cells, vertex->cell[j], beta);
    for (uint32_t j = 0; j < vertex->rank; j++) {
      const double *edge = vertex->edge + (size_t)j * columns;
      for (uint32_t c = 0; c < columns; c++) beta[c] += rest[j] * edge[c];
    }
  }
}

/* Rows of some cells, column after column. */
typedef struct sample {
  const wuji_cells *cells;
  uint32_t stride;
  uint32_t rows;
  double *column;
} sample;

static void fill_sample(const sample *s) {
  double x[WUJI_QUANTILE_COLUMNS];
  for (uint32_t r = 0; r < s->rows; r++) {
    wuji_cells_row(s->cells, r * s->stride, x);
    for (uint32_t c = 0; c < s->cells->columns; c++) s->column[(size_t)c * s->rows + r] = x[c];
  }
}

/* Gauss's elimination, column after column; each takes the row where most is left of it. */
static uint32_t eliminate(const sample *s, uint32_t *column, uint32_t *cell) {
  const double nothing = 1e-10;
  uint32_t rank = 0;
  for (uint32_t c = 0; c < s->cells->columns; c++) {
    double *own = s->column + (size_t)c * s->rows;
    uint32_t best = 0;
    for (uint32_t r = 1; r < s->rows; r++) {
      if (fabs(own[r]) > fabs(own[best])) best = r;
    }
    if (!(fabs(own[best]) > nothing * s->cells->largest[c])) continue;
    for (uint32_t k = c + 1; k < s->cells->columns; k++) {
      double *other = s->column + (size_t)k * s->rows;
      double factor = other[best] / own[best];
      if (factor == 0) continue;
      for (uint32_t r = 0; r < s->rows; r++) other[r] -= factor * own[r];
      other[best] = 0;
    }
    column[rank] = c;
    cell[rank++] = best * s->stride;
  }
  return rank;
}

wuji_status wuji_vertex_start(const wuji_cells *cells, uint32_t stride, uint32_t *rank, uint32_t *column,
                              uint32_t *cell, wuji_error *error) {
  for (;;) {
    sample s = {cells, stride, (cells->count - 1) / stride + 1, NULL};
    s.column = malloc((size_t)s.rows * cells->columns * sizeof *s.column);
    if (s.column == NULL) return wuji_fail_memory(error);
    fill_sample(&s);
    *rank = eliminate(&s, column, cell);
    free(s.column);
    if (*rank == cells->columns || stride == 1) return WUJI_OK;
    stride = 1;
  }
}
