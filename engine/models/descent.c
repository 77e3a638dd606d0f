#include "models/descent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

wuji_status wuji_descent_make(wuji_descent *descent, const wuji_cells *cells, const double *reach,
                              const uint32_t *column, uint32_t rank, wuji_arena *arena, wuji_error *error) {
  *descent = (wuji_descent){.cells = cells, .reach = reach};
  descent->side = wuji_arena_array(arena, cells->count, sizeof *descent->side);
  descent->residual = wuji_arena_array(arena, cells->count, sizeof *descent->residual);
  descent->table = wuji_arena_array(arena, (size_t)cells->values + 1, sizeof *descent->table);
  descent->total = wuji_arena_array(arena, cells->columns, sizeof *descent->total);
  descent->below = wuji_arena_array(arena, cells->columns, sizeof *descent->below);
  if (descent->side == NULL || descent->residual == NULL || descent->table == NULL ||
      descent->total == NULL || descent->below == NULL)
    return wuji_fail_memory(error);
  wuji_status status = wuji_vertex_make(&descent->vertex, cells, column, rank, arena, error);
  return status == WUJI_OK ? wuji_band_make(&descent->band, cells, arena, error) : status;
}

static void add(wuji_double_sum *sum, double value) {
  double high = sum->high + value;
  double back = high - sum->high;
  sum->low += (sum->high - (high - back)) + (value - back);
  sum->high = high;
}

/* A cell's row, times its weight and `sign`, to the sum of those below. */
static void move_below(wuji_descent *d, uint32_t cell, double sign) {
  const wuji_cells *cells = d->cells;
  double factor = sign * cells->weight[cell];
  add(&d->below[0], factor);
  for (uint32_t t = 0; t < cells->terms; t++) {
    const wuji_quantile_term *term = &cells->term[t];
    uint32_t v = cells->value[t][cell];
    const double *x = term->x + (size_t)v * term->width;
    wuji_double_sum *at = d->below + cells->offset[t] + term->first[v];
    for (uint32_t c = 0; c < term->width; c++) add(&at[c], factor * x[c]);
  }
}

/* The loss of the cells outside the vertex falls by so much a unit of β. */
static void gradient(const wuji_descent *d, double *g) {
  uint32_t columns = d->cells->columns;
  memset(g, 0, columns * sizeof *g);
  for (uint32_t j = 0; j < d->vertex.rank; j++)
    wuji_cells_add(d->cells, d->vertex.cell[j], -d->cells->weight[d->vertex.cell[j]], g);
  for (uint32_t c = 0; c < columns; c++)
    g[c] = d->tau * (d->total[c] + g[c]) - d->below[c].high - d->below[c].low;
}

typedef struct edge {
  uint32_t index;
  int8_t way; /* 1: the fit of the cell that is left rises, −1: it falls */
  double slope;
  double curve;
} edge;

/* The edge of steepest descent, measured by the curvature: by how much the losses would fall at the bottom of
 * a parabola. False where all rise. */
static bool choose_edge(const wuji_descent *d, edge *best) {
  double g[WUJI_QUANTILE_COLUMNS] = {0};
  gradient(d, g);
  double most = 0;
  for (uint32_t j = 0; j < d->vertex.rank; j++) {
    const double *along = d->vertex.edge + (size_t)j * d->cells->columns;
    double w = d->cells->weight[d->vertex.cell[j]];
    double falls = 0;
    for (uint32_t c = 0; c < d->cells->columns; c++) falls += g[c] * along[c];
    double up = (1 - d->tau) * w - falls;
    double down = d->tau * w + falls;
    edge e = {j, up < down ? 1 : -1, up < down ? up : down, 0};
    if (e.slope >= -d->tolerance) continue;
    e.curve = wuji_band_curve(&d->band, along);
    double promise = e.slope * e.slope / (e.curve > 0 ? e.curve : 1);
    if (promise <= most) continue;
    most = promise;
    *best = e;
  }
  return most > 0;
}

/* Where in the band's lists a cell is. */
static uint32_t place_of(const wuji_band *band, uint32_t cell) {
  uint32_t low = 0;
  uint32_t high = band->size;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (band->cell[middle] <= cell) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/* The crossing where the slope along the edge stops being negative, the ones before it in front. UINT32_MAX:
 * it stays so as far as the band reaches. */
static uint32_t find_end(wuji_descent *d, const edge *e) {
  double far = e->curve > 0 ? -2 * e->slope / e->curve : INFINITY;
  for (;;) {
    double rise = 0;
    uint32_t count = wuji_band_crossed(&d->band, far, &rise);
    if (rise >= -e->slope || !(far < INFINITY)) {
      uint32_t end = wuji_crossing_select(d->band.crossing, count, -e->slope);
      return end < count ? end : UINT32_MAX;
    }
    far = rise > 0 ? far * 4 : INFINITY;
  }
}

static void cross(wuji_descent *d, uint32_t at) {
  uint32_t cell = d->band.cell[at];
  int8_t side = (int8_t)-d->band.side[at];
  d->band.side[at] = side;
  d->side[cell] = side;
  move_below(d, cell, -side);
}

static void enter(wuji_descent *d, uint32_t at) {
  uint32_t cell = d->band.cell[at];
  if (d->band.side[at] < 0) move_below(d, cell, -1);
  d->band.side[at] = 0;
  d->band.residual[at] = 0;
  d->side[cell] = 0;
}

static void leave(wuji_descent *d, uint32_t cell, int8_t side) {
  d->band.side[place_of(&d->band, cell)] = side;
  d->side[cell] = side;
  if (side < 0) move_below(d, cell, 1);
}

/* Goes along an edge to its best place. False where that is beyond the band. */
static bool go(wuji_descent *d, const edge *e) {
  double along[WUJI_QUANTILE_COLUMNS];
  for (uint32_t c = 0; c < d->cells->columns; c++)
    along[c] = e->way * d->vertex.edge[(size_t)e->index * d->cells->columns + c];
  wuji_band *band = &d->band;
  wuji_band_step(band, along);
  uint32_t end = find_end(d, e);
  if (end == UINT32_MAX) return false;
  double far = band->crossing[end].at;
  wuji_band_go(band, far);
  for (uint32_t i = 0; i < end; i++) cross(d, band->crossing[i].cell);
  uint32_t left = d->vertex.cell[e->index];
  enter(d, band->crossing[end].cell);
  leave(d, left, (int8_t)-e->way);
  wuji_vertex_replace(&d->vertex, e->index, band->cell[band->crossing[end].cell]);
  d->pivots++;
  return true;
}

static bool refresh(wuji_descent *d) {
  if (!wuji_vertex_refresh(&d->vertex)) return false;
  wuji_vertex_solve(&d->vertex, d->cells->moved, d->beta);
  wuji_band *band = &d->band;
  wuji_band_step(band, d->beta);
  for (uint32_t i = 0; i < band->size; i++)
    band->residual[i] = band->side[i] == 0 ? 0 : d->cells->moved[band->cell[i]] - band->step[i];
  return true;
}

wuji_status wuji_descent_fail(const wuji_descent *d, wuji_error *error) {
  return wuji_fail(error, WUJI_REJECTED, "the quantile regression at %g can't be computed from these rows",
                   d->tau);
}

wuji_status wuji_descent_run(wuji_descent *d, wuji_error *error) {
  uint32_t most = 1000 * (d->vertex.rank + 10);
  bool fresh = false;
  d->narrow = false;
  for (uint32_t pivot = 0; pivot < most; pivot++) {
    edge e = {0};
    if (choose_edge(d, &e)) {
      fresh = false;
      if (go(d, &e)) continue;
      d->narrow = true;
      return WUJI_OK;
    }
    if (fresh) return WUJI_OK;
    if (!refresh(d)) break;
    fresh = true;
  }
  return wuji_descent_fail(d, error);
}

static void begin_sums(wuji_descent *d) {
  uint32_t columns = d->cells->columns;
  memset(d->total, 0, columns * sizeof *d->total);
  memset(d->below, 0, columns * sizeof *d->below);
  double weight = 0;
  for (uint32_t i = 0; i < d->cells->count; i++) weight += d->cells->weight[i];
  d->tolerance = 1e-13 * weight + 1e-10;
}

/* Puts a cell on the side of its residual. */
static void place(wuji_descent *d, uint32_t cell, double residual) {
  wuji_cells_add(d->cells, cell, d->cells->weight[cell], d->total);
  if (d->side[cell] == 0) return;
  d->side[cell] = residual < 0 ? -1 : 1;
  if (residual < 0) move_below(d, cell, 1);
}

static wuji_status fail_singular(wuji_error *error) {
  return wuji_fail(error, WUJI_REJECTED, "the columns are too close to dependent for a quantile regression");
}

wuji_status wuji_descent_sample(wuji_descent *d, uint32_t stride, wuji_error *error) {
  const wuji_cells *cells = d->cells;
  if (!wuji_vertex_refresh(&d->vertex)) return fail_singular(error);
  wuji_vertex_solve(&d->vertex, cells->moved, d->beta);
  begin_sums(d);
  memset(d->side, 1, cells->count);
  for (uint32_t j = 0; j < d->vertex.rank; j++) d->side[d->vertex.cell[j]] = 0;
  wuji_band_open(&d->band);
  for (uint32_t i = 0; i < cells->count; i++) {
    if (i % stride != 0 && d->side[i] != 0) continue;
    double residual = d->side[i] == 0 ? 0 : cells->moved[i] - wuji_cells_dot(cells, i, d->beta);
    place(d, i, residual);
    wuji_band_add(&d->band, i, residual, d->side[i]);
  }
  wuji_band_close(&d->band, d->reach);
  return WUJI_OK;
}

static void find_residuals(wuji_descent *d) {
  const wuji_cells *cells = d->cells;
  wuji_vertex_solve(&d->vertex, cells->moved, d->beta);
  for (uint32_t i = 0; i < cells->count; i++) d->residual[i] = cells->moved[i] - d->beta[0];
  for (uint32_t t = 0; t < cells->terms; t++) {
    const uint32_t *value = cells->value[t];
    wuji_cells_table(cells, t, d->beta, d->table);
    for (uint32_t i = 0; i < cells->count; i++) d->residual[i] -= d->table[value[i]];
  }
}

wuji_status wuji_descent_all(wuji_descent *d, wuji_error *error) {
  if (!wuji_vertex_refresh(&d->vertex)) return fail_singular(error);
  begin_sums(d);
  memset(d->side, 1, d->cells->count);
  for (uint32_t j = 0; j < d->vertex.rank; j++) d->side[d->vertex.cell[j]] = 0;
  find_residuals(d);
  for (uint32_t i = 0; i < d->cells->count; i++) place(d, i, d->residual[i]);
  return WUJI_OK;
}

uint32_t wuji_descent_survey(wuji_descent *d) {
  uint32_t strays = 0;
  find_residuals(d);
  for (uint32_t i = 0; i < d->cells->count; i++) {
    if (d->side[i] * d->residual[i] >= 0) continue;
    strays++;
    d->side[i] = (int8_t)-d->side[i];
    move_below(d, i, -d->side[i]);
  }
  return strays;
}

void wuji_descent_back(wuji_descent *d, const uint32_t *cell) {
  for (uint32_t j = 0; j < d->vertex.rank; j++) d->side[d->vertex.cell[j]] = 1;
  for (uint32_t j = 0; j < d->vertex.rank; j++) {
    if (d->side[cell[j]] < 0) move_below(d, cell[j], -1);
    d->side[cell[j]] = 0;
  }
  memcpy(d->vertex.cell, cell, d->vertex.rank * sizeof *cell);
  (void)wuji_vertex_refresh(&d->vertex); /* it was a vertex before */
  (void)wuji_descent_survey(d);
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Such that about `size` cells have a residual no larger a unit of leverage: read off every so manieth's. */
static double half_width(wuji_descent *d, uint32_t size) {
  enum { LOOKED_AT = 1024 };
  double some[LOOKED_AT + 1];
  uint32_t count = d->cells->count;
  uint32_t stride = count / LOOKED_AT + 1;
  uint32_t looked = 0;
  for (uint32_t i = 0; i < count; i += stride) some[looked++] = fabs(d->residual[i]) / d->reach[i];
  if ((double)size / count * looked >= looked - 1) return INFINITY;
  qsort(some, looked, sizeof *some, by_size);
  return some[(uint32_t)((double)size / count * looked)];
}

void wuji_descent_band(wuji_descent *d, uint32_t size) {
  double half = half_width(d, size);
  wuji_band_open(&d->band);
  for (uint32_t i = 0; i < d->cells->count; i++) {
    if (fabs(d->residual[i]) <= half * d->reach[i] || d->side[i] == 0)
      wuji_band_add(&d->band, i, d->side[i] == 0 ? 0 : d->residual[i], d->side[i]);
  }
  wuji_band_close(&d->band, d->reach);
}
