#include "models/band.h"

#include <math.h>
#include <string.h>

enum {
  CURVATURE_CELLS = 2048, /* so many tell the curvature well enough */
  CELLS_AT_ONCE = 256
};

static wuji_status make_slots(wuji_band *band, wuji_arena *arena, wuji_error *error) {
  const wuji_cells *cells = band->cells;
  band->slot = wuji_arena_array(arena, (size_t)cells->terms + 1, sizeof *band->slot);
  band->slots = wuji_arena_array(arena, (size_t)cells->terms + 1, sizeof *band->slots);
  band->x = wuji_arena_array(arena, (size_t)cells->terms + 1, sizeof *band->x);
  band->value = wuji_arena_array(arena, (size_t)cells->values + 1, sizeof *band->value);
  band->column = wuji_arena_array(arena, (size_t)cells->values + 1, sizeof *band->column);
  band->table = wuji_arena_array(arena, (size_t)cells->values + 1, sizeof *band->table);
  band->slot_of = wuji_arena_array(arena, (size_t)cells->values + 1, sizeof *band->slot_of);
  bool good = band->slot != NULL && band->slots != NULL && band->x != NULL && band->value != NULL &&
              band->column != NULL && band->table != NULL && band->slot_of != NULL;
  for (uint32_t t = 0; good && t < cells->terms; t++) {
    const wuji_quantile_term *term = &cells->term[t];
    band->slot[t] = wuji_arena_array(arena, cells->count, sizeof *band->slot[t]);
    band->x[t] = wuji_arena_array(arena, (size_t)term->values * term->width + 1, sizeof(double));
    good = band->slot[t] != NULL && band->x[t] != NULL;
  }
  return good ? WUJI_OK : wuji_fail_memory(error);
}

wuji_status wuji_band_make(wuji_band *band, const wuji_cells *cells, wuji_arena *arena, wuji_error *error) {
  size_t n = cells->count;
  *band = (wuji_band){.cells = cells};
  band->cell = wuji_arena_array(arena, n, sizeof *band->cell);
  band->residual = wuji_arena_array(arena, n, sizeof *band->residual);
  band->step = wuji_arena_array(arena, n, sizeof *band->step);
  band->side = wuji_arena_array(arena, n, sizeof *band->side);
  band->crossing = wuji_arena_array(arena, n, sizeof *band->crossing);
  band->curvature = wuji_arena_array(arena, (size_t)cells->columns * cells->columns, sizeof(double));
  if (band->cell == NULL || band->residual == NULL || band->step == NULL || band->side == NULL ||
      band->crossing == NULL || band->curvature == NULL)
    return wuji_fail_memory(error);
  return make_slots(band, arena, error);
}

void wuji_band_open(wuji_band *band) {
  uint32_t base = 0;
  for (uint32_t t = 0; t < band->cells->terms; t++) {
    for (uint32_t s = band->slots[t]; s < band->slots[t + 1]; s++) band->slot_of[base + band->value[s]] = 0;
    base += band->cells->term[t].values;
  }
  band->size = 0;
}

void wuji_band_add(wuji_band *band, uint32_t cell, double residual, int8_t side) {
  uint32_t at = band->size++;
  band->cell[at] = cell;
  band->residual[at] = residual;
  band->side[at] = side;
}

static void fill_slots(wuji_band *band) {
  const wuji_cells *cells = band->cells;
  uint32_t base = 0;
  uint32_t slots = 0;
  for (uint32_t t = 0; t < cells->terms; t++) {
    const wuji_quantile_term *term = &cells->term[t];
    uint32_t *slot_of = band->slot_of + base;
    double *x = band->x[t];
    for (uint32_t i = 0; i < band->size; i++) {
      uint32_t v = cells->value[t][band->cell[i]];
      if (slot_of[v] == 0) {
        band->value[slots] = v;
        band->column[slots] = cells->offset[t] + term->first[v];
        memcpy(x, term->x + (size_t)v * term->width, term->width * sizeof *x);
        x += term->width;
        slot_of[v] = ++slots;
      }
      band->slot[t][i] = slot_of[v] - 1;
    }
    base += term->values;
    band->slots[t + 1] = slots;
  }
}

static void measure_curvature(wuji_band *band, const double *reach) {
  const wuji_cells *cells = band->cells;
  uint32_t columns = cells->columns;
  uint32_t stride = band->size / CURVATURE_CELLS + 1;
  double x[WUJI_QUANTILE_COLUMNS];
  double width = 0; /* of the band, a unit of reach */
  memset(band->curvature, 0, (size_t)columns * columns * sizeof *band->curvature);
  for (uint32_t i = 0; i < band->size; i += stride) {
    uint32_t cell = band->cell[i];
    double weight = cells->weight[cell] * stride / reach[cell];
    width = fmax(width, fabs(band->residual[i]) / reach[cell]);
    wuji_cells_row(cells, cell, x);
    for (uint32_t c = 0; c < columns; c++) {
      if (x[c] == 0) continue;
      double *row = band->curvature + (size_t)c * columns;
      double factor = weight * x[c];
      for (uint32_t k = 0; k <= c; k++) row[k] += factor * x[k];
    }
  }
  double scale = width > 0 ? 0.5 / width : 1;
  for (size_t k = 0; k < (size_t)columns * columns; k++) band->curvature[k] *= scale;
}

void wuji_band_close(wuji_band *band, const double *reach) {
  fill_slots(band);
  measure_curvature(band, reach);
}

static void fill_table(wuji_band *band, uint32_t t, const double *direction) {
  uint32_t width = band->cells->term[t].width;
  const double *x = band->x[t];
  for (uint32_t s = band->slots[t]; s < band->slots[t + 1]; s++, x += width) {
    const double *at = direction + band->column[s];
    if (width == 4) { /* a spline's: without a loop */
      band->table[s] = (at[0] * x[0] + at[1] * x[1]) + (at[2] * x[2] + at[3] * x[3]);
      continue;
    }
    double part = 0;
    for (uint32_t c = 0; c < width; c++) part += at[c] * x[c];
    band->table[s] = part;
  }
}

void wuji_band_step(wuji_band *band, const double *direction) {
  uint32_t terms = band->cells->terms;
  for (uint32_t t = 0; t < terms; t++) fill_table(band, t, direction);
  for (uint32_t from = 0; from < band->size; from += CELLS_AT_ONCE) {
    uint32_t to = band->size - from < CELLS_AT_ONCE ? band->size : from + CELLS_AT_ONCE;
    for (uint32_t i = from; i < to; i++) band->step[i] = direction[0];
    for (uint32_t t = 0; t < terms; t++) {
      const uint32_t *slot = band->slot[t];
      for (uint32_t i = from; i < to; i++) band->step[i] += band->table[slot[i]];
    }
  }
}

double wuji_band_curve(const wuji_band *band, const double *direction) {
  uint32_t columns = band->cells->columns;
  double sum = 0;
  for (uint32_t c = 0; c < columns; c++) {
    const double *row = band->curvature + (size_t)c * columns;
    double part = 0.5 * row[c] * direction[c];
    for (uint32_t k = 0; k < c; k++) part += row[k] * direction[k];
    sum += 2 * part * direction[c];
  }
  return sum;
}

/* Which of the cells from … to − 1 are crossed; without a branch, for half of them come nearer and no
 * processor can guess which. */
static uint32_t find_crossed(const wuji_band *band, uint32_t from, uint32_t to, double far, uint32_t *found) {
  uint32_t count = 0;
  for (uint32_t i = from; i < to; i++) {
    double nearing = band->side[i] * band->step[i];
    double distance = band->side[i] * band->residual[i];
    found[count] = i;
    count += (nearing > 0) & (distance <= far * nearing);
  }
  return count;
}

uint32_t wuji_band_crossed(const wuji_band *band, double far, double *rise) {
  uint32_t found[CELLS_AT_ONCE] = {0};
  uint32_t count = 0;
  double sum = 0;
  for (uint32_t from = 0; from < band->size; from += CELLS_AT_ONCE) {
    uint32_t to = band->size - from < CELLS_AT_ONCE ? band->size : from + CELLS_AT_ONCE;
    uint32_t crossed = find_crossed(band, from, to, far, found);
    for (uint32_t k = 0; k < crossed; k++) {
      uint32_t i = found[k];
      double nearing = fabs(band->step[i]);
      double distance = band->side[i] * band->residual[i];
      double rises = band->cells->weight[band->cell[i]] * nearing;
      sum += rises;
      band->crossing[count++] = (wuji_crossing){distance > 0 ? distance / nearing : 0, rises, i};
    }
  }
  *rise = sum;
  return count;
}

void wuji_band_go(wuji_band *band, double far) {
  for (uint32_t i = 0; i < band->size; i++) band->residual[i] -= far * band->step[i];
}
