#include "stats/option_sheet.h"

bool wuji_option_sheet_init(wuji_option_sheet *options, const wuji_paper *paper, wuji_arena *arena) {
  *options = (wuji_option_sheet){.paper = paper};
  if (paper == NULL || paper->choice_count == 0) return true;
  uint32_t cells = 0;
  for (uint32_t c = 0; c < paper->choice_count; c++) cells += paper->choices[c].option_count;
  uint32_t *first_cell = wuji_arena_array(arena, paper->choice_count, sizeof *first_cell);
  uint32_t *first = wuji_arena_array(arena, (size_t)paper->choice_count + 1, sizeof *first);
  uint32_t *cell = wuji_arena_array(arena, cells, sizeof *cell);
  if (first_cell == NULL || first == NULL || cell == NULL) return false;
  uint32_t at = 0;
  for (uint32_t c = 0; c < paper->choice_count; c++) {
    const wuji_choice *choice = &paper->choices[c];
    first_cell[c] = at;
    for (uint32_t code = 0; code < choice->option_count; code++, at++) {
      if (choice->options[code].listed) cell[options->count++] = at;
    }
    first[c + 1] = options->count;
  }
  options->chosen = (wuji_chosen){.codes = paper->chosen,
                                  .first = first_cell,
                                  .choices = paper->choice_count,
                                  .cells = cells,
                                  .width = paper->chosen_width};
  if (wuji_chosen_mappable(&options->chosen)) {
    uint8_t *choice_of = wuji_arena_array(arena, WUJI_MOST_MAPPED_CELLS, 2);
    if (choice_of == NULL) return false;
    uint8_t *code_of = choice_of + WUJI_MOST_MAPPED_CELLS;
    wuji_chosen_map(&options->chosen, choice_of, code_of);
    options->chosen.choice_of = choice_of;
    options->chosen.code_of = code_of;
  }
  options->cell = cell;
  options->first = first;
  return true;
}

const wuji_option *wuji_option_sheet_at(const wuji_option_sheet *options, uint32_t choice, uint32_t option) {
  return &options->paper->choices[choice].options[options->cell[option] - options->chosen.first[choice]];
}
