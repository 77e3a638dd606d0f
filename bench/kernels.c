/* Nanoseconds a mark of every loop in engine/kernels:
 *
 *   bench_kernels [REPS]
 *
 * cold: once over a matrix much larger than the caches, in calls of a school's size; warm: over and over the
 * rows of one class. Forty items of one byte, as nearly every paper has them. Prints one JSON object; the
 * last member is a sum over all that was computed, the same for every variant of a loop. */
#include "clock.h"
#include "kernels/chosen.h"
#include "kernels/counts.h"
#include "kernels/marks.h"
#include "kernels/sets.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  ITEMS = 40,
  MAXIMUM = 5,
  CODES = 5, /* of a choice: none, A, B, C, D */
  SETS = 12,
  ROWS = 1 << 21, /* 84 MB of marks */
  SCHOOL = 750,
  WHOLE_SCHOOLS = ROWS / SCHOOL * SCHOOL, /* rows */
  CLASS = 48,
  WARM_CALLS = 2000
};

/* Everything the loops read, and everything they write. */
typedef struct bench {
  uint8_t *marks, *codes;
  uint32_t *rows, *totals, *bin;
  uint8_t maxima[ITEMS];
  uint32_t first_count[ITEMS + 1], first_code[ITEMS], first_item[SETS + 1];
  uint32_t full_set[SETS];
  int16_t *weights;
  uint16_t item[ITEMS * 2];
  wuji_marks matrix;
  wuji_chosen chosen;
  wuji_item_sets sets;
  uint64_t sum[ITEMS], square[ITEMS], cross[ITEMS], set_sum[SETS], set_square[SETS], cells[ITEMS * CODES];
  int64_t weighed[ITEMS];
  uint32_t full[ITEMS], zero[ITEMS], blank[ITEMS], counts[ITEMS * (MAXIMUM + 2)], options[3 * ITEMS * CODES];
  uint32_t bins[(ITEMS * MAXIMUM + 1) * ITEMS];
} bench;

static uint32_t draw(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return (uint32_t)(*state >> 32);
}

static bool make_rows(bench *b) {
  uint64_t state = 88172645463325252U;
  b->marks = malloc((size_t)ROWS * ITEMS);
  b->codes = malloc((size_t)ROWS * ITEMS);
  b->rows = malloc(ROWS * sizeof *b->rows);
  b->totals = malloc(ROWS * sizeof *b->totals);
  b->bin = malloc(ROWS * sizeof *b->bin);
  b->weights = malloc(ROWS * sizeof *b->weights);
  if (b->marks == NULL || b->codes == NULL || b->rows == NULL || b->totals == NULL || b->bin == NULL ||
      b->weights == NULL)
    return false;
  for (uint32_t r = 0; r < ROWS; r++) {
    b->rows[r] = r;
    b->totals[r] = 0;
    b->bin[r] = draw(&state) % 3;
    b->weights[r] = (int16_t)(9 * (int)b->bin[r] - 9);
    for (size_t i = 0; i < ITEMS; i++) {
      uint32_t drawn = draw(&state);
      uint8_t mark = drawn % 32 == 0 ? UINT8_MAX : (uint8_t)((drawn >> 8) % (MAXIMUM + 1));
      b->marks[(size_t)r * ITEMS + i] = mark;
      b->codes[(size_t)r * ITEMS + i] = (uint8_t)((drawn >> 16) % CODES);
      if (mark != UINT8_MAX) b->totals[r] += mark;
    }
  }
  return true;
}

/* A dozen sets of five to eight items, as knowledge points are. */
static void make_sets(bench *b) {
  uint32_t at = 0;
  for (uint32_t s = 0; s < SETS; s++) {
    b->first_item[s] = at;
    for (uint32_t i = s; i < ITEMS && at < ITEMS * 2; i += 6) b->item[at++] = (uint16_t)i;
  }
  b->first_item[SETS] = at;
  for (uint32_t s = 0; s < SETS; s++) b->full_set[s] = (b->first_item[s + 1] - b->first_item[s]) * MAXIMUM;
  b->sets = (wuji_item_sets){.count = SETS, .first = b->first_item, .item = b->item, .full = b->full_set};
}

static bool bench_fill(bench *b) {
  if (!make_rows(b)) return false;
  for (uint32_t i = 0; i < ITEMS; i++) {
    b->maxima[i] = MAXIMUM;
    b->first_count[i] = i * (MAXIMUM + 2);
    b->first_code[i] = i * CODES;
  }
  b->first_count[ITEMS] = ITEMS * (MAXIMUM + 2);
  b->matrix = (wuji_marks){.marks = b->marks, .maxima = b->maxima, .items = ITEMS, .width = 1};
  b->matrix.full = ITEMS * MAXIMUM;
  b->chosen = (wuji_chosen){.codes = b->codes, .first = b->first_code, .choices = ITEMS, .width = 1};
  b->chosen.cells = ITEMS * CODES;
  make_sets(b);
  return true;
}

static void run_sum(bench *b, uint32_t row, uint32_t count) {
  wuji_mark_sums sums = {b->sum, b->square, b->cross, b->full, b->zero, b->blank};
  wuji_marks_sum(&b->matrix, b->rows + row, b->totals + row, count, &sums);
}
static void run_weigh(bench *b, uint32_t row, uint32_t count) {
  wuji_marks_weigh(&b->matrix, b->rows + row, b->weights + row, count, b->weighed);
}
static void run_bin(bench *b, uint32_t row, uint32_t count) {
  wuji_marks_bin(&b->matrix, b->rows + row, b->totals + row, count, b->bins);
}
static void run_add(bench *b, uint32_t row, uint32_t count) {
  wuji_marks_add(&b->matrix, b->rows + row, count, b->sum);
}
static void run_count(bench *b, uint32_t row, uint32_t count) {
  wuji_marks_count(&b->matrix, b->first_count, b->rows + row, count, b->counts);
}
static void run_sets(bench *b, uint32_t row, uint32_t count) {
  wuji_marks_sum_sets(&b->matrix, &b->sets, b->rows + row, count, b->set_sum, b->set_square);
}
static void run_chosen_count(bench *b, uint32_t row, uint32_t count) {
  wuji_chosen_count(&b->chosen, b->rows + row, b->bin + row, count, b->options);
}
static void run_chosen_sum(bench *b, uint32_t row, uint32_t count) {
  wuji_chosen_sum(&b->chosen, b->rows + row, b->totals + row, count, b->cells);
}

static const struct kernel {
  const char *name;
  void (*run)(bench *b, uint32_t row, uint32_t count);
} kernels[] = {
    {"marks_sum", run_sum},
    {"marks_weigh", run_weigh},
    {"marks_bin", run_bin},
    {"marks_add", run_add},
    {"marks_count", run_count},
    {"marks_sum_sets", run_sets},
    {"chosen_count", run_chosen_count},
    {"chosen_sum", run_chosen_sum},
};

/* Nanoseconds a mark. */
static double run_cold(bench *b, const struct kernel *kernel) {
  double begun = bench_now();
  for (uint32_t row = 0; row < WHOLE_SCHOOLS; row += SCHOOL) kernel->run(b, row, SCHOOL);
  return (bench_now() - begun) * 1e9 / ((double)WHOLE_SCHOOLS * ITEMS);
}

static double run_warm(bench *b, const struct kernel *kernel) {
  kernel->run(b, 0, CLASS);
  double begun = bench_now();
  for (uint32_t i = 0; i < WARM_CALLS; i++) kernel->run(b, 0, CLASS);
  return (bench_now() - begun) * 1e9 / ((double)WARM_CALLS * CLASS * ITEMS);
}

static void print_times(const char *name, const char *how, double (*run)(bench *, const struct kernel *),
                        bench *b, const struct kernel *kernel, long reps) {
  (void)printf("\"%s_%s\": [", name, how);
  for (long i = 0; i < reps; i++) (void)printf("%s%.4f", i == 0 ? "" : ", ", run(b, kernel));
  (void)printf("], ");
}

static uint64_t add_up(uint64_t all, const void *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) all = all * 31 + ((const uint8_t *)bytes)[i];
  return all;
}

static uint64_t everything(const bench *b) {
  uint64_t all = add_up(0, b->sum, sizeof b->sum);
  all = add_up(all, b->square, sizeof b->square);
  all = add_up(all, b->cross, sizeof b->cross);
  all = add_up(all, b->full, sizeof b->full);
  all = add_up(all, b->zero, sizeof b->zero);
  all = add_up(all, b->blank, sizeof b->blank);
  all = add_up(all, b->weighed, sizeof b->weighed);
  all = add_up(all, b->bins, sizeof b->bins);
  all = add_up(all, b->counts, sizeof b->counts);
  all = add_up(all, b->options, sizeof b->options);
  all = add_up(all, b->cells, sizeof b->cells);
  all = add_up(all, b->set_sum, sizeof b->set_sum);
  return add_up(all, b->set_square, sizeof b->set_square);
}

int main(int argc, char **argv) {
  long reps = argc > 1 ? strtol(argv[1], NULL, 10) : 5;
  static bench all;
  bench *b = &all;
  if (!bench_fill(b)) {
    (void)fprintf(stderr, "bench_kernels: out of memory\n");
    return 1;
  }
  (void)printf("{");
  for (size_t k = 0; k < sizeof kernels / sizeof *kernels; k++) {
    print_times(kernels[k].name, "cold", run_cold, b, &kernels[k], reps);
    print_times(kernels[k].name, "warm", run_warm, b, &kernels[k], reps);
  }
  (void)printf("\"checksum\": \"%016" PRIx64 "\"}\n", everything(b));
  free(b->marks);
  free(b->codes);
  free(b->rows);
  free(b->totals);
  free(b->bin);
  free(b->weights);
  return 0;
}
