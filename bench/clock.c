#include "clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double bench_now(void) {
  struct timespec t;
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void bench_note(bench_times *times, double begun) {
  if (times->count < BENCH_MOST_REPS) times->seconds[times->count++] = bench_now() - begun;
}

void bench_print(const bench_times *list) {
  const char *separator = "";
  (void)printf("{");
  for (; list->name != NULL; list++) {
    if (list->count == 0) continue;
    (void)printf("%s\"%s\": [", separator, list->name);
    for (size_t i = 0; i < list->count; i++) (void)printf("%s%.9f", i == 0 ? "" : ", ", list->seconds[i]);
    (void)printf("]");
    separator = ", ";
  }
  (void)printf("}");
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return (x > y) - (x < y);
}

double bench_median(double *values, size_t count) {
  if (count == 0) return 0.0;
  qsort(values, count, sizeof *values, ascending);
  return values[(count - 1) / 2];
}
