#include "random_exam.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PAPERS = 3, MOST_ITEMS = 6, LEVELS = 5, NAME = 48, BLANK = -1 };

typedef enum { PRESENT, ABSENT, VOID, NOT_TAKEN } standing;

typedef struct sitting {
  standing standing;
  int marks[MOST_ITEMS];  /* hundredths */
  int chosen[MOST_ITEMS]; /* of objective items: 0 none, 1 A, 2 B, 3 C */
  int teaching_class;     /* 0: none */
} sitting;

typedef struct candidate {
  char id[24];
  char path[LEVELS][NAME]; /* province … class */
  bool counted;
  sitting on[MOST_PAPERS];
} candidate;

typedef struct paper {
  char code[NAME];
  bool has_options;
  int items;
  int max[MOST_ITEMS]; /* hundredths */
  int step;            /* hundredths: marks are multiples */
  bool in_total, takers_all, teaching_classes, elective, has_total;
  int segment; /* hundredths */
} paper;

struct random_exam {
  uint64_t state;
  int papers;
  paper paper[MOST_PAPERS];
  int count;
  candidate *candidates;
  bool exclude_absent;
  int full; /* hundredths, of the total */
};

/* Chance */

static uint32_t below(uint64_t *state, uint32_t bound) {
  *state += UINT64_C(0x9E3779B97F4A7C15);
  uint64_t x = *state;
  x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
  x ^= x >> 31;
  return (uint32_t)((x >> 32) * bound >> 32);
}

static bool one_in(random_exam *exam, uint32_t n) {
  return below(&exam->state, n) == 0;
}

static int between(random_exam *exam, int least, int most) {
  return least + (int)below(&exam->state, (uint32_t)(most - least + 1));
}

/* Making */

static void make_paper(random_exam *exam, int p) {
  static const char *const codes[MOST_PAPERS] = {"数学", "history", "art & \"craft\""};
  static const int steps[] = {100, 50, 25, 10, 5, 1};
  paper *made = &exam->paper[p];
  (void)snprintf(made->code, NAME, "%s", codes[p]);
  made->items = between(exam, 1, MOST_ITEMS);
  made->has_options = one_in(exam, 2);
  made->step = steps[below(&exam->state, 6)];
  for (int i = 0; i < made->items; i++) {
    int most = made->step == 100 ? 12 : 600 / made->step;
    made->max[i] = between(exam, 1, most) * made->step;
  }
  made->in_total = p == 0 || !one_in(exam, 4);
  made->takers_all = one_in(exam, 4);
  made->teaching_classes = one_in(exam, 2);
  made->elective = p > 0 && one_in(exam, 2);
  made->has_total = one_in(exam, 2);
  made->segment = between(exam, 1, 5) * (one_in(exam, 3) ? 50 : 200);
  if (made->in_total) {
    for (int i = 0; i < made->items; i++) exam->full += made->max[i];
  }
}

static void sit(random_exam *exam, const paper *on, double ability, sitting *sat) {
  *sat = (sitting){.standing = PRESENT};
  if (on->elective && one_in(exam, 3))
    sat->standing = NOT_TAKEN;
  else if (one_in(exam, 12))
    sat->standing = ABSENT;
  else if (one_in(exam, 25))
    sat->standing = VOID;
  for (int i = 0; i < on->items; i++) {
    int steps = on->max[i] / on->step;
    int mark = 0;
    for (int draw = 0; draw < steps; draw++) mark += between(exam, 0, 999) < (int)(1000 * ability);
    sat->marks[i] = one_in(exam, 15) ? BLANK : mark * on->step;
    sat->chosen[i] = mark == steps ? 2 : between(exam, 0, 3);
  }
  if (on->teaching_classes && !one_in(exam, 4)) sat->teaching_class = between(exam, 1, 3);
}

static void make_candidate(random_exam *exam, const char (*path)[NAME], double ability) {
  if (exam->count % 64 == 0) {
    size_t room = (size_t)exam->count + 64;
    exam->candidates = realloc(exam->candidates, room * sizeof *exam->candidates);
    if (exam->candidates == NULL) abort();
  }
  candidate *c = &exam->candidates[exam->count];
  *c = (candidate){.counted = !one_in(exam, 10)};
  memcpy(c->path, path, sizeof c->path);
  /* Numbers that look alike as numbers but are other texts, in no order. */
  (void)snprintf(c->id, sizeof c->id, "%s%05u", one_in(exam, 2) ? "00" : "0",
                 (unsigned)(exam->count * 7919 % 100000));
  for (int p = 0; p < exam->papers; p++) sit(exam, &exam->paper[p], ability, &c->on[p]);
  if (c->on[0].standing == NOT_TAKEN) c->on[0].standing = PRESENT;
  exam->count++;
}

/** Children of a node down to the candidates; some classes stay as small as one candidate, some schools as
 * one class. */
static void grow(random_exam *exam, int level, char (*path)[NAME], double ability) {
  static const char *const names[3] = {"浙江/省", "温州", "\"quoted\" 县"};
  int count = level == 0 ? between(exam, 1, 2) : level == LEVELS ? between(exam, 1, 9) : between(exam, 1, 3);
  for (int i = 0; i < count; i++) {
    double shifted = ability + between(exam, -12, 12) / 100.0;
    shifted = shifted < 0.05 ? 0.05 : shifted > 0.95 ? 0.95 : shifted;
    if (level == LEVELS) {
      make_candidate(exam, path, shifted);
    } else {
      if (level < 3)
        (void)snprintf(path[level], NAME, "%s%d", names[level], i);
      else if (level == 3)
        (void)snprintf(path[level], NAME, "第%d中学, a\\b", i);
      else
        (void)snprintf(path[level], NAME, "高三%d班", i + 1);
      grow(exam, level + 1, path, shifted);
    }
  }
}

random_exam *random_exam_make(uint64_t seed) {
  random_exam *exam = calloc(1, sizeof *exam);
  if (exam == NULL) abort();
  exam->state = seed;
  exam->papers = between(exam, 1, MOST_PAPERS);
  for (int p = 0; p < exam->papers; p++) make_paper(exam, p);
  exam->exclude_absent = one_in(exam, 2);
  char path[LEVELS][NAME];
  memset(path, 0, sizeof path);
  grow(exam, 0, path, 0.55);
  return exam;
}

void random_exam_free(random_exam *exam) {
  free(exam->candidates);
  free(exam);
}

/* Writing */

typedef struct writing {
  const random_exam *exam;
  const dress *as;
  uint64_t state;
  int *order; /* of the candidates */
  int factor;
} writing;

/** Hundredths as a decimal of at most two digits behind the point. */
static void add_decimal(test_text *text, int hundredths) {
  if (hundredths % 100 == 0)
    test_add(text, "%d", hundredths / 100);
  else if (hundredths % 10 == 0)
    test_add(text, "%d.%d", hundredths / 100, hundredths / 10 % 10);
  else
    test_add(text, "%d.%02d", hundredths / 100, hundredths % 100);
}

static void add_quoted(test_text *text, const char *value) {
  test_add(text, "\"");
  for (; *value != '\0'; value++) test_add(text, *value == '"' ? "\"\"" : "%c", *value);
  test_add(text, "\"");
}

static void shuffle(writing *w, int *order, int count) {
  for (int i = 0; i < count; i++) order[i] = i;
  if (w->as->order == 0) return;
  for (int i = count - 1; i > 0; i--) {
    int other = (int)below(&w->state, (uint32_t)i + 1);
    int kept = order[i];
    order[i] = order[other];
    order[other] = kept;
  }
}

static bool is_wanted(const writing *w, const candidate *c) {
  return w->as->county == NULL || strcmp(c->path[2], w->as->county) == 0;
}

static void save(const writing *w, const test_folder *folder, const char *name, test_text *text) {
  test_text out = {0};
  if (w->as->windows) test_add(&out, "\xEF\xBB\xBF");
  for (size_t i = 0; i < text->size; i++) {
    if (text->bytes[i] == '\n' && w->as->windows) test_add(&out, "\r");
    test_add(&out, "%c", text->bytes[i]);
  }
  test_write_bytes(folder, name, out.bytes, out.size);
  free(out.bytes);
  free(text->bytes);
}

static void write_plan(const writing *w, const test_folder *folder) {
  const random_exam *exam = w->exam;
  test_text text = {0};
  test_add(&text, "[exam]\ncode = random\nname = 随机\ndate = 2026-01-12\n");
  for (int p = 0; p < exam->papers; p++) {
    const paper *on = &exam->paper[p];
    test_add(&text, "[paper %s]\nin_total = %s\ntakers = %s\nsegment = ", on->code,
             on->in_total ? "yes" : "no", on->takers_all ? "all" : "rows");
    add_decimal(&text, on->segment * w->factor);
    test_add(&text, "\n");
  }
  test_add(&text, "[total]\nabsent = %s\nfull_mark = ", exam->exclude_absent ? "exclude" : "zero");
  add_decimal(&text, exam->full * w->factor);
  test_add(&text, "\nsegment = ");
  add_decimal(&text, 300 * w->factor);
  test_add(&text, "\n[line top]\nshare = 0.28\n[line pass]\nscore = ");
  add_decimal(&text, exam->full / 200 * 100 * w->factor);
  test_add(&text, "\n[bands]\ntotal = 20, 5, 1\n%s = 7\n", exam->paper[0].code);
  save(w, folder, "exam.ini", &text);
}

static void write_students(writing *w, const test_folder *folder) {
  test_text text = {0};
  test_add(&text, "student_id,province,city,county,school,class,counted,track\n");
  shuffle(w, w->order, w->exam->count);
  for (int i = 0; i < w->exam->count; i++) {
    const candidate *c = &w->exam->candidates[w->order[i]];
    if (!is_wanted(w, c)) continue;
    test_add(&text, "%s", c->id);
    for (int level = 0; level < LEVELS; level++) {
      test_add(&text, ",");
      add_quoted(&text, c->path[level]);
    }
    test_add(&text, ",%s,%d\n", c->counted ? "yes" : "no", w->order[i] % 3);
  }
  save(w, folder, "students.csv", &text);
}

static void write_items(const writing *w, const paper *on, const test_folder *folder) {
  test_text text = {0};
  char name[NAME + 32];
  test_add(&text, "item,max,options,key,kind,points,ability\n");
  for (int i = 0; i < on->items; i++) {
    test_add(&text, "Q%d,", i + 1);
    add_decimal(&text, on->max[i] * w->factor);
    test_add(&text, i % 2 == 0 ? ",ABC,B" : ",,");
    test_add(&text, "%s,%s,%s\n", i % 2 == 0 ? ",客观题" : ",主观题",
             i % 3 == 0   ? "集合；函数"
             : i % 3 == 1 ? "函数"
                          : "",
             i % 4 == 0 ? "" : "应用");
  }
  (void)snprintf(name, sizeof name, "papers/%s.items.csv", on->code);
  save(w, folder, name, &text);
}

/** Columns of a scores file: 0 student_id, 1 status, 2 class, 3 teacher, 4 total, 5 … the items. */
static void add_cell(test_text *text, const writing *w, int p, const candidate *c, int column) {
  const paper *on = &w->exam->paper[p];
  const sitting *sat = &c->on[p];
  if (column == 0) {
    test_add(text, "%s", c->id);
  } else if (column == 1) {
    test_add(text, "%s", sat->standing == ABSENT ? "缺考" : sat->standing == VOID ? "void" : "");
  } else if (column == 2 && sat->teaching_class != 0) {
    test_add(text, "走班%d", sat->teaching_class);
  } else if (column == 3) {
    test_add(text, "老师%d", sat->teaching_class);
  } else if (column == 4 && on->has_total && sat->standing == PRESENT) {
    int total = 0;
    for (int i = 0; i < on->items; i++) total += sat->marks[i] == BLANK ? 0 : sat->marks[i];
    add_decimal(text, total * w->factor);
  } else if (column >= 5 && sat->standing == PRESENT) {
    int mark = sat->marks[column - 5];
    if (mark == BLANK)
      test_add(text, "-");
    else
      add_decimal(text, mark * w->factor);
  }
}

static void write_scores(writing *w, int p, const test_folder *folder) {
  static const char *const headers[] = {"student_id", "status", "class", "teacher", "total"};
  const paper *on = &w->exam->paper[p];
  test_text text = {0};
  char name[NAME + 32];
  int columns[5 + MOST_ITEMS];
  shuffle(w, columns, 5 + on->items);
  for (int i = 0; i < 5 + on->items; i++) {
    if (columns[i] < 5)
      test_add(&text, "%s%s", i == 0 ? "" : ",", headers[columns[i]]);
    else
      test_add(&text, "%sQ%d", i == 0 ? "" : ",", columns[i] - 4);
  }
  test_add(&text, "\n");
  shuffle(w, w->order, w->exam->count);
  for (int r = 0; r < w->exam->count; r++) {
    const candidate *c = &w->exam->candidates[w->order[r]];
    if (!is_wanted(w, c) || c->on[p].standing == NOT_TAKEN) continue;
    for (int i = 0; i < 5 + on->items; i++) {
      test_add(&text, "%s", i == 0 ? "" : ",");
      add_cell(&text, w, p, c, columns[i]);
    }
    test_add(&text, "\n");
  }
  (void)snprintf(name, sizeof name, "papers/%s.scores.csv", on->code);
  save(w, folder, name, &text);
}

/** What was chosen on the first, third … item; the other half of the items is subjective. */
static void write_options(writing *w, int p, const test_folder *folder) {
  static const char *const texts[] = {"", "A", "B", "C"};
  const paper *on = &w->exam->paper[p];
  test_text text = {0};
  char name[NAME + 32];
  int columns[MOST_ITEMS];
  int count = (on->items + 1) / 2;
  shuffle(w, columns, count);
  test_add(&text, "student_id");
  for (int i = 0; i < count; i++) test_add(&text, ",Q%d", 2 * columns[i] + 1);
  test_add(&text, "\n");
  shuffle(w, w->order, w->exam->count);
  for (int r = 0; r < w->exam->count; r++) {
    const candidate *c = &w->exam->candidates[w->order[r]];
    if (!is_wanted(w, c) || c->on[p].standing != PRESENT) continue;
    test_add(&text, "%s", c->id);
    for (int i = 0; i < count; i++) test_add(&text, ",%s", texts[c->on[p].chosen[2 * columns[i]]]);
    test_add(&text, "\n");
  }
  (void)snprintf(name, sizeof name, "papers/%s.options.csv", on->code);
  save(w, folder, name, &text);
}

void random_exam_write(const random_exam *exam, const dress *as, const test_folder *folder) {
  writing w = {.exam = exam, .as = as, .state = as->order, .factor = as->factor == 0 ? 1 : as->factor};
  w.order = calloc((size_t)exam->count, sizeof *w.order);
  if (w.order == NULL) abort();
  write_plan(&w, folder);
  write_students(&w, folder);
  for (int p = 0; p < exam->papers; p++) {
    write_items(&w, &exam->paper[p], folder);
    write_scores(&w, p, folder);
    if (exam->paper[p].has_options) write_options(&w, p, folder);
  }
  free(w.order);
}
