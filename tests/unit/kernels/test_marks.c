#include "base/isa.h"
#include "kernels/marks.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* A random paper of any width, its rows in random order, and the sums taken the plain way. */
typedef struct sample {
  wuji_marks marks;
  uint32_t row_count, item_count, list_count;
  uint32_t *rows, *totals;
  uint32_t *mark; /* row × item, worth; blanks 0 */
  uint8_t *blank; /* row × item */
  uint32_t *maxima;
} sample;

static void store(void *at, size_t index, uint8_t width, uint32_t value) {
  switch (width) {
  case 1: ((uint8_t *)at)[index] = (uint8_t)value; break;
  case 2: ((uint16_t *)at)[index] = (uint16_t)value; break;
  default: ((uint32_t *)at)[index] = value; break;
  }
}

static sample make(uint64_t seed, uint8_t width, uint32_t items, uint32_t most, uint32_t total_limit) {
  uint64_t state = seed;
  sample s = {.row_count = 700, .item_count = items, .list_count = 600};
  size_t cells = (size_t)s.row_count * items;
  void *marks = malloc(cells * width);
  void *maxima = malloc((size_t)items * width);
  s.rows = malloc(s.list_count * sizeof *s.rows);
  s.totals = malloc(s.list_count * sizeof *s.totals);
  s.mark = malloc(cells * sizeof *s.mark);
  s.blank = malloc(cells);
  s.maxima = malloc(items * sizeof *s.maxima);
  for (uint32_t i = 0; i < items; i++) {
    s.maxima[i] = test_random(&state, 4) == 0 ? most : 1 + test_random(&state, most);
    store(maxima, i, width, s.maxima[i]);
  }
  for (size_t c = 0; c < cells; c++) {
    uint32_t max = s.maxima[c % items];
    s.blank[c] = test_random(&state, 9) == 0;
    s.mark[c] = s.blank[c] ? 0 : test_random(&state, 3) == 0 ? max : test_random(&state, max + 1);
    store(marks, c, width, s.blank[c] ? wuji_mark_code(width, WUJI_CODE_BLANK) : s.mark[c]);
  }
  for (uint32_t i = 0; i < s.list_count; i++) {
    s.rows[i] = test_random(&state, s.row_count);
    s.totals[i] = test_random(&state, 3) == 0 ? total_limit : test_random(&state, total_limit + 1);
  }
  s.marks = (wuji_marks){marks, maxima, items, width, total_limit};
  return s;
}

static void dispose(sample *s) {
  free((void *)(uintptr_t)s->marks.marks);
  free((void *)(uintptr_t)s->marks.maxima);
  free(s->rows);
  free(s->totals);
  free(s->mark);
  free(s->blank);
  free(s->maxima);
}

/* The extremes, and numbers of both signs. */
static int16_t weight_of(uint32_t row) {
  return row % 3 == 0 ? INT16_MAX : row % 5 == 0 ? INT16_MIN + 1 : (int16_t)(row * 7919);
}

static void sums_at_a_level_equal_the_plain_ones(const sample *s) {
  uint32_t items = s->item_count;
  uint64_t *wide = calloc((size_t)4 * items, sizeof *wide);
  int64_t *weighed = calloc(items, sizeof *weighed);
  int16_t *weights = calloc(s->list_count, sizeof *weights);
  for (uint32_t r = 0; r < s->list_count; r++) weights[r] = weight_of(r);
  uint32_t *narrow = calloc((size_t)3 * items, sizeof *narrow);
  wuji_mark_sums sums = {wide,   wide + items,   wide + (size_t)2 * items,
                         narrow, narrow + items, narrow + (size_t)2 * items};
  wuji_marks_sum(&s->marks, s->rows, s->totals, s->list_count, &sums);
  wuji_marks_add(&s->marks, s->rows, s->list_count, wide + (size_t)3 * items);
  wuji_marks_weigh(&s->marks, s->rows, weights, s->list_count, weighed);
  for (uint32_t i = 0; i < items; i++) {
    uint64_t sum = 0;
    uint64_t square = 0;
    uint64_t cross = 0;
    int64_t by_weight = 0;
    uint32_t full = 0;
    uint32_t zero = 0;
    uint32_t blank = 0;
    for (uint32_t r = 0; r < s->list_count; r++) {
      size_t at = (size_t)s->rows[r] * items + i;
      uint64_t x = s->mark[at];
      sum += x;
      square += x * x;
      cross += x * s->totals[r];
      by_weight += (int64_t)x * weights[r];
      full += !s->blank[at] && x == s->maxima[i];
      zero += !s->blank[at] && x == 0;
      blank += s->blank[at];
    }
    cr_assert_eq(sums.sum[i], sum, "item %u", i);
    cr_assert_eq(sums.square[i], square, "item %u", i);
    cr_assert_eq(sums.cross[i], cross, "item %u", i);
    cr_assert_eq(weighed[i], by_weight, "item %u", i);
    cr_assert_eq(sums.full[i], full, "item %u", i);
    cr_assert_eq(sums.zero[i], zero, "item %u", i);
    cr_assert_eq(sums.blank[i], blank, "item %u", i);
    cr_assert_eq(wide[(size_t)3 * items + i], sum, "item %u", i);
  }
  free(wide);
  free(narrow);
  free(weighed);
  free(weights);
}

static void sums_equal_the_plain_ones(const sample *s) {
  for (int level = WUJI_ISA_BASELINE; level <= WUJI_ISA_AVX512; level++) {
    (void)wuji_isa_limit((wuji_isa_level)level);
    sums_at_a_level_equal_the_plain_ones(s);
  }
}

static const uint32_t item_counts[] = {1, 2, 15, 16, 17, 31, 32, 33, 40, 63, 64, 65, 100, 1000};

Test(marks, sums_of_one_byte_equal_the_plain_ones) {
  for (size_t i = 0; i < sizeof item_counts / sizeof *item_counts; i++) {
    sample s = make(i, 1, item_counts[i], 251, 150);
    sums_equal_the_plain_ones(&s);
    dispose(&s);
  }
}

Test(marks, narrow_counters_hold_at_their_very_bounds) {
  sample s = make(7, 1, 33, 251, UINT16_MAX);
  for (uint32_t i = 0; i < s.list_count; i++) { /* the same row, full in all, at the largest total */
    s.rows[i] = 5;
    s.totals[i] = UINT16_MAX;
  }
  for (uint32_t i = 0; i < s.item_count; i++) {
    size_t at = (size_t)5 * s.item_count + i;
    s.maxima[i] = s.mark[at] = 251;
    s.blank[at] = 0;
    ((uint8_t *)(uintptr_t)s.marks.maxima)[i] = ((uint8_t *)(uintptr_t)s.marks.marks)[at] = 251;
  }
  sums_equal_the_plain_ones(&s);
  dispose(&s);
}

Test(marks, sums_of_one_byte_with_large_totals_equal_the_plain_ones) {
  sample s = make(11, 1, 40, 251, 1 << 20);
  sums_equal_the_plain_ones(&s);
  dispose(&s);
}

Test(marks, sums_of_two_and_four_bytes_equal_the_plain_ones) {
  for (size_t i = 0; i < sizeof item_counts / sizeof *item_counts; i++) {
    sample two = make(i, 2, item_counts[i], 65531, 1 << 20);
    sample four = make(i, 4, item_counts[i], 1 << 20, 1 << 20);
    sums_equal_the_plain_ones(&two);
    sums_equal_the_plain_ones(&four);
    dispose(&two);
    dispose(&four);
  }
}

enum { LIMIT = 60 };

static void bins_of(const sample *s) {
  size_t places = (size_t)(LIMIT + 1) * s->item_count;
  uint32_t *bins = calloc(places, sizeof *bins);
  uint64_t *wide = calloc(places, sizeof *wide);
  uint64_t *plain = calloc(places, sizeof *plain);
  wuji_marks_bin(&s->marks, s->rows, s->totals, s->list_count, bins);
  wuji_marks_bin_wide(&s->marks, s->rows, s->totals, s->list_count, wide);
  for (uint32_t r = 0; r < s->list_count; r++) {
    for (uint32_t i = 0; i < s->item_count; i++) {
      plain[(size_t)s->totals[r] * s->item_count + i] += s->mark[(size_t)s->rows[r] * s->item_count + i];
    }
  }
  for (size_t b = 0; b < places; b++) cr_assert(bins[b] == plain[b] && wide[b] == plain[b]);
  free(bins);
  free(wide);
  free(plain);
}

Test(marks, bins_equal_the_plain_ones) {
  static const uint8_t widths[] = {1, 2, 4};
  for (size_t i = 0; i < sizeof item_counts / sizeof *item_counts; i++) {
    for (size_t w = 0; w < 3; w++) {
      sample s = make(i * 3 + w, widths[w], item_counts[i], 200, LIMIT);
      for (int level = WUJI_ISA_BASELINE; level <= WUJI_ISA_AVX512; level++) {
        (void)wuji_isa_limit((wuji_isa_level)level);
        bins_of(&s);
      }
      dispose(&s);
    }
  }
}

Test(marks, no_rows_change_nothing) {
  sample s = make(1, 1, 10, 5, 50);
  uint64_t wide[30] = {0};
  uint32_t narrow[30] = {0};
  wuji_mark_sums sums = {wide, wide + 10, wide + 20, narrow, narrow + 10, narrow + 20};
  wuji_marks_sum(&s.marks, s.rows, s.totals, 0, &sums);
  for (int i = 0; i < 30; i++) cr_assert(wide[i] == 0 && narrow[i] == 0);
  dispose(&s);
}
