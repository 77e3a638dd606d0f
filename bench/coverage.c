#include "coverage.h"

#include "invent.h"
#include "models/mixed.h"

#include <math.h>
#include <stdlib.h>

enum { SCHOOLS = 400, COUNTIES = 90, LEAST = 10, MOST = 400, QUARTER = SCHOOLS / 4 };

typedef struct world {
  uint32_t size[SCHOOLS], county[SCHOOLS];
  uint32_t quartile[SCHOOLS];
  uint32_t n;
  double truth[SCHOOLS]; /* of this replicate, less the mean over students */
  double *x, *y;
  uint32_t *in_school, *in_county;
} world;

/* Sizes grow evenly by factors over an order that has nothing to do with counties. */
static void lay_out(world *w) {
  w->n = 0;
  for (uint32_t s = 0; s < SCHOOLS; s++) {
    uint32_t rank = s * 149 % SCHOOLS; /* 149 and 400 have no common divisor */
    w->size[s] = (uint32_t)lround(LEAST * pow((double)MOST / LEAST, (double)rank / (SCHOOLS - 1)));
    w->quartile[s] = rank / QUARTER;
    w->county[s] = s * COUNTIES / SCHOOLS;
    w->n += w->size[s];
  }
}

static int make_rows(world *w) {
  w->x = malloc(2 * sizeof(double) * w->n);
  w->y = malloc(sizeof(double) * w->n);
  w->in_school = malloc(sizeof(uint32_t) * w->n);
  w->in_county = malloc(sizeof(uint32_t) * w->n);
  return w->x != NULL && w->y != NULL && w->in_school != NULL && w->in_county != NULL ? 0 : -1;
}

static void draw(world *w, uint64_t *state) {
  double county[COUNTIES];
  double mean = 0;
  uint32_t row = 0;
  for (uint32_t c = 0; c < COUNTIES; c++) county[c] = 0.15 * invent_normal(state);
  for (uint32_t s = 0; s < SCHOOLS; s++) {
    w->truth[s] = county[w->county[s]] + 0.3 * invent_normal(state);
    mean += w->size[s] * w->truth[s] / w->n;
    for (uint32_t i = 0; i < w->size[s]; i++, row++) {
      w->x[row] = 1;
      w->x[w->n + row] = invent_normal(state);
      w->y[row] = 0.7 * w->x[w->n + row] + w->truth[s] + invent_normal(state);
      w->in_school[row] = s;
      w->in_county[row] = w->county[s];
    }
  }
  for (uint32_t s = 0; s < SCHOOLS; s++) w->truth[s] -= mean;
}

static int count_covered(const world *w, uint64_t covered[4]) {
  const wuji_mixed_level levels[] = {{w->in_county, COUNTIES}, {w->in_school, SCHOOLS}};
  wuji_mixed_design design = {.n = w->n,
                              .columns = 2,
                              .x = w->x,
                              .y = w->y,
                              .levels = 2,
                              .level = levels,
                              .slope_column = -1,
                              .slope_level = -1};
  wuji_mixed_fitted fit;
  int failed = wuji_mixed_fit(&design, 1, &fit, NULL) != WUJI_OK;
  for (uint32_t s = 0; s < SCHOOLS && !failed; s++) {
    const wuji_mixed_group *school = &fit.level[1].group[s];
    covered[w->quartile[s]] += fabs(school->effect - w->truth[s]) <= 1.96 * school->se;
  }
  wuji_mixed_dispose(&fit);
  return failed ? -1 : 0;
}

int coverage_simulate(uint32_t replicates, uint64_t seed, coverage *found) {
  world w = {0};
  uint64_t covered[4] = {0};
  lay_out(&w);
  int status = make_rows(&w);
  for (uint32_t r = 0; r < replicates && status == 0; r++) {
    draw(&w, &seed);
    status = count_covered(&w, covered);
  }
  *found = (coverage){0};
  for (uint32_t q = 0; q < 4; q++) {
    found->quartile[q] = (double)covered[q] / ((double)QUARTER * replicates);
    found->pooled += found->quartile[q] / 4;
  }
  free(w.x);
  free(w.y);
  free(w.in_school);
  free(w.in_county);
  return status;
}
