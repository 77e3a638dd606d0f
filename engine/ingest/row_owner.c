#include "ingest/row_owner.h"

#include "ingest/rows_ahead.h"
#include "ingest/student_id.h"

#include <stdlib.h>

static wuji_status index_persons(wuji_row_owners *owners, wuji_error *error) {
  const wuji_roster *roster = owners->roster;
  wuji_status status = wuji_id_index_init(&owners->persons, &roster->candidates->person_id,
                                          sizeof *roster->candidates, roster->count, error);
  for (uint32_t s = 0; status == WUJI_OK && s < roster->count; s++) {
    (void)wuji_id_index_add(&owners->persons, s); /* one that stands twice was noted already */
  }
  return status;
}

wuji_status wuji_row_owners_init(wuji_row_owners *owners, const wuji_roster *roster, uint32_t file,
                                 uint32_t id_column, bool by_person, uint32_t workers, wuji_error *error) {
  *owners = (wuji_row_owners){.roster = roster,
                              .file = file,
                              .id_column = id_column,
                              .by_person = by_person,
                              .worker_count = workers};
  owners->workers = calloc(workers, sizeof *owners->workers);
  if (owners->workers == NULL) return wuji_fail_memory(error);
  wuji_claims_init(&owners->claims, roster->claimed, roster->count, workers == 1);
  return by_person ? index_persons(owners, error) : WUJI_OK;
}

void wuji_row_owners_dispose(wuji_row_owners *owners) {
  for (uint32_t w = 0; owners->workers != NULL && w < owners->worker_count; w++) {
    free(owners->workers[w].refused.list);
    free(owners->workers[w].foreign);
    wuji_arena_dispose(&owners->workers[w].texts);
  }
  free(owners->workers);
  wuji_id_index_dispose(&owners->persons);
  *owners = (wuji_row_owners){0};
}

static wuji_str id_of(const wuji_row_owners *owners, uint32_t seat) {
  return owners->by_person ? owners->roster->candidates[seat].person_id
                           : owners->roster->seats[seat].student_id;
}

/* Keeps the row of a person who is no candidate: he must not stand twice either. */
static bool keep_foreign(wuji_owner_worker *worker, wuji_str id, uint64_t line) {
  if (worker->foreign_count == worker->foreign_room) {
    size_t room = worker->foreign_room == 0 ? 64 : 2 * worker->foreign_room;
    wuji_foreign_row *grown = realloc(worker->foreign, room * sizeof *grown);
    if (grown == NULL) return false;
    worker->foreign = grown;
    worker->foreign_room = room;
  }
  wuji_str copy = wuji_arena_copy(&worker->texts, id);
  worker->foreign[worker->foreign_count++] = (wuji_foreign_row){copy, line};
  return copy.ptr != NULL;
}

static void note_stranger(const wuji_row_owners *owners, wuji_owner_worker *worker, wuji_pull *pull,
                          wuji_place place, wuji_str id, bool *summary) {
  *summary = wuji_id_summary(id);
  if (*summary) {
    wuji_note_warning(&pull->notes, place, WUJI_WARNING_SUMMARY_ROW, 1, id);
  } else if (id.len == 0 && owners->by_person) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ID_EMPTY, WUJI_NO_STR, "the person_id is empty");
  } else if (id.len == 0) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ID_EMPTY, WUJI_NO_STR, "the student_id is empty");
  } else if (wuji_id_damaged(id) && owners->by_person) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ID_DAMAGED, id,
                      "person_id %s was damaged by a spreadsheet, its digits are lost", WUJI_SHOW(id));
  } else if (wuji_id_damaged(id)) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ID_DAMAGED, id,
                      "student_id %s was damaged by a spreadsheet, its digits are lost", WUJI_SHOW(id));
  } else if (owners->by_person) {
    wuji_note_warning(&pull->notes, place, WUJI_WARNING_PERSON_UNKNOWN, 1, id);
    if (!keep_foreign(worker, id, place.line)) pull->notes.out_of_memory = true;
  } else {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_STUDENT_UNKNOWN, id,
                      "student_id %s is not in students.csv", WUJI_SHOW(id));
  }
}

/* The seat of a row that is not that of the candidate behind the one before. */
static uint32_t look_up(const wuji_row_owners *owners, wuji_owner_worker *mine, const wuji_pull *pull,
                        const wuji_record *record, wuji_str id) {
  uint32_t at = record->cells[0].at;
  if (owners->by_person) return id.len == 0 ? WUJI_NO_ID : wuji_id_index_find(&owners->persons, id);
  if (!pull->csv.quotes && (mine->ahead_block != pull->block.index || mine->ahead <= at)) {
    mine->ahead = wuji_rows_look_ahead(owners, pull, at);
    mine->ahead_block = pull->block.index;
  }
  return id.len == 0 ? WUJI_NO_ID : wuji_id_index_find(&owners->roster->index, id);
}

uint32_t wuji_row_owner(const wuji_row_owners *owners, uint32_t worker, wuji_pull *pull,
                        const wuji_record *record, bool *summary) {
  const wuji_roster *roster = owners->roster;
  wuji_owner_worker *mine = &owners->workers[worker];
  wuji_cell cell = record->cells[owners->id_column];
  wuji_str id = {pull->csv.bytes + cell.at, cell.len};
  uint32_t seat = mine->next_seat;
  *summary = false;
  if (seat >= roster->count || !wuji_same_id(id_of(owners, seat), id)) {
    id = wuji_trim(id);
    seat = look_up(owners, mine, pull, record, id);
  }
  if (seat != WUJI_NO_ID) {
    mine->next_seat = seat + 1;
  } else {
    note_stranger(owners, mine, pull, (wuji_place){owners->file, record->line, owners->id_column + 1}, id,
                  summary);
  }
  return seat;
}

bool wuji_row_claim(wuji_row_owners *owners, uint32_t worker, uint32_t seat, uint64_t line, bool *first) {
  return wuji_claim_seat(&owners->claims, &owners->workers[worker].refused, seat, line, first);
}

static void note_again(const wuji_row_owners *owners, wuji_notes *notes, wuji_str id, uint64_t line,
                       uint64_t earlier) {
  wuji_place place = {owners->file, line, owners->id_column + 1};
  if (owners->by_person) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_PERSON_DUPLICATE, id,
                      "person_id %s stands in line %llu already", WUJI_SHOW(id), (unsigned long long)earlier);
  } else {
    wuji_note_problem(notes, place, WUJI_PROBLEM_STUDENT_DUPLICATE, id,
                      "student_id %s stands in line %llu already", WUJI_SHOW(id),
                      (unsigned long long)earlier);
  }
}

static int by_line(const void *a, const void *b) {
  const wuji_foreign_row *x = a;
  const wuji_foreign_row *y = b;
  return (x->line > y->line) - (x->line < y->line);
}

static wuji_status note_foreign_again(const wuji_row_owners *owners, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_id_index index = {0};
  size_t count = 0;
  size_t at = 0;
  for (uint32_t w = 0; w < owners->worker_count; w++) count += owners->workers[w].foreign_count;
  if (count == 0) return WUJI_OK;
  wuji_foreign_row *rows = malloc(count * sizeof *rows);
  if (rows == NULL) return wuji_fail_memory(error);
  for (uint32_t w = 0; w < owners->worker_count; w++) {
    const wuji_owner_worker *worker = &owners->workers[w];
    if (worker->foreign_count == 0) continue;
    memcpy(rows + at, worker->foreign, worker->foreign_count * sizeof *rows);
    at += worker->foreign_count;
  }
  qsort(rows, count, sizeof *rows, by_line);
  WUJI_TRY(wuji_id_index_init(&index, &rows->person_id, sizeof *rows, (uint32_t)count, error));
  for (uint32_t r = 0; r < count; r++) {
    uint32_t earlier = wuji_id_index_add(&index, r);
    if (earlier != WUJI_NO_ID) note_again(owners, notes, rows[r].person_id, rows[r].line, rows[earlier].line);
  }
done:
  wuji_id_index_dispose(&index);
  free(rows);
  return status;
}

wuji_status wuji_row_owners_settle(wuji_row_owners *owners, wuji_notes *notes, wuji_error *error) {
  wuji_claim *again = NULL;
  size_t count = 0;
  wuji_status status = WUJI_OK;
  wuji_notes mine = wuji_notes_of_worker(notes);
  wuji_refused_claims *refused = calloc(owners->worker_count, sizeof *refused);
  if (refused == NULL) return wuji_fail_memory(error);
  for (uint32_t w = 0; w < owners->worker_count; w++) refused[w] = owners->workers[w].refused;
  WUJI_TRY(wuji_claims_settle(&owners->claims, refused, owners->worker_count, &again, &count, error));
  for (size_t i = 0; i < count; i++) {
    note_again(owners, &mine, id_of(owners, again[i].seat), again[i].line,
               atomic_load(&owners->claims.line_of_seat[again[i].seat]));
  }
  WUJI_TRY(note_foreign_again(owners, &mine, error));
done:
  wuji_notes_merge(notes, &mine);
  free(again);
  free(refused);
  return status;
}
