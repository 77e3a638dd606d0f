/* Scores and chosen options of one paper, written side by side so that they agree: the right options are
 * chosen where, and only where, the mark is full. */
#include <stdio.h>

#include "gen/files.h"
#include "gen/paper.h"
#include "gen/random.h"

enum { CELL = 8, MOST_TOTAL_UNITS = 512, PRESENT = 0, ABSENT, VOID };

/** The text of every number of units, so that a cell is one copy. */
typedef struct mark_texts {
  char text[MOST_TOTAL_UNITS][CELL];
  uint8_t length[MOST_TOTAL_UNITS];
} mark_texts;

typedef struct answers {
  uint32_t outcome[WUJI_GEN_ITEMS]; /* 0 blank, 1 + steps */
  uint32_t total;                   /* units */
} answers;

typedef struct pass {
  const wuji_gen_world *world;
  const wuji_gen_paper *paper;
  mark_texts texts;
  wuji_gen_file scores, options;
} pass;

static void spell_marks(mark_texts *texts, uint32_t units) {
  for (uint32_t u = 0; u < MOST_TOTAL_UNITS; u++) {
    const char *half = u % units == 0 ? "" : ".5";
    texts->length[u] = (uint8_t)snprintf(texts->text[u], CELL, "%u%s", u / units, half);
  }
}

static inline void put_mark(wuji_gen_file *file, const mark_texts *texts, uint32_t units) {
  memcpy(file->at, texts->text[units], CELL);
  file->at += texts->length[units];
}

static void answer(const wuji_gen_paper *paper, uint64_t place, int32_t ability, answers *out) {
  const uint16_t *row = paper->thresholds + (size_t)wuji_ability_bin(ability) * paper->row_width;
  out->total = 0;
  uint64_t bits = 0;
  for (uint32_t i = 0; i < WUJI_GEN_ITEMS; i++) {
    const wuji_gen_item *item = &paper->items[i];
    bits = i % 4 == 0 ? wuji_gen_bits(place, i / 4) : bits >> 16; /* four draws of 16 bits from one of 64 */
    uint32_t outcome = wuji_curve_outcome(row + item->offset, item->width, (uint16_t)bits);
    out->outcome[i] = outcome;
    out->total += outcome == 0 ? 0 : (outcome - 1) * item->step_units;
  }
}

static void put_scores(pass *p, const answers *given) {
  wuji_gen_file *file = &p->scores;
  wuji_gen_put(file, ",,");
  put_mark(file, &p->texts, given->total);
  for (uint32_t i = 0; i < WUJI_GEN_ITEMS; i++) {
    wuji_gen_put_byte(file, ',');
    uint32_t outcome = given->outcome[i];
    if (outcome > 0) put_mark(file, &p->texts, (outcome - 1) * p->paper->items[i].step_units);
  }
  wuji_gen_put_byte(file, '\n');
}

static void put_missing(pass *p, uint32_t status) {
  wuji_gen_put(&p->scores, status == ABSENT ? ",缺考," : ",违纪,");
  memset(p->scores.at, ',', WUJI_GEN_ITEMS);
  p->scores.at += WUJI_GEN_ITEMS;
  wuji_gen_put_byte(&p->scores, '\n');
}

/** What a candidate chose who got that outcome. */
static uint32_t chosen_options(const wuji_gen_item *item, uint32_t outcome, uint64_t bits) {
  uint32_t draw = (uint32_t)(bits & 0xFF);
  if (outcome == 0) return 0;
  if (outcome == 1 + item->curve.steps) return item->key;
  if (item->sort == WUJI_GEN_SINGLE) return 1U << item->lure[draw < 128 ? 0 : draw < 204 ? 1 : 2];
  /* Several right: a part of them is half the mark, anything with a wrong one is nothing. */
  uint32_t all = (1U << WUJI_GEN_OPTIONS) - 1;
  uint32_t half = draw % all + 1;
  if (outcome == 2) {
    uint32_t part = half & item->key;
    uint32_t first = item->key & (0U - item->key);
    return part == 0 || part == item->key ? first : part;
  }
  uint32_t wrong = all & ~item->key;
  return (half & wrong) != 0 ? half : half | (wrong & (0U - wrong));
}

static void put_chosen(pass *p, uint64_t place, const answers *given) {
  wuji_gen_file *file = &p->options;
  uint64_t bits = 0;
  uint32_t drawn = 0;
  for (uint32_t i = 0; i < WUJI_GEN_ITEMS; i++) {
    const wuji_gen_item *item = &p->paper->items[i];
    if (item->sort == WUJI_GEN_ANSWER) continue;
    bits = drawn % 8 == 0 ? wuji_gen_bits(place, drawn / 8) : bits >> 8;
    drawn++;
    wuji_gen_put_byte(file, ',');
    wuji_gen_put_options(file, chosen_options(item, given->outcome[i], bits));
  }
  wuji_gen_put_byte(file, '\n');
}

static uint32_t draw_status(const wuji_gen_candidate *candidate, uint64_t place) {
  uint32_t draw = (uint32_t)(wuji_gen_bits(place, 32) & 0xFFFF);
  if (candidate->absent || draw < 260) return ABSENT;
  return draw < 280 ? VOID : PRESENT; /* 0.03 % cheat */
}

static void put_candidate(pass *p, const wuji_gen_school *school, uint32_t index) {
  uint32_t paper = p->paper->index;
  wuji_gen_candidate candidate = wuji_gen_candidate_at(p->world, school, index);
  uint64_t place = wuji_gen_place(p->world->seed, WUJI_DRAW_MARKS + paper, index);
  uint32_t status = draw_status(&candidate, place);
  wuji_gen_put_student_id(&p->scores, school, index);
  if (status != PRESENT) {
    put_missing(p, status);
    return;
  }
  answers given;
  int32_t own;
  answer(p->paper, place, wuji_gen_ability(p->world, &candidate, paper, &own), &given);
  put_scores(p, &given);
  wuji_gen_put_student_id(&p->options, school, index);
  put_chosen(p, wuji_gen_place(p->world->seed, WUJI_DRAW_OPTIONS + paper, index), &given);
}

static void put_headers(pass *p) {
  wuji_gen_put(&p->scores, "准考证号,状态,总分");
  wuji_gen_put(&p->options, "准考证号");
  for (uint32_t i = 0; i < WUJI_GEN_ITEMS; i++) {
    wuji_gen_put_byte(&p->scores, ',');
    wuji_gen_put_number(&p->scores, i + 1);
    if (p->paper->items[i].sort == WUJI_GEN_ANSWER) continue;
    wuji_gen_put_byte(&p->options, ',');
    wuji_gen_put_number(&p->options, i + 1);
  }
  wuji_gen_put_byte(&p->scores, '\n');
  wuji_gen_put_byte(&p->options, '\n');
}

static wuji_status put_all(pass *p, wuji_error *error) {
  wuji_status status = WUJI_OK;
  put_headers(p);
  for (uint32_t s = 0; s < p->world->school_count; s++) {
    const wuji_gen_school *school = &p->world->schools[s];
    for (uint32_t i = school->first; i < school->first + school->candidates; i++) {
      WUJI_TRY(wuji_gen_file_room(&p->scores, error));
      WUJI_TRY(wuji_gen_file_room(&p->options, error));
      put_candidate(p, school, i);
    }
  }
done:
  return status;
}

static wuji_status write_marks(pass *p, const char *directory, wuji_error *error) {
  char name[64];
  wuji_status status = WUJI_OK;
  spell_marks(&p->texts, p->paper->units);
  (void)snprintf(name, sizeof name, "papers/%s.scores.csv", p->paper->code);
  WUJI_TRY(wuji_gen_file_open(&p->scores, directory, name, error));
  (void)snprintf(name, sizeof name, "papers/%s.options.csv", p->paper->code);
  status = wuji_gen_file_open(&p->options, directory, name, error);
  if (status == WUJI_OK) {
    status = put_all(p, error);
    status = wuji_gen_file_close(&p->options, status, error);
  }
  status = wuji_gen_file_close(&p->scores, status, error);
done:
  return status;
}

wuji_status wuji_gen_paper_write(const wuji_gen_world *world, uint32_t index, const char *directory,
                                 wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_gen_paper paper = {0};
  pass p = {.world = world, .paper = &paper};
  WUJI_TRY(wuji_gen_paper_init(&paper, world->seed, index, error));
  WUJI_TRY(wuji_gen_items_write(&paper, directory, error));
  WUJI_TRY(write_marks(&p, directory, error));
done:
  wuji_gen_paper_dispose(&paper);
  return status;
}
