/* wuji fit: a model on a plain table. */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/language.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct fit_tables {
  wuji_table *fixed, *varcomp, *fit, *levels;
} fit_tables;

static wuji_status take_tables(wuji_fit *fit, fit_tables *t, wuji_error *error) {
  wuji_status status = wuji_fit_table(fit, "fixed", &t->fixed, error);
  if (status == WUJI_OK) status = wuji_fit_table(fit, "varcomp", &t->varcomp, error);
  if (status == WUJI_OK) status = wuji_fit_table(fit, "fit", &t->fit, error);
  if (status == WUJI_OK) status = wuji_fit_table(fit, "levels", &t->levels, error);
  return status;
}

static void close_tables(fit_tables *t) {
  wuji_table_close(t->fixed);
  wuji_table_close(t->varcomp);
  wuji_table_close(t->fit);
  wuji_table_close(t->levels);
}

/* The column of that name, which the table has. */
static wuji_column_view column(const wuji_table *table, const char *name) {
  size_t c = 0;
  while (strcmp(wuji_table_column(table, c).name, name) != 0) c++;
  return wuji_table_column(table, c);
}

static bool is(wuji_text_view text, const char *wanted) {
  return text.ptr != NULL && text.len == strlen(wanted) && memcmp(text.ptr, wanted, text.len) == 0;
}

static json_t *json_of_cell(wuji_column_view view, size_t row) {
  switch (view.type) {
  case WUJI_COLUMN_TEXT:
    return view.text[row].ptr == NULL ? json_null() : json_stringn(view.text[row].ptr, view.text[row].len);
  case WUJI_COLUMN_REAL: return isnan(view.real[row]) ? json_null() : json_real(view.real[row]);
  case WUJI_COLUMN_INTEGER: return json_integer(view.integer[row]);
  case WUJI_COLUMN_BOOLEAN: return json_boolean(view.integer[row] != 0);
  }
  return json_null();
}

static json_t *json_of_row(const wuji_table *table, size_t row) {
  json_t *object = json_object();
  for (size_t c = 0; c < wuji_table_columns(table); c++) {
    wuji_column_view view = wuji_table_column(table, c);
    json_object_set_new(object, view.name, json_of_cell(view, row));
  }
  return object;
}

static json_t *json_of_rows(const wuji_table *table) {
  json_t *rows = json_array();
  for (size_t r = 0; r < wuji_table_rows(table); r++) json_array_append_new(rows, json_of_row(table, r));
  return rows;
}

static void print_json(const char *model, const fit_tables *t) {
  json_t *object = json_of_row(t->fit, 0);
  json_object_set_new(object, "model", json_string(model));
  json_object_set_new(object, "fixed", json_of_rows(t->fixed));
  json_object_set_new(object, "varcomp", json_of_rows(t->varcomp));
  json_object_set_new(object, "levels", json_of_rows(t->levels));
  json_put(object);
}

enum { NAME_WIDTH = 32, NUMBER_WIDTH = -14 };

static void put_text(wuji_text_view text) {
  char name[256];
  (void)snprintf(name, sizeof name, "%.*s", (int)text.len, text.ptr == NULL ? "" : text.ptr);
  (void)fputs("  ", stdout);
  put_padded(stdout, name, NAME_WIDTH);
}

static void put_number(double value) {
  char text[64];
  (void)snprintf(text, sizeof text, "%.6f", value);
  put_padded(stdout, isnan(value) ? say("left out") : text, NUMBER_WIDTH);
}

static void print_fixed(const wuji_table *table) {
  (void)fputs("\n  ", stdout);
  put_padded(stdout, say("fixed effect"), NAME_WIDTH);
  put_padded(stdout, say("estimate"), NUMBER_WIDTH);
  put_padded(stdout, say("SE"), NUMBER_WIDTH);
  (void)putchar('\n');
  for (size_t r = 0; r < wuji_table_rows(table); r++) {
    double estimate = column(table, "estimate").real[r];
    put_text(column(table, "term").text[r]);
    put_number(estimate);
    if (!isnan(estimate)) put_number(column(table, "se").real[r]);
    (void)putchar('\n');
  }
}

/* school: standLRT */
static void put_component(wuji_text_view group, wuji_text_view term) {
  char name[256];
  if (term.ptr == NULL) {
    put_text(is(group, "Residual") ? (wuji_text_view){say("residual"), (uint32_t)strlen(say("residual"))}
                                   : group);
    return;
  }
  int len = snprintf(name, sizeof name, "%.*s: %.*s", (int)group.len, group.ptr, (int)term.len, term.ptr);
  put_text((wuji_text_view){name, (uint32_t)len < sizeof name ? (uint32_t)len : (uint32_t)sizeof name - 1});
}

static void print_variances(const wuji_table *table) {
  (void)fputs("\n  ", stdout);
  put_padded(stdout, say("variance"), NAME_WIDTH);
  put_padded(stdout, say("estimate"), NUMBER_WIDTH);
  put_padded(stdout, say("SD"), NUMBER_WIDTH);
  (void)putchar('\n');
  for (size_t r = 0; r < wuji_table_rows(table); r++) {
    double variance = column(table, "variance").real[r];
    wuji_text_view term = column(table, "term").text[r];
    bool covariance = term.ptr != NULL && memchr(term.ptr, ':', term.len) != NULL;
    put_component(column(table, "group").text[r], term);
    put_number(variance);
    if (!covariance) put_number(sqrt(variance));
    (void)putchar('\n');
  }
}

static void print_levels(const wuji_table *table) {
  for (size_t r = 0; r < wuji_table_rows(table); r++) {
    wuji_text_view group = column(table, "group").text[r];
    wuji_text_view told = column(table, "told").text[r];
    printf(say("  %.*s: %lld groups, intraclass correlation %.4f\n"), (int)group.len, group.ptr,
           (long long)column(table, "groups").integer[r], column(table, "icc").real[r]);
    if (is(told, "zero")) {
      puts(say("    its variance is estimated as 0, or as one that intercept and slope share whole"));
    } else if (is(told, "untellable")) {
      puts(say("    its variance is held at 0: these data can't tell it from another's"));
    }
  }
}

static void print_text(const fit_tables *t) {
  double loglik = column(t->fit, "loglik").real[0];
  wuji_text_view method = column(t->fit, "method").text[0];
  printf(say("linear mixed model by %.*s: %lld rows, %lld more left out for a missing value\n"),
         (int)method.len, method.ptr, (long long)column(t->fit, "n").integer[0],
         (long long)column(t->fit, "dropped").integer[0]);
  print_fixed(t->fixed);
  print_variances(t->varcomp);
  (void)putchar('\n');
  print_levels(t->levels);
  printf(say("  log likelihood %.6f (-2 log L %.4f), %lld parameters\n"), loglik, -2 * loglik,
         (long long)column(t->fit, "parameters").integer[0]);
}

static wuji_status tell(const settings *s, wuji_fit *fit, wuji_error *error) {
  fit_tables t = {0};
  wuji_status status = take_tables(fit, &t, error);
  if (status == WUJI_OK && s->json) print_json(s->operands[0], &t);
  if (status == WUJI_OK && !s->json && !s->quiet) print_text(&t);
  close_tables(&t);
  return status;
}

wuji_status command_fit(const settings *s, wuji_error *error) {
  wuji_fit *fit = NULL;
  if (strcmp(s->operands[0], "hlm") != 0)
    return fail(error, WUJI_USAGE, "there is no model %s; wuji fit knows hlm", s->operands[0]);
  if (s->outcome == NULL) return fail(error, WUJI_USAGE, "wuji fit wants an outcome: --y COLUMN");
  wuji_hlm_options options = {.outcome = s->outcome,
                              .covariates = s->covariates,
                              .groups = s->groups,
                              .slope = s->slope,
                              .ml = s->ml,
                              .threads = s->threads};
  wuji_status status = WUJI_OK;
  if (s->out != NULL) status = wuji_directory_prepare(s->out, error);
  if (status == WUJI_OK) status = wuji_fit_hlm(s->operands[1], &options, &fit, error);
  if (status == WUJI_OK && s->out != NULL) status = wuji_fit_write(fit, s->out, !s->no_bom, error);
  if (status == WUJI_OK) status = tell(s, fit, error);
  wuji_fit_close(fit);
  return status;
}
