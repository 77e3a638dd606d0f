/* What candidates chose: which options have rows of their own, and whether the codes hold together. */
#include "cohort/build.h"

#include <stdlib.h>

/* Marks in `seen` what a counted present candidate chose; an option's flag stands at its code behind the
 * first flag of its choice. */
#define SEE_CHOSEN(width, type)                                                                              \
  static void see_chosen_##width(const wuji_cohort *cohort, const wuji_paper *paper, const size_t *first,    \
                                 uint8_t *seen) {                                                            \
    const type *chosen = paper->chosen;                                                                      \
    for (uint32_t r = 0; r < cohort->row_count; r++, chosen += paper->choice_count) {                        \
      if (!cohort->counted[r] || paper->status[r] != WUJI_PRESENT) continue;                                 \
      for (uint32_t c = 0; c < paper->choice_count; c++) seen[first[c] + chosen[c]] = 1;                     \
    }                                                                                                        \
  }
SEE_CHOSEN(1, uint8_t)
SEE_CHOSEN(2, uint16_t)

static bool named(wuji_str options, wuji_str text) {
  return text.len == 1 && options.len > 0 && memchr(options.ptr, text.ptr[0], options.len) != NULL;
}

wuji_status wuji_paper_list_options(const wuji_cohort *cohort, wuji_paper *paper, wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (paper->choice_count == 0) return WUJI_OK;
  uint8_t *seen = NULL;
  size_t *first = malloc(((size_t)paper->choice_count + 1) * sizeof *first);
  if (first == NULL) WUJI_TRY(wuji_fail_memory(error));
  first[0] = 0;
  for (uint32_t c = 0; c < paper->choice_count; c++) first[c + 1] = first[c] + paper->choices[c].option_count;
  seen = calloc(first[paper->choice_count] + 1, sizeof *seen);
  if (seen == NULL) WUJI_TRY(wuji_fail_memory(error));
  if (paper->chosen_width == 1)
    see_chosen_1(cohort, paper, first, seen);
  else
    see_chosen_2(cohort, paper, first, seen);
  for (uint32_t c = 0; c < paper->choice_count; c++) {
    const wuji_choice *choice = &paper->choices[c];
    wuji_str options = paper->items[choice->item].options;
    for (uint32_t o = 0; o < choice->option_count; o++) {
      wuji_option *option = &choice->options[o];
      option->listed = o == 0 || option->is_key || named(options, option->text) || seen[first[c] + o] != 0;
    }
  }
done:
  free(first);
  free(seen);
  return status;
}

static bool text_valid(wuji_str text) {
  bool good = text.ptr != NULL;
  for (uint32_t i = 0; good && i < text.len; i++) {
    char symbol = text.ptr[i];
    good = (symbol >= '0' && symbol <= '9') || (symbol >= 'A' && symbol <= 'Z');
    good = good && (i == 0 || text.ptr[i - 1] < symbol);
  }
  return good;
}

static bool choice_valid(const wuji_paper *paper, uint32_t at, wuji_error *error) {
  const char *code = paper->code.ptr;
  const wuji_choice *choice = &paper->choices[at];
  uint32_t keys = 0;
  WUJI_HOLDS(choice->item < paper->item_count && (at == 0 || choice[-1].item < choice->item),
             "paper %s: choice %u is not of an item behind the one before", code, at);
  WUJI_HOLDS(choice->option_count > 0 && choice->options[0].text.len == 0,
             "paper %s: choice %u does not begin with none chosen", code, at);
  WUJI_HOLDS(choice->option_count <= (UINT32_C(1) << (8 * paper->chosen_width)),
             "paper %s: choice %u has more options than codes", code, at);
  for (uint32_t o = 0; o < choice->option_count; o++) {
    const wuji_option *option = &choice->options[o];
    WUJI_HOLDS(text_valid(option->text), "paper %s: choice %u option %u is no set of symbols", code, at, o);
    WUJI_HOLDS(o == 0 || wuji_str_compare(option[-1].text, option->text) < 0,
               "paper %s: choice %u option %u is out of order", code, at, o);
    WUJI_HOLDS(option->listed || !(o == 0 || option->is_key), "paper %s: choice %u option %u is not listed",
               code, at, o);
    keys += option->is_key;
  }
  WUJI_HOLDS(keys <= 1 && !choice->options[0].is_key, "paper %s: choice %u has several keys", code, at);
  return true;
}

bool wuji_choices_valid(const wuji_cohort *cohort, const wuji_paper *paper, wuji_error *error) {
  uint32_t most = 0;
  if (paper->choice_count == 0) return true;
  WUJI_HOLDS(paper->chosen_width == 1 || paper->chosen_width == 2, "paper %s: width of codes",
             paper->code.ptr);
  for (uint32_t c = 0; c < paper->choice_count; c++) {
    if (!choice_valid(paper, c, error)) return false;
    if (paper->choices[c].option_count > most) most = paper->choices[c].option_count;
  }
  WUJI_HOLDS((paper->chosen_width == 1) == (most <= 256), "paper %s: codes are wider than their options need",
             paper->code.ptr);
  for (uint32_t r = 0; r < cohort->row_count; r++) {
    for (uint32_t c = 0; c < paper->choice_count; c++) {
      uint32_t code = wuji_paper_chosen(paper, r, c);
      WUJI_HOLDS(code < paper->choices[c].option_count, "paper %s: row %u chose what choice %u does not have",
                 paper->code.ptr, r, c);
      WUJI_HOLDS(code == 0 || paper->status[r] == WUJI_PRESENT, "paper %s: row %u chose and was not there",
                 paper->code.ptr, r);
      bool counts = cohort->counted[r] && paper->status[r] == WUJI_PRESENT;
      WUJI_HOLDS(!counts || paper->choices[c].options[code].listed,
                 "paper %s: what row %u chose on choice %u is not listed", paper->code.ptr, r, c);
    }
  }
  return true;
}
