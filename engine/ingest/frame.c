#include "ingest/frame.h"

#include "ingest/real.h"
#include "text/columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_VALUES = 200 };

/* A frame under way. Columns of the text: the outcome, the covariates, the levels. */
typedef struct framing {
  wuji_frame *frame;
  const wuji_frame_spec *spec;
  const char *path;
  wuji_text_columns text;
  uint32_t *order; /* [n] */
} framing;

static wuji_str cell(const framing *f, uint32_t column, uint32_t r) {
  return f->text.cells[column][f->frame->row[r] - 1];
}

static bool is_missing(wuji_str text) {
  return text.len == 0 || wuji_str_is(text, "NA") || wuji_str_is(text, "NaN");
}

static wuji_status read_text(framing *f, wuji_error *error) {
  const wuji_frame_spec *spec = f->spec;
  uint32_t count = 1 + spec->covariates + spec->levels;
  wuji_str *names = calloc(count, sizeof *names);
  if (names == NULL) return wuji_fail_memory(error);
  names[0] = spec->outcome;
  for (uint32_t c = 0; c < spec->covariates; c++) names[1 + c] = spec->covariate[c];
  for (uint32_t l = 0; l < spec->levels; l++) names[1 + spec->covariates + l] = spec->level[l];
  wuji_status status = wuji_text_columns_read(&f->text, f->path, names, count, error);
  free(names);
  return status;
}

static wuji_status keep_complete(framing *f, wuji_error *error) {
  wuji_frame *frame = f->frame;
  frame->row = wuji_arena_array(&frame->arena, f->text.rows, sizeof *frame->row);
  f->order = calloc((size_t)f->text.rows + 1, sizeof *f->order);
  if (frame->row == NULL || f->order == NULL) return wuji_fail_memory(error);
  for (uint32_t r = 0; r < f->text.rows; r++) {
    bool complete = true;
    for (uint32_t c = 0; c < f->text.count; c++) complete &= !is_missing(f->text.cells[c][r]);
    if (complete)
      frame->row[frame->n++] = r + 1;
    else
      frame->dropped++;
  }
  if (frame->n > 0) return WUJI_OK;
  return wuji_fail(error, WUJI_REJECTED, "%s: no row has a value in every column of the model", f->path);
}

static wuji_status read_outcome(framing *f, wuji_error *error) {
  wuji_frame *frame = f->frame;
  frame->y = wuji_arena_array(&frame->arena, frame->n, sizeof *frame->y);
  if (frame->y == NULL) return wuji_fail_memory(error);
  for (uint32_t r = 0; r < frame->n; r++) {
    wuji_str text = cell(f, 0, r);
    if (wuji_real_read(text, &frame->y[r])) continue;
    return wuji_fail(error, WUJI_REJECTED, "%s:%llu: the outcome %.*s is not a number", f->path,
                     (unsigned long long)f->text.lines[frame->row[r] - 1], (int)text.len, text.ptr);
  }
  return WUJI_OK;
}

/* Rows by the group that they are in above, then by the bytes of a column. */
typedef struct sorting {
  const framing *f;
  uint32_t column;
  const uint32_t *above; /* nullable */
} sorting;

static int by_group_and_text(const void *a, const void *b, void *context) {
  const sorting *s = context;
  uint32_t x = *(const uint32_t *)a;
  uint32_t y = *(const uint32_t *)b;
  if (s->above != NULL && s->above[x] != s->above[y]) return s->above[x] < s->above[y] ? -1 : 1;
  int order = wuji_str_compare(cell(s->f, s->column, x), cell(s->f, s->column, y));
  return order != 0 ? order : (x > y) - (x < y);
}

/* Sorts f->order and numbers the distinct values: `code` [n]. Returns how many there are. */
static uint32_t number_values(framing *f, uint32_t column, const uint32_t *above, uint32_t *code) {
  uint32_t count = 0;
  sorting s = {f, column, above};
  for (uint32_t r = 0; r < f->frame->n; r++) f->order[r] = r;
  qsort_r(f->order, f->frame->n, sizeof *f->order, by_group_and_text, &s);
  for (uint32_t i = 0; i < f->frame->n; i++) {
    uint32_t r = f->order[i];
    bool same = i > 0 && (above == NULL || above[r] == above[f->order[i - 1]]) &&
                wuji_str_equal(cell(f, column, r), cell(f, column, f->order[i - 1]));
    if (!same) count++;
    code[r] = count - 1;
  }
  return count;
}

static bool holds_numbers(const framing *f, uint32_t column) {
  double value;
  for (uint32_t r = 0; r < f->frame->n; r++) {
    if (!wuji_real_read(cell(f, column, r), &value)) return false;
  }
  return true;
}

/* One more column of x. The matrix grows column by column, so its columns are gathered before they are
 * joined. */
static double *add_column(framing *f, double **columns, wuji_str term, uint32_t covariate) {
  wuji_frame *frame = f->frame;
  double *values = wuji_arena_array(&frame->arena, frame->n, sizeof *values);
  frame->term[frame->columns] = term;
  frame->of_covariate[frame->columns] = covariate;
  columns[frame->columns++] = values;
  return values;
}

static wuji_str join(wuji_arena *arena, wuji_str a, wuji_str b) {
  char *bytes = wuji_arena_alloc(arena, (size_t)a.len + b.len + 1);
  if (bytes == NULL) return WUJI_NO_STR;
  memcpy(bytes, a.ptr, a.len);
  memcpy(bytes + a.len, b.ptr, b.len);
  return (wuji_str){bytes, a.len + b.len};
}

/* A text column as 0/1 columns, one for each value but the first. */
static wuji_status add_values(framing *f, double **columns, uint32_t covariate, uint32_t values,
                              const uint32_t *code, wuji_error *error) {
  wuji_frame *frame = f->frame;
  for (uint32_t v = 1; v < values; v++) {
    uint32_t first = 0;
    while (code[first] != v) first++;
    wuji_str term = join(&frame->arena, f->spec->covariate[covariate], cell(f, 1 + covariate, first));
    double *column = add_column(f, columns, term, covariate);
    if (column == NULL || term.ptr == NULL) return wuji_fail_memory(error);
    for (uint32_t r = 0; r < frame->n; r++) column[r] = code[r] == v;
  }
  return WUJI_OK;
}

static wuji_status add_covariate(framing *f, double **columns, uint32_t covariate, uint32_t *code,
                                 wuji_error *error) {
  wuji_frame *frame = f->frame;
  wuji_str name = f->spec->covariate[covariate];
  frame->is_number[covariate] = holds_numbers(f, 1 + covariate);
  if (!frame->is_number[covariate]) {
    uint32_t values = number_values(f, 1 + covariate, NULL, code);
    if (values > MOST_VALUES)
      return wuji_fail(error, WUJI_REJECTED, "column %.*s holds text with %u values, at most %d are possible",
                       (int)name.len, name.ptr, values, MOST_VALUES);
    return add_values(f, columns, covariate, values, code, error);
  }
  wuji_str term = wuji_arena_copy(&frame->arena, name);
  double *column = add_column(f, columns, term, covariate);
  if (column == NULL || term.ptr == NULL) return wuji_fail_memory(error);
  for (uint32_t r = 0; r < frame->n; r++) (void)wuji_real_read(cell(f, 1 + covariate, r), &column[r]);
  return WUJI_OK;
}

static wuji_status read_covariates(framing *f, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_frame *frame = f->frame;
  size_t most = 1 + (size_t)f->spec->covariates * MOST_VALUES;
  double **columns = calloc(most, sizeof *columns);
  uint32_t *code = calloc((size_t)frame->n + 1, sizeof *code);
  frame->term = wuji_arena_array(&frame->arena, most, sizeof *frame->term);
  frame->of_covariate = wuji_arena_array(&frame->arena, most, sizeof *frame->of_covariate);
  frame->is_number =
      wuji_arena_array(&frame->arena, (size_t)f->spec->covariates + 1, sizeof *frame->is_number);
  if (columns == NULL || code == NULL || frame->term == NULL || frame->of_covariate == NULL ||
      frame->is_number == NULL)
    WUJI_TRY(wuji_fail_memory(error));
  double *ones = add_column(f, columns, wuji_str_of("(Intercept)"), UINT32_MAX);
  if (ones == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t r = 0; r < frame->n; r++) ones[r] = 1;
  for (uint32_t c = 0; c < f->spec->covariates; c++) WUJI_TRY(add_covariate(f, columns, c, code, error));
  frame->x = wuji_arena_array(&frame->arena, frame->columns, frame->n * sizeof *frame->x);
  if (frame->x == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t c = 0; c < frame->columns; c++)
    memcpy(frame->x + (size_t)c * frame->n, columns[c], frame->n * sizeof *frame->x);
done:
  free(columns);
  free(code);
  return status;
}

/* Below `parent` (NULL at the outermost level), where the separators of paths are escaped. */
static wuji_str path_of(wuji_arena *arena, const wuji_str *parent, wuji_str name, bool escaped) {
  size_t before = parent == NULL ? 0 : (size_t)parent->len + 1;
  char *bytes = wuji_arena_alloc(arena, before + 2 * (size_t)name.len + 1);
  if (bytes == NULL) return WUJI_NO_STR;
  uint32_t len = (uint32_t)before;
  if (parent != NULL) {
    memcpy(bytes, parent->ptr, parent->len);
    bytes[parent->len] = '/';
  }
  for (uint32_t i = 0; i < name.len; i++) {
    if (escaped && (name.ptr[i] == '/' || name.ptr[i] == '\\')) bytes[len++] = '\\';
    bytes[len++] = name.ptr[i];
  }
  return (wuji_str){bytes, len};
}

static wuji_status read_level(framing *f, uint32_t l, wuji_error *error) {
  wuji_frame *frame = f->frame;
  wuji_frame_level *level = &frame->level[l];
  const wuji_frame_level *above = l > 0 ? &frame->level[l - 1] : NULL;
  uint32_t column = 1 + f->spec->covariates + l;
  level->name = wuji_arena_copy(&frame->arena, f->spec->level[l]);
  level->group = wuji_arena_array(&frame->arena, frame->n, sizeof *level->group);
  if (level->name.ptr == NULL || level->group == NULL) return wuji_fail_memory(error);
  level->groups = number_values(f, column, above != NULL ? above->group : NULL, level->group);
  level->key = wuji_arena_array(&frame->arena, level->groups, sizeof *level->key);
  if (level->key == NULL) return wuji_fail_memory(error);
  for (uint32_t i = 0; i < frame->n; i++) {
    uint32_t r = f->order[i];
    wuji_str *key = &level->key[level->group[r]];
    if (key->ptr != NULL) continue;
    *key = path_of(&frame->arena, above != NULL ? &above->key[above->group[r]] : NULL, cell(f, column, r),
                   f->spec->levels > 1);
    if (key->ptr == NULL) return wuji_fail_memory(error);
  }
  return WUJI_OK;
}

wuji_status wuji_frame_read(wuji_frame *frame, const char *path, const wuji_frame_spec *spec,
                            wuji_error *error) {
  wuji_status status;
  *frame = (wuji_frame){.levels = spec->levels};
  framing f = {.frame = frame, .spec = spec, .path = path};
  WUJI_TRY(read_text(&f, error));
  WUJI_TRY(keep_complete(&f, error));
  WUJI_TRY(read_outcome(&f, error));
  WUJI_TRY(read_covariates(&f, error));
  for (uint32_t l = 0; l < spec->levels; l++) WUJI_TRY(read_level(&f, l, error));
done:
  wuji_text_columns_dispose(&f.text);
  free(f.order);
  return status;
}

void wuji_frame_dispose(wuji_frame *frame) {
  wuji_arena_dispose(&frame->arena);
  *frame = (wuji_frame){0};
}
