#include "ingest/roster.h"

#include "base/threads.h"
#include "ingest/attributes.h"
#include "ingest/exam_ini.h"
#include "ingest/seat_path.h"
#include "ingest/student_id.h"
#include "ingest/text_pool.h"

#include <stdlib.h>

enum { ROWS_OF_CHUNK = 512, ROWS_OF_TASK = 1 << 15 };

/* Some candidates of one block. */
typedef struct chunk {
  struct chunk *next; /* of the same block */
  uint32_t count;
  wuji_seat seats[ROWS_OF_CHUNK];
  wuji_candidate candidates[ROWS_OF_CHUNK];
} chunk;

/* The candidates of one block. */
typedef struct part {
  chunk *first, *last; /* NULL: there are none */
  uint32_t count;
  uint32_t seat; /* of the first one, once all blocks are read */
} part;

typedef struct worker_state {
  wuji_arena ids, texts;
  wuji_arena chunks;
  wuji_json_text json;
  wuji_path_before before;
  wuji_text_pool sexes, attributes;
} worker_state;

typedef struct roster_job {
  const wuji_header *header;
  const wuji_file *file;
  wuji_path_columns paths;
  wuji_attributes attributes;
  worker_state *workers; /* by worker */
  atomic_uint_fast64_t rows;
  pthread_mutex_t lock; /* guards the parts' array */
  part *parts;          /* by block */
  uint32_t part_count;
} roster_job;

/* Where the part's next candidate goes; NULL when memory is out. */
static chunk *room(worker_state *worker, part *p) {
  if (p->last != NULL && p->last->count < ROWS_OF_CHUNK) return p->last;
  chunk *fresh = wuji_arena_alloc(&worker->chunks, sizeof *fresh);
  if (fresh == NULL) return NULL;
  if (p->last == NULL)
    p->first = fresh;
  else
    p->last->next = fresh;
  p->last = fresh;
  return fresh;
}

/* Copies the texts of one candidate, one behind the other; what is empty becomes null. False when memory is
 * out. */
static bool keep_texts(wuji_arena *arena, wuji_str *texts, int count) {
  size_t len = 0;
  for (int t = 0; t < count; t++) len += texts[t].len;
  char *at = wuji_arena_text(arena, len);
  if (at == NULL) return false;
  for (int t = 0; t < count; t++) {
    if (texts[t].len == 0) {
      texts[t] = WUJI_NO_STR;
      continue;
    }
    memcpy(at, texts[t].ptr, texts[t].len);
    texts[t].ptr = at;
    at += texts[t].len;
  }
  return true;
}

static void check_id(wuji_pull *pull, wuji_place place, wuji_str id, const char *what) {
  if (!wuji_id_damaged(id)) return;
  wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ID_DAMAGED, id,
                    "%s %s was damaged by a spreadsheet, its digits are lost", wuji_in_language(what),
                    WUJI_SHOW(id));
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
  enum { ID, PERSON, NAME, TEXTS };
  wuji_str texts[TEXTS] = {wuji_pull_text(pull, record, column[WUJI_ROLE_STUDENT_ID]),
                           wuji_pull_text(pull, record, column[WUJI_ROLE_PERSON_ID]),
                           wuji_pull_text(pull, record, column[WUJI_ROLE_NAME])};
  wuji_str sex = wuji_pull_text(pull, record, column[WUJI_ROLE_SEX]);
  check_id(pull, place, texts[ID], "student_id");
  check_id(pull, (wuji_place){place.file, place.line, column[WUJI_ROLE_PERSON_ID] + 1}, texts[PERSON],
           "person_id");
  chunk *c = room(worker, p);
  if (c == NULL) WUJI_TRY(wuji_fail_memory(error));
  wuji_seat *seat = &c->seats[c->count];
  wuji_candidate *candidate = &c->candidates[c->count];
  *candidate = (wuji_candidate){.line = record->line, .counted = take_counted(job, pull, record)};
  seat->path = wuji_path_take(&job->paths, &worker->before, pull, record, &worker->ids);
  bool kept = seat->path != NULL && keep_texts(&worker->ids, &texts[ID], 1) &&
              keep_texts(&worker->texts, &texts[PERSON], TEXTS - PERSON);
  if (!kept) WUJI_TRY(wuji_fail_memory(error));
  if (sex.len > 0) {
    candidate->sex = wuji_text_pool_keep(&worker->sexes, &worker->texts, sex);
    if (candidate->sex.ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  }
  WUJI_TRY(wuji_attributes_take(&job->attributes, pull, record, &worker->json, &worker->attributes,
                                &worker->texts, &candidate->attributes, error));
  seat->student_id = texts[ID];
  candidate->person_id = texts[PERSON].ptr == NULL ? texts[ID] : texts[PERSON];
  candidate->name = texts[NAME];
  if (texts[ID].ptr == NULL) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ID_EMPTY, WUJI_NO_STR, "the student_id is empty");
  } else {
    c->count++;
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
  if (status == WUJI_OK && !keep_part(job, pull->block.index, p)) status = wuji_fail_memory(error);
  return status;
}

typedef struct join {
  const part *parts;
  wuji_roster *roster;
} join;

static wuji_status copy_part(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  (void)error;
  const join *j = context;
  uint32_t seat = j->parts[task].seat;
  for (const chunk *c = j->parts[task].first; c != NULL; c = c->next) {
    memcpy(j->roster->seats + seat, c->seats, c->count * sizeof *c->seats);
    memcpy(j->roster->candidates + seat, c->candidates, c->count * sizeof *c->candidates);
    seat += c->count;
  }
  return WUJI_OK;
}

/* The parts one behind the other, in the order of the file. */
static wuji_status join_parts(roster_job *job, wuji_roster *roster, uint32_t threads, wuji_error *error) {
  for (uint32_t b = 0; b < job->part_count; b++) {
    job->parts[b].seat = roster->count;
    roster->count += job->parts[b].count;
  }
  roster->seats = wuji_arena_array(&roster->ids, (size_t)roster->count + 1, sizeof *roster->seats);
  roster->candidates = wuji_arena_array(&roster->ids, (size_t)roster->count + 1, sizeof *roster->candidates);
  roster->claimed = wuji_arena_array(&roster->ids, (size_t)roster->count + 1, sizeof *roster->claimed);
  if (roster->seats == NULL || roster->candidates == NULL || roster->claimed == NULL)
    return wuji_fail_memory(error);
  join j = {job->parts, roster};
  return wuji_parallel(threads, job->part_count, copy_part, &j, error);
}

/* What is looked up while the ids are indexed, places ahead. */
enum { AHEAD = 16 };
typedef struct foreseen {
  uint64_t hashes[AHEAD];
} foreseen;

static void foresee(foreseen *f, const wuji_id_index *index, uint32_t place, uint32_t count) {
  if (place < count) f->hashes[place % AHEAD] = wuji_id_index_foresee(index, place);
}

static void note_twice(wuji_notes *notes, const wuji_roster *roster, wuji_place place, uint32_t seat,
                       uint32_t earlier) {
  wuji_str id = roster->seats[seat].student_id;
  wuji_note_problem(notes, place, WUJI_PROBLEM_STUDENT_DUPLICATE, id,
                    "student_id %s stands in line %llu already", WUJI_SHOW(id),
                    (unsigned long long)roster->candidates[earlier].line);
}

static void note_person_twice(wuji_notes *notes, const wuji_roster *roster, wuji_place place, uint32_t seat,
                              uint32_t earlier) {
  wuji_str id = roster->candidates[seat].person_id;
  wuji_note_problem(notes, place, WUJI_PROBLEM_PERSON_DUPLICATE, id,
                    "person_id %s stands in line %llu already", WUJI_SHOW(id),
                    (unsigned long long)roster->candidates[earlier].line);
}

/* Indexes the ids; an id again is noted with the line where it stood first. */
static wuji_status index_ids(wuji_roster *roster, const wuji_header *header, uint32_t file, wuji_notes *notes,
                             wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_id_index persons = {0};
  foreseen students_ahead;
  foreseen persons_ahead;
  const uint32_t count = roster->count;
  const uint32_t person_count = header->column[WUJI_ROLE_PERSON_ID] == WUJI_NO_COLUMN ? 0 : count;
  wuji_notes mine = wuji_notes_of_worker(notes);
  WUJI_TRY(
      wuji_id_index_init(&roster->index, &roster->seats->student_id, sizeof *roster->seats, count, error));
  WUJI_TRY(wuji_id_index_init(&persons, &roster->candidates->person_id, sizeof *roster->candidates,
                              person_count, error));
  for (uint32_t s = 0; s < AHEAD; s++) {
    foresee(&students_ahead, &roster->index, s, count);
    foresee(&persons_ahead, &persons, s, person_count);
  }
  for (uint32_t s = 0; s < count; s++) {
    uint32_t earlier = wuji_id_index_add_foreseen(&roster->index, s, students_ahead.hashes[s % AHEAD]);
    wuji_place place = {file, roster->candidates[s].line, header->column[WUJI_ROLE_STUDENT_ID] + 1};
    if (earlier != WUJI_NO_ID) {
      note_twice(&mine, roster, place, s, earlier);
    } else if (person_count > 0) {
      earlier = wuji_id_index_add_foreseen(&persons, s, persons_ahead.hashes[s % AHEAD]);
      place.column = header->column[WUJI_ROLE_PERSON_ID] + 1;
      if (earlier != WUJI_NO_ID) note_person_twice(&mine, roster, place, s, earlier);
    }
    foresee(&students_ahead, &roster->index, s + AHEAD, count);
    foresee(&persons_ahead, &persons, s + AHEAD, person_count);
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
  WUJI_TRY(join_parts(job, roster, reading->threads, error));
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
    wuji_arena_dispose(&job->workers[w].chunks);
    free(job->workers[w].json.bytes);
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
  job.paths = wuji_path_columns_of(&sheet.header, file->number, plan, notes);
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
  *roster = (wuji_roster){0};
}
