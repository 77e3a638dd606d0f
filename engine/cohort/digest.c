/* Parts of the cohort are hashed beside each other, a paper each, and their digests hashed in order. What a
 * part writes can be read in one way only: every text and array comes behind its length, numbers have eight
 * bytes, the lowest first. What follows from the rest (sums, totals, which options are listed) is left out.
 */
#include "cohort/digest.h"

#include "base/threads.h"

#include <math.h>
#include <openssl/evp.h>
#include <stdlib.h>

enum { BUFFER_BYTES = 1 << 16, PART_PLAN = 0, PART_ROSTER, PART_TREE, PART_PRIORS, PARTS_BEFORE_PAPERS };

/* Changed when the form changes: digests of two forms never agree. */
static const char form[] = "wuji cohort 1";

/* What is hashed, gathered in pieces worth a call. */
typedef struct sink {
  EVP_MD_CTX *hash;
  uint8_t *buffer;
  size_t count;
  bool failed;
} sink;

static void flush(sink *s) {
  if (s->count > 0 && EVP_DigestUpdate(s->hash, s->buffer, s->count) != 1) s->failed = true;
  s->count = 0;
}

static void put_bytes(sink *s, const void *bytes, size_t count) {
  if (count > BUFFER_BYTES - s->count) flush(s);
  if (count > BUFFER_BYTES) {
    if (EVP_DigestUpdate(s->hash, bytes, count) != 1) s->failed = true;
  } else if (count > 0) {
    memcpy(s->buffer + s->count, bytes, count);
    s->count += count;
  }
}

static void put_number(sink *s, uint64_t number) {
  uint8_t bytes[8];
  for (int b = 0; b < 8; b++) bytes[b] = (uint8_t)(number >> (8 * b));
  put_bytes(s, bytes, sizeof bytes);
}

/* A null text is not an empty one. */
static void put_text(sink *s, wuji_str text) {
  put_number(s, text.ptr == NULL ? 0 : UINT64_C(1) + text.len);
  if (text.ptr != NULL) put_bytes(s, text.ptr, text.len);
}

static void put_texts(sink *s, const wuji_str *texts, size_t count) {
  put_number(s, count);
  for (size_t t = 0; t < count; t++) put_text(s, texts[t]);
}

static void put_decimal(sink *s, wuji_decimal decimal) {
  put_number(s, (uint64_t)decimal.num);
  put_number(s, (uint64_t)decimal.den);
}

/* -0 is 0, and there is one NaN. */
static void put_real(sink *s, double real) {
  uint64_t bits = UINT64_MAX;
  real += 0.0;
  if (!isnan(real)) memcpy(&bits, &real, sizeof bits);
  put_number(s, bits);
}

/* An array of unsigned integers of `width` bytes. */
static void put_array(sink *s, const void *array, size_t count, size_t width) {
  put_number(s, count);
  put_number(s, width);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  put_bytes(s, array, count * width);
#else
  for (size_t i = 0; i < count; i++) {
    for (size_t b = width; b > 0; b--) put_bytes(s, (const uint8_t *)array + i * width + b - 1, 1);
  }
#endif
}

static void put_plan(sink *s, const wuji_plan *plan) {
  const wuji_str texts[] = {plan->code, plan->name,   plan->date,   plan->province,
                            plan->city, plan->county, plan->school, plan->privacy_rank};
  const wuji_decimal decimals[] = {plan->excellent, plan->good,       plan->pass,
                                   plan->low,       plan->total_full, plan->total_segment};
  put_texts(s, texts, sizeof texts / sizeof *texts);
  for (size_t d = 0; d < sizeof decimals / sizeof *decimals; d++) put_decimal(s, decimals[d]);
  put_number(s, plan->absent);
  put_number(s, plan->privacy_min_cell);
  put_number(s, plan->line_count);
  for (uint32_t l = 0; l < plan->line_count; l++) {
    put_text(s, plan->lines[l].name);
    put_number(s, plan->lines[l].kind);
    put_decimal(s, plan->lines[l].value);
  }
  put_number(s, plan->band_count);
  for (uint32_t b = 0; b < plan->band_count; b++) {
    put_text(s, plan->bands[b].paper);
    put_array(s, plan->bands[b].tops, plan->bands[b].top_count, sizeof *plan->bands[b].tops);
  }
  put_number(s, plan->growth_count);
  for (uint32_t g = 0; g < plan->growth_count; g++) {
    const wuji_growth_plan *growth = &plan->growth[g];
    const wuji_str rest[] = {growth->outcome, growth->covariates, growth->random, growth->slope,
                             growth->method};
    put_texts(s, growth->priors, growth->prior_count);
    put_texts(s, rest, sizeof rest / sizeof *rest);
  }
}

static void put_roster(sink *s, const wuji_cohort *cohort) {
  put_texts(s, cohort->student_id, cohort->row_count);
  put_texts(s, cohort->person_id, cohort->row_count);
  put_texts(s, cohort->name, cohort->row_count);
  put_texts(s, cohort->sex, cohort->row_count);
  put_texts(s, cohort->attributes, cohort->row_count);
  put_array(s, cohort->counted, cohort->row_count, sizeof *cohort->counted);
  put_array(s, cohort->own_class, cohort->row_count, sizeof *cohort->own_class);
}

static void put_tree(sink *s, const wuji_cohort *cohort) {
  put_number(s, (uint64_t)cohort->node_count);
  for (int32_t n = 0; n < cohort->node_count; n++) {
    const wuji_node *node = &cohort->nodes[n];
    put_number(s, node->level);
    put_number(s, node->own);
    put_number(s, (uint64_t)node->parent);
    put_text(s, node->name);
  }
}

static void put_priors(sink *s, const wuji_cohort *cohort) {
  size_t values = (size_t)cohort->prior_count * cohort->row_count;
  put_texts(s, cohort->prior_names, cohort->prior_count);
  put_number(s, values);
  for (size_t v = 0; v < values; v++) put_real(s, cohort->priors[v]);
}

static void put_items(sink *s, const wuji_paper *paper) {
  put_number(s, paper->item_count);
  for (uint32_t i = 0; i < paper->item_count; i++) {
    const wuji_item *item = &paper->items[i];
    const wuji_str texts[] = {item->name, item->key, item->options, item->points, item->ability};
    put_texts(s, texts, sizeof texts / sizeof *texts);
    put_number(s, item->max);
    put_number(s, item->kind);
    put_decimal(s, item->planned_difficulty);
  }
}

static void put_chosen(sink *s, const wuji_paper *paper, uint32_t rows) {
  put_number(s, paper->choice_count);
  for (uint32_t c = 0; c < paper->choice_count; c++) {
    const wuji_choice *choice = &paper->choices[c];
    put_number(s, choice->item);
    put_number(s, choice->option_count);
    for (uint32_t o = 0; o < choice->option_count; o++) {
      put_text(s, choice->options[o].text);
      put_number(s, choice->options[o].is_key);
    }
  }
  put_array(s, paper->chosen, (size_t)rows * paper->choice_count, paper->chosen_width);
}

static void put_markings(sink *s, const wuji_paper *paper) {
  put_texts(s, paper->markers, paper->marker_count);
  put_number(s, paper->marking_count);
  for (size_t m = 0; m < paper->marking_count; m++) {
    const wuji_marking *marking = &paper->markings[m];
    const uint32_t fields[] = {marking->row,    marking->item, marking->round,
                               marking->marker, marking->mark, marking->seconds};
    put_array(s, fields, sizeof fields / sizeof *fields, sizeof *fields);
  }
}

static void put_paper(sink *s, const wuji_cohort *cohort, const wuji_paper *paper) {
  uint32_t rows = cohort->row_count;
  put_text(s, paper->code);
  put_text(s, paper->name);
  put_number(s, paper->in_total);
  put_decimal(s, paper->segment);
  put_number(s, paper->units);
  put_items(s, paper);
  put_array(s, paper->status, rows, sizeof *paper->status);
  put_array(s, paper->marks, (size_t)rows * paper->item_count, paper->width);
  for (uint32_t r = 0; r < rows; r++) {
    put_number(s, (uint64_t)wuji_class_on_paper(cohort, paper, r));
    put_text(s, paper->teacher == NULL ? WUJI_NO_STR : paper->teacher[r]);
  }
  put_chosen(s, paper, rows);
  put_markings(s, paper);
}

typedef uint8_t part_digest[WUJI_DIGEST_BYTES];

typedef struct digest_job {
  const wuji_cohort *cohort;
  part_digest *parts;
} digest_job;

static wuji_status open_sink(sink *s, wuji_error *error) {
  *s = (sink){.hash = EVP_MD_CTX_new(), .buffer = malloc(BUFFER_BYTES)};
  if (s->hash == NULL || s->buffer == NULL) return wuji_fail_memory(error);
  s->failed = EVP_DigestInit_ex(s->hash, EVP_sha256(), NULL) != 1;
  return WUJI_OK;
}

static wuji_status close_sink(sink *s, wuji_status status, uint8_t *digest, wuji_error *error) {
  if (status == WUJI_OK) {
    flush(s);
    if (s->failed || EVP_DigestFinal_ex(s->hash, digest, NULL) != 1) {
      status = wuji_fail(error, WUJI_INTERNAL, "SHA-256 cannot be computed");
    }
  }
  EVP_MD_CTX_free(s->hash);
  free(s->buffer);
  return status;
}

static wuji_status digest_part(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  const digest_job *job = context;
  sink s;
  wuji_status status = open_sink(&s, error);
  if (status == WUJI_OK) {
    switch (task) {
    case PART_PLAN: put_plan(&s, &job->cohort->plan); break;
    case PART_ROSTER: put_roster(&s, job->cohort); break;
    case PART_TREE: put_tree(&s, job->cohort); break;
    case PART_PRIORS: put_priors(&s, job->cohort); break;
    default: put_paper(&s, job->cohort, &job->cohort->papers[task - PARTS_BEFORE_PAPERS]); break;
    }
  }
  return close_sink(&s, status, job->parts[task], error);
}

wuji_status wuji_cohort_digest(const wuji_cohort *cohort, uint32_t threads, uint8_t digest[WUJI_DIGEST_BYTES],
                               wuji_error *error) {
  uint32_t count = PARTS_BEFORE_PAPERS + cohort->paper_count;
  sink s = {0};
  digest_job job = {cohort, calloc(count, sizeof *job.parts)};
  wuji_status status =
      job.parts == NULL ? wuji_fail_memory(error) : wuji_parallel(threads, count, digest_part, &job, error);
  if (status == WUJI_OK) status = open_sink(&s, error);
  if (status == WUJI_OK) {
    put_bytes(&s, form, sizeof form);
    put_array(&s, job.parts, (size_t)count * WUJI_DIGEST_BYTES, 1);
  }
  status = close_sink(&s, status, digest, error);
  free(job.parts);
  return status;
}

wuji_status wuji_digest_bytes(const void *bytes, size_t count, uint8_t digest[WUJI_DIGEST_BYTES],
                              wuji_error *error) {
  sink s = {0};
  wuji_status status = open_sink(&s, error);
  if (status == WUJI_OK) put_bytes(&s, bytes, count);
  return close_sink(&s, status, digest, error);
}
