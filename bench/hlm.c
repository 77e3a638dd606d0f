/* Seconds of a mixed model of a province's size, and whether its standard errors tell the truth:
 *
 *   bench_hlm REPS THREADS [FILE]
 *
 * 300,000 students, 400 schools in 90 counties, 8,000 classes, two covariates; REML with predictions and
 * standard errors of every group, data in memory. FILE gets the data as comma-separated text, for peers.
 * Prints one JSON object. */
#include "clock.h"
#include "coverage.h"
#include "invent.h"
#include "models/mixed.h"

#include <stdio.h>
#include <stdlib.h>

enum {
  STUDENTS = 300000,
  COUNTIES = 90,
  SCHOOLS = 400,
  CLASSES = 8000,
  COLUMNS = 3,
  LEVELS = 3,
  REPLICATES = 100
};

typedef struct province {
  double *x, *y;
  uint32_t *group[LEVELS];
  wuji_mixed_level level[LEVELS];
} province;

static bool make_province(province *p) {
  static const uint32_t groups[LEVELS] = {COUNTIES, SCHOOLS, CLASSES};
  static const double deviation[LEVELS] = {0.15, 0.3, 0.2};
  static double effect[LEVELS][CLASSES];
  uint64_t state = 88172645463325252U;
  p->x = malloc(sizeof(double) * COLUMNS * STUDENTS);
  p->y = malloc(sizeof(double) * STUDENTS);
  bool good = p->x != NULL && p->y != NULL;
  for (uint32_t l = 0; l < LEVELS; l++) {
    p->group[l] = malloc(sizeof(uint32_t) * STUDENTS);
    p->level[l] = (wuji_mixed_level){p->group[l], groups[l]};
    good &= p->group[l] != NULL;
    for (uint32_t g = 0; g < groups[l]; g++) effect[l][g] = 40 * deviation[l] * invent_normal(&state);
  }
  for (uint32_t r = 0; good && r < STUDENTS; r++) {
    uint32_t class = (uint32_t)((uint64_t)r * CLASSES / STUDENTS);
    p->group[2][r] = class;
    p->group[1][r] = class * SCHOOLS / CLASSES;
    p->group[0][r] = p->group[1][r] * COUNTIES / SCHOOLS;
    p->x[r] = 1;
    p->x[STUDENTS + r] = round(600 + 80 * invent_normal(&state)) / 2; /* marks */
    p->x[2 * STUDENTS + r] = invent_uniform(&state) < 0.5;
    p->y[r] = 150 + 0.8 * p->x[STUDENTS + r] + 5 * p->x[2 * STUDENTS + r] + 40 * invent_normal(&state);
    for (uint32_t l = 0; l < LEVELS; l++) p->y[r] += effect[l][p->group[l][r]];
    p->y[r] = round(2 * p->y[r]) / 2;
  }
  return good;
}

static int write_province(const province *p, const char *path) {
  FILE *file = fopen(path, "w");
  if (file == NULL) return -1;
  fputs("y,prior,sex,county,school,class\n", file);
  for (uint32_t r = 0; r < STUDENTS; r++)
    fprintf(file, "%g,%g,%g,%u,%u,%u\n", p->y[r], p->x[STUDENTS + r], p->x[2 * STUDENTS + r], p->group[0][r],
            p->group[1][r], p->group[2][r]);
  return fclose(file);
}

static int measure(const province *p, uint32_t levels, uint32_t threads, bench_times *times, double *loglik) {
  wuji_mixed_design design = {.n = STUDENTS,
                              .columns = COLUMNS,
                              .x = p->x,
                              .y = p->y,
                              .levels = levels,
                              .level = p->level,
                              .slope_column = -1,
                              .slope_level = -1};
  wuji_mixed_fitted fit;
  wuji_error error = {0};
  double begun = bench_now();
  wuji_status status = wuji_mixed_fit(&design, threads, &fit, &error);
  bench_note(times, begun);
  *loglik = fit.loglik;
  wuji_mixed_dispose(&fit);
  if (status != WUJI_OK) fprintf(stderr, "%s\n", error.message);
  return status == WUJI_OK ? 0 : -1;
}

static void print_coverage(const coverage *c) {
  printf("{\"pooled\": %.4f, \"quartiles\": [%.4f, %.4f, %.4f, %.4f]}", c->pooled, c->quartile[0],
         c->quartile[1], c->quartile[2], c->quartile[3]);
}

int main(int argc, char **argv) {
  long reps = argc > 1 ? strtol(argv[1], NULL, 10) : 5;
  long threads = argc > 2 ? strtol(argv[2], NULL, 10) : 1;
  province p = {0};
  bench_times times[] = {
      {.name = "schools_1"}, {.name = "schools_n"}, {.name = "classes_1"}, {.name = "classes_n"}, {0}};
  double loglik[2] = {0};
  coverage covered = {0};
  int status = make_province(&p) ? 0 : -1;
  for (long i = 0; i < reps && status == 0; i++) {
    for (uint32_t t = 0; t < 4 && status == 0; t++)
      status = measure(&p, t < 2 ? 2 : 3, t % 2 == 0 ? 1 : (uint32_t)threads, &times[t], &loglik[t / 2]);
  }
  if (status == 0 && argc > 3) status = write_province(&p, argv[3]);
  if (status == 0) status = coverage_simulate(REPLICATES, 20260112, &covered);
  if (status == 0) {
    printf("{\"seconds\": ");
    bench_print(times);
    printf(", \"loglik\": {\"schools\": %.6f, \"classes\": %.6f}, \"coverage\": ", loglik[0], loglik[1]);
    print_coverage(&covered);
    printf("}\n");
  }
  free(p.x);
  free(p.y);
  for (uint32_t l = 0; l < LEVELS; l++) free(p.group[l]);
  return status == 0 ? 0 : 1;
}
