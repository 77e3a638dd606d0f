/* What every program of bench/ needs: the time, and lists of seconds as JSON. */
#ifndef WUJI_BENCH_CLOCK_H
#define WUJI_BENCH_CLOCK_H

#include <stddef.h>

/** Seconds of the monotonic clock. */
double bench_now(void);

enum { BENCH_MOST_REPS = 64 };

/** The seconds of one thing, repetition by repetition. All zero is empty. */
typedef struct bench_times {
  const char *name; /* static; NULL ends a list of them */
  size_t count;
  double seconds[BENCH_MOST_REPS];
} bench_times;

/** Notes the time since `begun`; a repetition too many is not kept. */
void bench_note(bench_times *times, double begun);

/** Prints `"name": [s, s, …]` for each of the list that has times, between braces. */
void bench_print(const bench_times *list);

/** The middle one of `count` values (the lower of the two middle ones), which are put in order; 0 of none. */
double bench_median(double *values, size_t count);

#endif
