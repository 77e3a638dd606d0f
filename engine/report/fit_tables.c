#include "report/fit_tables.h"

#include "report/rows.h"

#include <string.h>

typedef wuji_status (*fill)(const wuji_named_fit *named, wuji_rows *rows, wuji_error *error);

static wuji_status fill_fixed(const wuji_named_fit *named, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_mixed_fitted *fit = named->fit;
  for (uint32_t c = 0; c < fit->columns && status == WUJI_OK; c++) {
    wuji_rows_text(rows, named->term[c]);
    if (fit->kept[c]) {
      wuji_rows_real(rows, fit->fixed[c]);
      wuji_rows_real(rows, fit->fixed_se[c]);
    } else {
      wuji_rows_null(rows);
      wuji_rows_null(rows);
    }
    status = wuji_rows_next(rows, error);
  }
  return status;
}

static wuji_status add_variance(wuji_rows *rows, wuji_str group, wuji_str term, double variance,
                                wuji_error *error) {
  wuji_rows_text(rows, group);
  wuji_rows_text(rows, term);
  wuji_rows_real(rows, variance);
  return wuji_rows_next(rows, error);
}

/* intercept:slope, the name of their covariance */
static wuji_str pair_of(wuji_rows *rows, wuji_str a, wuji_str b) {
  char *bytes = wuji_rows_alloc(rows, (size_t)a.len + b.len + 1);
  if (bytes == NULL) return WUJI_NO_STR;
  memcpy(bytes, a.ptr, a.len);
  bytes[a.len] = ':';
  memcpy(bytes + a.len + 1, b.ptr, b.len);
  return (wuji_str){bytes, a.len + b.len + 1};
}

static wuji_status fill_varcomp(const wuji_named_fit *named, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_mixed_fitted *fit = named->fit;
  for (uint32_t l = 0; l < fit->levels; l++) {
    const wuji_mixed_level_fit *level = &fit->level[l];
    wuji_str name = named->level[l].name;
    WUJI_TRY(add_variance(rows, name, named->term[0], level->variance, error));
    if (named->slope_level != (int32_t)l) continue;
    wuji_str slope = named->term[named->slope_column];
    WUJI_TRY(add_variance(rows, name, slope, level->slope_variance, error));
    WUJI_TRY(add_variance(rows, name, pair_of(rows, named->term[0], slope), level->slope_covariance, error));
  }
  WUJI_TRY(add_variance(rows, wuji_str_of("Residual"), WUJI_NO_STR, fit->residual_variance, error));
done:
  return status;
}

static bool is_singular(const wuji_mixed_fitted *fit) {
  bool singular = false;
  for (uint32_t l = 0; l < fit->levels; l++) singular |= fit->level[l].told != WUJI_MIXED_ESTIMATED;
  return singular;
}

static wuji_status fill_fit(const wuji_named_fit *named, wuji_rows *rows, wuji_error *error) {
  const wuji_mixed_fitted *fit = named->fit;
  wuji_rows_real(rows, fit->loglik);
  wuji_rows_int(rows, fit->n);
  wuji_rows_real(rows, -2 * fit->loglik);
  wuji_rows_text(rows, wuji_str_of(named->ml ? "ML" : "REML"));
  wuji_rows_int(rows, fit->parameters);
  wuji_rows_int(rows, named->dropped);
  wuji_rows_bool(rows, is_singular(fit));
  return wuji_rows_next(rows, error);
}

static wuji_status fill_effects(const wuji_named_fit *named, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_mixed_fitted *fit = named->fit;
  for (uint32_t l = 0; l < fit->levels; l++) {
    for (uint32_t g = 0; g < fit->level[l].groups && status == WUJI_OK; g++) {
      const wuji_mixed_group *group = &fit->level[l].group[g];
      wuji_rows_text(rows, named->level[l].name);
      wuji_rows_text(rows, named->level[l].key[g]);
      wuji_rows_int(rows, group->n);
      wuji_rows_real(rows, group->own);
      wuji_rows_real(rows, group->own_se);
      wuji_rows_real(rows, group->effect);
      wuji_rows_real(rows, group->se);
      if (named->slope_level == (int32_t)l) {
        wuji_rows_real(rows, group->slope);
        wuji_rows_real(rows, group->slope_se);
      } else if (named->slope_level >= 0) {
        wuji_rows_null(rows);
        wuji_rows_null(rows);
      }
      status = wuji_rows_next(rows, error);
    }
  }
  return status;
}

static wuji_status fill_students(const wuji_named_fit *named, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t r = 0; r < named->fit->n && status == WUJI_OK; r++) {
    wuji_rows_int(rows, named->row[r]);
    wuji_rows_real(rows, named->fit->fitted[r]);
    wuji_rows_real(rows, named->fit->residuals[r]);
    status = wuji_rows_next(rows, error);
  }
  return status;
}

static wuji_status fill_levels(const wuji_named_fit *named, wuji_rows *rows, wuji_error *error) {
  static const char *const told[] = {[WUJI_MIXED_ESTIMATED] = "estimated",
                                     [WUJI_MIXED_ZERO] = "zero",
                                     [WUJI_MIXED_UNTELLABLE] = "untellable"};
  wuji_status status = WUJI_OK;
  for (uint32_t l = 0; l < named->fit->levels && status == WUJI_OK; l++) {
    const wuji_mixed_level_fit *level = &named->fit->level[l];
    wuji_rows_text(rows, named->level[l].name);
    wuji_rows_int(rows, level->groups);
    wuji_rows_real(rows, level->icc);
    wuji_rows_text(rows, wuji_str_of(told[level->told]));
    status = wuji_rows_next(rows, error);
  }
  return status;
}

static const wuji_column_def fixed_columns[] = {
    {"term", WUJI_TEXT}, {"estimate", WUJI_REAL}, {"se", WUJI_REAL}};
static const wuji_column_def varcomp_columns[] = {
    {"group", WUJI_TEXT}, {"term", WUJI_TEXT}, {"variance", WUJI_REAL}};
static const wuji_column_def fit_columns[] = {
    {"loglik", WUJI_REAL},     {"n", WUJI_INT4},       {"deviance", WUJI_REAL}, {"method", WUJI_TEXT},
    {"parameters", WUJI_INT4}, {"dropped", WUJI_INT4}, {"singular", WUJI_BOOL}};
static const wuji_column_def effects_columns[] = {
    {"group", WUJI_TEXT}, {"key", WUJI_TEXT},    {"n", WUJI_INT4},
    {"own", WUJI_REAL},   {"own_se", WUJI_REAL}, {"effect", WUJI_REAL},
    {"se", WUJI_REAL},    {"slope", WUJI_REAL},  {"slope_se", WUJI_REAL}};
static const wuji_column_def students_columns[] = {
    {"row", WUJI_INT4}, {"fitted", WUJI_REAL}, {"residual", WUJI_REAL}};
static const wuji_column_def levels_columns[] = {
    {"group", WUJI_TEXT}, {"groups", WUJI_INT4}, {"icc", WUJI_REAL}, {"told", WUJI_TEXT}};

/* With a random slope the last table of that name counts. */
static const struct {
  wuji_table_def def;
  fill fill;
} tables[] = {
    {{"fixed", false, false, 3, fixed_columns}, fill_fixed},
    {{"varcomp", false, false, 3, varcomp_columns}, fill_varcomp},
    {{"fit", false, false, 7, fit_columns}, fill_fit},
    {{"effects", false, false, 7, effects_columns}, fill_effects},
    {{"students", false, false, 3, students_columns}, fill_students},
    {{"levels", false, false, 4, levels_columns}, fill_levels},
    {{"effects", false, false, 9, effects_columns}, fill_effects},
};

const wuji_table_def *wuji_fit_table_def(const wuji_named_fit *fit, const char *name) {
  const wuji_table_def *found = NULL;
  for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
    bool wanted = found == NULL || fit->slope_level >= 0;
    if (wanted && strcmp(tables[t].def.name, name) == 0) found = &tables[t].def;
  }
  return found;
}

wuji_status wuji_fit_table_rows(const wuji_named_fit *fit, const wuji_table_def *def, const wuji_sink *sink,
                                wuji_error *error) {
  wuji_rows rows;
  wuji_status status = wuji_rows_open(&rows, def, sink, error);
  if (status != WUJI_OK) return status;
  size_t t = 0;
  while (&tables[t].def != def) t++;
  status = tables[t].fill(fit, &rows, error);
  return wuji_rows_close(&rows, status, error);
}
