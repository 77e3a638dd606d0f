/* Growth percentiles and quantile regressions of real students against the R packages SGP and quantreg, on
 * data that lie beside the repository (WUJI_SHARED, ../shared by default). Skipped, and said to be, where
 * missing. */
#include "models/distinct.h"
#include "models/sgp.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CELLS = 32, LINE = 4096, EXAMPLE_TERMS = 14 };

/* A comma-separated file without quotes, read row by row. */
typedef struct table {
  FILE *file;
  char header[LINE], line[LINE];
  char *name[MOST_CELLS], *cell[MOST_CELLS];
  uint32_t columns;
} table;

static uint32_t split(char *line, char **cell) {
  uint32_t count = 0;
  line[strcspn(line, "\r\n")] = '\0';
  for (char *rest = line; rest != NULL && count < MOST_CELLS;) cell[count++] = strsep(&rest, ",");
  return count;
}

static table open_table(const char *name) {
  table t = {0};
  char path[1024];
  const char *shared = getenv("WUJI_SHARED");
  snprintf(path, sizeof path, "%s/data/%s", shared && *shared ? shared : "../shared", name);
  t.file = fopen(path, "r");
  if (t.file == NULL) {
    printf("SKIPPED: growth percentiles of real students: there is no %s\n", path);
    fflush(stdout);
    cr_skip_test("SKIPPED: there is no %s", path);
  }
  return t;
}

static bool next_row(table *t) {
  if (t->columns == 0 && fgets(t->header, LINE, t->file) != NULL) t->columns = split(t->header, t->name);
  if (fgets(t->line, LINE, t->file) != NULL) return split(t->line, t->cell) == t->columns;
  fclose(t->file);
  return false;
}

static const char *cell(const table *t, const char *name) {
  uint32_t c = 0;
  while (c < t->columns && strcmp(t->name[c], name) != 0) c++;
  cr_assert(c < t->columns, "there is no column %s", name);
  return t->cell[c];
}

static double number(const char *text) {
  return *text != '\0' ? strtod(text, NULL) : NAN;
}

enum { MOST_STUDENTS = 1 << 14, MOST_ID = 10000000 };

/* By number of the student's id. */
typedef struct pupils {
  uint32_t n;
  uint32_t id[MOST_STUDENTS];
  double y[MOST_STUDENTS], prior[2][MOST_STUDENTS];
  uint8_t want[MOST_ID], order[MOST_ID];
} pupils;

static pupils all;

static void add(uint32_t id, double y, double nearest, double before) {
  cr_assert(all.n < MOST_STUDENTS && id < MOST_ID);
  all.id[all.n] = id;
  all.y[all.n] = y;
  all.prior[0][all.n] = nearest;
  all.prior[1][all.n++] = before;
}

static void read_wanted(const char *file, const char *id, const char *sgp, const char *order) {
  table t = open_table(file);
  while (next_row(&t)) {
    uint32_t of = (uint32_t)atoi(cell(&t, id));
    cr_assert(of < MOST_ID);
    all.want[of] = (uint8_t)atoi(cell(&t, sgp));
    all.order[of] = (uint8_t)atoi(cell(&t, order));
  }
}

/* The same for at least 99.9 % and never off by more than 1. */
static void hold(uint32_t priors, const wuji_spline *spline) {
  const double *prior[] = {all.prior[0], all.prior[1]};
  wuji_sgp_design design = {all.n, all.y, priors, prior, spline};
  wuji_sgp_fitted fit;
  wuji_error error = {0};
  uint32_t other = 0;
  cr_assert_eq(wuji_sgp_fit(&design, 2, &fit, &error), WUJI_OK, "%s", error.message);
  for (uint32_t s = 0; s < all.n; s++) {
    uint32_t id = all.id[s];
    cr_assert_eq(fit.used[s], all.order[id], "student %u", id);
    cr_assert(abs(fit.sgp[s] - all.want[id]) <= 1, "student %u: %u, not %u", id, fit.sgp[s], all.want[id]);
    other += fit.sgp[s] != all.want[id];
  }
  cr_assert(other * 1000 <= all.n, "%u of %u differ", other, all.n);
  wuji_sgp_dispose(&fit);
}

static void hold_growth(const char *subject, const char *column) {
  static double prior[2][MOST_ID];
  char path[256];
  char name[64];
  all.n = 0;
  memset(all.want, 0, sizeof all.want);
  memset(all.order, 0, sizeof all.order);
  snprintf(path, sizeof path, "reference/growth2024g5/%s_sgp_student.csv", subject);
  read_wanted(path, "student_id", "sgp", "order");
  for (uint32_t id = 0; id < MOST_ID; id++) prior[0][id] = prior[1][id] = NAN;
  table priors = open_table("packages/growth2024g5/priors.csv");
  while (next_row(&priors)) {
    for (uint32_t k = 0; k < 2; k++) {
      snprintf(name, sizeof name, "%s_%u", column, 2023 - k);
      prior[k][atoi(cell(&priors, "student_id"))] = number(cell(&priors, name));
    }
  }
  snprintf(path, sizeof path, "packages/growth2024g5/papers/%s.scores.csv", subject);
  table scores = open_table(path);
  while (next_row(&scores)) {
    uint32_t id = (uint32_t)atoi(cell(&scores, "student_id"));
    char *end;
    double y = strtod(cell(&scores, "scale"), &end);
    if (end != cell(&scores, "scale") && *end == '\0') add(id, y, prior[0][id], prior[1][id]);
  }
  hold(2, NULL);
}

Test(real_growth, of_a_state_is_that_of_quantreg_in_reading_and_maths) {
  hold_growth("reading", "READING");
  hold_growth("maths", "MATHEMATICS");
}

static void read_spline(wuji_spline *spline, const char *file, int grade) {
  char knots[64];
  char boundaries[64];
  snprintf(knots, sizeof knots, "READING.knots_%d", grade);
  snprintf(boundaries, sizeof boundaries, "READING.boundaries_%d", grade);
  table t = open_table(file);
  while (next_row(&t)) {
    double value = number(cell(&t, "value"));
    bool first = atoi(cell(&t, "idx")) == 1;
    if (strcmp(cell(&t, "name"), knots) == 0) spline->knot[spline->knots++] = value;
    if (strcmp(cell(&t, "name"), boundaries) == 0) *(first ? &spline->low : &spline->high) = value;
  }
}

static void hold_grade(int grade) {
  char path[256];
  wuji_spline spline[2] = {{0}, {0}};
  all.n = 0;
  memset(all.want, 0, sizeof all.want);
  memset(all.order, 0, sizeof all.order);
  snprintf(path, sizeof path, "datasets/sgp/reference/sgp_g%d.csv", grade);
  read_wanted(path, "ID", "SGP", "SGP_ORDER");
  snprintf(path, sizeof path, "datasets/sgp/reference/sgp_g%d_knots_boundaries.csv", grade);
  for (int k = 0; k < grade - 3; k++) read_spline(&spline[k], path, grade - 1 - k);
  table t = open_table("datasets/sgp/data.csv");
  while (next_row(&t)) {
    if (atoi(cell(&t, "GRADE_2024")) != grade || *cell(&t, "SS_2024") == '\0') continue;
    bool nearest = atoi(cell(&t, "GRADE_2023")) == grade - 1;
    bool before = atoi(cell(&t, "GRADE_2022")) == grade - 2;
    add((uint32_t)atoi(cell(&t, "ID")), number(cell(&t, "SS_2024")),
        nearest ? number(cell(&t, "SS_2023")) : NAN, before ? number(cell(&t, "SS_2022")) : NAN);
  }
  hold((uint32_t)grade - 3, spline);
}

Test(real_growth, by_given_knots_is_that_of_the_package_SGP_in_grades_4_and_5) {
  hold_grade(4);
  hold_grade(5);
}

Test(real_quantile, losses_are_those_of_quantreg_at_every_quantile) {
  static double x[EXAMPLE_TERMS][MOST_STUDENTS], y[MOST_STUDENTS];
  wuji_quantile_term term[EXAMPLE_TERMS];
  double tau[WUJI_SGP_TAUS];
  double want[WUJI_SGP_TAUS];
  wuji_quantile_fitted fit;
  wuji_arena arena = {0};
  wuji_error error = {0};
  uint32_t n = 0;
  uint32_t taus = 0;
  table design = open_table("datasets/sgp/reference/rq_example_design.csv");
  for (; next_row(&design); n++) {
    y[n] = number(cell(&design, "y"));
    for (uint32_t c = 0; c < EXAMPLE_TERMS; c++) x[c][n] = number(design.cell[5 + c]);
  }
  table losses = open_table("datasets/sgp/reference/rq_example_checkloss.csv");
  for (; next_row(&losses); taus++) {
    tau[taus] = number(cell(&losses, "tau"));
    want[taus] = number(cell(&losses, "check_loss_br"));
  }
  for (uint32_t c = 0; c < EXAMPLE_TERMS; c++) {
    wuji_distinct column;
    cr_assert_eq(wuji_distinct_make(&column, x[c], n, &arena, &error), WUJI_OK);
    uint32_t *first = wuji_arena_array(&arena, column.count, sizeof *first);
    term[c] = (wuji_quantile_term){1, column.count, 1, first, column.value, column.of};
  }
  wuji_quantile_design quantiles = {n, y, EXAMPLE_TERMS, term, taus, tau, false};
  cr_assert_eq(wuji_quantile_fit(&quantiles, 1, &fit, &error), WUJI_OK, "%s", error.message);
  for (uint32_t t = 0; t < taus; t++)
    cr_assert(fabs(fit.objective[t] - want[t]) <= 1e-9 * want[t], "%g: %.15g, not %.15g", tau[t],
              fit.objective[t], want[t]);
  wuji_quantile_dispose(&fit);
  wuji_arena_dispose(&arena);
}
