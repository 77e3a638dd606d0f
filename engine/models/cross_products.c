#include "models/cross_products.h"

#include "base/threads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_AT_ONCE = 256, BLOCKS_PER_TASK = 64, BITS = 45 };

/* A column in whole steps: |value − middle| · steps is at most 2^BITS, so that the products of 2^32 rows fit.
 */
typedef struct fixed_point {
  const double *value;
  double middle;
  double steps; /* a unit of value has; a power of two */
  int64_t mean; /* in steps, from middle */
} fixed_point;

/* Rounds to the nearest whole number: adding 1.5·2^52 leaves it in the low bits. The compiler makes vectors
 * of this, which it can't of a conversion to 64 bits. */
static inline int64_t in_steps(const fixed_point *c, double value) {
  const double magic = 0x1.8p52;
  double moved = (value - c->middle) * c->steps + magic;
  int64_t bits;
  int64_t zero;
  memcpy(&bits, &moved, sizeof bits);
  memcpy(&zero, &magic, sizeof zero);
  return bits - zero;
}

/* Largest exponent of a value whose square and whose sums stay finite. */
static const double TOO_LARGE = 1e100;

static wuji_status find_range(fixed_point *c, uint32_t n, uint32_t column, wuji_error *error) {
  double low = n > 0 ? c->value[0] : 0;
  double high = low;
  bool finite = true;
  for (uint32_t r = 0; r < n; r++) {
    double v = c->value[r];
    finite &= fabs(v) < TOO_LARGE;
    low = v < low ? v : low;
    high = v > high ? v : high;
  }
  if (!finite)
    return wuji_fail(error, WUJI_REJECTED, "column %u has a value that is not a number below 1e100", column);
  int exponent = 0;
  (void)frexp((high - low) / 2, &exponent);
  if (exponent < -900) exponent = -900;
  c->middle = low + (high - low) / 2;
  c->steps = high > low ? ldexp(1.0, BITS - exponent) : 0; /* a constant column is 0 everywhere */
  return WUJI_OK;
}

static void find_mean(fixed_point *c, uint32_t n) {
  __int128 sum = 0;
  for (uint32_t r0 = 0; r0 < n; r0 += ROWS_AT_ONCE) {
    uint32_t end = n - r0 < ROWS_AT_ONCE ? n : r0 + ROWS_AT_ONCE;
    int64_t part = 0;
    for (uint32_t r = r0; r < end; r++) part += in_steps(c, c->value[r]);
    sum += part;
  }
  if (n > 0) c->mean = (int64_t)(sum / n);
}

/* The sums of all blocks, by threads. */
typedef struct work {
  const wuji_nesting *nesting;
  const fixed_point *column; /* [width − 1] without the intercept */
  uint32_t width;
  size_t pairs;
  double *block;
  int64_t *steps; /* [threads][width − 1][ROWS_AT_ONCE] */
  __int128 *sums; /* [threads][pairs] */
} work;

static void fill_steps(const work *w, uint32_t r0, uint32_t count, int64_t *steps) {
  for (uint32_t c = 0; c + 1 < w->width; c++) {
    const fixed_point *column = &w->column[c];
    int64_t *to = steps + (size_t)c * ROWS_AT_ONCE;
    if (w->nesting->row == NULL) {
      for (uint32_t r = 0; r < count; r++) to[r] = in_steps(column, column->value[r0 + r]) - column->mean;
    } else {
      const uint32_t *row = w->nesting->row + r0;
      for (uint32_t r = 0; r < count; r++) to[r] = in_steps(column, column->value[row[r]]) - column->mean;
    }
  }
}

static void add_products(const work *w, uint32_t count, const int64_t *steps, __int128 *sums) {
  sums[0] += count;
  for (uint32_t i = 1; i < w->width; i++) {
    const int64_t *a = steps + (size_t)(i - 1) * ROWS_AT_ONCE;
    int64_t sum = 0; /* 2^46 · ROWS_AT_ONCE at most */
    for (uint32_t r = 0; r < count; r++) sum += a[r];
    sums[wuji_pair(i, 0)] += sum;
    for (uint32_t j = 1; j <= i; j++) {
      const int64_t *b = steps + (size_t)(j - 1) * ROWS_AT_ONCE;
      __int128 products = 0;
      for (uint32_t r = 0; r < count; r++) products += (__int128)a[r] * b[r];
      sums[wuji_pair(i, j)] += products;
    }
  }
}

static wuji_status sum_blocks(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)error;
  const work *w = context;
  int64_t *steps = w->steps + (size_t)worker * (w->width - 1) * ROWS_AT_ONCE;
  __int128 *sums = w->sums + worker * w->pairs;
  uint32_t from = task * BLOCKS_PER_TASK;
  uint32_t to = w->nesting->blocks - from < BLOCKS_PER_TASK ? w->nesting->blocks : from + BLOCKS_PER_TASK;
  for (uint32_t b = from; b < to; b++) {
    memset(sums, 0, w->pairs * sizeof *sums);
    uint32_t end = w->nesting->first[b + 1];
    for (uint32_t r0 = w->nesting->first[b]; r0 < end; r0 += ROWS_AT_ONCE) {
      uint32_t count = end - r0 < ROWS_AT_ONCE ? end - r0 : ROWS_AT_ONCE;
      fill_steps(w, r0, count, steps);
      add_products(w, count, steps, sums);
    }
    for (size_t p = 0; p < w->pairs; p++) w->block[b * w->pairs + p] = (double)sums[p];
  }
  return WUJI_OK;
}

static wuji_status sum_all(wuji_cross_products *sums, const wuji_nesting *nesting, const fixed_point *column,
                           uint32_t threads, wuji_arena *arena, wuji_error *error) {
  wuji_status status = WUJI_NO_MEMORY;
  uint32_t tasks = (nesting->blocks + BLOCKS_PER_TASK - 1) / BLOCKS_PER_TASK;
  if (threads > tasks) threads = tasks;
  if (threads == 0) threads = 1;
  sums->block = wuji_arena_array(arena, nesting->blocks, sums->pairs * sizeof(double));
  work w = {nesting, column, sums->width, sums->pairs, sums->block, NULL, NULL};
  w.steps = calloc((size_t)threads * ROWS_AT_ONCE, sums->width * sizeof *w.steps);
  w.sums = calloc(threads, sums->pairs * sizeof *w.sums);
  if (sums->block == NULL || w.steps == NULL || w.sums == NULL) {
    (void)wuji_fail_memory(error);
  } else {
    status = wuji_parallel(threads, tasks, sum_blocks, &w, error);
  }
  free(w.steps);
  free(w.sums);
  return status;
}

static void sum_total(wuji_cross_products *sums, uint32_t blocks) {
  for (uint32_t b = 0; b < blocks; b++) {
    for (size_t p = 0; p < sums->pairs; p++) sums->total[p] += sums->block[b * sums->pairs + p];
  }
}

static void multiply(double *matrix, const double *factor, uint32_t width) {
  for (uint32_t i = 0; i < width; i++) {
    for (uint32_t j = 0; j <= i; j++) matrix[wuji_pair(i, j)] *= factor[i] * factor[j];
  }
}

/* From steps to units in which a column deviates by 1/2 to 1; powers of two round nothing. */
static wuji_status scale_columns(wuji_cross_products *sums, const fixed_point *column, uint32_t blocks,
                                 uint32_t n, wuji_error *error) {
  double *factor = calloc(sums->width, sizeof *factor);
  if (factor == NULL) return wuji_fail_memory(error);
  for (uint32_t i = 0; i < sums->width; i++) {
    int exponent = 0;
    double square = sums->total[wuji_pair(i, i)];
    if (i > 0 && square > 0) (void)frexp(sqrt(square / n), &exponent);
    factor[i] = ldexp(1.0, -exponent);
    sums->scale[i] = (wuji_column_scale){0, 1};
    if (i == 0 || column[i - 1].steps == 0) continue;
    const fixed_point *c = &column[i - 1];
    sums->scale[i] = (wuji_column_scale){c->middle + (double)c->mean / c->steps, 1 / (factor[i] * c->steps)};
  }
  for (uint32_t b = 0; b < blocks; b++) multiply(sums->block + b * sums->pairs, factor, sums->width);
  multiply(sums->total, factor, sums->width);
  free(factor);
  return WUJI_OK;
}

/* Sweeps column after column out of a copy of the total; a column of which nothing is left depends on those
 * before it. The threshold is that of lmer's QR (1e-7) for squares, above what rounding to steps leaves. */
static wuji_status find_dependent(const wuji_cross_products *sums, bool *keep, wuji_error *error) {
  const double nothing = 1e-12;
  double *left = malloc(sums->pairs * sizeof *left);
  if (left == NULL) return wuji_fail_memory(error);
  memcpy(left, sums->total, sums->pairs * sizeof *left);
  for (uint32_t c = 0; c + 1 < sums->width; c++) {
    double pivot = left[wuji_pair(c, c)];
    keep[c] = pivot > nothing * sums->total[wuji_pair(c, c)];
    for (uint32_t i = c + 1; keep[c] && i < sums->width; i++) {
      double share = left[wuji_pair(i, c)] / pivot;
      for (uint32_t j = c + 1; j <= i; j++) left[wuji_pair(i, j)] -= share * left[wuji_pair(j, c)];
    }
  }
  free(left);
  return WUJI_OK;
}

static void compact(double *to, const double *from, const uint32_t *at, uint32_t width) {
  for (uint32_t i = 0; i < width; i++) {
    for (uint32_t j = 0; j <= i; j++) to[wuji_pair(i, j)] = from[wuji_pair(at[i], at[j])];
  }
}

/* Closes the gaps that left-out columns leave; in place, for what is kept only moves forward. */
static void leave_out(wuji_cross_products *sums, const bool *keep, uint32_t *at, uint32_t blocks) {
  uint32_t width = 0;
  size_t pairs = sums->pairs;
  for (uint32_t c = 0; c < sums->width; c++) {
    if (c + 1 == sums->width || keep[c]) at[width++] = c;
  }
  if (width == sums->width) return;
  sums->pairs = (size_t)width * (width + 1) / 2;
  for (uint32_t b = 0; b < blocks; b++)
    compact(sums->block + b * sums->pairs, sums->block + b * pairs, at, width);
  compact(sums->total, sums->total, at, width);
  for (uint32_t i = 0; i < width; i++) {
    sums->scale[i] = sums->scale[at[i]];
    if (i + 1 < width) sums->column[i] = at[i];
  }
  sums->width = width;
}

static wuji_status read_columns(fixed_point *column, const wuji_mixed_design *design, wuji_error *error) {
  for (uint32_t c = 1; c <= design->columns; c++) {
    fixed_point *f = &column[c - 1];
    f->value = c < design->columns ? design->x + (size_t)c * design->n : design->y;
    wuji_status status = find_range(f, design->n, c, error);
    if (status != WUJI_OK) return status;
    find_mean(f, design->n);
  }
  return WUJI_OK;
}

wuji_status wuji_cross_products_make(wuji_cross_products *sums, const wuji_mixed_design *design,
                                     const wuji_nesting *nesting, uint32_t threads, wuji_arena *arena,
                                     wuji_error *error) {
  wuji_status status;
  uint32_t width = design->columns + 1;
  *sums = (wuji_cross_products){.width = width, .pairs = (size_t)width * (width + 1) / 2};
  sums->column = wuji_arena_array(arena, width, sizeof *sums->column);
  sums->scale = wuji_arena_array(arena, width, sizeof *sums->scale);
  sums->total = wuji_arena_array(arena, sums->pairs, sizeof *sums->total);
  fixed_point *column = calloc(design->columns, sizeof *column);
  bool *keep = calloc(width, sizeof *keep);
  uint32_t *at = calloc(width, sizeof *at);
  if (sums->column == NULL || sums->scale == NULL || sums->total == NULL || column == NULL || keep == NULL ||
      at == NULL) {
    status = wuji_fail_memory(error);
    goto done;
  }
  for (uint32_t c = 0; c < design->columns; c++) sums->column[c] = c;
  WUJI_TRY(read_columns(column, design, error));
  if (column[design->columns - 1].steps == 0) {
    status = wuji_fail(error, WUJI_REJECTED, "the outcome is the same in every row");
    goto done;
  }
  WUJI_TRY(sum_all(sums, nesting, column, threads, arena, error));
  sum_total(sums, nesting->blocks);
  WUJI_TRY(scale_columns(sums, column, nesting->blocks, design->n, error));
  WUJI_TRY(find_dependent(sums, keep, error));
  leave_out(sums, keep, at, nesting->blocks);
done:
  free(column);
  free(keep);
  free(at);
  return status;
}
