/* Mixed models against lme4 on real data that lie beside the repository (WUJI_SHARED, ../shared by default):
 * Inner London exam scores (65 schools) and High School & Beyond (160 schools), each by REML and by ML.
 * Skipped, and said to be, where they are missing.
 *
 * lme4's optimum is BOBYQA's, within about 1e-7 of the relative deviations. */
#include "expected.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct model {
  const char *set, *name; /* its folder, what the files of expected values begin with */
  const char *outcome;
  const char *covariates; /* comma-separated, in the order of lme4's terms; NULL: none */
  const char *slope;
} model;

static const model models[] = {
    {"exam", "null", "normexam", NULL, NULL},
    {"exam", "ri", "normexam", "standLRT", NULL},
    {"exam", "rs", "normexam", "standLRT", "standLRT"},
    {"exam", "cov", "normexam", "standLRT,sexM,schgendboys,schgendgirls,schavg", NULL},
    {"hsb82", "ri", "mAch", "meanses,cses,sectorCatholic,meanses:cses,cses:sectorCatholic", NULL},
    {"hsb82", "rs", "mAch", "meanses,cses,sectorCatholic,meanses:cses,cses:sectorCatholic", "cses"},
};

static const char *below_shared(const char *set, const char *file) {
  static char path[1024];
  const char *shared = getenv("WUJI_SHARED");
  snprintf(path, sizeof path, "%s/data/datasets/%s/%s", shared && *shared ? shared : "../shared", set, file);
  return path;
}

/* One term of lme4's in one row: a product of columns and of values such as sexM. */
static double term_value(const expected *data, size_t row, const char *term) {
  double product = 1;
  char copy[128];
  snprintf(copy, sizeof copy, "%s", term);
  for (char *rest = NULL, *part = strtok_r(copy, ":", &rest); part; part = strtok_r(NULL, ":", &rest)) {
    bool is_column = false;
    for (size_t c = 0; c < data->columns; c++) {
      const char *name = data->cells[c];
      size_t len = strlen(name);
      if (strcmp(part, name) == 0) {
        product *= expected_real(data, row, name);
        is_column = true;
      } else if (strncmp(part, name, len) == 0 && !is_column) {
        product *= strcmp(expected_text(data, row, name), part + len) == 0;
        is_column = true;
      }
    }
    cr_assert(is_column, "no column for %s", part);
  }
  return product;
}

/* The data with every term as a column of numbers, so that factors have the reference level of lme4. */
static void write_terms(const model *m, const char *path) {
  const char *source = below_shared(m->set, "data.csv");
  if (access(source, R_OK) != 0) {
    printf("SKIPPED: mixed models on %s: there is no %s\n", m->set, source);
    fflush(stdout);
    cr_skip_test("SKIPPED: there is no %s", source);
  }
  expected data = expected_read(source);
  FILE *file = fopen(path, "w");
  cr_assert_not_null(file);
  char *names[16];
  size_t count = 0;
  char *list = strdup(m->covariates ? m->covariates : "");
  for (char *rest = NULL, *t = strtok_r(list, ",", &rest); t; t = strtok_r(NULL, ",", &rest))
    names[count++] = t;
  fprintf(file, "group,outcome");
  for (size_t c = 0; c < count; c++) fprintf(file, ",%s", names[c]);
  for (size_t r = 0; r < data.rows; r++) {
    fprintf(file, "\n%s,%.17g", expected_text(&data, r, "school"), expected_real(&data, r, m->outcome));
    for (size_t c = 0; c < count; c++) fprintf(file, ",%.17g", term_value(&data, r, names[c]));
  }
  fputc('\n', file);
  fclose(file);
  free(list);
  expected_free(&data);
}

static wuji_fit *fit_model(const model *m, bool ml) {
  char path[] = "/tmp/wuji-mixed-XXXXXX";
  char slope[64];
  int fd = mkstemp(path);
  cr_assert_geq(fd, 0);
  close(fd);
  write_terms(m, path);
  snprintf(slope, sizeof slope, "%s:group", m->slope ? m->slope : "");
  wuji_hlm_options options = {.outcome = "outcome",
                              .covariates = m->covariates,
                              .groups = "group",
                              .slope = m->slope ? slope : NULL,
                              .ml = ml,
                              .threads = 1};
  wuji_fit *fit = NULL;
  wuji_error error = {0};
  wuji_status status = wuji_fit_hlm(path, &options, &fit, &error);
  unlink(path);
  cr_assert_eq(status, WUJI_OK, "%s", error.message);
  return fit;
}

static wuji_table *table_of_fit(wuji_fit *fit, const char *name) {
  wuji_table *table = NULL;
  wuji_error error = {0};
  cr_assert_eq(wuji_fit_table(fit, name, &table, &error), WUJI_OK, "%s", error.message);
  return table;
}

static expected reference(const model *m, bool ml, const char *what) {
  char file[128];
  snprintf(file, sizeof file, "reference/%s_%s_%s.csv", m->name, ml ? "ml" : "reml", what);
  return expected_read(below_shared(m->set, file));
}

/* Relative to the value, or to `scale` where that is larger: of an estimate its standard error, for an
 * estimate near 0 is not known better than that. */
static void close_to(double got, double want, double relative, double scale, const char *what) {
  cr_assert(fabs(got - want) <= relative * fmax(fabs(want), scale), "%s: %.15g, lme4: %.15g", what, got,
            want);
}

static void fixed_agree(const model *m, bool ml, wuji_fit *fit) {
  expected file = reference(m, ml, "fixed");
  wuji_table *table = table_of_fit(fit, "fixed");
  cr_assert_eq(wuji_table_rows(table), file.rows);
  for (size_t i = 0; i < file.rows; i++) {
    double se = expected_real(&file, i, "se");
    cr_assert_str_eq(text_at(table, i, "term"), expected_text(&file, i, "term"));
    close_to(number_at(table, i, "estimate"), expected_real(&file, i, "estimate"), 1e-6, se, "an estimate");
    close_to(number_at(table, i, "se"), se, 1e-6, 0, "a standard error");
  }
  wuji_table_close(table);
  expected_free(&file);
}

static void variances_agree(const model *m, bool ml, wuji_fit *fit) {
  expected file = reference(m, ml, "varcomp");
  wuji_table *table = table_of_fit(fit, "varcomp");
  cr_assert_eq(wuji_table_rows(table), file.rows);
  for (size_t i = 0; i < file.rows; i++) /* lme4 has the same order: intercept, slope, covariance, residual */
    close_to(number_at(table, i, "variance"), expected_real(&file, i, "vcov"), 1e-5, 0, "a variance");
  wuji_table_close(table);
  expected_free(&file);
}

static void likelihoods_agree(const model *m, bool ml, wuji_fit *fit) {
  expected file = reference(m, ml, "fit");
  wuji_table *table = table_of_fit(fit, "fit");
  for (size_t i = 0; i < file.rows; i++) {
    const char *stat = expected_text(&file, i, "stat");
    if (strcmp(stat, "logLik") == 0)
      close_to(number_at(table, 0, "loglik"), expected_real(&file, i, "value"), 1e-9, 0,
               "the log likelihood");
    if (strcmp(stat, "df") == 0)
      cr_assert_eq(number_at(table, 0, "parameters"), expected_real(&file, i, "value"));
  }
  wuji_table_close(table);
  expected_free(&file);
}

static void effects_agree(const model *m, bool ml, wuji_fit *fit) {
  expected file = reference(m, ml, "eb_school");
  wuji_table *table = table_of_fit(fit, "effects");
  char slope[64];
  char slope_se[64];
  cr_assert_eq(wuji_table_rows(table), file.rows);
  snprintf(slope, sizeof slope, "eb_%s", m->slope ? m->slope : "");
  snprintf(slope_se, sizeof slope_se, "se_%s", m->slope ? m->slope : "");
  for (size_t i = 0; i < file.rows; i++) {
    double se = expected_real(&file, i, "se_(Intercept)");
    size_t row = row_of(table, "key", expected_text(&file, i, "group"), NULL);
    cr_assert_eq(number_at(table, row, "n"), expected_real(&file, i, "n"));
    close_to(number_at(table, row, "own"), expected_real(&file, i, "eb_(Intercept)"), 1e-5, se, "own");
    close_to(number_at(table, row, "own_se"), se, 1e-5, 0, "own_se");
    if (!m->slope) continue;
    se = expected_real(&file, i, slope_se);
    close_to(number_at(table, row, "slope"), expected_real(&file, i, slope), 1e-5, se, "slope");
    close_to(number_at(table, row, "slope_se"), se, 1e-5, 0, "slope_se");
  }
  wuji_table_close(table);
  expected_free(&file);
}

static void lme4_agrees(const char *set) {
  for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
    if (strcmp(models[i].set, set) != 0) continue;
    for (int ml = 0; ml < 2; ml++) {
      wuji_fit *fit = fit_model(&models[i], ml);
      fixed_agree(&models[i], ml, fit);
      variances_agree(&models[i], ml, fit);
      likelihoods_agree(&models[i], ml, fit);
      effects_agree(&models[i], ml, fit);
      wuji_fit_close(fit);
    }
  }
}

Test(mixed, lme4_agrees_on_inner_london) {
  lme4_agrees("exam");
}

Test(mixed, lme4_agrees_on_high_school_and_beyond) {
  lme4_agrees("hsb82");
}

/* Goldstein and others (1993), as every textbook has it. */
Test(mixed, inner_london_by_maximum_likelihood_is_the_textbooks) {
  wuji_fit *fit = fit_model(&models[1], true);
  wuji_table *fixed = table_of_fit(fit, "fixed");
  wuji_table *varcomp = table_of_fit(fit, "varcomp");
  wuji_table *summary = table_of_fit(fit, "fit");
  same_number(number_at(fixed, 1, "estimate"), 0.563371, 5e-7, "the slope");
  same_number(number_at(varcomp, 0, "variance"), 0.092129, 5e-7, "the schools' variance");
  same_number(number_at(varcomp, 1, "variance"), 0.565731, 5e-7, "the residual's");
  same_number(number_at(summary, 0, "deviance"), 9357.2432, 5e-5, "the deviance");
  wuji_table_close(fixed);
  wuji_table_close(varcomp);
  wuji_table_close(summary);
  wuji_fit_close(fit);
}
