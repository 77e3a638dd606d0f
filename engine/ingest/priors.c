#include "ingest/priors.h"

#include "ingest/real.h"
#include "ingest/row_owner.h"

#include <math.h>
#include <stdlib.h>

typedef struct priors_job {
  wuji_priors *priors;
  const wuji_file *file;
  const wuji_header *header;
  const uint32_t *row_of_seat;
  uint32_t *columns; /* by prior */
  wuji_row_owners owners;
} priors_job;

/* A row of a stranger, or one more of the same candidate, is read for what is wrong with it and not kept. */
static bool take_row(priors_job *job, uint32_t worker, wuji_pull *pull, const wuji_record *record) {
  bool summary;
  bool kept = false;
  uint32_t seat = wuji_row_owner(&job->owners, worker, pull, record, &summary);
  if (summary) return true;
  if (seat != WUJI_NO_ID && !wuji_row_claim(&job->owners, worker, seat, record->line, &kept)) return false;
  for (uint32_t p = 0; p < job->priors->count; p++) {
    wuji_str text = wuji_pull_text(pull, record, job->columns[p]);
    double value;
    if (text.len == 0) continue;
    if (!wuji_real_read(text, &value)) {
      wuji_note_problem(&pull->notes, (wuji_place){job->file->number, record->line, job->columns[p] + 1},
                        WUJI_PROBLEM_PRIOR_NOT_A_NUMBER, text, "prior %s is not a number", WUJI_SHOW(text));
    } else if (kept && job->priors->values != NULL) {
      job->priors->values[(size_t)p * job->owners.roster->count + job->row_of_seat[seat]] = value;
    }
  }
  return true;
}

static wuji_status take_block(void *context, uint32_t worker, wuji_pull *pull, wuji_error *error) {
  wuji_status status = WUJI_OK;
  priors_job *job = context;
  wuji_record record;
  while (wuji_pull_record(pull, &record, &status)) {
    if (!take_row(job, worker, pull, &record)) WUJI_TRY(wuji_fail_memory(error));
  }
  if (status != WUJI_OK) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

/* Which column says whose a row is, and which are priors. */
static wuji_status find_columns(priors_job *job, wuji_arena *arena, wuji_notes *notes, wuji_error *error) {
  const wuji_header *header = job->header;
  wuji_priors *priors = job->priors;
  uint64_t noted = wuji_notes_total(notes);
  job->columns = malloc(((size_t)header->column_count + 1) * sizeof *job->columns);
  priors->names = wuji_arena_array(arena, header->column_count, sizeof *priors->names);
  if (job->columns == NULL || priors->names == NULL) return wuji_fail_memory(error);
  for (uint32_t c = 0; c < header->column_count; c++) {
    wuji_place place = {job->file->number, header->line, c + 1};
    if (header->role[c] != WUJI_ROLES) continue;
    if (header->folded[c].len == 0) {
      wuji_note_warning(notes, place, WUJI_WARNING_PRIORS_COLUMN_UNNAMED, 1, WUJI_NO_STR);
      continue;
    }
    for (uint32_t p = 0; p < priors->count; p++) {
      if (!wuji_str_equal(priors->names[p], header->folded[c])) continue;
      wuji_note_problem(notes, place, WUJI_PROBLEM_COLUMN_DUPLICATE, header->names[c],
                        "column %s stands twice", WUJI_SHOW(header->names[c]));
    }
    job->columns[priors->count] = c;
    priors->names[priors->count] = wuji_arena_copy(arena, header->folded[c]);
    if (priors->names[priors->count++].ptr == NULL) return wuji_fail_memory(error);
  }
  wuji_place place = {job->file->number, header->line, 0};
  if (header->column[WUJI_ROLE_STUDENT_ID] == WUJI_NO_COLUMN &&
      header->column[WUJI_ROLE_PERSON_ID] == WUJI_NO_COLUMN) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_COLUMN_MISSING, WUJI_NO_STR,
                      "there is neither a column student_id nor one person_id");
  }
  if (priors->count > WUJI_MOST_PRIORS) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_COLUMN_COUNT, WUJI_NO_STR, "%u priors are more than %d",
                      priors->count, WUJI_MOST_PRIORS);
  }
  priors->unreadable = wuji_notes_total(notes) > noted;
  return WUJI_OK;
}

static wuji_status read_rows(priors_job *job, wuji_sheet *sheet, wuji_reading *reading, wuji_arena *arena,
                             wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_roster *roster = job->owners.roster;
  uint32_t id_column = job->header->column[WUJI_ROLE_STUDENT_ID];
  bool by_person = id_column == WUJI_NO_COLUMN;
  if (by_person) id_column = job->header->column[WUJI_ROLE_PERSON_ID];
  WUJI_TRY(wuji_row_owners_init(&job->owners, roster, job->file->number, id_column, by_person,
                                reading->threads, error));
  if (job->row_of_seat != NULL) {
    size_t count = (size_t)job->priors->count * roster->count;
    job->priors->values = wuji_arena_array(arena, count, sizeof *job->priors->values);
    if (job->priors->values == NULL) WUJI_TRY(wuji_fail_memory(error));
    for (size_t v = 0; v < count; v++) job->priors->values[v] = NAN;
  }
  WUJI_TRY(wuji_sheet_read(sheet, reading, take_block, job, notes, error));
  WUJI_TRY(wuji_row_owners_settle(&job->owners, notes, error));
done:
  return status;
}

wuji_status wuji_priors_read(wuji_priors *priors, const wuji_file *file, const wuji_roster *roster,
                             const uint32_t *row_of_seat, wuji_reading *reading, wuji_arena *arena,
                             wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_sheet sheet = {0};
  wuji_arena scratch = {0};
  priors_job job = {.priors = priors,
                    .file = file,
                    .header = &sheet.header,
                    .row_of_seat = row_of_seat,
                    .owners = {.roster = roster}};
  *priors = (wuji_priors){.unreadable = true};
  WUJI_TRY(wuji_sheet_open(&sheet, file, WUJI_PRIORS, &scratch, notes, error));
  if (sheet.good) WUJI_TRY(find_columns(&job, arena, notes, error));
  if (!priors->unreadable) WUJI_TRY(read_rows(&job, &sheet, reading, arena, notes, error));
done:
  wuji_row_owners_dispose(&job.owners);
  free(job.columns);
  wuji_sheet_close(&sheet);
  wuji_arena_dispose(&scratch);
  return status;
}

/* EXAM:PAPER, both of them something. */
static bool names_an_exam(wuji_str prior) {
  const char *colon = memchr(prior.ptr, ':', prior.len);
  return colon != NULL && colon > prior.ptr && colon + 1 < prior.ptr + prior.len;
}

void wuji_priors_check(const wuji_priors *priors, const wuji_exam_ini *ini, wuji_notes *notes) {
  for (uint32_t g = 0; g < ini->plan.growth_count && !priors->unreadable; g++) {
    const wuji_growth_plan *growth = &ini->growth[g];
    for (uint32_t p = 0; p < growth->prior_count; p++) {
      wuji_str prior = growth->priors[p];
      bool known = names_an_exam(prior);
      for (uint32_t k = 0; k < priors->count; k++) known |= wuji_str_equal(priors->names[k], prior);
      if (known) continue;
      wuji_note_problem(notes, (wuji_place){.line = ini->prior_places[g]}, WUJI_PROBLEM_PRIOR_UNKNOWN, prior,
                        "unknown prior %s", WUJI_SHOW(prior));
    }
  }
}
