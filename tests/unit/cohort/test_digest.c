/* The digest of a cohort: any change of what it holds changes it. What it must not depend on, the tests of
 * ingest hold. */
#include "cohort/digest.h"

#include "support/cohort_maker.h"

#include <criterion/criterion.h>

typedef struct sum {
  uint8_t bytes[WUJI_DIGEST_BYTES];
} sum;

static sum sum_of(const wuji_cohort *cohort, uint32_t threads) {
  sum s;
  wuji_error error = {0};
  cr_assert_eq(wuji_cohort_digest(cohort, threads, s.bytes, &error), WUJI_OK, "%s", error.message);
  return s;
}

static bool same(sum a, sum b) {
  return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

static const char *const texts[] = {"A", "B", NULL};
static const uint32_t tops[] = {10, 20};
static const wuji_line_plan lines[] = {{.name = {"x", 1}, .kind = WUJI_LINE_SCORE, .value = {5, 1}}};
static const wuji_str first_priors[] = {{"old", 3}};
static const wuji_band_plan bands[] = {{.paper = {"total", 5}, .tops = tops, .top_count = 2}};
static const wuji_growth_plan growth[] = {{.priors = first_priors, .prior_count = 1}};

/* One of everything. */
static test_exam whole_exam(void) {
  test_exam exam = {0};
  (void)test_exam_add_class(&exam, "1", 3);
  (void)test_exam_add_class(&exam, "2", 3);
  uint32_t taught = test_exam_teach(&exam, 0, "走1");
  test_exam_seat(&exam);
  wuji_cohort *cohort = exam.cohort;
  wuji_arena *arena = &cohort->arena;
  wuji_paper *paper = test_exam_paper(&exam, "x", 2, 2, (const uint32_t[]){5, 6});
  for (uint32_t c = 0; c < 5; c++) test_exam_present(&exam, paper, c, (const int[]){(int)c, TEST_BLANK});
  test_exam_choice(&exam, paper, 0, "AB", "A", texts);
  test_exam_choose(&exam, paper, 1, 0, "B");
  test_exam_in_class(&exam, paper, 0, taught);
  paper->markers = wuji_arena_array(arena, 2, sizeof *paper->markers);
  paper->markers[0] = wuji_str_of("m1");
  paper->markers[1] = wuji_str_of("m2");
  paper->marker_count = 2;
  paper->markings = wuji_arena_array(arena, 1, sizeof *paper->markings);
  paper->markings[0] = (wuji_marking){.row = 1, .item = 1, .round = 1, .mark = 150, .seconds = UINT32_MAX};
  paper->marking_count = 1;
  paper->teacher = wuji_arena_array(arena, 6, sizeof *paper->teacher);
  cohort->prior_count = 1;
  cohort->prior_names = wuji_arena_array(arena, 1, sizeof *cohort->prior_names);
  cohort->prior_names[0] = wuji_str_of("old");
  cohort->priors = wuji_arena_array(arena, 6, sizeof *cohort->priors);
  cohort->plan.lines = lines;
  cohort->plan.line_count = 1;
  cohort->plan.bands = bands;
  cohort->plan.band_count = 1;
  cohort->plan.growth = growth;
  cohort->plan.growth_count = 1;
  test_exam_seal(&exam);
  return exam;
}

Test(digest, it_does_not_depend_on_threads_or_on_the_text_of_exam_ini) {
  test_exam exam = whole_exam();
  sum one = sum_of(exam.cohort, 1);
  exam.cohort->plan.text = wuji_str_of("; a comment");
  cr_expect(same(one, sum_of(exam.cohort, 1)));
  cr_expect(same(one, sum_of(exam.cohort, 5)));
  test_exam_free(&exam);
}

/* The exam with one thing changed has another digest than that of every exam before. */
#define EXPECT_CHANGE(change)                                                                                \
  do {                                                                                                       \
    test_exam exam = whole_exam();                                                                           \
    wuji_cohort *c = exam.cohort;                                                                            \
    wuji_paper *p = &c->papers[0];                                                                           \
    (void)p;                                                                                                 \
    change;                                                                                                  \
    sums[count++] = sum_of(c, 1);                                                                            \
    for (int s = 0; s < count - 1; s++) cr_expect(!same(sums[s], sums[count - 1]), "%s", #change);           \
    test_exam_free(&exam);                                                                                   \
  } while (0)

Test(digest, any_change_of_content_changes_it) {
  static const uint32_t other_tops[] = {10, 21};
  static const wuji_band_plan other_bands[] = {{.paper = {"total", 5}, .tops = other_tops, .top_count = 2}};
  static const wuji_line_plan other_lines[] = {{.name = {"x", 1}, .kind = WUJI_LINE_SHARE, .value = {5, 1}}};
  static const wuji_str other_priors[] = {{"new", 3}};
  static const wuji_growth_plan other_growth[] = {{.priors = other_priors, .prior_count = 1}};
  sum sums[64];
  int count = 0;
  EXPECT_CHANGE((void)0);
  EXPECT_CHANGE(((uint8_t *)p->marks)[0] ^= 1);
  EXPECT_CHANGE(p->status[5] = WUJI_ABSENT);
  EXPECT_CHANGE(((uint8_t *)p->chosen)[1] = 0);
  EXPECT_CHANGE(p->choices[0].options[1].is_key = false);
  EXPECT_CHANGE(p->choices[0].options[2].text = wuji_str_of("C"));
  EXPECT_CHANGE(p->choice_count = 0);
  EXPECT_CHANGE(p->items[0].key = wuji_str_of("B"));
  EXPECT_CHANGE(p->items[0].options = WUJI_NO_STR);
  EXPECT_CHANGE(p->items[0].points = wuji_str_of("z"));
  EXPECT_CHANGE(p->items[0].ability = wuji_str_of("z"));
  EXPECT_CHANGE(p->items[0].planned_difficulty = ((wuji_decimal){5, 10}));
  EXPECT_CHANGE(p->items[1].max = 7);
  EXPECT_CHANGE(p->items[1].kind = WUJI_SUBJECTIVE);
  EXPECT_CHANGE(p->code = wuji_str_of("y"));
  EXPECT_CHANGE(p->name = wuji_str_of("y"));
  EXPECT_CHANGE(p->in_total = false);
  EXPECT_CHANGE(p->units = 4);
  EXPECT_CHANGE(p->segment.num = 11);
  EXPECT_CHANGE(p->class_node[0] = c->own_class[0]);
  EXPECT_CHANGE(p->teacher[2] = wuji_str_of("t"));
  EXPECT_CHANGE(p->teacher[2] = wuji_str_of(""));
  EXPECT_CHANGE(p->markings[0].mark = 100);
  EXPECT_CHANGE(p->markings[0].seconds = 100);
  EXPECT_CHANGE(p->markings[0].marker = 1);
  EXPECT_CHANGE(p->markings[0].round = 2);
  EXPECT_CHANGE(p->markings[0].item = 0);
  EXPECT_CHANGE(p->markings[0].row = 0);
  EXPECT_CHANGE(p->markers[0] = wuji_str_of("m0"));
  EXPECT_CHANGE(c->student_id[0] = wuji_str_of("0"));
  EXPECT_CHANGE(c->name[0] = wuji_str_of("n"));
  EXPECT_CHANGE(c->name[1] = wuji_str_of("n"));
  EXPECT_CHANGE(c->sex[0] = wuji_str_of("n"));
  EXPECT_CHANGE(c->attributes[0] = wuji_str_of("n"));
  EXPECT_CHANGE(c->counted[0] = 0);
  EXPECT_CHANGE(c->own_class[0] = c->own_class[5]);
  EXPECT_CHANGE(c->nodes[1].name = wuji_str_of("n"));
  EXPECT_CHANGE(c->priors[0] = 1);
  EXPECT_CHANGE(c->priors[1] = 1);
  EXPECT_CHANGE(c->prior_names[0] = wuji_str_of("n"));
  EXPECT_CHANGE(c->plan.code = wuji_str_of("n"));
  EXPECT_CHANGE(c->plan.name = wuji_str_of("n"));
  EXPECT_CHANGE(c->plan.date = wuji_str_of("n"));
  EXPECT_CHANGE(c->plan.pass = ((wuji_decimal){61, 100}));
  EXPECT_CHANGE(c->plan.low = ((wuji_decimal){61, 100}));
  EXPECT_CHANGE(c->plan.total_full = ((wuji_decimal){100, 1}));
  EXPECT_CHANGE(c->plan.absent = WUJI_ABSENT_EXCLUDE);
  EXPECT_CHANGE(c->plan.lines = other_lines);
  EXPECT_CHANGE(c->plan.bands = other_bands);
  EXPECT_CHANGE(c->plan.growth = other_growth);
  EXPECT_CHANGE(c->plan.privacy_min_cell = 9);
}
