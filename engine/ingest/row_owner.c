#include "ingest/row_owner.h"

#include "ingest/student_id.h"

#include <stdlib.h>

wuji_status wuji_row_owners_init(wuji_row_owners *owners, const wuji_roster *roster, uint32_t file,
                                 uint32_t id_column, uint32_t workers, wuji_error *error) {
  *owners =
      (wuji_row_owners){.roster = roster, .file = file, .id_column = id_column, .worker_count = workers};
  owners->workers = calloc(workers, sizeof *owners->workers);
  if (owners->workers == NULL) return wuji_fail_memory(error);
  return wuji_claims_init(&owners->claims, roster->count, error);
}

void wuji_row_owners_dispose(wuji_row_owners *owners) {
  for (uint32_t w = 0; owners->workers != NULL && w < owners->worker_count; w++) {
    free(owners->workers[w].refused.list);
  }
  free(owners->workers);
  wuji_claims_dispose(&owners->claims);
  *owners = (wuji_row_owners){0};
}

static void note_stranger(wuji_pull *pull, wuji_place place, wuji_str id, bool *summary) {
  *summary = wuji_id_summary(id);
  if (*summary) {
    wuji_note_warning(&pull->notes, place, WUJI_WARNING_SUMMARY_ROW, 1, id);
  } else if (id.len == 0) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ID_EMPTY, WUJI_NO_STR, "the student_id is empty");
  } else if (wuji_id_damaged(id)) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ID_DAMAGED, id,
                      "student_id %s was damaged by a spreadsheet, its digits are lost", WUJI_SHOW(id));
  } else {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_STUDENT_UNKNOWN, id,
                      "student_id %s is not in students.csv", WUJI_SHOW(id));
  }
}

uint32_t wuji_row_owner(const wuji_row_owners *owners, uint32_t worker, wuji_pull *pull,
                        const wuji_record *record, bool *summary) {
  const wuji_roster *roster = owners->roster;
  wuji_owner_worker *mine = &owners->workers[worker];
  wuji_cell cell = record->cells[owners->id_column];
  wuji_str id = {pull->csv.bytes + cell.at, cell.len};
  uint32_t seat = mine->next_seat;
  *summary = false;
  if (seat >= roster->count || !wuji_str_equal(roster->seats[seat].student_id, id)) {
    id = wuji_trim(id);
    seat = id.len == 0 ? WUJI_NO_ID : wuji_id_index_find(&roster->index, id);
  }
  if (seat != WUJI_NO_ID)
    mine->next_seat = seat + 1;
  else
    note_stranger(pull, (wuji_place){owners->file, record->line, owners->id_column + 1}, id, summary);
  return seat;
}

bool wuji_row_claim(wuji_row_owners *owners, uint32_t worker, uint32_t seat, uint64_t line, bool *first) {
  return wuji_claim_seat(&owners->claims, &owners->workers[worker].refused, seat, line, first);
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
    wuji_str id = owners->roster->seats[again[i].seat].student_id;
    wuji_note_problem(&mine, (wuji_place){owners->file, again[i].line, owners->id_column + 1},
                      WUJI_PROBLEM_STUDENT_DUPLICATE, id, "student_id %s stands in line %llu already",
                      WUJI_SHOW(id),
                      (unsigned long long)atomic_load(&owners->claims.line_of_seat[again[i].seat]));
  }
  wuji_notes_merge(notes, &mine);
done:
  free(again);
  free(refused);
  return status;
}
