#include "models/cells.h"

#include "models/distinct.h"

#include <math.h>
#include <string.h>

/* How far y is moved at most, of its extent: far above what rounding leaves of a residual of 0, far below
 * what an objective shows. */
static const double MOVED = 0x1p-30;

static wuji_status lay_out(wuji_cells *cells, const wuji_quantile_design *design, wuji_arena *arena,
                           wuji_error *error) {
  *cells = (wuji_cells){.columns = 1, .terms = design->terms, .term = design->term};
  cells->offset = wuji_arena_array(arena, (size_t)design->terms + 1, sizeof *cells->offset);
  cells->value = wuji_arena_array(arena, (size_t)design->terms + 1, sizeof *cells->value);
  if (cells->offset == NULL || cells->value == NULL) return wuji_fail_memory(error);
  for (uint32_t t = 0; t < design->terms; t++) {
    cells->offset[t] = cells->columns;
    if (design->term[t].columns > WUJI_QUANTILE_COLUMNS - cells->columns)
      return wuji_fail(error, WUJI_REJECTED, "a quantile regression takes at most %d columns",
                       WUJI_QUANTILE_COLUMNS);
    cells->columns += design->term[t].columns;
    cells->values += design->term[t].values;
  }
  return WUJI_OK;
}

static void find_largest(wuji_cells *cells) {
  cells->largest[0] = 1;
  for (uint32_t t = 0; t < cells->terms; t++) {
    const wuji_quantile_term *term = &cells->term[t];
    double *largest = cells->largest + cells->offset[t];
    for (uint32_t v = 0; v < term->values; v++) {
      for (uint32_t c = 0; c < term->width; c++) {
        double size = fabs(term->x[(size_t)v * term->width + c]);
        if (size > largest[term->first[v] + c]) largest[term->first[v] + c] = size;
      }
    }
  }
}

/* Rows by the values of the terms, the first term's first, then by y. */
static uint32_t *sort_rows(const wuji_quantile_design *design, const wuji_distinct *y, uint32_t *order,
                           uint32_t *other, uint32_t *count) {
  for (uint32_t r = 0; r < design->n; r++) order[r] = r;
  for (uint32_t pass = 0; pass <= design->terms; pass++) {
    const wuji_quantile_term *term = pass > 0 ? &design->term[design->terms - pass] : NULL;
    wuji_counting_sort(term != NULL ? term->value : y->of, term != NULL ? term->values : y->count, order,
                       design->n, count, other);
    uint32_t *sorted = other;
    other = order;
    order = sorted;
  }
  return order;
}

static bool same_row(const wuji_quantile_design *design, const wuji_distinct *y, uint32_t a, uint32_t b) {
  bool same = y->of[a] == y->of[b];
  for (uint32_t t = 0; same && t < design->terms; t++)
    same = design->term[t].value[a] == design->term[t].value[b];
  return same;
}

/* A number from [0, 1) that looks like chance (the last step of SplitMix64). */
static double scattered(uint32_t cell) {
  uint64_t z = (cell + 1) * 0x9E3779B97F4A7C15U;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
  z = (z ^ z >> 27) * 0x94D049BB133111EBU;
  return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* The range of y; of one that hardly varies a part of its size, lest rounding be larger than what is moved.
 */
static double extent_of(const wuji_distinct *y) {
  double low = y->value[0];
  double high = y->value[y->count - 1];
  double size = fmax(fabs(low), fabs(high));
  return size > 0 ? fmax(high - low, 0x1p-10 * size) : 1;
}

static wuji_status fill(wuji_cells *cells, const wuji_quantile_design *design, const wuji_distinct *y,
                        const uint32_t *order, wuji_arena *arena, wuji_error *error) {
  uint32_t n = design->n;
  cells->of_row = wuji_arena_array(arena, n, sizeof *cells->of_row);
  if (cells->of_row == NULL) return wuji_fail_memory(error);
  for (uint32_t i = 0; i < n; i++) {
    cells->count += i == 0 || !same_row(design, y, order[i - 1], order[i]);
    cells->of_row[order[i]] = cells->count - 1;
  }
  cells->y = wuji_arena_array(arena, cells->count, sizeof *cells->y);
  cells->moved = wuji_arena_array(arena, cells->count, sizeof *cells->moved);
  cells->weight = wuji_arena_array(arena, cells->count, sizeof *cells->weight);
  if (cells->y == NULL || cells->moved == NULL || cells->weight == NULL) return wuji_fail_memory(error);
  for (uint32_t t = 0; t < design->terms; t++) {
    cells->value[t] = wuji_arena_array(arena, cells->count, sizeof *cells->value[t]);
    if (cells->value[t] == NULL) return wuji_fail_memory(error);
    for (uint32_t r = 0; r < n; r++) cells->value[t][cells->of_row[r]] = design->term[t].value[r];
  }
  for (uint32_t r = 0; r < n; r++) {
    cells->weight[cells->of_row[r]] += 1;
    cells->y[cells->of_row[r]] = design->y[r];
  }
  double reach = MOVED * extent_of(y);
  for (uint32_t i = 0; i < cells->count; i++) cells->moved[i] = cells->y[i] + reach * scattered(i);
  return WUJI_OK;
}

wuji_status wuji_cells_make(wuji_cells *cells, const wuji_quantile_design *design, wuji_arena *arena,
                            wuji_error *error) {
  wuji_status status;
  wuji_arena scratch = {0};
  wuji_distinct y;
  WUJI_TRY(lay_out(cells, design, arena, error));
  if (design->n == 0) {
    status = wuji_fail(error, WUJI_REJECTED, "a model needs at least one row");
    goto done;
  }
  find_largest(cells);
  WUJI_TRY(wuji_distinct_make(&y, design->y, design->n, &scratch, error));
  uint32_t most = y.count;
  for (uint32_t t = 0; t < design->terms; t++) {
    if (design->term[t].values > most) most = design->term[t].values;
  }
  uint32_t *order = wuji_arena_array(&scratch, design->n, sizeof *order);
  uint32_t *other = wuji_arena_array(&scratch, design->n, sizeof *other);
  uint32_t *count = wuji_arena_array(&scratch, (size_t)most + 1, sizeof *count);
  if (order == NULL || other == NULL || count == NULL) {
    status = wuji_fail_memory(error);
    goto done;
  }
  WUJI_TRY(fill(cells, design, &y, sort_rows(design, &y, order, other, count), arena, error));
done:
  wuji_arena_dispose(&scratch);
  return status;
}

void wuji_cells_row(const wuji_cells *cells, uint32_t cell, double *x) {
  memset(x, 0, cells->columns * sizeof *x);
  wuji_cells_add(cells, cell, 1, x);
}

void wuji_cells_add(const wuji_cells *cells, uint32_t cell, double factor, double *to) {
  to[0] += factor;
  for (uint32_t t = 0; t < cells->terms; t++) {
    const wuji_quantile_term *term = &cells->term[t];
    uint32_t v = cells->value[t][cell];
    const double *x = term->x + (size_t)v * term->width;
    double *at = to + cells->offset[t] + term->first[v];
    for (uint32_t c = 0; c < term->width; c++) at[c] += factor * x[c];
  }
}

double wuji_cells_dot(const wuji_cells *cells, uint32_t cell, const double *beta) {
  double sum = beta[0];
  for (uint32_t t = 0; t < cells->terms; t++) {
    const wuji_quantile_term *term = &cells->term[t];
    uint32_t v = cells->value[t][cell];
    const double *x = term->x + (size_t)v * term->width;
    const double *at = beta + cells->offset[t] + term->first[v];
    double part = 0;
    for (uint32_t c = 0; c < term->width; c++) part += at[c] * x[c];
    sum += part;
  }
  return sum;
}

void wuji_cells_table(const wuji_cells *cells, uint32_t term, const double *beta, double *table) {
  const wuji_quantile_term *of = &cells->term[term];
  for (uint32_t v = 0; v < of->values; v++) {
    const double *x = of->x + (size_t)v * of->width;
    const double *at = beta + cells->offset[term] + of->first[v];
    double part = 0;
    for (uint32_t c = 0; c < of->width; c++) part += at[c] * x[c];
    table[v] = part;
  }
}
