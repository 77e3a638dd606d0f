#include "ingest/markings.h"

#include "ingest/marking_order.h"
#include "ingest/row_owner.h"
#include "text/fold.h"

#include <stdlib.h>

typedef struct worker_state {
  wuji_marking_part part;
  uint32_t next_item; /* of the row before: neighbours often share it */
} worker_state;

typedef struct markings_job {
  const wuji_markings_input *input;
  const wuji_header *header;
  wuji_id_index items;
  wuji_row_owners owners;
  worker_state *workers; /* by worker */
} markings_job;

static wuji_place place_of(const markings_job *job, const wuji_record *record, wuji_role role) {
  return (wuji_place){job->input->file->number, record->line, job->header->column[role] + 1};
}

static wuji_str text_of(const markings_job *job, const wuji_pull *pull, const wuji_record *record,
                        wuji_role role) {
  return wuji_pull_text(pull, record, job->header->column[role]);
}

/* The item of the row, WUJI_NO_ID if there is none: that is noted. */
static uint32_t take_item(const markings_job *job, worker_state *worker, wuji_pull *pull,
                          const wuji_record *record) {
  const wuji_items *items = job->input->items;
  wuji_str text = text_of(job, pull, record, WUJI_ROLE_ITEM);
  uint32_t item = worker->next_item;
  if (item >= items->count || !wuji_str_equal(items->items[item].name, text)) {
    item = wuji_id_index_find(&job->items, text);
  }
  if (item == WUJI_NO_ID) {
    wuji_note_problem(&pull->notes, place_of(job, record, WUJI_ROLE_ITEM), WUJI_PROBLEM_ITEM_UNKNOWN, text,
                      "item %s is not in the paper", WUJI_SHOW(text));
  } else {
    worker->next_item = item;
  }
  return item;
}

static uint8_t take_round(const markings_job *job, wuji_pull *pull, const wuji_record *record) {
  wuji_str text = text_of(job, pull, record, WUJI_ROLE_ROUND);
  if (text.len == 1 && text.ptr[0] >= '1' && text.ptr[0] <= '3') return (uint8_t)(text.ptr[0] - '0');
  wuji_note_problem(&pull->notes, place_of(job, record, WUJI_ROLE_ROUND), WUJI_PROBLEM_ROUND_BAD, text,
                    "round %s is not 1, 2 or 3", WUJI_SHOW(text));
  return 0;
}

static uint32_t take_mark(const markings_job *job, wuji_pull *pull, const wuji_record *record,
                          uint32_t item) {
  uint32_t hundredths = 0;
  wuji_str text = text_of(job, pull, record, WUJI_ROLE_MARK);
  wuji_place place = place_of(job, record, WUJI_ROLE_MARK);
  uint32_t maximum = item == WUJI_NO_ID ? WUJI_MARK_BEYOND : job->input->items->maximum[item];
  if (text.len == 0) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_MARK_NOT_A_NUMBER, text, "the mark is empty");
  } else {
    (void)wuji_mark_check(&pull->notes, place, text, maximum, &hundredths);
  }
  return hundredths;
}

static uint32_t take_seconds(const markings_job *job, wuji_pull *pull, const wuji_record *record) {
  uint32_t hundredths;
  wuji_str text = text_of(job, pull, record, WUJI_ROLE_SECONDS);
  if (text.len == 0) return UINT32_MAX;
  if (wuji_mark_read(text, &hundredths) != WUJI_MARK_GOOD || hundredths == WUJI_MARK_BEYOND) {
    wuji_note_problem(&pull->notes, place_of(job, record, WUJI_ROLE_SECONDS), WUJI_PROBLEM_SECONDS_BAD, text,
                      "seconds %s is no number from 0 with at most two decimals", WUJI_SHOW(text));
  }
  return hundredths;
}

static bool keep(wuji_marking_part *part, wuji_marking marking, uint64_t line) {
  if (part->count == part->room) {
    size_t room = part->room == 0 ? 1024 : 2 * part->room;
    wuji_marking_line *grown = realloc(part->lines, room * sizeof *grown);
    if (grown == NULL) return false;
    part->lines = grown;
    part->room = room;
  }
  part->lines[part->count++] = (wuji_marking_line){marking, line};
  return true;
}

static bool take_row(markings_job *job, uint32_t index, wuji_pull *pull, const wuji_record *record) {
  worker_state *worker = &job->workers[index];
  bool summary;
  uint64_t noted = wuji_notes_total(&pull->notes);
  uint32_t seat = wuji_row_owner(&job->owners, index, pull, record, &summary);
  if (summary) return true;
  uint32_t item = take_item(job, worker, pull, record);
  wuji_marking marking = {.round = take_round(job, pull, record)};
  wuji_str marker = text_of(job, pull, record, WUJI_ROLE_MARKER);
  if (marker.len == 0) {
    wuji_note_problem(&pull->notes, place_of(job, record, WUJI_ROLE_MARKER), WUJI_PROBLEM_MARKER_EMPTY,
                      WUJI_NO_STR, "the marker is empty");
  }
  marking.mark = take_mark(job, pull, record, item);
  marking.seconds = take_seconds(job, pull, record);
  if (seat == WUJI_NO_ID || wuji_notes_total(&pull->notes) > noted) return true;
  marking.row = job->input->row_of_seat == NULL ? seat : job->input->row_of_seat[seat];
  marking.item = (uint16_t)item;
  marking.marker = wuji_names_add(&worker->part.markers, marker);
  return marking.marker != WUJI_NO_NAME && keep(&worker->part, marking, record->line);
}

static wuji_status take_block(void *context, uint32_t worker, wuji_pull *pull, wuji_error *error) {
  wuji_status status = WUJI_OK;
  markings_job *job = context;
  wuji_record record;
  while (wuji_pull_record(pull, &record, &status)) {
    if (!take_row(job, worker, pull, &record)) WUJI_TRY(wuji_fail_memory(error));
  }
  if (status != WUJI_OK) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

static bool check_columns(const wuji_header *header, uint32_t file, wuji_notes *notes) {
  bool good = wuji_header_require(header, WUJI_ROLE_STUDENT_ID, "student_id", file, notes);
  good &= wuji_header_require(header, WUJI_ROLE_ITEM, "item", file, notes);
  good &= wuji_header_require(header, WUJI_ROLE_ROUND, "round", file, notes);
  good &= wuji_header_require(header, WUJI_ROLE_MARKER, "marker", file, notes);
  good &= wuji_header_require(header, WUJI_ROLE_MARK, "mark", file, notes);
  for (uint32_t c = 0; c < header->column_count; c++) {
    if (header->role[c] != WUJI_ROLES) continue;
    wuji_note_warning(notes, (wuji_place){file, header->line, c + 1}, WUJI_WARNING_MARKS_COLUMN_UNKNOWN, 1,
                      header->names[c]);
  }
  return good;
}

/* Every marking of the same candidate, item and round but the first by line. `ids` are by row or by seat, as
 * the markings' rows are. */
static void note_agains(const markings_job *job, const wuji_marking_line *sorted, size_t count,
                        const uint32_t *seat_of_row, wuji_notes *notes) {
  wuji_notes mine = wuji_notes_of_worker(notes);
  size_t first = 0;
  for (size_t m = 1; m < count; m++) {
    const wuji_marking *marking = &sorted[m].marking;
    if (wuji_marking_compare(&sorted[first].marking, marking) != 0) {
      first = m;
      continue;
    }
    uint32_t seat = seat_of_row == NULL ? marking->row : seat_of_row[marking->row];
    wuji_str id = job->input->roster->seats[seat].student_id;
    wuji_place place = {job->input->file->number, sorted[m].line,
                        job->header->column[WUJI_ROLE_STUDENT_ID] + 1};
    wuji_note_problem(&mine, place, WUJI_PROBLEM_MARKING_DUPLICATE, id,
                      "student_id %s, item %s, round %u stand in line %llu already", WUJI_SHOW(id),
                      WUJI_SHOW(job->input->items->items[marking->item].name), marking->round,
                      (unsigned long long)sorted[first].line);
  }
  wuji_notes_merge(notes, &mine);
}

/* The seats by row, NULL where rows are seats. */
static wuji_status invert(const wuji_markings_input *input, uint32_t **seat_of_row, wuji_error *error) {
  *seat_of_row = NULL;
  if (input->row_of_seat == NULL) return WUJI_OK;
  *seat_of_row = malloc(((size_t)input->roster->count + 1) * sizeof **seat_of_row);
  if (*seat_of_row == NULL) return wuji_fail_memory(error);
  for (uint32_t s = 0; s < input->roster->count; s++) (*seat_of_row)[input->row_of_seat[s]] = s;
  return WUJI_OK;
}

/* All workers' markings in order, duplicates noted, the rest into the paper. */
static wuji_status finish(const markings_job *job, uint32_t threads, wuji_paper *paper, wuji_arena *arena,
                          wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint64_t noted = wuji_notes_total(notes);
  wuji_marking_line *sorted = NULL;
  uint32_t *seat_of_row = NULL;
  size_t count = 0;
  wuji_str *markers = NULL;
  uint32_t marker_count = 0;
  wuji_marking_part *parts = calloc(threads, sizeof *parts);
  if (parts == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t w = 0; w < threads; w++) parts[w] = job->workers[w].part;
  WUJI_TRY(invert(job->input, &seat_of_row, error));
  WUJI_TRY(wuji_markings_sort(parts, threads, job->input->roster->count, &sorted, &count, &markers,
                              &marker_count, arena, error));
  note_agains(job, sorted, count, seat_of_row, notes);
  if (wuji_notes_total(notes) > noted || seat_of_row == NULL) goto done;
  wuji_marking *markings = wuji_arena_array(arena, count, sizeof *markings);
  if (markings == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (size_t m = 0; m < count; m++) markings[m] = sorted[m].marking;
  paper->markings = markings;
  paper->marking_count = count;
  paper->markers = markers;
  paper->marker_count = marker_count;
done:
  free(parts);
  free(sorted);
  free(seat_of_row);
  return status;
}

static wuji_status index_items(markings_job *job, wuji_error *error) {
  const wuji_items *items = job->input->items;
  wuji_status status =
      wuji_id_index_init(&job->items, &items->items->name, sizeof *items->items, items->count, error);
  for (uint32_t i = 0; status == WUJI_OK && i < items->count; i++) (void)wuji_id_index_add(&job->items, i);
  return status;
}

static void drop(markings_job *job, uint32_t threads) {
  for (uint32_t w = 0; job->workers != NULL && w < threads; w++) {
    free(job->workers[w].part.lines);
    wuji_names_dispose(&job->workers[w].part.markers);
  }
  free(job->workers);
  wuji_id_index_dispose(&job->items);
  wuji_row_owners_dispose(&job->owners);
}

wuji_status wuji_markings_read(const wuji_markings_input *input, wuji_reading *reading, wuji_paper *paper,
                               wuji_arena *arena, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_sheet sheet = {0};
  wuji_arena scratch = {0};
  markings_job job = {.input = input, .header = &sheet.header};
  uint64_t noted = wuji_notes_total(notes);
  WUJI_TRY(wuji_sheet_open(&sheet, input->file, WUJI_MARKS, &scratch, notes, error));
  if (!sheet.good || !check_columns(&sheet.header, input->file->number, notes)) goto done;
  job.workers = calloc(reading->threads, sizeof *job.workers);
  if (job.workers == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(index_items(&job, error));
  WUJI_TRY(wuji_row_owners_init(&job.owners, input->roster, input->file->number,
                                sheet.header.column[WUJI_ROLE_STUDENT_ID], false, reading->threads, error));
  WUJI_TRY(wuji_sheet_read(&sheet, reading, take_block, &job, notes, error));
  bool keeps = paper->status != NULL && wuji_notes_total(notes) == noted;
  wuji_paper none = {0};
  WUJI_TRY(finish(&job, reading->threads, keeps ? paper : &none, arena, notes, error));
done:
  drop(&job, reading->threads);
  wuji_sheet_close(&sheet);
  wuji_arena_dispose(&scratch);
  return status;
}
