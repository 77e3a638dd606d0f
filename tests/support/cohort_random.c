/* Random cohorts: small, and as awkward as the contract allows. */
#include "support/cohort_maker.h"

#include <stdlib.h>

enum { MOST_MARKS = 12 };

static bool chance(uint64_t *state, uint32_t percent) {
  return test_random(state, 100) < percent;
}

static void add_candidates(test_exam *exam, uint64_t *state) {
  static const char *const names[] = {"甲", "乙", "丙", "a/b", "c\\d"};
  uint32_t count = 1 + test_random(state, 140);
  uint32_t spread[WUJI_LEVELS];
  for (int level = 0; level < WUJI_LEVELS; level++)
    spread[level] = 1 + test_random(state, level < WUJI_SCHOOL ? 2 : 4);
  for (uint32_t c = 0; c < count; c++) {
    const char *path[WUJI_LEVELS];
    for (int level = 0; level < WUJI_LEVELS; level++) path[level] = names[test_random(state, spread[level])];
    (void)test_exam_add(exam, path, !chance(state, 6));
  }
  uint32_t classes = test_random(state, 5);
  for (uint32_t t = 0; t < classes; t++) {
    (void)test_exam_teach(exam, test_random(state, count), names[test_random(state, 5)]);
  }
}

/* Whether the candidate belongs to the school of that teaching class. */
static bool in_school(const test_exam *exam, uint32_t candidate, uint32_t teaching_class) {
  const wuji_node *nodes = exam->cohort->nodes;
  int32_t own = exam->cohort->own_class[exam->row[candidate]];
  return nodes[own].parent == nodes[exam->classes[teaching_class].node].parent;
}

static void sit(test_exam *exam, wuji_paper *paper, uint32_t candidate, uint64_t *state, uint32_t scale,
                uint32_t blank_percent) {
  int marks[MOST_MARKS];
  uint32_t ability = test_random(state, 101);
  for (uint32_t i = 0; i < paper->item_count; i++) {
    uint32_t max = paper->items[i].max / scale;
    uint32_t mark = chance(state, ability) ? max : test_random(state, max + 1);
    marks[i] = chance(state, blank_percent) ? TEST_BLANK : (int)(mark * scale);
  }
  test_exam_present(exam, paper, candidate, marks);
}

/* Some papers say what was chosen, of some of their items: single options and several together, a key that
 * nobody chose now and then. */
static void add_choices(test_exam *exam, wuji_paper *paper, uint64_t *state) {
  static const char *const single[] = {"A", "B", "C", "D", NULL};
  static const char *const several[] = {"A", "AB", "ABC", "AC", "B", "BC", "C", NULL};
  for (uint32_t i = 0; i < paper->item_count; i++) {
    if (chance(state, 40)) continue;
    const char *const *texts = chance(state, 70) ? single : several;
    const char *key = chance(state, 90) ? texts[test_random(state, 4)] : NULL;
    test_exam_choice(exam, paper, i, chance(state, 50) ? "ABC" : NULL, key, texts);
  }
  for (uint32_t c = 0; c < exam->count; c++) {
    if (paper->status[exam->row[c]] != WUJI_PRESENT || chance(state, 3)) continue;
    for (uint32_t k = 0; k < paper->choice_count; k++) {
      const wuji_choice *choice = &paper->choices[k];
      wuji_str text = choice->options[test_random(state, choice->option_count)].text;
      test_exam_choose(exam, paper, c, k, text.ptr);
    }
  }
}

/* Points (several, or one twice), abilities and kinds on some items of most papers. */
static void add_aspects(wuji_paper *paper, uint64_t *state) {
  static const char *const points[] = {"集合", "函数", "集合;函数", "数列;数列",
                                       "b",    "B",    "a;b;c",     "函数;集合"};
  static const char *const abilities[] = {"识记", "应用", "集合"};
  if (chance(state, 20)) return;
  for (uint32_t i = 0; i < paper->item_count; i++) {
    if (chance(state, 80)) paper->items[i].points = wuji_str_of(points[test_random(state, 8)]);
    if (chance(state, 70)) paper->items[i].ability = wuji_str_of(abilities[test_random(state, 3)]);
    if (chance(state, 50) && paper->items[i].kind == WUJI_KIND_NONE) {
      paper->items[i].kind = chance(state, 50) ? WUJI_OBJECTIVE : WUJI_SUBJECTIVE;
    }
  }
}

static void add_paper(test_exam *exam, const char *code, uint64_t *state, uint32_t scale) {
  static const uint32_t steps[] = {1, 2, 4, 10, 20, 100};
  uint32_t maxima[MOST_MARKS];
  uint32_t units = steps[test_random(state, 6)];
  uint32_t items = 1 + test_random(state, MOST_MARKS);
  uint32_t marks = chance(state, 5) ? 300 : 1 + test_random(state, 8);
  for (uint32_t i = 0; i < items; i++) maxima[i] = scale * (1 + test_random(state, marks * units));
  wuji_paper *paper = test_exam_paper(exam, code, units, items, maxima);
  paper->in_total = !chance(state, 15);
  paper->segment = chance(state, 50) ? (wuji_decimal){10, 1} : (wuji_decimal){(int64_t)(15 * scale), 10};
  uint32_t elective = test_random(state, 2) * 40;
  uint32_t blanks = test_random(state, 2) * 15;
  for (uint32_t c = 0; c < exam->count; c++) {
    if (chance(state, elective)) continue;
    uint32_t fate = test_random(state, 100);
    if (fate < 5) {
      test_exam_away(exam, paper, c, WUJI_ABSENT);
    } else if (fate < 8) {
      test_exam_away(exam, paper, c, WUJI_VOID);
    } else {
      sit(exam, paper, c, state, scale, blanks);
    }
    if (exam->class_count > 0 && chance(state, 60)) {
      uint32_t t = test_random(state, exam->class_count);
      if (in_school(exam, c, t)) test_exam_in_class(exam, paper, c, t);
    }
  }
  if (chance(state, 50)) add_choices(exam, paper, state);
}

static void add_plan(test_exam *exam, uint64_t *state, uint32_t scale) {
  wuji_plan *plan = &exam->cohort->plan;
  wuji_line_plan *lines = wuji_arena_array(&exam->cohort->arena, 3, sizeof *lines);
  if (lines == NULL) abort();
  lines[0] = (wuji_line_plan){wuji_str_of("share"), WUJI_LINE_SHARE, {1 + test_random(state, 100), 100}};
  lines[1] = (wuji_line_plan){wuji_str_of("score"), WUJI_LINE_SCORE, {scale * test_random(state, 1200), 10}};
  lines[2] = (wuji_line_plan){wuji_str_of("beyond"), WUJI_LINE_SCORE, {scale * 99999, 1}};
  plan->lines = lines;
  plan->line_count = test_random(state, 4);
  plan->absent = chance(state, 50) ? WUJI_ABSENT_ZERO : WUJI_ABSENT_EXCLUDE;
  plan->total_segment = (wuji_decimal){25 * scale, 1};
}

static void add_bands(test_exam *exam, uint64_t *state) {
  static const uint32_t tops[] = {30, 1, 3, 10, 100000};
  wuji_cohort *cohort = exam->cohort;
  wuji_band_plan *bands = wuji_arena_array(&cohort->arena, cohort->paper_count + 1, sizeof *bands);
  if (bands == NULL) abort();
  for (uint32_t p = 0; p <= cohort->paper_count; p++) {
    if (chance(state, 40)) continue;
    bands[cohort->plan.band_count++] =
        (wuji_band_plan){p == cohort->paper_count ? wuji_str_of("total") : cohort->papers[p].code, tops,
                         1 + test_random(state, sizeof tops / sizeof *tops)};
  }
  cohort->plan.bands = bands;
}

/* Now and then a given full mark, a little above what the papers can give. */
static void give_full_mark(test_exam *exam, uint64_t *state, uint32_t scale) {
  int64_t hundredths = (int64_t)scale * 30;
  for (uint32_t p = 0; p < exam->cohort->paper_count; p++) {
    const wuji_paper *paper = &exam->cohort->papers[p];
    if (paper->in_total) hundredths += (int64_t)paper->full * (100 / paper->units);
  }
  if (chance(state, 20)) exam->cohort->plan.total_full = (wuji_decimal){hundredths, 100};
}

void test_exam_random(test_exam *exam, uint64_t seed, uint32_t scale) {
  static const char *const codes[] = {"语文", "数学", "x", "y"};
  uint64_t state = seed * UINT64_C(0x2545F4914F6CDD1D);
  add_candidates(exam, &state);
  test_exam_seat(exam);
  add_plan(exam, &state, scale);
  uint32_t papers = 1 + test_random(&state, 4);
  for (uint32_t p = 0; p < papers; p++) add_paper(exam, codes[p], &state, scale);
  give_full_mark(exam, &state, scale);
  add_bands(exam, &state);
  for (uint32_t p = 0; p < papers; p++) add_aspects(&exam->cohort->papers[p], &state);
  test_exam_seal(exam);
}

void test_exam_large(test_exam *exam) {
  static const uint32_t maxima[] = {(1 << 20) - 8, 7};
  enum { SMALL = 40, LARGE = 2500 };
  uint64_t state = 5;
  for (uint32_t c = 0; c < SMALL + LARGE; c++) {
    const char *school = c < SMALL ? "small" : "large";
    (void)test_exam_add(exam, (const char *const[]){"P", "C", "D", school, "1"}, true);
  }
  test_exam_seat(exam);
  wuji_paper *paper = test_exam_paper(exam, "P", 100, 2, maxima);
  paper->items[0].points = wuji_str_of("a;b");
  paper->items[1].points = wuji_str_of("b;c");
  paper->segment = (wuji_decimal){1000, 1};
  for (uint32_t c = 0; c < SMALL + LARGE; c++) {
    uint32_t most = c < SMALL ? 90 : maxima[0];
    test_exam_present(exam, paper, c,
                      (const int[]){(int)(most - test_random(&state, 50)), (int)test_random(&state, 8)});
  }
  test_exam_seal(exam);
}

void test_exam_many_marks(test_exam *exam) {
  enum { COUNT = 1300 };
  (void)test_exam_add_class(exam, "1", COUNT);
  test_exam_seat(exam);
  wuji_paper *paper = test_exam_paper(exam, "P", 100, 2, (const uint32_t[]){2 * COUNT, COUNT - 2});
  for (uint32_t c = 0; c < COUNT; c++) {
    int last = c < COUNT - 1 ? (int)c : TEST_BLANK;
    test_exam_present(exam, paper, c, (const int[]){(int)(2 * c), last});
  }
  test_exam_seal(exam);
}
