/* What the package said, the same bits for any threads, and sums that must agree. */
#include "captured.h"
#include "stats/results.h"
#include "store/store.h"
#include "support/cohort_maker.h"

#include <criterion/criterion.h>
#include <math.h>

static wuji_analysis *analyse(const wuji_cohort *cohort, uint32_t threads) {
  wuji_error error = {0};
  wuji_analysis *analysis = NULL;
  wuji_options options = {.threads = threads};
  cr_assert_eq(wuji_analyze(cohort, &options, &analysis, &error), WUJI_OK, "%s", error.message);
  return analysis;
}

Test(tables, are_the_same_bits_for_1_to_8_threads) {
  for (uint64_t seed = 200; seed < 215; seed++) {
    test_exam exam = {0};
    test_exam_random(&exam, seed, 1);
    wuji_analysis *one = analyse(exam.cohort, 1);
    for (uint32_t threads = 2; threads <= 8; threads++) {
      wuji_analysis *many = analyse(exam.cohort, threads);
      for (const wuji_table_def *def = wuji_catalog; def->name != NULL; def++) {
        if (wuji_store_packs(def)) continue;
        captured a = capture(exam.cohort, one, def->name, def->diagnostic ? -1 : 3);
        captured b = capture(exam.cohort, many, def->name, def->diagnostic ? -1 : 3);
        cr_assert(captured_same(&a, &b), "seed %llu: %s differs with %u threads", (unsigned long long)seed,
                  def->name, threads);
        captured_dispose(&a);
        captured_dispose(&b);
      }
      wuji_analysis_free(many);
    }
    wuji_analysis_free(one);
    test_exam_free(&exam);
  }
}

Test(tables, children_add_up_to_their_parents) {
  for (uint64_t seed = 300; seed < 360; seed++) {
    test_exam exam = {0};
    test_exam_random(&exam, seed, 1);
    wuji_analysis *a = analyse(exam.cohort, 2);
    const wuji_node *nodes = exam.cohort->nodes;
    for (uint32_t s = 0; s < a->sheet_count; s++) {
      for (int32_t parent = 0; parent < exam.cohort->node_count; parent++) {
        const wuji_paper_result *whole = &a->sheets[s].nodes[parent];
        wuji_paper_result sum = {0};
        uint32_t line_n = 0;
        if (nodes[parent].level == WUJI_CLASS) continue;
        for (int32_t child = parent + 1; child < nodes[parent].end; child = nodes[child].end) {
          const wuji_paper_result *part = &a->sheets[s].nodes[child];
          sum.n += part->n;
          sum.absent += part->absent;
          sum.void_count += part->void_count;
          sum.sum += part->sum;
          if (a->sheets[s].line_n != NULL) line_n += a->sheets[s].line_n[child];
        }
        cr_assert(sum.n == whole->n && sum.sum == whole->sum);
        cr_assert(sum.absent == whole->absent && sum.void_count == whole->void_count);
        if (a->sheets[s].line_n != NULL) cr_assert_eq(line_n, a->sheets[s].line_n[parent]);
      }
    }
    wuji_analysis_free(a);
    test_exam_free(&exam);
  }
}

/* Columns of marks double with the marks; every other number stays as it is, to the bit. */
static bool doubles(const char *column) {
  static const char *const marks[] = {"full_mark", "mean",      "sd",    "min",     "p25", "median",
                                      "p75",       "max",       "sem",   "lo",      "hi",  "raw",
                                      "mark",      "line_mark", "score", "max_mark"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    if (strcmp(column, marks[i]) == 0) return true;
  }
  return false;
}

static void compare_doubled(const captured *once, const captured *twice, uint64_t seed) {
  cr_assert_eq(once->rows, twice->rows);
  for (uint32_t c = 0; c < once->def->column_count; c++) {
    const wuji_column_def *column = &once->def->columns[c];
    if (column->type != WUJI_REAL && column->type != WUJI_INT4) continue;
    double factor = doubles(column->name) ? 2.0 : 1.0;
    for (uint32_t row = 0; row < once->rows; row++) {
      double a = factor * captured_number(once, row, column->name);
      double b = captured_number(twice, row, column->name);
      cr_assert((isnan(a) && isnan(b)) || a == b, "seed %llu: %s %s row %u: %.17g, not %.17g",
                (unsigned long long)seed, once->def->name, column->name, row, b, a);
    }
  }
}

Test(tables, doubling_marks_and_maxima_doubles_marks_and_nothing_else) {
  static const char *const tables[] = {"paper_stat", "item_stat",     "segment_stat",
                                       "line_stat",  "student_score", "line"};
  for (uint64_t seed = 400; seed < 430; seed++) {
    test_exam one = {0};
    test_exam two = {0};
    test_exam_random(&one, seed, 1);
    test_exam_random(&two, seed, 2);
    /* The narrow default width of segments is not scaled by the maker: do it here, on both. */
    for (uint32_t p = 0; p < one.cohort->paper_count; p++) {
      one.cohort->papers[p].segment = (wuji_decimal){15, 1};
      two.cohort->papers[p].segment = (wuji_decimal){30, 1};
    }
    wuji_analysis *a = analyse(one.cohort, 2);
    wuji_analysis *b = analyse(two.cohort, 2);
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
      captured once = capture(one.cohort, a, tables[t], -1);
      captured twice = capture(two.cohort, b, tables[t], -1);
      compare_doubled(&once, &twice, seed);
      captured_dispose(&once);
      captured_dispose(&twice);
    }
    wuji_analysis_free(a);
    wuji_analysis_free(b);
    test_exam_free(&one);
    test_exam_free(&two);
  }
}

Test(tables, groups_summed_from_rows_equal_groups_from_bins) {
  /* 60 items over a full mark of 120,000 steps: bins would take 58 MB, so none are held. */
  enum { ITEMS = 60, ROWS = 90 };
  uint32_t maxima[ITEMS];
  test_exam exam = {0};
  uint64_t state = 9;
  (void)test_exam_add_class(&exam, "1", ROWS / 2);
  (void)test_exam_add_class(&exam, "2", ROWS / 2);
  test_exam_seat(&exam);
  for (int i = 0; i < ITEMS; i++) maxima[i] = 2000;
  wuji_paper *wide = test_exam_paper(&exam, "wide", 100, ITEMS, maxima);
  for (int i = 0; i < ITEMS; i++) maxima[i] = 2;
  wuji_paper *narrow = test_exam_paper(&exam, "narrow", 1, ITEMS, maxima);
  for (uint32_t c = 0; c < ROWS; c++) { /* the same marks, a thousand times as large */
    int marks[ITEMS];
    for (int i = 0; i < ITEMS; i++) marks[i] = (int)test_random(&state, 3);
    if (c == 0) {
      for (int i = 0; i < ITEMS; i++) marks[i] = 2; /* someone has the full mark */
    }
    test_exam_present(&exam, narrow, c, marks);
    for (int i = 0; i < ITEMS; i++) marks[i] *= 1000;
    test_exam_present(&exam, wide, c, marks);
  }
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(exam.cohort, 1);
  cr_assert(!wuji_sheet_has_bins(&a->sheets[0].sheet));
  cr_assert(wuji_sheet_has_bins(&a->sheets[1].sheet));
  for (int32_t node = 0; node < exam.cohort->node_count; node++) {
    for (uint32_t i = 0; i < ITEMS; i++) {
      wuji_item_values x = wuji_item_block_values(&a->sheets[0].items[node], &a->sheets[0].sheet,
                                                  a->sheets[0].nodes[node].n, i);
      wuji_item_values y = wuji_item_block_values(&a->sheets[1].items[node], &a->sheets[1].sheet,
                                                  a->sheets[1].nodes[node].n, i);
      cr_assert(fabs(x.discrimination - y.discrimination) < 1e-14);
      cr_assert(fabs(x.r_rest - y.r_rest) < 1e-14);
      cr_assert(fabs(x.alpha_drop - y.alpha_drop) < 1e-12);
    }
  }
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

Test(tables, say_what_the_package_said) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "1", 2);
  test_exam_seat(&exam);
  wuji_paper *paper = test_exam_totals(&exam, "X", 2, 21, (const int[]){TEST_BLANK, 21});
  paper->items[0].kind = WUJI_SUBJECTIVE;
  paper->items[0].points = wuji_str_of("函数;导数");
  paper->items[0].planned_difficulty = (wuji_decimal){65, 100};
  exam.cohort->sex[exam.row[1]] = wuji_str_of("男");
  exam.cohort->attributes[exam.row[1]] = wuji_str_of("{\"urban\":\"1\"}");
  static const wuji_line_plan lines[] = {{{"a", 1}, WUJI_LINE_SCORE, {105, 10}}};
  exam.cohort->plan.lines = lines;
  exam.cohort->plan.line_count = 1;
  test_exam_seal(&exam);
  wuji_analysis *a = analyse(exam.cohort, 1);

  captured t = capture(exam.cohort, a, "exam", -1);
  cr_assert(t.rows == 1 && captured_number(&t, 0, "candidates") == 2);
  cr_assert(isnan(captured_number(&t, 0, "run")));
  cr_assert_null(captured_text(&t, 0, "date").ptr);
  cr_assert_null(captured_text(&t, 0, "published_at").ptr);
  captured_dispose(&t);

  t = capture(exam.cohort, a, "paper", -1);
  cr_assert_eq(t.rows, 2);
  cr_assert(captured_number(&t, 0, "full_mark") == 10.5 && captured_number(&t, 0, "step") == 0.5);
  cr_assert(captured_number(&t, 0, "in_total") == 1 && captured_number(&t, 0, "items") == 1);
  cr_assert(wuji_str_is(captured_text(&t, 1, "paper"), "total") && isnan(captured_number(&t, 1, "items")));
  captured_dispose(&t);

  t = capture(exam.cohort, a, "item", -1);
  cr_assert(captured_number(&t, 0, "ordinal") == 1 && captured_number(&t, 0, "max_mark") == 10.5);
  cr_assert(wuji_str_is(captured_text(&t, 0, "kind"), "subjective"));
  cr_assert(wuji_str_is(captured_text(&t, 0, "points"), "函数;导数"));
  cr_assert_null(captured_text(&t, 0, "key").ptr);
  cr_assert_eq(captured_number(&t, 0, "planned_difficulty"), 0.65);
  captured_dispose(&t);

  t = capture(exam.cohort, a, "line", -1);
  cr_assert(t.rows == 1 && captured_number(&t, 0, "score") == 10.5 &&
            captured_number(&t, 0, "line_mark") == 10.5);
  cr_assert(isnan(captured_number(&t, 0, "share")));
  captured_dispose(&t);

  t = capture(exam.cohort, a, "student", -1);
  cr_assert(wuji_str_is(captured_text(&t, 1, "node"), "P/C/D/S/1") && captured_number(&t, 1, "counted") == 1);
  cr_assert_null(captured_text(&t, 0, "sex").ptr);
  cr_assert(wuji_str_is(captured_text(&t, 1, "attributes"), "{\"urban\":\"1\"}"));
  captured_dispose(&t);

  t = capture(exam.cohort, a, "node", -1);
  cr_assert_eq(t.rows, 5);
  cr_assert_null(captured_text(&t, 0, "parent").ptr);
  cr_assert(wuji_str_is(captured_text(&t, 4, "parent"), "P/C/D/S") &&
            captured_number(&t, 4, "candidates") == 2);
  captured_dispose(&t);

  t = capture(exam.cohort, a, "item_score", -1);
  cr_assert(t.rows == 2 && isnan(captured_number(&t, 0, "mark")) && captured_number(&t, 1, "mark") == 10.5);
  captured_dispose(&t);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

static wuji_status refuse(void *context, const wuji_batch *batch, wuji_error *error) {
  (void)context;
  (void)batch;
  return wuji_fail(error, WUJI_IO, "the disk is full");
}

Test(tables, pass_on_what_the_sink_says) {
  test_exam exam = {0};
  test_exam_random(&exam, 1, 1);
  wuji_analysis *a = analyse(exam.cohort, 1);
  wuji_error error = {0};
  wuji_sink sink = {refuse, NULL};
  cr_assert_eq(wuji_report_rows(exam.cohort, a, NULL, wuji_catalog_find("node"), &sink, &error), WUJI_IO);
  cr_assert_str_eq(error.message, "the disk is full");
  wuji_analysis_free(a);
  test_exam_free(&exam);
}

static wuji_status ignore(void *context, const wuji_batch *batch, wuji_error *error) {
  (void)error;
  *(uint32_t *)context += batch->rows;
  return WUJI_OK;
}

Test(tables, no_one_writes_the_marks) {
  test_exam exam = {0};
  test_exam_random(&exam, 1, 1);
  wuji_analysis *a = analyse(exam.cohort, 1);
  uint32_t rows = 0;
  wuji_sink sink = {ignore, &rows};
  cr_assert_eq(wuji_report_stored(exam.cohort, a, NULL, wuji_catalog_find_stored("marks"), 1, &sink, NULL),
               WUJI_INTERNAL);
  cr_assert_eq(rows, 0);
  wuji_analysis_free(a);
  test_exam_free(&exam);
}
