/* Growth of an exam: what it rests on besides the package, computed, and its warnings told. */
#include "api/db_handle.h"
#include "ingest/exam_ini.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_own_prior(const wuji_cohort *cohort, wuji_str name) {
  for (uint32_t i = 0; i < cohort->prior_count; i++) {
    if (wuji_str_equal(cohort->prior_names[i], name)) return true;
  }
  return false;
}

static bool is_listed(const wuji_str *names, uint32_t count, wuji_str name) {
  bool listed = false;
  for (uint32_t i = 0; i < count; i++) listed |= wuji_str_equal(names[i], name);
  return listed;
}

wuji_str *wuji_exam_stored_priors(const wuji_exam *exam, uint32_t *count) {
  const wuji_cohort *cohort = exam->cohort;
  uint32_t all = 0;
  *count = 0;
  for (uint32_t g = 0; cohort != NULL && g < cohort->plan.growth_count; g++)
    all += cohort->plan.growth[g].prior_count;
  wuji_str *names = all == 0 ? NULL : calloc(all, sizeof *names);
  for (uint32_t g = 0; all > 0 && g < cohort->plan.growth_count; g++) {
    const wuji_growth_plan *growth = &cohort->plan.growth[g];
    for (uint32_t i = 0; i < growth->prior_count; i++) {
      wuji_str text = growth->prior_texts[i];
      if (is_own_prior(cohort, growth->priors[i]) || memchr(text.ptr, ':', text.len) == NULL) continue;
      if (names != NULL && is_listed(names, *count, text)) continue;
      if (names != NULL) names[*count] = text;
      ++*count;
    }
  }
  if (*count > 0) return names;
  free(names);
  return NULL;
}

bool wuji_exam_has_growth(const wuji_exam *exam) {
  return exam->cohort != NULL && wuji_growth_wanted(exam->cohort);
}

/* One digest of all that was mixed into it, in order. */
static wuji_status mix_basis(wuji_exam_growth *growth, const void *bytes, size_t count, wuji_error *error) {
  uint8_t both[2 * WUJI_DIGEST_BYTES];
  memcpy(both, growth->basis, WUJI_DIGEST_BYTES);
  growth->has_basis = true;
  wuji_status status = wuji_digest_bytes(bytes, count, both + WUJI_DIGEST_BYTES, error);
  return status == WUJI_OK ? wuji_digest_bytes(both, sizeof both, growth->basis, error) : status;
}

wuji_status wuji_exam_set_growth(wuji_exam *exam, const wuji_growth_options *options, wuji_error *error) {
  const uint8_t *digest;
  const char *texts[] = {options->priors, options->covariates, options->random, options->slope,
                         options->ml ? "ml" : NULL};
  wuji_status status = WUJI_OK;
  if (exam->cohort == NULL || exam->analysis != NULL)
    return wuji_fail(error, WUJI_USAGE, "growth is asked for before the analysis of an exam, and once");
  WUJI_TRY(wuji_exam_digest(exam, &digest, error)); /* of what exam.ini says, before it is put aside */
  WUJI_TRY(wuji_growth_plan_override(&exam->cohort->plan, options, &exam->cohort->arena, error));
  for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
    if (texts[t] == NULL) continue;
    const char kind = (char)('a' + t);
    WUJI_TRY(mix_basis(&exam->growth, &kind, 1, error));
    WUJI_TRY(mix_basis(&exam->growth, texts[t], strlen(texts[t]), error));
  }
done:
  return status;
}

/* Warnings are one array, in the order in which they were found. */
static wuji_status add_warning(wuji_exam *exam, const char *code, const char *text, uint64_t count,
                               wuji_str example, wuji_error *error) {
  wuji_findings *findings = &exam->findings;
  char message[512];
  if (count == 0) return WUJI_OK;
  wuji_warning *warnings = wuji_arena_array(&findings->arena, findings->warning_count + 1, sizeof *warnings);
  (void)snprintf(message, sizeof message, wuji_in_language("%s, e.g. %.*s"), wuji_in_language(text),
                 (int)example.len, example.ptr == NULL ? "" : example.ptr);
  wuji_str copy = wuji_arena_copy(&findings->arena, wuji_str_of(message));
  if (warnings == NULL || copy.ptr == NULL) return wuji_fail_memory(error);
  if (findings->warning_count > 0)
    memcpy(warnings, findings->warnings, findings->warning_count * sizeof *warnings);
  warnings[findings->warning_count++] = (wuji_warning){code, count, copy.ptr};
  findings->warnings = warnings;
  return WUJI_OK;
}

/* The plan's own form of a stored prior's name. */
static wuji_str folded_name(const wuji_exam *exam, wuji_str text) {
  const wuji_plan *plan = &exam->cohort->plan;
  for (uint32_t g = 0; g < plan->growth_count; g++) {
    for (uint32_t i = 0; i < plan->growth[g].prior_count; i++) {
      if (wuji_str_equal(plan->growth[g].prior_texts[i], text)) return plan->growth[g].priors[i];
    }
  }
  return text;
}

static wuji_status match_prior(wuji_db *db, wuji_exam *exam, wuji_str name, wuji_earlier_found *sum,
                               wuji_error *error) {
  wuji_exam_growth *growth = &exam->growth;
  wuji_earlier_found found;
  wuji_status status;
  double *values = wuji_arena_array(&growth->arena, exam->cohort->row_count, sizeof *values);
  if (values == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(wuji_store_earlier(db->store, name, exam->cohort, values, &found, error));
  growth->earlier[growth->earlier_count++] = (wuji_earlier){folded_name(exam, name), values};
  if (sum->twice == 0) sum->twice_example = found.twice_example;
  if (sum->not_present == 0) sum->not_present_example = found.not_present_example;
  sum->twice += found.twice;
  sum->not_present += found.not_present;
  WUJI_TRY(mix_basis(growth, name.ptr, name.len, error));
  status = mix_basis(growth, found.content, sizeof found.content, error);
done:
  return status;
}

wuji_status wuji_db_match_priors(wuji_db *db, wuji_exam *exam, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_earlier_found sum = {0};
  uint32_t count;
  wuji_str *names = wuji_exam_stored_priors(exam, &count);
  if (count == 0 || exam->growth.earlier_count > 0) goto done;
  exam->growth.earlier = wuji_arena_array(&exam->growth.arena, count, sizeof *exam->growth.earlier);
  if (names == NULL || exam->growth.earlier == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t i = 0; i < count; i++) WUJI_TRY(match_prior(db, exam, names[i], &sum, error));
  WUJI_TRY(add_warning(exam, "prior-person-twice", "a person_id that stands twice in an exam stored before",
                       sum.twice, sum.twice_example, error));
  status = add_warning(exam, "prior-not-present",
                       "a candidate who is absent, void or not counted in an exam stored before",
                       sum.not_present, sum.not_present_example, error);
done:
  free(names);
  return status;
}

wuji_status wuji_exam_grow(wuji_exam *exam, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_exam_growth *growth = &exam->growth;
  if (!wuji_exam_has_growth(exam)) return WUJI_OK;
  if (growth->earlier_count == 0 && wuji_exam_needs_database(exam)) {
    WUJI_TRY(wuji_fail(error, WUJI_USAGE, "exam %s has priors from exams stored before, which were not read",
                       exam->code));
  }
  WUJI_TRY(wuji_growth_make(exam->cohort, exam->analysis, growth->earlier, growth->earlier_count,
                            exam->options.threads, &growth->made, error));
  for (int w = 0; w < WUJI_GROWTH_WARNINGS; w++) {
    const wuji_growth_tally *tally = &growth->made->warnings[w];
    WUJI_TRY(add_warning(exam, wuji_growth_warning_codes[w], wuji_growth_warning_texts[w], tally->count,
                         tally->example, error));
  }
done:
  return status;
}
