#include "ingest/scores.h"

#include "ingest/pack.h"
#include "ingest/score_columns.h"
#include "ingest/student_id.h"

#include <stdlib.h>

/* A row of a candidate who has one already. */
typedef struct again {
  uint32_t seat;
  uint64_t line;
} again;

typedef struct worker_state {
  uint32_t next_seat; /* the candidate behind the one before: files mostly stand in the roster's order */
  uint32_t divisor;   /* of all hundredths read */
  void *scratch;      /* marks of a row that is not kept */
  again *agains;
  size_t again_count, again_room;
  uint64_t rows;
  wuji_arena texts;
  wuji_str teacher; /* of the row before */
} worker_state;

typedef struct scores_job {
  const wuji_scores_input *input;
  const wuji_row_plan *rows;
  uint32_t file;
  size_t row_bytes;                   /* of the raw matrix */
  uint8_t *status;                    /* by row */
  wuji_str *teacher;                  /* by row, NULL: not kept */
  atomic_uint_fast64_t *line_of_seat; /* where the candidate's row stands, 0: none seen */
  worker_state *workers;
} scores_job;

/* The candidate of the row; WUJI_NO_ID: none, which is noted unless the row is a summary. */
static uint32_t find_seat(const scores_job *job, worker_state *worker, wuji_pull *pull,
                          const wuji_record *record, bool *summary) {
  const wuji_roster *roster = job->input->roster;
  wuji_cell cell = record->cells[job->rows->id_column];
  wuji_str id = {pull->csv.bytes + cell.at, cell.len};
  uint32_t seat = worker->next_seat;
  *summary = false;
  if (seat >= roster->count || !wuji_str_equal(roster->seats[seat].student_id, id)) {
    id = wuji_trim(id);
    seat = id.len == 0 ? WUJI_NO_ID : wuji_id_index_find(&roster->index, id);
  }
  if (seat != WUJI_NO_ID) {
    worker->next_seat = seat + 1;
    return seat;
  }
  wuji_place place = {job->file, record->line, job->rows->id_column + 1};
  if (wuji_id_summary(id)) {
    *summary = true;
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
  return WUJI_NO_ID;
}

static bool note_again(worker_state *worker, uint32_t seat, uint64_t line) {
  if (worker->again_count == worker->again_room) {
    size_t room = worker->again_room == 0 ? 64 : 2 * worker->again_room;
    again *grown = realloc(worker->agains, room * sizeof *grown);
    if (grown == NULL) return false;
    worker->agains = grown;
    worker->again_room = room;
  }
  worker->agains[worker->again_count++] = (again){seat, line};
  return true;
}

/* Whether the row is the first one seen of its candidate. Which of two that is depends on the threads, so the
 * others are only kept in mind, and told when all are known. */
static bool claim(const scores_job *job, worker_state *worker, uint32_t seat, uint64_t line, bool *claimed) {
  uint64_t none = 0;
  *claimed = atomic_compare_exchange_strong_explicit(&job->line_of_seat[seat], &none, line,
                                                     memory_order_relaxed, memory_order_relaxed);
  return *claimed || note_again(worker, seat, line);
}

static bool keep_teacher(const scores_job *job, worker_state *worker, const wuji_pull *pull,
                         const wuji_record *record, uint32_t row) {
  wuji_str name = wuji_pull_text(pull, record, job->rows->teacher_column);
  if (name.len == 0) return true;
  if (!wuji_str_equal(name, worker->teacher)) worker->teacher = wuji_arena_copy(&worker->texts, name);
  job->teacher[row] = worker->teacher;
  return worker->teacher.ptr != NULL;
}

static wuji_status take_block(void *context, uint32_t index, wuji_pull *pull, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const scores_job *job = context;
  const wuji_scores_input *input = job->input;
  worker_state *worker = &job->workers[index];
  wuji_record record;
  while (wuji_pull_record(pull, &record, &status)) {
    bool summary;
    bool claimed = false;
    uint32_t seat = find_seat(job, worker, pull, &record, &summary);
    worker->rows++;
    if (summary) continue;
    if (seat != WUJI_NO_ID && !claim(job, worker, seat, record.line, &claimed)) {
      WUJI_TRY(wuji_fail_memory(error));
    }
    bool kept = claimed && input->row_of_seat != NULL;
    uint32_t row = kept ? input->row_of_seat[seat] : 0;
    void *marks = kept ? (char *)input->raw->bytes + row * job->row_bytes : worker->scratch;
    wuji_attendance attendance = wuji_row_read(job->rows, pull, &record, marks, &worker->divisor);
    if (kept) job->status[row] = (uint8_t)attendance;
    if (kept && job->teacher != NULL && !keep_teacher(job, worker, pull, &record, row)) {
      WUJI_TRY(wuji_fail_memory(error));
    }
  }
  if (status != WUJI_OK) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

static int by_seat_and_line(const void *a, const void *b) {
  const again *x = a;
  const again *y = b;
  if (x->seat != y->seat) return x->seat < y->seat ? -1 : 1;
  return (x->line > y->line) - (x->line < y->line);
}

static int by_line(const void *a, const void *b) {
  const again *x = a;
  const again *y = b;
  return (x->line > y->line) - (x->line < y->line);
}

/* Notes every row of a candidate but that of the lowest line. */
static wuji_status note_agains(const scores_job *job, uint32_t workers, wuji_notes *notes,
                               wuji_error *error) {
  size_t count = 0;
  for (uint32_t w = 0; w < workers; w++) count += job->workers[w].again_count;
  if (count == 0) return WUJI_OK;
  again *all = malloc(count * sizeof *all);
  if (all == NULL) return wuji_fail_memory(error);
  size_t at = 0;
  for (uint32_t w = 0; w < workers; w++) {
    const worker_state *worker = &job->workers[w];
    if (worker->again_count > 0) memcpy(all + at, worker->agains, worker->again_count * sizeof *all);
    at += worker->again_count;
  }
  qsort(all, count, sizeof *all, by_seat_and_line);
  for (size_t i = 0;
       i < count;) { /* the seat's lowest line goes to line_of_seat, the claimed one into the list */
    size_t end = i;
    while (end < count && all[end].seat == all[i].seat) end++;
    uint64_t seen = atomic_load(&job->line_of_seat[all[i].seat]);
    if (all[i].line < seen) {
      atomic_store(&job->line_of_seat[all[i].seat], all[i].line);
      all[i].line = seen;
    }
    i = end;
  }
  qsort(all, count, sizeof *all, by_line);
  wuji_notes mine = wuji_notes_of_worker(notes);
  for (size_t i = 0; i < count; i++) {
    wuji_str id = job->input->roster->seats[all[i].seat].student_id;
    wuji_note_problem(&mine, (wuji_place){job->file, all[i].line, job->rows->id_column + 1},
                      WUJI_PROBLEM_STUDENT_DUPLICATE, id, "student_id %s stands in line %llu already",
                      WUJI_SHOW(id), (unsigned long long)atomic_load(&job->line_of_seat[all[i].seat]));
  }
  wuji_notes_merge(notes, &mine);
  free(all);
  return WUJI_OK;
}

static bool reserve_raw(wuji_raw_marks *raw, size_t size) {
  if (size <= raw->size) return true;
  free(raw->bytes);
  raw->bytes = malloc(size);
  raw->size = raw->bytes == NULL ? 0 : size;
  return raw->bytes != NULL;
}

static bool make_workers(scores_job *job, uint32_t threads) {
  job->workers = calloc(threads, sizeof *job->workers);
  bool made = job->workers != NULL;
  for (uint32_t w = 0; made && w < threads; w++) {
    job->workers[w].divisor = WUJI_HUNDREDTHS;
    job->workers[w].scratch = malloc(job->row_bytes);
    made = job->workers[w].scratch != NULL;
  }
  return made;
}

static void drop_workers(scores_job *job, uint32_t threads, wuji_arena *arena) {
  for (uint32_t w = 0; job->workers != NULL && w < threads; w++) {
    wuji_arena_adopt(arena, &job->workers[w].texts);
    free(job->workers[w].scratch);
    free(job->workers[w].agains);
  }
  free(job->workers);
}

/* Who has no row: absent, where the paper is one that all take. */
static void settle_takers(const scores_job *job) {
  const wuji_scores_input *input = job->input;
  for (uint32_t s = 0; input->plan->takers_all && s < input->roster->count; s++) {
    if (atomic_load(&job->line_of_seat[s]) == 0) job->status[input->row_of_seat[s]] = WUJI_ABSENT;
  }
}

/* Units, full mark and the packed matrix. */
static wuji_status finish_paper(const scores_job *job, const wuji_reading *reading, wuji_paper *paper,
                                wuji_arena *arena, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_items *items = job->input->items;
  uint32_t divisor = WUJI_HUNDREDTHS;
  uint64_t full = 0;
  for (uint32_t w = 0; w < reading->threads; w++)
    divisor = wuji_mark_divisor(divisor, job->workers[w].divisor);
  for (uint32_t i = 0; i < items->count; i++) divisor = wuji_mark_divisor(divisor, items->maximum[i]);
  paper->units = wuji_mark_units(divisor);
  uint32_t step = WUJI_HUNDREDTHS / paper->units;
  uint32_t most = 0;
  for (uint32_t i = 0; i < items->count; i++) {
    paper->items[i].max = items->maximum[i] / step;
    if (paper->items[i].max > most) most = paper->items[i].max;
    full += paper->items[i].max;
  }
  if (full > WUJI_MOST_UNITS) {
    wuji_note_problem(notes, (wuji_place){.file = job->input->items_file}, WUJI_PROBLEM_PAPER_FULL_MARK,
                      WUJI_NO_STR, "the full mark is %llu steps of 1/%u, more than %d",
                      (unsigned long long)full, paper->units, WUJI_MOST_UNITS);
    goto done;
  }
  paper->full = (uint32_t)full;
  paper->width = wuji_mark_width(most);
  settle_takers(job);
  size_t rows = job->input->roster->count;
  paper->marks = wuji_arena_array(arena, rows * items->count, paper->width);
  if (paper->marks == NULL) WUJI_TRY(wuji_fail_memory(error));
  wuji_pack_marks(paper, (uint32_t)rows, job->input->raw->bytes, job->rows->wide, reading->threads);
  bool taught = false;
  for (size_t r = 0; job->teacher != NULL && r < rows && !taught; r++) taught = job->teacher[r].ptr != NULL;
  paper->teacher = taught ? job->teacher : NULL;
done:
  return status;
}

static wuji_status read_rows(wuji_sheet *sheet, scores_job *job, wuji_reading *reading, wuji_paper *paper,
                             wuji_arena *arena, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_scores_input *input = job->input;
  uint64_t noted = wuji_notes_total(notes);
  size_t rows = input->roster->count;
  bool kept = input->row_of_seat != NULL;
  job->row_bytes = job->rows->item_count * (job->rows->wide ? sizeof(uint32_t) : sizeof(uint16_t));
  job->line_of_seat = calloc(rows + 1, sizeof *job->line_of_seat);
  bool made = job->line_of_seat != NULL && make_workers(job, reading->threads);
  if (kept) {
    job->status = wuji_arena_array(arena, rows, sizeof *job->status);
    made = made && job->status != NULL && reserve_raw(input->raw, rows * job->row_bytes);
  }
  if (kept && job->rows->teacher_column != WUJI_NO_COLUMN) {
    job->teacher = wuji_arena_array(arena, rows, sizeof *job->teacher);
    made = made && job->teacher != NULL;
  }
  if (!made) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(wuji_sheet_read(sheet, reading, take_block, job, notes, error));
  WUJI_TRY(note_agains(job, reading->threads, notes, error));
  uint64_t seen = 0;
  for (uint32_t w = 0; w < reading->threads; w++) seen += job->workers[w].rows;
  if (seen == 0)
    wuji_note_warning(notes, (wuji_place){.file = job->file}, WUJI_WARNING_SCORES_EMPTY, 1, WUJI_NO_STR);
  if (kept && wuji_notes_total(notes) == noted) {
    paper->status = job->status;
    WUJI_TRY(finish_paper(job, reading, paper, arena, notes, error));
  }
done:
  drop_workers(job, reading->threads, arena);
  free(job->line_of_seat);
  return status;
}

wuji_status wuji_scores_read(const wuji_scores_input *input, wuji_reading *reading, wuji_paper *paper,
                             wuji_arena *arena, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_sheet sheet = {0};
  wuji_arena scratch = {0};
  wuji_row_plan rows = {0};
  bool good = false;
  scores_job job = {.input = input, .rows = &rows, .file = input->file->number};
  WUJI_TRY(wuji_sheet_open(&sheet, input->file, WUJI_SCORES, &scratch, notes, error));
  if (sheet.good) {
    WUJI_TRY(wuji_score_columns(&rows, &sheet.header, input->items, job.file, &scratch, notes, &good, error));
  }
  if (good) {
    *paper = (wuji_paper){.code = input->plan->code,
                          .name = input->plan->name,
                          .in_total = input->plan->in_total,
                          .segment = input->plan->segment,
                          .item_count = input->items->count,
                          .items = input->items->items};
    WUJI_TRY(read_rows(&sheet, &job, reading, paper, arena, notes, error));
  }
done:
  wuji_sheet_close(&sheet);
  wuji_arena_dispose(&scratch);
  return status;
}
