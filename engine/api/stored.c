/* An exam into the database, as tables or as mere content, and its content back. */
#include "api/carry.h"
#include "api/db_handle.h"
#include "base/clock.h"
#include "ingest/exam_ini.h"

#include <stdlib.h>

static wuji_status digest_of(const wuji_exam *exam, const uint8_t **digest, wuji_error *error) {
  wuji_content *content = exam->content;
  wuji_status status = WUJI_OK;
  if (!content->known)
    status = wuji_cohort_digest(exam->cohort, exam->options.threads, content->digest, error);
  if (status == WUJI_OK) content->known = true;
  *digest = content->digest;
  return status;
}

wuji_status wuji_exam_claim(const wuji_db *db, const wuji_exam *exam, bool statistics, bool replace,
                            wuji_claim *claim, wuji_error *error) {
  const uint8_t *digest;
  if (exam->cohort == NULL)
    return wuji_fail(error, WUJI_USAGE, "the package was rejected, there is nothing to store");
  wuji_status status = digest_of(exam, &digest, error);
  if (status != WUJI_OK) return status;
  bool from_here =
      exam->loaded_from != NULL && strcmp(exam->loaded_from, wuji_store_conninfo(db->store)) == 0;
  *claim = (wuji_claim){.exam = exam->code,
                        .content = digest,
                        .statistics = statistics ? WUJI_STATISTICS_VERSION : 0,
                        .replace = replace,
                        .loaded = from_here ? digest : NULL,
                        .chunk_rows = wuji_cohort_chunk_rows(exam->cohort)};
  return WUJI_OK;
}

static bool is_own_prior(const wuji_cohort *cohort, wuji_str name) {
  for (uint32_t i = 0; i < cohort->prior_count; i++) {
    if (wuji_str_equal(cohort->prior_names[i], name)) return true;
  }
  return false;
}

/* Calls `each` for every prior that is a paper of another exam, as EXAM:PAPER, until one does not pass. */
static wuji_status each_stored_prior(const wuji_exam *exam,
                                     wuji_status (*each)(wuji_db *db, wuji_str name, wuji_error *error),
                                     wuji_db *db, wuji_error *error) {
  const wuji_cohort *cohort = exam->cohort;
  wuji_status status = WUJI_OK;
  for (uint32_t g = 0; cohort != NULL && g < cohort->plan.growth_count; g++) {
    const wuji_growth_plan *growth = &cohort->plan.growth[g];
    for (uint32_t i = 0; i < growth->prior_count && status == WUJI_OK; i++) {
      if (!is_own_prior(cohort, growth->priors[i]) &&
          memchr(growth->priors[i].ptr, ':', growth->priors[i].len) != NULL)
        status = each(db, growth->priors[i], error);
    }
  }
  return status;
}

static wuji_status is_stored_elsewhere(wuji_db *db, wuji_str name, wuji_error *error) {
  (void)db;
  (void)name;
  (void)error;
  return WUJI_CONFLICT; /* one is enough */
}

bool wuji_exam_needs_database(const wuji_exam *exam) {
  return each_stored_prior(exam, is_stored_elsewhere, NULL, NULL) != WUJI_OK;
}

static wuji_status must_be_stored(wuji_db *db, wuji_str name, wuji_error *error) {
  bool has = false;
  wuji_status status = wuji_store_has_paper(db->store, name, &has, error);
  if (status != WUJI_OK || has) return status;
  return wuji_fail(error, WUJI_NOT_FOUND, "the prior %.*s is no paper of an exam in this database",
                   (int)name.len, name.ptr);
}

wuji_status wuji_db_may_publish(wuji_db *db, const wuji_exam *exam, bool replace, wuji_error *error) {
  wuji_claim claim;
  wuji_status status;
  WUJI_TRY(wuji_exam_claim(db, exam, true, replace, &claim, error));
  WUJI_TRY(wuji_store_may_publish(db->store, &claim, error));
  status = each_stored_prior(exam, must_be_stored, db, error);
done:
  return status;
}

/* Both ways of storing: begin, carry, turn the pointer; or nothing where the content is there. */
static wuji_status store(wuji_db *db, wuji_exam *exam, const wuji_claim *claim, wuji_published *published,
                         wuji_error *error) {
  bool statistics = claim->statistics != 0;
  wuji_published done_so_far = {0};
  wuji_carried carried;
  wuji_status status = wuji_store_begin(db->store, claim, &done_so_far.run, &done_so_far.unchanged, error);
  if (status != WUJI_OK) return status;
  if (!done_so_far.unchanged) {
    wuji_cargo cargo = {.exam = exam,
                        .run = done_so_far.run,
                        .content = !wuji_store_has_content(db->store),
                        .statistics = statistics};
    WUJI_TRY(wuji_carry(db->store, &cargo, &carried, error));
    double start = wuji_now_s();
    WUJI_TRY((statistics ? wuji_store_publish : wuji_store_keep)(db->store, exam->cohort, claim, cargo.run,
                                                                 &done_so_far.replaced, error));
    done_so_far.marks_s = carried.marks_s;
    done_so_far.tables_s = carried.tables_s;
    done_so_far.publish_s = wuji_now_s() - start;
  }
  if (published != NULL) *published = done_so_far;
done:
  if (status != WUJI_OK) wuji_store_abandon(db->store, done_so_far.run);
  return status;
}

wuji_status wuji_db_publish(wuji_db *db, wuji_exam *exam, bool replace, wuji_published *published,
                            wuji_error *error) {
  wuji_claim claim = {0};
  wuji_status status;
  WUJI_TRY(wuji_exam_claim(db, exam, true, replace, &claim, error));
  WUJI_TRY(store(db, exam, &claim, published, error));
  status = wuji_exam_analyze(exam, error); /* where nothing was to be stored, nobody has done it yet */
done:
  return status;
}

wuji_status wuji_db_ingest(wuji_db *db, wuji_exam *exam, bool replace, wuji_published *stored,
                           wuji_error *error) {
  wuji_claim claim = {0};
  wuji_status status;
  WUJI_TRY(wuji_exam_claim(db, exam, false, replace, &claim, error));
  status = store(db, exam, &claim, stored, error);
done:
  return status;
}

/* The content as it was stored, or nothing: the digest tells. */
static wuji_status load_cohort(wuji_db *db, wuji_exam *exam, wuji_error *error) {
  uint8_t stored[WUJI_DIGEST_BYTES];
  const uint8_t *digest;
  wuji_status status;
  wuji_error why = {0};
  WUJI_TRY(wuji_store_load(db->store, exam->code, exam->cohort, stored, error));
  status = wuji_plan_read(exam->cohort->plan.text, &exam->cohort->arena, &exam->cohort->plan, &why);
  if (status == WUJI_OK) status = wuji_cohort_seal(exam->cohort, exam->options.threads, NULL, &why);
  if (status == WUJI_REJECTED) {
    status = wuji_fail(error, WUJI_DATABASE, "database: the stored content of %s does not hold together: %s",
                       exam->code, why.message);
  } else if (status != WUJI_OK) {
    status = wuji_fail(error, status, "%s", why.message);
  }
  if (status != WUJI_OK) goto done;
  WUJI_TRY(digest_of(exam, &digest, error));
  if (memcmp(digest, stored, sizeof stored) != 0) {
    status = wuji_fail(error, WUJI_DATABASE, "database: the stored content of %s is not what was stored",
                       exam->code);
  }
done:
  return status;
}

wuji_status wuji_exam_load(wuji_db *db, const char *code, const wuji_options *options, wuji_exam **exam,
                           wuji_error *error) {
  wuji_status status;
  wuji_exam *handle = NULL;
  *exam = NULL;
  WUJI_TRY(wuji_exam_new(options, &handle, error));
  handle->code = strdup(code);
  handle->loaded_from = strdup(wuji_store_conninfo(db->store));
  handle->cohort = wuji_cohort_new();
  if (handle->code == NULL || handle->loaded_from == NULL || handle->cohort == NULL)
    WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(load_cohort(db, handle, error));
  *exam = handle;
  handle = NULL;
done:
  wuji_exam_close(handle);
  return status;
}

wuji_status wuji_db_withdraw(wuji_db *db, const char *code, wuji_error *error) {
  return wuji_store_withdraw(db->store, code, error);
}
