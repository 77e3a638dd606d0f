#include "gen/paper.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "gen/random.h"

typedef struct group {
  uint32_t count, max;
  wuji_gen_sort sort;
  bool halves;
} group;

enum { MOST_POINTS = 12, MOST_GROUPS = 8 };

typedef struct subject {
  const char *code;
  int32_t location; /* hundredths */
  const char *points[MOST_POINTS];
  group groups[MOST_GROUPS];
} subject;

static const subject subjects[WUJI_GEN_PAPERS] = {
#define SUBJECT(code, location)                                                                              \
  {                                                                                                          \
#code, location,
#define POINTS(...)                     {__VA_ARGS__}, {
#define GROUP(count, max, sort, halves) {count, max, WUJI_GEN_##sort, halves},
#define END                                                                                                  \
  }                                                                                                          \
  }                                                                                                          \
  ,
#include "gen/subjects.def"
#undef SUBJECT
#undef POINTS
#undef GROUP
#undef END
};

static const char *const abilities[] = {"识记", "理解", "应用", "综合"};

const char *wuji_gen_paper_code(uint32_t index) {
  return subjects[index].code;
}

/** hundredths in [low, high) */
static double between(uint64_t bits, int32_t low, int32_t high) {
  return (low + (int32_t)wuji_gen_below(bits, (uint64_t)(high - low))) / 100.0;
}

/** What a curve needs depends on how long the mark scale is: the more steps, the weaker and the wider each.
 */
static wuji_curve draw_curve(const subject *s, const wuji_gen_item *item, uint32_t steps, uint32_t number,
                             uint64_t place) {
  double stretch = between(wuji_gen_bits(place, 0), 70, 140);
  double location =
      s->location / 100.0 + between(wuji_gen_bits(place, 1), -120, 110) + (number - 20.0) / 60.0;
  wuji_curve curve = {.steps = steps, .location = location, .spread = 3.0};
  if (steps == 1) {
    curve.slope = 1.35 * stretch;
  } else if (steps <= 6) {
    curve.slope = 0.9 * stretch;
  } else if (steps <= 30) {
    curve.slope = 0.5 * stretch;
    curve.spread = 5.0;
    curve.location = s->location / 100.0 - 0.2;
  } else { /* an essay: three quarters of the mark for most, and not very telling */
    curve.slope = 0.25 * stretch;
    curve.spread = 14.0;
    curve.location = -3.5;
  }
  /* The weak leave more blank, answers more than choices, and the more the later they stand. */
  curve.blank = item->sort == WUJI_GEN_ANSWER ? -3.6 + number / 40.0 : -4.6;
  return curve;
}

static void draw_key(wuji_gen_item *item, uint64_t place) {
  static const uint8_t several[] = {3, 5, 6, 7, 9, 10, 11, 12, 13, 14};
  uint64_t bits = wuji_gen_bits(place, 2);
  if (item->sort == WUJI_GEN_SINGLE) {
    uint32_t right = wuji_gen_below(bits, WUJI_GEN_OPTIONS);
    item->key = 1U << right;
    uint32_t turn = (uint32_t)(bits & 0xFF) % 3;
    for (uint32_t i = 0; i < 3; i++) item->lure[i] = (right + 1 + (i + turn) % 3) % WUJI_GEN_OPTIONS;
  } else if (item->sort == WUJI_GEN_MULTIPLE) {
    item->key = several[wuji_gen_below(bits, sizeof several)];
  }
}

static void draw_aspects(const subject *s, wuji_gen_item *item, uint32_t number, uint64_t place) {
  uint32_t count = 0;
  while (count < MOST_POINTS && s->points[count] != NULL) count++;
  assert(count > 1);
  uint64_t bits = wuji_gen_bits(place, 3);
  uint32_t first = (number - 1) * count / WUJI_GEN_ITEMS; /* a paper goes through its field in order */
  item->points[0] = s->points[first];
  uint32_t other = (first + 1 + wuji_gen_below(bits, count - 1)) % count;
  item->points[1] = (bits & 3) == 0 ? s->points[other] : NULL;
  uint32_t difficulty = wuji_curve_difficulty(&item->curve); /* thousandths */
  uint32_t level = difficulty > 750 ? 0 : difficulty > 600 ? 1 : difficulty > 450 ? 2 : 3;
  item->ability = abilities[level];
  /* The setters were right up to 0.06. */
  int32_t planned =
      ((int32_t)difficulty + (int32_t)wuji_gen_below(wuji_gen_bits(place, 4), 121) - 60 + 5) / 10;
  item->planned = planned < 5 ? 5 : planned > 95 ? 95 : (uint32_t)planned;
}

static void draw_items(wuji_gen_paper *paper, uint64_t seed) {
  const subject *s = &subjects[paper->index];
  paper->units = 1;
  for (uint32_t g = 0; g < MOST_GROUPS; g++) paper->units = s->groups[g].halves ? 2 : paper->units;
  uint32_t number = 0;
  for (uint32_t g = 0; g < MOST_GROUPS; g++) {
    const group *of = &s->groups[g];
    for (uint32_t i = 0; i < of->count; i++) {
      uint64_t place = wuji_gen_place(seed, WUJI_DRAW_ITEM + paper->index, number);
      wuji_gen_item *item = &paper->items[number++];
      *item = (wuji_gen_item){.sort = of->sort, .max = of->max};
      uint32_t steps = of->sort == WUJI_GEN_SINGLE     ? 1
                       : of->sort == WUJI_GEN_MULTIPLE ? 2
                       : of->halves                    ? 2 * of->max
                                                       : of->max;
      item->step_units = of->max * paper->units / steps;
      item->curve = draw_curve(s, item, steps, number, place);
      draw_key(item, place);
      draw_aspects(s, item, number, place);
      item->offset = paper->row_width;
      item->width = wuji_curve_width(&item->curve);
      paper->row_width += item->width;
    }
  }
}

wuji_status wuji_gen_paper_init(wuji_gen_paper *paper, uint64_t seed, uint32_t index, wuji_error *error) {
  *paper = (wuji_gen_paper){.index = index, .code = subjects[index].code};
  draw_items(paper, seed);
  paper->thresholds = calloc((size_t)WUJI_ABILITY_BINS * paper->row_width, sizeof *paper->thresholds);
  if (paper->thresholds == NULL) return wuji_fail_memory(error);
  for (uint32_t bin = 0; bin < WUJI_ABILITY_BINS; bin++) {
    uint16_t *row = paper->thresholds + (size_t)bin * paper->row_width;
    for (uint32_t i = 0; i < WUJI_GEN_ITEMS; i++) {
      wuji_curve_thresholds(&paper->items[i].curve, bin, row + paper->items[i].offset);
    }
  }
  return WUJI_OK;
}

void wuji_gen_paper_dispose(wuji_gen_paper *paper) {
  free(paper->thresholds);
  paper->thresholds = NULL;
}

static void put_item(wuji_gen_file *file, const wuji_gen_item *item, uint32_t number) {
  wuji_gen_put_number(file, number);
  wuji_gen_put_byte(file, ',');
  wuji_gen_put_number(file, item->max);
  wuji_gen_put(file, item->sort == WUJI_GEN_ANSWER ? ",主观题," : ",客观题,");
  wuji_gen_put_options(file, item->key);
  wuji_gen_put(file, item->sort == WUJI_GEN_ANSWER ? ",," : ",ABCD,");
  wuji_gen_put(file, item->points[0]);
  if (item->points[1] != NULL) {
    wuji_gen_put(file, "；");
    wuji_gen_put(file, item->points[1]);
  }
  wuji_gen_put_byte(file, ',');
  wuji_gen_put(file, item->ability);
  wuji_gen_put(file, ",0.");
  wuji_gen_put_digits(file, item->planned, 2);
  wuji_gen_put_byte(file, '\n');
}

wuji_status wuji_gen_items_write(const wuji_gen_paper *paper, const char *directory, wuji_error *error) {
  char name[64];
  (void)snprintf(name, sizeof name, "papers/%s.items.csv", paper->code);
  wuji_gen_file file;
  wuji_status status = wuji_gen_file_open(&file, directory, name, error);
  if (status != WUJI_OK) return status;
  wuji_gen_put(&file, "题号,满分,题型,答案,选项,知识点,能力层次,预设难度\n");
  for (uint32_t i = 0; i < WUJI_GEN_ITEMS; i++) {
    WUJI_TRY(wuji_gen_file_room(&file, error));
    put_item(&file, &paper->items[i], i + 1);
  }
done:
  return wuji_gen_file_close(&file, status, error);
}
