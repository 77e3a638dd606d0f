#include "ingest/teaching.h"

#include "ingest/score_columns.h"

#include <stdlib.h>

/* Schools get numbers, by the whole path down to the school. */
static wuji_status number_schools(wuji_teaching *t, const wuji_roster *roster, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t slot_count = 1024;
  while (slot_count / 2 < roster->count) slot_count *= 2;
  uint32_t *slots = calloc(slot_count, sizeof *slots); /* a seat of the school + 1 */
  t->school_of_seat = malloc(((size_t)roster->count + 1) * sizeof *t->school_of_seat);
  if (slots == NULL || t->school_of_seat == NULL) WUJI_TRY(wuji_fail_memory(error));
  uint32_t schools = 0;
  for (uint32_t s = 0; s < roster->count; s++) {
    const wuji_str *path = roster->seats[s].path->level;
    if (s > 0 && roster->seats[s].path == roster->seats[s - 1].path) {
      t->school_of_seat[s] = t->school_of_seat[s - 1];
      continue;
    }
    uint64_t hash = 0;
    for (int level = 0; level <= WUJI_SCHOOL; level++) {
      hash = (hash ^ wuji_str_hash(path[level])) * UINT64_C(0x9E3779B97F4A7C15);
    }
    uint32_t at = (uint32_t)(hash >> 32) & (slot_count - 1);
    for (; slots[at] != 0; at = (at + 1) & (slot_count - 1)) {
      const wuji_str *other = roster->seats[slots[at] - 1].path->level;
      bool same = true;
      for (int level = 0; level <= WUJI_SCHOOL && same; level++)
        same = wuji_str_equal(path[level], other[level]);
      if (same) break;
    }
    if (slots[at] == 0) {
      slots[at] = s + 1;
      t->school_of_seat[s] = schools++;
    } else {
      t->school_of_seat[s] = t->school_of_seat[slots[at] - 1];
    }
  }
done:
  free(slots);
  return status;
}

static uint32_t slot_of(const wuji_teaching *t, uint32_t school, wuji_str name) {
  uint64_t hash = wuji_str_hash(name) ^ (school * UINT64_C(0x9E3779B97F4A7C15));
  return (uint32_t)(hash ^ (hash >> 32)) & (t->slot_count - 1);
}

static bool grow(wuji_teaching *t) {
  if (t->count == t->room) {
    uint32_t room = t->room == 0 ? 1024 : 2 * t->room;
    wuji_teaching_class *classes = realloc(t->classes, room * sizeof *classes);
    if (classes == NULL) return false;
    t->classes = classes;
    uint32_t *school = realloc(t->school, room * sizeof *school);
    if (school == NULL) return false;
    t->school = school;
    t->room = room;
    uint32_t *slots = calloc((size_t)4 * room, sizeof *slots);
    if (slots == NULL) return false;
    free(t->slots);
    t->slots = slots;
    t->slot_count = 4 * room;
    for (uint32_t c = 0; c < t->count; c++) {
      uint32_t at = slot_of(t, t->school[c], t->classes[c].name);
      while (slots[at] != 0) at = (at + 1) & (t->slot_count - 1);
      slots[at] = c + 1;
    }
  }
  return true;
}

/* The class `name` of the school of `seat`, made where it is new; WUJI_NO_ID when memory is out. */
static uint32_t class_of(wuji_teaching *t, uint32_t seat, wuji_str name) {
  uint32_t school = t->school_of_seat[seat];
  if (!grow(t)) return WUJI_NO_ID;
  uint32_t at = slot_of(t, school, name);
  for (; t->slots[at] != 0; at = (at + 1) & (t->slot_count - 1)) {
    uint32_t c = t->slots[at] - 1;
    if (t->school[c] == school && wuji_str_equal(t->classes[c].name, name)) return c;
  }
  wuji_str copy = wuji_arena_copy(&t->arena, name);
  if (copy.ptr == NULL) return WUJI_NO_ID;
  t->classes[t->count] = (wuji_teaching_class){.seat = seat, .name = copy};
  t->school[t->count] = school;
  t->slots[at] = t->count + 1;
  return t->count++;
}

/* The row before, by worker: neighbours mostly share class and school. */
typedef struct neighbour {
  uint32_t next_seat, school, class;
  wuji_str name; /* the class's own copy */
} neighbour;

typedef struct teaching_job {
  wuji_teaching *teaching;
  const wuji_roster *roster;
  uint32_t id_column, class_column;
  pthread_mutex_t lock; /* guards `teaching` */
  neighbour *neighbours;
  _Atomic uint32_t
      *class_of_seat; /* a seat that stands twice is written twice; the package is refused later */
} teaching_job;

static wuji_status take_block(void *context, uint32_t worker, wuji_pull *pull, wuji_error *error) {
  wuji_status status = WUJI_OK;
  teaching_job *job = context;
  const wuji_roster *roster = job->roster;
  neighbour *n = &job->neighbours[worker];
  wuji_record record;
  while (wuji_pull_record(pull, &record, &status)) {
    wuji_str id = wuji_pull_text(pull, &record, job->id_column);
    wuji_str name = wuji_pull_text(pull, &record, job->class_column);
    uint32_t seat = n->next_seat;
    if (name.len == 0) continue;
    if (seat >= roster->count || !wuji_str_equal(roster->seats[seat].student_id, id)) {
      seat = wuji_id_index_find(&roster->index, id);
      if (seat == WUJI_NO_ID) continue;
    }
    n->next_seat = seat + 1;
    uint32_t school = job->teaching->school_of_seat[seat];
    if (school != n->school || !wuji_str_equal(name, n->name)) {
      pthread_mutex_lock(&job->lock);
      n->class = class_of(job->teaching, seat, name);
      if (n->class != WUJI_NO_ID) n->name = job->teaching->classes[n->class].name;
      pthread_mutex_unlock(&job->lock);
      n->school = school;
      if (n->class == WUJI_NO_ID) WUJI_TRY(wuji_fail_memory(error));
    }
    atomic_store_explicit(&job->class_of_seat[seat], n->class, memory_order_relaxed);
  }
  if (status != WUJI_OK) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

static wuji_status read_classes(wuji_sheet *sheet, teaching_job *job, const wuji_reading *reading,
                                wuji_notes *unheard, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_reading silent = {.threads = reading->threads};
  uint32_t count = job->roster->count;
  job->neighbours = calloc(reading->threads, sizeof *job->neighbours);
  job->class_of_seat = malloc(((size_t)count + 1) * sizeof *job->class_of_seat);
  if (job->neighbours == NULL || job->class_of_seat == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t w = 0; w < reading->threads; w++) job->neighbours[w].school = WUJI_NO_ID;
  for (uint32_t s = 0; s < count; s++) atomic_init(&job->class_of_seat[s], WUJI_NO_ID);
  if (job->teaching->school_of_seat == NULL) WUJI_TRY(number_schools(job->teaching, job->roster, error));
  WUJI_TRY(wuji_sheet_read(sheet, &silent, take_block, job, unheard, error));
done:
  free(job->neighbours);
  return status;
}

wuji_status wuji_teaching_scan(wuji_teaching *teaching, const wuji_file *scores, const wuji_items *items,
                               const wuji_roster *roster, const wuji_reading *reading,
                               uint32_t **class_of_seat, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_sheet sheet = {0};
  wuji_notes unheard = {0};
  wuji_arena arena = {0};
  wuji_row_plan columns;
  bool good = false;
  teaching_job job = {.teaching = teaching, .roster = roster};
  *class_of_seat = NULL;
  pthread_mutex_init(&job.lock, NULL);
  WUJI_TRY(wuji_sheet_open(&sheet, scores, WUJI_SCORES, &arena, &unheard, error));
  if (sheet.good) {
    WUJI_TRY(
        wuji_score_columns(&columns, &sheet.header, items, scores->number, &arena, &unheard, &good, error));
  }
  if (good && columns.class_column != WUJI_NO_COLUMN) {
    job.id_column = columns.id_column;
    job.class_column = columns.class_column;
    WUJI_TRY(read_classes(&sheet, &job, reading, &unheard, error));
    *class_of_seat = (uint32_t *)job.class_of_seat;
    job.class_of_seat = NULL;
  }
done:
  free(job.class_of_seat);
  pthread_mutex_destroy(&job.lock);
  wuji_sheet_close(&sheet);
  wuji_notes_dispose(&unheard);
  wuji_arena_dispose(&arena);
  return status;
}

void wuji_teaching_dispose(wuji_teaching *teaching) {
  wuji_arena_dispose(&teaching->arena);
  free(teaching->classes);
  free(teaching->school);
  free(teaching->slots);
  free(teaching->school_of_seat);
  *teaching = (wuji_teaching){0};
}
