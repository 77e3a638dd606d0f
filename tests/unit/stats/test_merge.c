/* Every state: absorbing a part here and a part there and merging gives what absorbing all at once gives, to
 * the bit. */
#include "stats/node_finish.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>

typedef struct halves_of {
  wuji_state whole, left, right;
} halves_of;

static void absorb(wuji_bench *bench, const wuji_sheet *sheet, wuji_slice rows, wuji_state *state) {
  wuji_present present = wuji_bench_list(bench, sheet, rows, state);
  wuji_state_absorb(state, sheet, &present);
}

static void same_items(const wuji_item_sums *a, const wuji_item_sums *b) {
  size_t wide = a->items * sizeof(uint64_t);
  size_t narrow = a->items * sizeof(uint32_t);
  if (a->items == 0) return;
  cr_assert_arr_eq(a->by_item.sum, b->by_item.sum, wide);
  cr_assert_arr_eq(a->by_item.square, b->by_item.square, wide);
  cr_assert_arr_eq(a->by_item.cross, b->by_item.cross, wide);
  cr_assert_arr_eq(a->by_item.full, b->by_item.full, narrow);
  cr_assert_arr_eq(a->by_item.zero, b->by_item.zero, narrow);
  cr_assert_arr_eq(a->by_item.blank, b->by_item.blank, narrow);
}

static void same_choosers(const wuji_option_bins *a, const wuji_option_bins *b, uint32_t total) {
  uint32_t count[2][256] = {{0}};
  cr_assert_leq(a->cells, 256);
  wuji_option_bins_read(a, total, count[0]);
  wuji_option_bins_read(b, total, count[1]);
  cr_assert_arr_eq(count[0], count[1], sizeof count[0]);
}

static void same_state(const wuji_state *a, const wuji_state *b, const wuji_sheet *sheet) {
  cr_assert_eq(a->absent, b->absent);
  cr_assert_eq(a->void_count, b->void_count);
  cr_assert_eq(a->histogram.low, b->histogram.low);
  cr_assert_eq(a->histogram.high, b->histogram.high);
  cr_assert_arr_eq(a->histogram.count, b->histogram.count, sheet->bins * sizeof *a->histogram.count);
  same_items(&a->items, &b->items);
  cr_assert_eq((a->bins.sum == NULL), (b->bins.sum == NULL));
  if (a->bins.sum != NULL) {
    cr_assert_arr_eq(a->bins.sum, b->bins.sum, (size_t)sheet->bins * a->bins.items * sizeof *a->bins.sum);
  }
  cr_assert_eq((a->options.count == NULL), (b->options.count == NULL));
  if (a->options.count != NULL) {
    for (uint32_t total = 0; total < sheet->bins; total++) same_choosers(&a->options, &b->options, total);
  }
  if (a->options.sum != NULL) {
    cr_assert_arr_eq(a->options.sum, b->options.sum, a->options.cells * sizeof *a->options.sum);
  }
  if (a->marks.places > 0) {
    cr_assert_arr_eq(a->marks.count, b->marks.count, a->marks.places * sizeof *a->marks.count);
  }
  if (a->aspects.sum != NULL) { /* sum and square are one array, and have the odd items last */
    cr_assert_arr_eq(a->aspects.sum, b->aspects.sum, 2 * (a->aspects.count + 1) * sizeof(uint64_t));
  }
  cr_assert_arr_eq(&a->parts, &b->parts, sizeof a->parts);
}

static void merge_equals_whole(const wuji_cohort *cohort, uint32_t index, uint64_t *random) {
  wuji_sheet sheet;
  wuji_arena arena = {0};
  wuji_bench bench = {0};
  halves_of s;
  cr_assert_eq(wuji_sheet_init(&sheet, cohort, index, &arena, NULL), WUJI_OK);
  cr_assert(wuji_bench_init(&bench, &sheet, cohort->row_count, &arena));
  cr_assert(wuji_state_init(&s.whole, &sheet, true, &arena) &&
            wuji_state_init(&s.left, &sheet, true, &arena) &&
            wuji_state_init(&s.right, &sheet, true, &arena));
  absorb(&bench, &sheet, (wuji_slice){0, cohort->row_count}, &s.whole);
  for (uint32_t row = 0; row < cohort->row_count;) {
    uint32_t end = row + 1 + test_random(random, 9);
    if (end > cohort->row_count) end = cohort->row_count;
    wuji_slice part = {row, end};
    wuji_state *side = test_random(random, 2) == 0 ? &s.left : &s.right;
    if (test_random(random, 2) == 0) {
      absorb(&bench, &sheet, part, side);
    } else { /* as a class: its sums first, then its list */
      wuji_state_clear(&bench.class_state);
      absorb(&bench, &sheet, part, &bench.class_state);
      wuji_present present = wuji_bench_list(&bench, &sheet, part, NULL);
      wuji_state_absorb_class(side, &sheet, &bench.class_state, &present);
      wuji_option_bins_absorb(&side->options, &sheet.options.chosen, present.rows, present.totals,
                              present.count);
    }
    row = end;
  }
  wuji_state_merge(&s.left, &sheet, &s.right);
  same_state(&s.whole, &s.left, &sheet);
  wuji_state_clear(&s.left);
  wuji_state_clear(&s.right);
  same_state(&s.left, &s.right, &sheet); /* both empty again */
  wuji_state_merge(&s.left, &sheet, &s.whole);
  same_state(&s.whole, &s.left, &sheet); /* and usable again */
  wuji_bench_dispose(&bench);
  wuji_arena_dispose(&arena);
}

Test(state, merge_equals_whole) {
  for (uint64_t seed = 1; seed <= 150; seed++) {
    test_exam exam = {0};
    uint64_t random = seed;
    test_exam_random(&exam, seed, 1);
    for (uint32_t s = 0; s <= exam.cohort->paper_count; s++) merge_equals_whole(exam.cohort, s, &random);
    test_exam_free(&exam);
  }
}

/* Nearly all nodes are smaller than this; a province is not. */
Test(option_bins, hold_more_than_16_bits_of_candidates) {
  enum { COUNT = 150000, CELLS = 3, BINS = 2 };
  static uint32_t rows[COUNT], totals[COUNT];
  static const uint8_t codes[3] = {2, 0, 2};
  static const uint32_t first[1] = {0};
  const wuji_chosen chosen = {.codes = codes, .first = first, .choices = 1, .cells = CELLS, .width = 1};
  uint32_t histogram_count[BINS] = {0};
  wuji_histogram histogram = {.count = histogram_count};
  wuji_option_bins bins[2];
  for (int i = 0; i < 2; i++) {
    bins[i] = (wuji_option_bins){.count = calloc((size_t)BINS * CELLS, sizeof(uint32_t)),
                                 .few = calloc((size_t)BINS * CELLS, sizeof(uint16_t)),
                                 .cells = CELLS,
                                 .bins = BINS};
  }
  uint32_t expected[CELLS] = {0};
  for (uint32_t r = 0; r < COUNT; r++) {
    rows[r] = r % 3;
    totals[r] = 1;
    expected[codes[rows[r]]] += 2;
  }
  wuji_histogram_absorb(&histogram, totals, COUNT);
  wuji_option_bins_absorb(&bins[0], &chosen, rows, totals, COUNT);
  for (uint32_t r = 0; r < COUNT; r += 30000) { /* in parts that fit, which together do not */
    wuji_option_bins_absorb(&bins[1], &chosen, rows + r, totals + r, 30000);
  }
  wuji_option_bins_merge(&bins[0], &bins[1], &histogram);
  uint32_t found[CELLS] = {0};
  wuji_option_bins_read(&bins[0], 1, found);
  cr_assert_arr_eq(found, expected, sizeof found);
  wuji_option_bins_clear(&bins[0], &histogram);
  memset(found, 0, sizeof found);
  wuji_option_bins_read(&bins[0], 1, found);
  for (uint32_t cell = 0; cell < CELLS; cell++) cr_assert_eq(found[cell], 0);
  for (int i = 0; i < 2; i++) {
    free(bins[i].count);
    free(bins[i].few);
  }
}
