/* Attributes of students as columns: numbers as they are, factors as a column for each value but the first.
 *
 * A candidate without the attribute is a case all the same (what makes a case are the priors): beside numbers
 * he stands at their mean, with a column that says so; among the values of a factor, missing is one more. */
#include "growth/attribute.h"
#include "growth/design.h"

#include <stdlib.h>

typedef struct covariate {
  wuji_str name;
  uint32_t n;
  wuji_str *value; /* by case; len 0: missing */
} covariate;

static wuji_status read_covariate(wuji_growth_task *task, wuji_str name, covariate *c, wuji_error *error) {
  const wuji_cohort *cohort = task->cohort;
  const uint32_t *row = task->cases->row + task->slice.row0;
  bool is_sex = wuji_str_is(name, "sex");
  *c = (covariate){.name = name, .n = task->slice.row1 - task->slice.row0};
  c->value = wuji_arena_array(&task->scratch, c->n, sizeof *c->value);
  if (c->value == NULL) return wuji_fail_memory(error);
  for (uint32_t i = 0; i < c->n; i++) {
    if (is_sex) {
      c->value[i] = cohort->sex[row[i]];
    } else if (!wuji_attribute_find(cohort->attributes[row[i]], name, task->arena, &c->value[i])) {
      return wuji_fail_memory(error);
    }
  }
  return WUJI_OK;
}

/* A new column, NULL where it can't be had; no_column() says why. */
static double *add_column(wuji_growth_task *task, wuji_growth_columns *columns, wuji_str term) {
  if (term.ptr == NULL || columns->count >= WUJI_MOST_GROWTH_COLUMNS) return NULL;
  return wuji_growth_column_add(task, columns, term);
}

static wuji_status no_column(const wuji_growth_columns *columns, wuji_error *error) {
  if (columns->count < WUJI_MOST_GROWTH_COLUMNS) return wuji_fail_memory(error);
  return wuji_fail(error, WUJI_REJECTED, "the covariates of growth make more than %d columns",
                   WUJI_MOST_GROWTH_COLUMNS);
}

/* All values that are given are numbers; `numbers` gets them. */
static bool read_numbers(const covariate *c, double *numbers, uint32_t *given) {
  *given = 0;
  for (uint32_t i = 0; i < c->n; i++) {
    if (c->value[i].len == 0) continue;
    if (!wuji_attribute_number(c->value[i], &numbers[i])) return false;
    ++*given;
  }
  return *given > 0;
}

static wuji_status add_numbers(wuji_growth_task *task, wuji_growth_columns *columns, const covariate *c,
                               const double *numbers, uint32_t given, wuji_error *error) {
  double sum = 0;
  for (uint32_t i = 0; i < c->n; i++) sum += c->value[i].len == 0 ? 0 : numbers[i];
  double *x = add_column(task, columns, c->name);
  if (x == NULL) return no_column(columns, error);
  for (uint32_t i = 0; i < c->n; i++) x[i] = c->value[i].len == 0 ? sum / (double)given : numbers[i];
  if (given == c->n) return WUJI_OK;
  x = add_column(task, columns, wuji_growth_join(task, "missing ", c->name));
  if (x == NULL) return no_column(columns, error);
  for (uint32_t i = 0; i < c->n; i++) x[i] = c->value[i].len == 0;
  return WUJI_OK;
}

static int by_bytes(const void *a, const void *b) {
  return wuji_str_compare(*(const wuji_str *)a, *(const wuji_str *)b);
}

/* The values that occur, each once, ascending by bytes; missing, the empty one, comes last. */
static uint32_t distinct_values(const covariate *c, wuji_str *values) {
  uint32_t count = 0;
  bool missing = false;
  for (uint32_t i = 0; i < c->n; i++) {
    if (c->value[i].len == 0)
      missing = true;
    else
      values[count++] = c->value[i];
  }
  qsort(values, count, sizeof *values, by_bytes);
  uint32_t distinct = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (distinct == 0 || !wuji_str_equal(values[i], values[distinct - 1])) values[distinct++] = values[i];
  }
  if (missing) values[distinct++] = WUJI_NO_STR;
  return distinct;
}

/* lme4's names: the attribute and the value behind it. */
static wuji_str term_of(wuji_growth_task *task, wuji_str name, wuji_str value) {
  if (value.len == 0) return wuji_growth_join(task, "missing ", name);
  char *text = wuji_arena_alloc(task->arena, (size_t)name.len + value.len + 1);
  if (text == NULL) return WUJI_NO_STR;
  memcpy(text, name.ptr, name.len);
  memcpy(text + name.len, value.ptr, value.len);
  return (wuji_str){text, name.len + value.len};
}

static wuji_status add_factor(wuji_growth_task *task, wuji_growth_columns *columns, const covariate *c,
                              wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_str *values = wuji_arena_array(&task->scratch, (size_t)c->n + 1, sizeof *values);
  if (values == NULL) WUJI_TRY(wuji_fail_memory(error));
  uint32_t count = distinct_values(c, values);
  if (count < 2) WUJI_TRY(wuji_growth_warn(task, WUJI_GROWTH_COVARIATE_IDLE, c->name, error));
  for (uint32_t v = 1; v < count; v++) {
    double *x = add_column(task, columns, term_of(task, c->name, values[v]));
    if (x == NULL) return no_column(columns, error);
    for (uint32_t i = 0; i < c->n; i++) x[i] = wuji_str_equal(c->value[i], values[v]);
  }
done:
  return status;
}

wuji_status wuji_growth_columns_covariates(wuji_growth_task *task, wuji_growth_columns *columns,
                                           wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t k = 0; k < task->request->covariate_count; k++) {
    covariate c;
    uint32_t given;
    WUJI_TRY(read_covariate(task, task->request->covariates[k], &c, error));
    double *numbers = wuji_arena_array(&task->scratch, c.n, sizeof *numbers);
    if (numbers == NULL) WUJI_TRY(wuji_fail_memory(error));
    if (read_numbers(&c, numbers, &given)) {
      WUJI_TRY(add_numbers(task, columns, &c, numbers, given, error));
    } else {
      WUJI_TRY(add_factor(task, columns, &c, error));
    }
  }
done:
  return status;
}
