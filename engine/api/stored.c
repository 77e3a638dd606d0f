/* An exam into the database, as tables or as mere content, and its content back. */
#include "api/carry.h"
#include "api/db_handle.h"
#include "base/clock.h"
#include "ingest/exam_ini.h"

#include <stdlib.h>

wuji_status wuji_exam_digest(const wuji_exam *exam, const uint8_t **digest, wuji_error *error) {
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
  wuji_status status = wuji_exam_digest(exam, &digest, error);
  if (status != WUJI_OK) return status;
  bool from_here =
      exam->loaded_from != NULL && strcmp(exam->loaded_from, wuji_store_conninfo(db->store)) == 0;
  *claim = (wuji_claim){.exam = exam->code,
                        .content = digest,
                        .statistics = statistics ? WUJI_STATISTICS_VERSION : 0,
                        .growth = statistics && exam->growth.has_basis ? exam->growth.basis : NULL,
                        .replace = replace,
                        .loaded = from_here ? digest : NULL,
                        .chunk_rows = wuji_cohort_chunk_rows(exam->cohort)};
  return WUJI_OK;
}

bool wuji_exam_needs_database(const wuji_exam *exam) {
  uint32_t count;
  free(wuji_exam_stored_priors(exam, &count));
  return count > 0;
}

static wuji_status must_be_stored(wuji_db *db, const wuji_exam *exam, wuji_error *error) {
  uint32_t count;
  wuji_status status = WUJI_OK;
  wuji_str *names = wuji_exam_stored_priors(exam, &count);
  if (names == NULL && count > 0) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t i = 0; i < count; i++) {
    bool has = false;
    WUJI_TRY(wuji_store_has_paper(db->store, names[i], &has, error));
    if (has) continue;
    WUJI_TRY(wuji_fail(error, WUJI_NOT_FOUND, "the prior %.*s is no paper of an exam in this database",
                       (int)names[i].len, names[i].ptr));
  }
done:
  free(names);
  return status;
}

wuji_status wuji_db_may_publish(wuji_db *db, const wuji_exam *exam, bool replace, wuji_error *error) {
  wuji_claim claim;
  wuji_status status;
  WUJI_TRY(wuji_exam_claim(db, exam, true, replace, &claim, error));
  WUJI_TRY(wuji_store_may_publish(db->store, &claim, error));
  status = must_be_stored(db, exam, error);
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
  WUJI_TRY(wuji_exam_digest(exam, &digest, error));
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
