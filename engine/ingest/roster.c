#include "ingest/roster.h"

#include "ingest/attributes.h"
#include "ingest/exam_ini.h"
#include "ingest/student_id.h"

#include <stdlib.h>

/* The candidates of one block. */
typedef struct part {
  wuji_seat *seats;
  wuji_candidate *candidates;
  uint32_t count, room;
} part;

typedef struct worker_state {
  wuji_arena ids, texts;
  wuji_json_text json;
  wuji_str path[WUJI_LEVELS]; /* of the candidate before: neighbours share their names */
} worker_state;

typedef struct roster_job {
  const wuji_header *header;
  const wuji_file *file;
  uint32_t level_column[WUJI_LEVELS];
  wuji_str level_default[WUJI_LEVELS]; /* for an empty cell or a column left out; null: an empty cell is an
                                          error */
  int level_warning[WUJI_LEVELS];      /* counted where the default stands in; -1: none */
  wuji_attributes attributes;
  worker_state *workers; /* by worker */
  atomic_uint_fast64_t rows;
  pthread_mutex_t lock; /* guards the parts' array */
  part *parts;          /* by block */
  uint32_t part_count;
} roster_job;

static bool more_room(part *p) {
  if (p->count < p->room) return true;
  uint32_t room = p->room == 0 ? 1024 : 2 * p->room;
  wuji_seat *seats = realloc(p->seats, room * sizeof *seats);
  if (seats == NULL) return false;
  p->seats = seats;
  wuji_candidate *candidates = realloc(p->candidates, room * sizeof *candidates);
  if (candidates == NULL) return false;
  p->candidates = candidates;
  p->room = room;
  return true;
}

/* The cell's text in `arena`, null where it is empty. False when memory is out. */
static bool keep_text(wuji_arena *arena, wuji_str text, wuji_str *kept) {
  *kept = text.len == 0 ? WUJI_NO_STR : wuji_arena_copy(arena, text);
  return text.len == 0 || kept->ptr != NULL;
}

static void check_id(wuji_pull *pull, wuji_place place, wuji_str id, const char *what) {
  if (!wuji_id_damaged(id)) return;
  wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ID_DAMAGED, id,
                    "%s %s was damaged by a spreadsheet, its digits are lost", wuji_in_language(what),
                    WUJI_SHOW(id));
}

/* Reads one level of the path. An unchanged name is the neighbour's copy. */
static bool take_level(const roster_job *job, worker_state *worker, wuji_pull *pull,
                       const wuji_record *record, int level, wuji_str *kept) {
  uint32_t column = job->level_column[level];
  wuji_str name = wuji_pull_text(pull, record, column);
  wuji_place place = {job->file->number, record->line, column == WUJI_NO_COLUMN ? 0 : column + 1};
  if (name.len == 0) {
    name = job->level_default[level];
    if (job->level_warning[level] >= 0) {
      wuji_note_warning(&pull->notes, place, (wuji_warning_kind)job->level_warning[level], 1, WUJI_NO_STR);
    }
    if (name.ptr == NULL && column != WUJI_NO_COLUMN) {
      wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_LEVEL_EMPTY, WUJI_NO_STR, "the %s is empty",
                        wuji_in_language(wuji_level_names[level]));
    }
    *kept = name;
    return true;
  }
  if (!wuji_str_equal(name, worker->path[level]) && !keep_text(&worker->ids, name, &worker->path[level])) {
    return false;
  }
  *kept = worker->path[level];
  return true;
}

static bool take_counted(const roster_job *job, wuji_pull *pull, const wuji_record *record) {
  uint32_t column = job->header->column[WUJI_ROLE_COUNTED];
  wuji_str text = wuji_pull_text(pull, record, column);
  bool counted = true;
  if (text.len > 0 && !wuji_yes_or_no(text, &counted)) {
    wuji_note_problem(&pull->notes, (wuji_place){job->file->number, record->line, column + 1},
                      WUJI_PROBLEM_COUNTED_BAD, text, "counted is %s, not yes or no", WUJI_SHOW(text));
  }
  return counted;
}

static wuji_status take_candidate(const roster_job *job, worker_state *worker, wuji_pull *pull,
                                  const wuji_record *record, part *p, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const uint32_t *column = job->header->column;
  wuji_place place = {job->file->number, record->line, column[WUJI_ROLE_STUDENT_ID] + 1};
  if (!more_room(p)) WUJI_TRY(wuji_fail_memory(error));
  wuji_seat *seat = &p->seats[p->count];
  wuji_candidate *candidate = &p->candidates[p->count];
  *candidate = (wuji_candidate){.line = record->line};
  bool kept = true;
  for (int level = 0; level < WUJI_LEVELS; level++) {
    kept &= take_level(job, worker, pull, record, level, &seat->path[level]);
  }
  candidate->counted = take_counted(job, pull, record);
  wuji_str person = wuji_pull_text(pull, record, column[WUJI_ROLE_PERSON_ID]);
  wuji_str id = wuji_pull_text(pull, record, column[WUJI_ROLE_STUDENT_ID]);
  kept &= keep_text(&worker->texts, wuji_pull_text(pull, record, column[WUJI_ROLE_NAME]), &candidate->name);
  kept &= keep_text(&worker->texts, wuji_pull_text(pull, record, column[WUJI_ROLE_SEX]), &candidate->sex);
  kept &= keep_text(&worker->texts, person, &candidate->person_id);
  kept &= keep_text(&worker->ids, id, &seat->student_id);
  if (!kept) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(wuji_attributes_take(&job->attributes, pull, record, &worker->json, &worker->texts,
                                &candidate->attributes, error));
  if (candidate->person_id.ptr == NULL) candidate->person_id = seat->student_id;
  check_id(pull, place, id, "student_id");
  check_id(pull, (wuji_place){place.file, place.line, column[WUJI_ROLE_PERSON_ID] + 1}, person, "person_id");
  if (id.len == 0) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ID_EMPTY, WUJI_NO_STR, "the student_id is empty");
  } else {
    p->count++;
  }
done:
  return status;
}

static bool keep_part(roster_job *job, uint32_t index, part p) {
  bool kept = true;
  pthread_mutex_lock(&job->lock);
  if (index >= job->part_count) {
    part *parts = realloc(job->parts, ((size_t)index + 1) * sizeof *parts);
    kept = parts != NULL;
    if (kept) {
      memset(parts + job->part_count, 0, (index + 1 - job->part_count) * sizeof *parts);
      job->parts = parts;
      job->part_count = index + 1;
    }
  }
  if (kept) job->parts[index] = p;
  pthread_mutex_unlock(&job->lock);
  return kept;
}

static wuji_status take_block(void *context, uint32_t worker, wuji_pull *pull, wuji_error *error) {
  wuji_status status = WUJI_OK;
  roster_job *job = context;
  wuji_record record;
  part p = {0};
  while (wuji_pull_record(pull, &record, &status)) {
    if (atomic_fetch_add(&job->rows, 1) >= WUJI_MOST_ROWS) break; /* the file is refused anyway */
    WUJI_TRY(take_candidate(job, &job->workers[worker], pull, &record, &p, error));
  }
  if (status != WUJI_OK) WUJI_TRY(wuji_fail_memory(error));
done:
  if (status == WUJI_OK && keep_part(job, pull->block.index, p)) return WUJI_OK;
  free(p.seats);
  free(p.candidates);
  return status == WUJI_OK ? wuji_fail_memory(error) : status;
}

/* What stands in for each level, by column, by exam.ini, or as a name of its own. */
static void plan_levels(roster_job *job, const wuji_plan *plan, wuji_notes *notes) {
  const wuji_str given[WUJI_LEVELS] = {plan->province, plan->city, plan->county, plan->school, WUJI_NO_STR};
  for (int level = 0; level < WUJI_LEVELS; level++) {
    uint32_t column = job->header->column[WUJI_ROLE_PROVINCE + level];
    job->level_column[level] = column;
    job->level_warning[level] = -1;
    job->level_default[level] = column == WUJI_NO_COLUMN ? given[level] : WUJI_NO_STR;
    if (job->level_default[level].ptr != NULL) continue;
    if (level == WUJI_COUNTY || level == WUJI_CLASS) {
      job->level_default[level] = wuji_str_of(level == WUJI_COUNTY ? "市直" : "未分班");
      job->level_warning[level] = level == WUJI_COUNTY ? WUJI_WARNING_COUNTY_EMPTY : WUJI_WARNING_CLASS_EMPTY;
    } else if (column == WUJI_NO_COLUMN) {
      wuji_note_problem(notes, (wuji_place){job->file->number, job->header->line, 0},
                        WUJI_PROBLEM_COLUMN_MISSING, wuji_str_of(wuji_level_names[level]),
                        "the column %s is missing, and exam.ini does not say it under [exam]",
                        wuji_in_language(wuji_level_names[level]));
    }
  }
}

/* The parts one behind the other, in the order of the file. */
static wuji_status join_parts(roster_job *job, wuji_roster *roster, wuji_error *error) {
  size_t count = 0;
  for (uint32_t b = 0; b < job->part_count; b++) count += job->parts[b].count;
  roster->seats = malloc((count + 1) * sizeof *roster->seats);
  roster->candidates = malloc((count + 1) * sizeof *roster->candidates);
  if (roster->seats == NULL || roster->candidates == NULL) return wuji_fail_memory(error);
  for (uint32_t b = 0; b < job->part_count; b++) {
    const part *p = &job->parts[b];
    if (p->count == 0) continue;
    memcpy(roster->seats + roster->count, p->seats, p->count * sizeof *p->seats);
    memcpy(roster->candidates + roster->count, p->candidates, p->count * sizeof *p->candidates);
    roster->count += p->count;
  }
  return WUJI_OK;
}

/* Indexes the ids; an id again is noted with the line where it stood first. */
static wuji_status index_ids(wuji_roster *roster, const wuji_header *header, uint32_t file, wuji_notes *notes,
                             wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_id_index persons = {0};
  uint32_t person_column = header->column[WUJI_ROLE_PERSON_ID];
  wuji_notes mine = wuji_notes_of_worker(notes);
  WUJI_TRY(wuji_id_index_init(&roster->index, &roster->seats->student_id, sizeof *roster->seats,
                              roster->count, error));
  WUJI_TRY(wuji_id_index_init(&persons, &roster->candidates->person_id, sizeof *roster->candidates,
                              person_column == WUJI_NO_COLUMN ? 0 : roster->count, error));
  for (uint32_t s = 0; s < roster->count; s++) {
    const wuji_candidate *candidate = &roster->candidates[s];
    uint32_t earlier = wuji_id_index_add(&roster->index, s);
    if (earlier != WUJI_NO_ID) {
      wuji_place place = {file, candidate->line, header->column[WUJI_ROLE_STUDENT_ID] + 1};
      wuji_str id = roster->seats[s].student_id;
      wuji_note_problem(&mine, place, WUJI_PROBLEM_STUDENT_DUPLICATE, id,
                        "student_id %s stands in line %llu already", WUJI_SHOW(id),
                        (unsigned long long)roster->candidates[earlier].line);
    } else if (person_column != WUJI_NO_COLUMN) {
      earlier = wuji_id_index_add(&persons, s);
      if (earlier == WUJI_NO_ID) continue;
      wuji_place place = {file, candidate->line, person_column + 1};
      wuji_note_problem(&mine, place, WUJI_PROBLEM_PERSON_DUPLICATE, candidate->person_id,
                        "person_id %s stands in line %llu already", WUJI_SHOW(candidate->person_id),
                        (unsigned long long)roster->candidates[earlier].line);
    }
  }
done:
  wuji_notes_merge(notes, &mine);
  wuji_id_index_dispose(&persons);
  return status;
}

static wuji_status read_rows(wuji_sheet *sheet, roster_job *job, wuji_roster *roster, wuji_reading *reading,
                             wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_file *file = sheet->file;
  job->workers = calloc(reading->threads, sizeof *job->workers);
  if (job->workers == NULL) return wuji_fail_memory(error);
  WUJI_TRY(wuji_attributes_init(&job->attributes, job->header, file->number, &roster->ids, notes, error));
  WUJI_TRY(wuji_sheet_read(sheet, reading, take_block, job, notes, error));
  if (atomic_load(&job->rows) > WUJI_MOST_ROWS) {
    wuji_note_problem(notes, (wuji_place){.file = file->number}, WUJI_PROBLEM_STUDENT_COUNT, WUJI_NO_STR,
                      "there are more than %d candidates", WUJI_MOST_ROWS);
    goto done;
  }
  WUJI_TRY(join_parts(job, roster, error));
  if (atomic_load(&job->rows) == 0) {
    wuji_note_problem(notes, (wuji_place){.file = file->number}, WUJI_PROBLEM_STUDENT_COUNT, WUJI_NO_STR,
                      "there are no candidates");
    goto done;
  }
  WUJI_TRY(index_ids(roster, job->header, file->number, notes, error));
  roster->usable = true;
done:
  for (uint32_t w = 0; w < reading->threads; w++) {
    wuji_arena_adopt(&roster->ids, &job->workers[w].ids);
    wuji_arena_adopt(&roster->texts, &job->workers[w].texts);
    free(job->workers[w].json.bytes);
  }
  for (uint32_t b = 0; b < job->part_count; b++) {
    free(job->parts[b].seats);
    free(job->parts[b].candidates);
  }
  free(job->parts);
  free(job->workers);
  return status;
}

wuji_status wuji_roster_read(wuji_roster *roster, const wuji_file *file, const wuji_plan *plan,
                             wuji_reading *reading, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_sheet sheet = {0};
  roster_job job = {.header = &sheet.header, .file = file};
  uint64_t noted = wuji_notes_total(notes);
  pthread_mutex_init(&job.lock, NULL);
  WUJI_TRY(wuji_sheet_open(&sheet, file, WUJI_STUDENTS, &roster->ids, notes, error));
  if (!sheet.good) goto done;
  if (!wuji_header_require(&sheet.header, WUJI_ROLE_STUDENT_ID, "student_id", file->number, notes)) goto done;
  plan_levels(&job, plan, notes);
  WUJI_TRY(read_rows(&sheet, &job, roster, reading, notes, error));
  roster->good = roster->usable && wuji_notes_total(notes) == noted;
done:
  wuji_sheet_close(&sheet);
  pthread_mutex_destroy(&job.lock);
  return status;
}

wuji_status wuji_roster_fill(wuji_roster *roster, const uint32_t *row_of_seat, wuji_cohort *cohort,
                             wuji_error *error) {
  wuji_arena *arena = &cohort->arena;
  size_t rows = roster->count;
  cohort->person_id = wuji_arena_array(arena, rows, sizeof(wuji_str));
  cohort->name = wuji_arena_array(arena, rows, sizeof(wuji_str));
  cohort->sex = wuji_arena_array(arena, rows, sizeof(wuji_str));
  cohort->attributes = wuji_arena_array(arena, rows, sizeof(wuji_str));
  cohort->counted = wuji_arena_array(arena, rows, sizeof(uint8_t));
  if (cohort->person_id == NULL || cohort->name == NULL || cohort->sex == NULL ||
      cohort->attributes == NULL || cohort->counted == NULL) {
    return wuji_fail_memory(error);
  }
  for (uint32_t s = 0; s < roster->count; s++) {
    const wuji_candidate *candidate = &roster->candidates[s];
    uint32_t row = row_of_seat[s];
    bool own = candidate->person_id.ptr == roster->seats[s].student_id.ptr;
    cohort->person_id[row] = own ? cohort->student_id[row] : candidate->person_id;
    cohort->name[row] = candidate->name;
    cohort->sex[row] = candidate->sex;
    cohort->attributes[row] = candidate->attributes;
    cohort->counted[row] = candidate->counted;
  }
  wuji_arena_adopt(arena, &roster->texts);
  return WUJI_OK;
}

void wuji_roster_dispose(wuji_roster *roster) {
  wuji_arena_dispose(&roster->ids);
  wuji_arena_dispose(&roster->texts);
  wuji_id_index_dispose(&roster->index);
  free(roster->seats);
  free(roster->candidates);
  *roster = (wuji_roster){0};
}
