/* The matrix is written once, in its final form. That form depends on the coarsest step that holds every mark
 * of the file, which is known only at its end: so it is guessed from the maxima and the first block, and in
 * the rare case that the guess was wrong the file is read once more. */
#include "ingest/scores.h"

#include "ingest/row_owner.h"
#include "ingest/score_columns.h"

#include <stdlib.h>

typedef struct worker_state {
  uint32_t divisor; /* of all hundredths read */
  uint64_t rows;
  void *scratch; /* marks of a row that is not kept */
  wuji_arena texts;
  wuji_str teacher; /* of the row before */
} worker_state;

/* One reading of the file. */
typedef struct attempt {
  const wuji_scores_input *input;
  wuji_row_plan rows;
  size_t row_bytes;  /* of the matrix */
  char *marks;       /* row-major; NULL: nothing is kept */
  uint8_t *status;   /* by row */
  wuji_str *teacher; /* by row, NULL: not kept */
  wuji_row_owners owners;
  worker_state *workers; /* by worker */
} attempt;

static bool keep_teacher(const attempt *a, worker_state *worker, const wuji_pull *pull,
                         const wuji_record *record, uint32_t row) {
  wuji_str name = wuji_pull_text(pull, record, a->rows.teacher_column);
  if (name.len == 0) return true;
  if (!wuji_str_equal(name, worker->teacher)) worker->teacher = wuji_arena_copy(&worker->texts, name);
  a->teacher[row] = worker->teacher;
  return worker->teacher.ptr != NULL;
}

/* A row of a stranger, or one more of the same candidate, is read for what is wrong with it and not kept. */
static bool take_row(attempt *a, uint32_t index, wuji_pull *pull, const wuji_record *record) {
  worker_state *worker = &a->workers[index];
  bool kept = false;
  bool good = true;
  bool summary;
  uint32_t seat = wuji_row_owner(&a->owners, index, pull, record, &summary);
  if (summary) return true;
  if (seat != WUJI_NO_ID) good = wuji_row_claim(&a->owners, index, seat, record->line, &kept);
  kept = kept && a->marks != NULL;
  uint32_t row = kept ? a->input->row_of_seat[seat] : 0;
  void *marks = kept ? a->marks + row * a->row_bytes : worker->scratch;
  wuji_attendance attendance = wuji_row_read(&a->rows, pull, record, marks, &worker->divisor);
  if (kept) a->status[row] = (uint8_t)attendance;
  if (kept && a->teacher != NULL) good = good && keep_teacher(a, worker, pull, record, row);
  return good;
}

static wuji_status take_block(void *context, uint32_t worker, wuji_pull *pull, wuji_error *error) {
  wuji_status status = WUJI_OK;
  attempt *a = context;
  wuji_record record;
  while (wuji_pull_record(pull, &record, &status)) {
    a->workers[worker].rows++;
    if (!take_row(a, worker, pull, &record)) WUJI_TRY(wuji_fail_memory(error));
  }
  if (status != WUJI_OK) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

/* Room for the marks in the assumed units; what one attempt does not need any more stays in the arena until
 * the cohort goes. */
static wuji_status make_room(attempt *a, uint32_t threads, wuji_arena *arena, wuji_error *error) {
  wuji_status status = WUJI_OK;
  size_t rows = a->input->roster->count;
  a->row_bytes = (size_t)a->rows.item_count * a->rows.width;
  WUJI_TRY(wuji_row_owners_init(&a->owners, a->input->roster, a->input->file->number, a->rows.id_column,
                                false, threads, error));
  a->workers = calloc(threads, sizeof *a->workers);
  bool made = a->workers != NULL;
  for (uint32_t w = 0; made && w < threads; w++) {
    a->workers[w].divisor = WUJI_HUNDREDTHS;
    a->workers[w].scratch = malloc(a->row_bytes);
    made = a->workers[w].scratch != NULL;
  }
  if (made && a->input->row_of_seat != NULL) {
    a->marks = wuji_arena_array(arena, rows, a->row_bytes);
    a->status = wuji_arena_array(arena, rows, sizeof *a->status);
    made = a->marks != NULL && a->status != NULL;
    a->owners.room = (wuji_row_room){a->input->row_of_seat, a->marks, a->row_bytes, a->status};
  }
  if (made && a->marks != NULL && a->rows.teacher_column != WUJI_NO_COLUMN) {
    a->teacher = wuji_arena_array(arena, rows, sizeof *a->teacher);
    made = a->teacher != NULL;
  }
  if (!made) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

static void drop(attempt *a, uint32_t threads, wuji_arena *arena) {
  for (uint32_t w = 0; a->workers != NULL && w < threads; w++) {
    wuji_arena_adopt(arena, &a->workers[w].texts);
    free(a->workers[w].scratch);
  }
  free(a->workers);
  wuji_row_owners_dispose(&a->owners);
}

/* Rows without marks get the code of their status; who has no row is absent where all take the paper. */
static void fill_codes(attempt *a) {
  const wuji_scores_input *input = a->input;
  for (uint32_t s = 0; s < input->roster->count; s++) {
    uint32_t row = input->row_of_seat[s];
    bool absent = input->plan->takers_all && !wuji_row_stands(&a->owners, s);
    if (absent) a->status[row] = WUJI_ABSENT;
    if (a->status[row] == WUJI_PRESENT) continue;
    wuji_code code = a->status[row] == WUJI_ABSENT ? WUJI_CODE_ABSENT
                     : a->status[row] == WUJI_VOID ? WUJI_CODE_VOID
                                                   : WUJI_CODE_NOT_TAKEN;
    wuji_row_fill(&a->rows, a->marks + row * a->row_bytes, wuji_mark_code(a->rows.width, code));
  }
}

/* Reads the file in a->rows.units. `*divisor` becomes what the marks and `*divisor` have in common. */
static wuji_status read_once(attempt *a, wuji_sheet *sheet, wuji_reading *reading, wuji_arena *arena,
                             uint32_t *divisor, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint64_t rows = 0;
  WUJI_TRY(make_room(a, reading->threads, arena, error));
  WUJI_TRY(wuji_sheet_read(sheet, reading, take_block, a, notes, error));
  WUJI_TRY(wuji_row_owners_settle(&a->owners, notes, error));
  for (uint32_t w = 0; w < reading->threads; w++) {
    *divisor = wuji_mark_divisor(*divisor, a->workers[w].divisor);
    rows += a->workers[w].rows;
  }
  if (rows == 0) {
    wuji_note_warning(notes, (wuji_place){.file = a->input->file->number}, WUJI_WARNING_SCORES_EMPTY, 1,
                      WUJI_NO_STR);
  }
  if (a->marks != NULL) fill_codes(a);
done:
  drop(a, reading->threads, arena);
  return status;
}

/* What the fractions in `len` bytes have in common with `divisor`: a guess, for not every point belongs to a
 * mark. */
static uint32_t guess_divisor(const char *bytes, size_t len, uint32_t divisor) {
  const char *end = bytes + len;
  const char *point = memchr(bytes, '.', len);
  while (point != NULL && divisor > 1) {
    const char *p = point + 1;
    uint32_t tens = p < end && *p >= '0' && *p <= '9' ? (uint32_t)(*p - '0') : 0;
    uint32_t ones = p + 1 < end && p[1] >= '0' && p[1] <= '9' ? (uint32_t)(p[1] - '0') : 0;
    divisor = wuji_mark_divisor(divisor, 10 * tens + ones);
    point = memchr(p, '.', (size_t)(end - p));
  }
  return divisor;
}

/* Takes the units that `divisor` asks for. Returns the full mark in them. */
static uint64_t take_units(wuji_row_plan *rows, const wuji_items *items, uint32_t divisor) {
  uint64_t full = 0;
  uint32_t most = 0;
  rows->units = wuji_mark_units(divisor);
  for (uint32_t i = 0; i < items->count; i++) {
    uint32_t max = items->maximum[i] / (WUJI_HUNDREDTHS / rows->units);
    items->items[i].max = max;
    if (max > most) most = max;
    full += max;
  }
  rows->width = wuji_mark_width(most);
  return full;
}

static void fill_paper(const attempt *a, uint64_t full, wuji_paper *paper) {
  const wuji_scores_input *input = a->input;
  bool taught = false;
  for (uint32_t r = 0; a->teacher != NULL && r < input->roster->count && !taught; r++) {
    taught = a->teacher[r].ptr != NULL;
  }
  *paper = (wuji_paper){.code = input->plan->code,
                        .name = input->plan->name,
                        .in_total = input->plan->in_total,
                        .segment = input->plan->segment,
                        .units = a->rows.units,
                        .full = (uint32_t)full,
                        .item_count = input->items->count,
                        .items = input->items->items,
                        .width = a->rows.width,
                        .marks = a->marks,
                        .status = a->status,
                        .teacher = taught ? a->teacher : NULL};
}

/* One attempt from the header on. `*again`: the units were wrong, `*divisor` is right now. */
static wuji_status try_read(const wuji_scores_input *input, wuji_reading *reading, wuji_paper *paper,
                            wuji_arena *arena, uint32_t *divisor, bool *again, wuji_notes *notes,
                            wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_sheet sheet = {0};
  wuji_arena scratch = {0};
  attempt a = {.input = input};
  bool good = false;
  bool guess = *divisor == 0;
  uint64_t noted = wuji_notes_total(notes);
  *again = false;
  WUJI_TRY(wuji_sheet_open(&sheet, input->file, WUJI_SCORES, &scratch, notes, error));
  if (sheet.good) {
    WUJI_TRY(wuji_score_columns(&a.rows, &sheet.header, input->items, input->file->number, &scratch, notes,
                                &good, error));
  }
  if (!good) goto done;
  uint32_t exact = WUJI_HUNDREDTHS;
  for (uint32_t i = 0; i < input->items->count; i++)
    exact = wuji_mark_divisor(exact, input->items->maximum[i]);
  if (guess) *divisor = guess_divisor(sheet.csv.bytes + sheet.csv.at, sheet.first.len - sheet.csv.at, exact);
  uint64_t full = take_units(&a.rows, input->items, *divisor);
  WUJI_TRY(read_once(&a, &sheet, reading, arena, &exact, notes, error));
  if (wuji_notes_total(notes) > noted) goto done;
  *divisor = exact;
  *again = wuji_mark_units(exact) != a.rows.units;
  if (*again) {
    reading->done -= input->file->size;
  } else if (full > WUJI_MOST_UNITS) {
    wuji_note_problem(notes, (wuji_place){.file = input->items_file}, WUJI_PROBLEM_PAPER_FULL_MARK,
                      WUJI_NO_STR, "the full mark is %llu steps of 1/%u, more than %d",
                      (unsigned long long)full, a.rows.units, WUJI_MOST_UNITS);
  } else if (a.marks != NULL) {
    fill_paper(&a, full, paper);
  }
done:
  wuji_sheet_close(&sheet);
  wuji_arena_dispose(&scratch);
  return status;
}

wuji_status wuji_scores_read(const wuji_scores_input *input, wuji_reading *reading, wuji_paper *paper,
                             wuji_arena *arena, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t divisor = 0; /* not known: to be guessed */
  bool again = true;
  while (again && status == WUJI_OK) { /* at most twice: the second time the divisor is exact */
    wuji_notes mine = wuji_notes_of_worker(notes);
    status = try_read(input, reading, paper, arena, &divisor, &again, &mine, error);
    if (again)
      wuji_notes_dispose(&mine);
    else
      wuji_notes_merge(notes, &mine);
  }
  return status;
}
