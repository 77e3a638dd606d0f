#include "support/cohort_maker.h"

#include <stdio.h>
#include <stdlib.h>

static void need(bool good, const char *what) {
  if (good) return;
  (void)fprintf(stderr, "cohort maker: %s\n", what);
  abort();
}

static void *grown(void *old, size_t count, size_t size) {
  void *memory = realloc(old, count * size);
  need(memory != NULL, "out of memory");
  return memory;
}

static wuji_str kept(test_exam *exam, const char *text) {
  return wuji_arena_copy(&exam->arena, wuji_str_of(text));
}

uint32_t test_exam_add(test_exam *exam, const char *const path[WUJI_LEVELS], bool counted) {
  char id[16];
  (void)snprintf(id, sizeof id, "%04u", exam->count);
  exam->seats = grown(exam->seats, exam->count + 1, sizeof *exam->seats);
  exam->counted = grown(exam->counted, exam->count + 1, sizeof *exam->counted);
  wuji_seat *seat = &exam->seats[exam->count];
  seat->student_id = kept(exam, id);
  wuji_seat_path *names = wuji_arena_alloc(&exam->arena, sizeof *names);
  need(names != NULL, "out of memory");
  for (int level = 0; level < WUJI_LEVELS; level++) names->level[level] = kept(exam, path[level]);
  seat->path = names;
  exam->counted[exam->count] = counted;
  return exam->count++;
}

uint32_t test_exam_add_class(test_exam *exam, const char *class_name, uint32_t count) {
  uint32_t first = exam->count;
  for (uint32_t i = 0; i < count; i++) {
    (void)test_exam_add(exam, (const char *const[]){"P", "C", "D", "S", class_name}, true);
  }
  return first;
}

uint32_t test_exam_teach(test_exam *exam, uint32_t candidate, const char *name) {
  exam->classes = grown(exam->classes, exam->class_count + 1, sizeof *exam->classes);
  exam->classes[exam->class_count] = (wuji_teaching_class){.seat = candidate, .name = kept(exam, name)};
  return exam->class_count++;
}

void test_exam_seat(test_exam *exam) {
  wuji_error error = {0};
  wuji_cohort *cohort = wuji_cohort_new();
  need(cohort != NULL, "out of memory");
  exam->cohort = cohort;
  exam->row = grown(NULL, exam->count + 1, sizeof *exam->row);
  wuji_status status =
      wuji_cohort_seat(cohort, exam->seats, exam->count, exam->classes, exam->class_count, exam->row, &error);
  need(status == WUJI_OK, error.message);
  wuji_arena *arena = &cohort->arena;
  cohort->counted = wuji_arena_array(arena, exam->count, 1);
  cohort->name = wuji_arena_array(arena, exam->count, sizeof *cohort->name);
  cohort->sex = wuji_arena_array(arena, exam->count, sizeof *cohort->sex);
  cohort->attributes = wuji_arena_array(arena, exam->count, sizeof *cohort->attributes);
  cohort->papers = wuji_arena_array(arena, WUJI_MOST_PAPERS, sizeof *cohort->papers);
  cohort->person_id = cohort->student_id;
  for (uint32_t c = 0; c < exam->count; c++) cohort->counted[exam->row[c]] = exam->counted[c];
  cohort->plan = (wuji_plan){.code = wuji_str_of("test"),
                             .name = wuji_str_of("a test"),
                             .excellent = {85, 100},
                             .good = {75, 100},
                             .pass = {6, 10},
                             .low = {4, 10},
                             .total_segment = {10, 1}};
}

wuji_paper *test_exam_paper(test_exam *exam, const char *code, uint32_t units, uint32_t items,
                            const uint32_t *maxima) {
  wuji_cohort *cohort = exam->cohort;
  wuji_arena *arena = &cohort->arena;
  uint32_t rows = cohort->row_count;
  wuji_paper *paper = &cohort->papers[cohort->paper_count++];
  *paper = (wuji_paper){.code = wuji_arena_copy(arena, wuji_str_of(code)),
                        .name = wuji_arena_copy(arena, wuji_str_of(code)),
                        .in_total = true,
                        .segment = {10, 1},
                        .units = units,
                        .item_count = items};
  uint32_t largest = 0;
  paper->items = wuji_arena_array(arena, items, sizeof *paper->items);
  for (uint32_t i = 0; i < items; i++) {
    char name[16];
    (void)snprintf(name, sizeof name, "%u", i + 1);
    paper->items[i].name = wuji_arena_copy(arena, wuji_str_of(name));
    paper->items[i].max = maxima[i];
    paper->full += maxima[i];
    if (maxima[i] > largest) largest = maxima[i];
  }
  paper->width = wuji_mark_width(largest);
  paper->marks = wuji_arena_array(arena, (size_t)rows * items, paper->width);
  paper->status = wuji_arena_array(arena, rows, 1);
  for (uint32_t c = 0; c < exam->count; c++) test_exam_away(exam, paper, c, WUJI_NOT_TAKEN);
  return paper;
}

static void put(wuji_paper *paper, uint32_t row, uint32_t item, uint32_t value) {
  size_t at = (size_t)row * paper->item_count + item;
  switch (paper->width) {
  case 1: ((uint8_t *)paper->marks)[at] = (uint8_t)value; break;
  case 2: ((uint16_t *)paper->marks)[at] = (uint16_t)value; break;
  default: ((uint32_t *)paper->marks)[at] = value; break;
  }
}

void test_exam_present(test_exam *exam, wuji_paper *paper, uint32_t candidate, const int *marks) {
  uint32_t row = exam->row[candidate];
  paper->status[row] = WUJI_PRESENT;
  for (uint32_t i = 0; i < paper->item_count; i++) {
    bool blank = marks[i] == TEST_BLANK;
    put(paper, row, i, blank ? wuji_mark_code(paper->width, WUJI_CODE_BLANK) : (uint32_t)marks[i]);
  }
}

void test_exam_away(test_exam *exam, wuji_paper *paper, uint32_t candidate, wuji_attendance status) {
  uint32_t row = exam->row[candidate];
  wuji_code code = status == WUJI_ABSENT ? WUJI_CODE_ABSENT
                   : status == WUJI_VOID ? WUJI_CODE_VOID
                                         : WUJI_CODE_NOT_TAKEN;
  paper->status[row] = (uint8_t)status;
  for (uint32_t i = 0; i < paper->item_count; i++) put(paper, row, i, wuji_mark_code(paper->width, code));
}

static void add_option(test_exam *exam, wuji_choice *choice, const char *text, const char *key) {
  wuji_option *option = &choice->options[choice->option_count++];
  option->text = wuji_arena_copy(&exam->cohort->arena, wuji_str_of(text));
  option->is_key = key != NULL && text[0] != '\0' && strcmp(text, key) == 0;
  need(option->text.ptr != NULL, "out of memory");
}

void test_exam_choice(test_exam *exam, wuji_paper *paper, uint32_t item, const char *options, const char *key,
                      const char *const *texts) {
  wuji_arena *arena = &exam->cohort->arena;
  size_t count = 1;
  while (texts[count - 1] != NULL) count++;
  if (paper->choices == NULL)
    paper->choices = wuji_arena_array(arena, paper->item_count, sizeof *paper->choices);
  need(paper->choices != NULL, "out of memory");
  uint32_t at = paper->choice_count++;
  for (; at > 0 && paper->choices[at - 1].item > item; at--) paper->choices[at] = paper->choices[at - 1];
  wuji_choice *choice = &paper->choices[at];
  *choice = (wuji_choice){.item = item, .options = wuji_arena_array(arena, count, sizeof *choice->options)};
  need(choice->options != NULL, "out of memory");
  add_option(exam, choice, "", key);
  for (size_t t = 0; texts[t] != NULL; t++) add_option(exam, choice, texts[t], key);
  paper->items[item].kind = WUJI_OBJECTIVE;
  if (options != NULL) paper->items[item].options = wuji_arena_copy(arena, wuji_str_of(options));
  if (key != NULL) paper->items[item].key = wuji_arena_copy(arena, wuji_str_of(key));
  if (count > 256 || paper->chosen_width == 0) paper->chosen_width = count > 256 ? 2 : 1;
  paper->chosen = wuji_arena_array(arena, (size_t)exam->count * paper->choice_count, paper->chosen_width);
  need(paper->chosen != NULL, "out of memory");
}

void test_exam_choose(test_exam *exam, wuji_paper *paper, uint32_t candidate, uint32_t choice,
                      const char *text) {
  const wuji_choice *c = &paper->choices[choice];
  uint32_t code = 0;
  while (code < c->option_count && !wuji_str_is(c->options[code].text, text)) code++;
  need(code < c->option_count, "no such option");
  size_t at = (size_t)exam->row[candidate] * paper->choice_count + choice;
  if (paper->chosen_width == 1)
    ((uint8_t *)paper->chosen)[at] = (uint8_t)code;
  else
    ((uint16_t *)paper->chosen)[at] = (uint16_t)code;
}

void test_exam_in_class(test_exam *exam, wuji_paper *paper, uint32_t candidate, uint32_t teaching_class) {
  wuji_cohort *cohort = exam->cohort;
  if (paper->class_node == NULL) {
    paper->class_node = wuji_arena_array(&cohort->arena, cohort->row_count, sizeof *paper->class_node);
    need(paper->class_node != NULL, "out of memory");
    memcpy(paper->class_node, cohort->own_class, cohort->row_count * sizeof *paper->class_node);
  }
  paper->class_node[exam->row[candidate]] = exam->classes[teaching_class].node;
}

void test_exam_seal(test_exam *exam) {
  wuji_error error = {0};
  need(wuji_cohort_seal(exam->cohort, 1, NULL, &error) == WUJI_OK, error.message);
  need(wuji_cohort_valid(exam->cohort, &error), error.message);
}

void test_exam_free(test_exam *exam) {
  wuji_cohort_free(exam->cohort);
  wuji_arena_dispose(&exam->arena);
  free(exam->seats);
  free(exam->counted);
  free(exam->row);
  free(exam->classes);
  *exam = (test_exam){0};
}

wuji_paper *test_exam_totals(test_exam *exam, const char *code, uint32_t units, uint32_t max,
                             const int *marks) {
  wuji_paper *paper = test_exam_paper(exam, code, units, 1, &max);
  for (uint32_t c = 0; c < exam->count; c++) test_exam_present(exam, paper, c, &marks[c]);
  return paper;
}

uint32_t test_random(uint64_t *state, uint32_t bound) {
  uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return (uint32_t)((z ^ (z >> 31)) % bound);
}
