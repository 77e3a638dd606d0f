/* An exam's content kept, read back, analysed again; told from other content. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cohort/digest.h"
#include "database.h"
#include "support/package_maker.h"

enum { SEEDS = 12 };

/* Markers' marks of the first paper and two priors, some of which nobody has. */
static void add_markings_and_priors(wuji_cohort *cohort, uint64_t seed) {
  uint64_t state = seed;
  wuji_arena *arena = &cohort->arena;
  wuji_paper *paper = &cohort->papers[0];
  static const char *const markers[] = {"何老师", "张\"老师\"", "李老师"};
  paper->marker_count = 3;
  paper->markers = wuji_arena_array(arena, 3, sizeof *paper->markers);
  for (uint32_t m = 0; m < 3; m++) paper->markers[m] = wuji_str_of(markers[m]);
  uint32_t most = paper->items[paper->item_count - 1].max * (100 / paper->units);
  paper->markings = wuji_arena_array(arena, (size_t)2 * cohort->row_count, sizeof *paper->markings);
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    if (paper->status[row] != WUJI_PRESENT) continue;
    for (uint32_t round = 1; round <= test_random(&state, 3); round++) {
      paper->markings[paper->marking_count++] =
          (wuji_marking){.row = row,
                         .item = (uint16_t)(paper->item_count - 1),
                         .round = (uint8_t)round,
                         .marker = test_random(&state, 3),
                         .mark = test_random(&state, most + 1),
                         .seconds = test_random(&state, 2) == 0 ? UINT32_MAX : test_random(&state, 9000)};
    }
  }
  cohort->prior_count = 2;
  cohort->prior_names = wuji_arena_array(arena, 2, sizeof *cohort->prior_names);
  cohort->prior_names[0] = wuji_str_of("中考总分");
  cohort->prior_names[1] = wuji_str_of("none has it");
  cohort->priors = wuji_arena_array(arena, (size_t)2 * cohort->row_count, sizeof *cohort->priors);
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    cohort->priors[row] = test_random(&state, 4) == 0 ? NAN : (double)test_random(&state, 7000) / 10.0;
    cohort->priors[cohort->row_count + row] = NAN;
  }
}

/* Teachers with every kind of byte that JSON escapes. */
static void add_teachers(wuji_cohort *cohort, uint64_t seed) {
  static const char *const names[] = {"王\\老师", "\"", "\t\x01x", "null", ""};
  uint64_t state = seed;
  for (uint32_t p = 0; p < cohort->paper_count; p += 2) {
    wuji_paper *paper = &cohort->papers[p];
    paper->teacher = wuji_arena_array(&cohort->arena, cohort->row_count, sizeof *paper->teacher);
    for (uint32_t row = 0; row < cohort->row_count; row++) {
      uint32_t which = test_random(&state, 7);
      if (which < 5) paper->teacher[row] = wuji_str_of(names[which]);
    }
  }
}

static void expect_same_content(const wuji_cohort *a, const wuji_cohort *b, unsigned long seed) {
  uint8_t digests[2][WUJI_DIGEST_BYTES];
  wuji_error error;
  test_good(wuji_cohort_digest(a, 1, digests[0], &error), &error);
  test_good(wuji_cohort_digest(b, 2, digests[1], &error), &error);
  cr_expect_arr_eq(digests[0], digests[1], 32, "seed %lu: digests differ", seed);
  cr_assert_eq(a->prior_count, b->prior_count);
  cr_expect(memcmp(a->priors, b->priors, (size_t)2 * a->row_count * sizeof *a->priors) == 0,
            "seed %lu: priors", seed);
  for (uint32_t p = 0; p < a->paper_count; p++) {
    cr_assert_eq(a->papers[p].marking_count, b->papers[p].marking_count);
    cr_assert_eq(a->papers[p].marker_count, b->papers[p].marker_count);
    for (size_t m = 0; m < a->papers[p].marking_count; m++) {
      const wuji_marking *x = &a->papers[p].markings[m];
      const wuji_marking *y = &b->papers[p].markings[m];
      cr_assert(x->row == y->row && x->item == y->item && x->round == y->round && x->marker == y->marker &&
                    x->mark == y->mark && x->seconds == y->seconds,
                "seed %lu: marking %zu", seed, m);
    }
    for (uint32_t m = 0; m < a->papers[p].marker_count; m++)
      cr_assert(wuji_str_equal(a->papers[p].markers[m], b->papers[p].markers[m]));
  }
}

/* The content of the exam `code` as a sealed, analysed cohort; its plan is borrowed from `made`, whose
 * exam.ini there never was. */
static void load(wuji_store *store, const char *code, const test_analysed *made, test_analysed *loaded) {
  wuji_error error;
  uint8_t content[WUJI_DIGEST_BYTES];
  *loaded = (test_analysed){.exam = {.cohort = wuji_cohort_new()}};
  test_good(wuji_store_load(store, code, loaded->exam.cohort, content, &error), &error);
  loaded->exam.cohort->plan = made->exam.cohort->plan;
  test_good(wuji_cohort_seal(loaded->exam.cohort, 2, NULL, &error), &error);
  cr_assert(wuji_cohort_valid(loaded->exam.cohort, &error), "%s", error.message);
  test_good(wuji_analyze(loaded->exam.cohort, &(wuji_options){.threads = 2}, &loaded->analysis, &error),
            &error);
}

static void expect_same_tables(const test_analysed *a, const test_analysed *b, unsigned long seed) {
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL && def->diagnostic; def++) {
    char *x = test_csv_made(a, def);
    char *y = test_csv_made(b, def);
    cr_assert(strcmp(x, y) == 0, "seed %lu: %s differs", seed, def->name);
    free(x);
    free(y);
  }
}

/* Random exams have teaching classes, electives, options, absent and void, marks of every width, several
 * roots. */
Test(content, what_is_kept_or_published_comes_back_and_gives_the_same_tables, .timeout = 300) {
  uint8_t content[WUJI_DIGEST_BYTES] = {7};
  wuji_error error;
  wuji_store *store = test_store();
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    test_analysed made;
    test_analysed loaded;
    bool replaced;
    bool unchanged;
    int32_t run;
    bool publish = seed % 2 == 0;
    test_analysed_make(&made, "kept", seed);
    made.exam.cohort->plan.text = wuji_str_of("[exam]\ncode = kept\n");
    add_markings_and_priors(made.exam.cohort, seed);
    add_teachers(made.exam.cohort, seed);
    wuji_claim claim = {.exam = "kept", .content = content, .statistics = publish, .replace = true};
    content[0]++;
    test_good(wuji_store_begin(store, &claim, &run, &unchanged, &error), &error);
    cr_assert(!unchanged);
    test_write_run(store, &made, run);
    test_good((publish ? wuji_store_publish : wuji_store_keep)(store, made.exam.cohort, &claim, run,
                                                               &replaced, &error),
              &error);
    load(store, "kept", &made, &loaded);
    expect_same_content(made.exam.cohort, loaded.exam.cohort, seed);
    expect_same_tables(&made, &loaded, seed);
    test_analysed_free(&loaded);
    test_analysed_free(&made);
  }
  wuji_store_close(store);
}
