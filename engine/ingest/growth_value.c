/* What the keys of a growth section say, in exam.ini and on the command line alike. */
#include "cohort/cohort.h"
#include "ingest/exam_ini.h"
#include "ingest/ini_value.h"
#include "text/csv.h"
#include "text/fold.h"

void wuji_value_priors(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  wuji_growth_plan *growth = target;
  wuji_str rest = entry->value;
  uint32_t most = wuji_value_pieces(rest);
  wuji_str *priors = wuji_arena_array(place->arena, most, sizeof *priors);
  wuji_str *texts = wuji_arena_array(place->arena, most, sizeof *texts);
  place->out_of_memory |= priors == NULL || texts == NULL;
  bool good = priors != NULL && texts != NULL;
  uint32_t count = 0;
  wuji_str piece;
  while (good && wuji_value_next(&rest, &piece)) {
    wuji_str folded = wuji_fold(place->arena, piece); /* as columns of priors.csv are */
    for (uint32_t p = 0; p < count; p++) good &= !wuji_str_equal(priors[p], folded);
    good &= piece.len > 0;
    place->out_of_memory |= folded.ptr == NULL;
    good &= folded.ptr != NULL;
    texts[count] = piece;
    priors[count++] = folded;
  }
  growth->priors = priors;
  growth->prior_texts = texts;
  growth->prior_count = good ? count : 0;
  if (!good) wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "a list of different priors");
}

void wuji_value_covariates(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  wuji_growth_plan *growth = target;
  wuji_str rest = entry->value;
  wuji_str *names = wuji_arena_array(place->arena, wuji_value_pieces(rest), sizeof *names);
  place->out_of_memory |= names == NULL;
  bool good = names != NULL;
  uint32_t count = 0;
  wuji_str piece;
  while (good && wuji_value_next(&rest, &piece)) {
    for (uint32_t c = 0; c < count; c++) good &= !wuji_str_equal(names[c], piece);
    good &= piece.len > 0;
    names[count++] = piece;
  }
  growth->covariates = entry->value;
  growth->covariate_names = names;
  growth->covariate_count = good ? count : 0;
  if (!good) wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "a list of different attributes");
}

/* The level of that name, WUJI_LEVELS for none. */
static int level_of(wuji_str name) {
  int level = 0;
  while (level < WUJI_LEVELS && !wuji_same_ascii(name, wuji_level_names[level])) level++;
  return level;
}

void wuji_value_random(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  wuji_growth_plan *growth = target;
  wuji_str rest = entry->value;
  wuji_str piece;
  bool good = true;
  growth->random_levels = 0;
  while (good && wuji_value_next(&rest, &piece)) {
    int level = level_of(piece);
    good = level < WUJI_LEVELS && (growth->random_levels & 1U << level) == 0;
    if (good) growth->random_levels |= 1U << level;
  }
  growth->random = entry->value;
  if (!good) wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "a list of different levels");
}

void wuji_value_slope(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  wuji_growth_plan *growth = target;
  wuji_str v = entry->value;
  uint32_t colon = v.len; /* the last one: EXAM:PAPER has one of its own */
  while (colon > 0 && v.ptr[colon - 1] != ':') colon--;
  wuji_str level = {v.ptr + colon, v.len - colon};
  growth->slope = v;
  growth->slope_of = (wuji_str){v.ptr, colon == 0 ? 0 : colon - 1};
  growth->slope_level = level_of(level);
  if (growth->slope_of.len == 0 || growth->slope_level == WUJI_LEVELS)
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "a prior or covariate and a level, X:LEVEL");
}

/* One option of the command line into a section, as if it stood there. */
static wuji_status take_option(wuji_ini_place *place, const char *key, const char *value,
                               wuji_value_reader read, wuji_growth_plan *growth, wuji_error *error) {
  if (value == NULL) return WUJI_OK;
  wuji_str copy = wuji_arena_copy(place->arena, wuji_str_of(value));
  if (copy.ptr == NULL) return wuji_fail_memory(error);
  wuji_ini_entry entry = {.key = wuji_str_of(key), .value = wuji_trim(copy)};
  read(place, &entry, growth);
  if (place->out_of_memory || place->notes->out_of_memory) return wuji_fail_memory(error);
  if (place->notes->count == 0) return WUJI_OK;
  return wuji_fail(error, WUJI_USAGE, "--%s", place->notes->notes[0].message);
}

static wuji_status take_options(wuji_ini_place *place, const wuji_growth_options *options,
                                wuji_growth_plan *growth, wuji_error *error) {
  wuji_status status;
  WUJI_TRY(take_option(place, "priors", options->priors, wuji_value_priors, growth, error));
  WUJI_TRY(take_option(place, "covariates", options->covariates, wuji_value_covariates, growth, error));
  WUJI_TRY(take_option(place, "random", options->random, wuji_value_random, growth, error));
  WUJI_TRY(take_option(place, "slope", options->slope, wuji_value_slope, growth, error));
  if (options->ml) growth->method = wuji_str_of("ml");
done:
  return status;
}

wuji_status wuji_growth_plan_override(wuji_plan *plan, const wuji_growth_options *options, wuji_arena *arena,
                                      wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_notes notes = {0};
  wuji_ini_place place = {.arena = arena, .notes = &notes};
  uint32_t count = plan->growth_count;
  bool has_default = false;
  wuji_growth_plan *growth = wuji_arena_array(arena, (size_t)count + 1, sizeof *growth);
  if (growth == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t g = 0; g < count; g++) {
    growth[g] = plan->growth[g];
    has_default |= growth[g].outcome.ptr == NULL;
  }
  if (!has_default && options->priors != NULL) count++; /* priors for every outcome */
  for (uint32_t g = 0; g < count; g++) WUJI_TRY(take_options(&place, options, &growth[g], error));
  plan->growth = growth;
  plan->growth_count = count;
done:
  wuji_notes_dispose(&notes);
  return status;
}
