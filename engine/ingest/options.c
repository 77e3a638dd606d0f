/* The codes of what was chosen are written straight into their matrix as provisional ones, a byte each; where
 * one item turns out to have more sets of options than a byte can tell, the file is read again with two. */
#include "ingest/options.h"

#include "ingest/option_dictionary.h"
#include "ingest/option_run.h"
#include "ingest/row_owner.h"

#include <stdlib.h>

/* The last code is kept free for a key that nobody chose. */
enum { MOST_CODE_1 = UINT8_MAX - 1, MOST_CODE_2 = UINT16_MAX - 1 };

enum { MOST_ID = 64 /* bytes of a student_id in a usual row */ };

typedef struct worker_state {
  wuji_set_table sets;
  wuji_option_set *seen;   /* by choice; of rows that are kept */
  wuji_option_set *unkept; /* the same of the others, unused */
  void *scratch;           /* a row that is not kept */
  wuji_option_memory memory;
  uint8_t codes[WUJI_MOST_ITEMS + WUJI_RUN_LANES];
} worker_state;

/* One reading of the file. */
typedef struct attempt {
  const wuji_options_input *input;
  wuji_option_columns columns;
  wuji_option_run run;
  wuji_option_codes codes;
  wuji_row_owners owners;
  worker_state *workers; /* by worker */
  uint32_t threads;
  uint8_t width;         /* bytes of a provisional code */
  size_t row_bytes;      /* of the matrix */
  char *matrix;          /* row-major; NULL: nothing is kept */
  const uint8_t *status; /* by row, of the paper */
} attempt;

/* The cells of a row that are one symbol or empty, and WUJI_NO_SYMBOL for the others. True: there is no other
 * one, and no symbol that the item does not have. */
#define TAKE_SHORT(width, type)                                                                              \
  static bool take_short_##width(const wuji_option_columns *columns, const char *bytes,                      \
                                 const wuji_cell *cells, void *row, wuji_option_set *seen) {                 \
    typedef type width_code;                                                                                 \
    width_code *restrict codes = row;                                                                        \
    uint64_t odd = 0;                                                                                        \
    for (uint32_t c = 0; c < columns->count; c++) {                                                          \
      wuji_cell cell = cells[columns->column[c]];                                                            \
      uint8_t symbol = wuji_symbol_of_byte[(unsigned char)bytes[cell.at]];                                   \
      uint8_t code = cell.len == 1 ? symbol : cell.len == 0 ? 0 : WUJI_NO_SYMBOL;                            \
      uint64_t bit = UINT64_C(1) << code;                                                                    \
      odd |= bit & columns->forbidden[c];                                                                    \
      seen[c] |= bit;                                                                                        \
      codes[c] = code;                                                                                       \
    }                                                                                                        \
    return odd == 0;                                                                                         \
  }
TAKE_SHORT(1, uint8_t)
TAKE_SHORT(2, uint16_t)

static uint32_t code_at(const attempt *a, const void *row, uint32_t choice) {
  return a->width == 1 ? ((const uint8_t *)row)[choice] : ((const uint16_t *)row)[choice];
}

static void put_code(const attempt *a, void *row, uint32_t choice, uint32_t code) {
  if (a->width == 1)
    ((uint8_t *)row)[choice] = (uint8_t)code;
  else
    ((uint16_t *)row)[choice] = (uint16_t)code;
}

/* The set that a cell says; what is wrong with it is noted. False when memory is out. */
static bool read_set(const attempt *a, wuji_pull *pull, const wuji_record *record, uint32_t choice,
                     wuji_option_set *set) {
  wuji_str text = wuji_pull_text(pull, record, a->columns.column[choice]);
  const wuji_item *item = &a->input->items->items[a->columns.item[choice]];
  wuji_place place = {a->input->file->number, record->line, a->columns.column[choice] + 1};
  wuji_set_form form = wuji_option_set_read(text, set);
  if (form == WUJI_SET_STRANGE) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_OPTION_SYMBOL, text,
                      "option %s is not made of letters and digits", WUJI_SHOW(text));
  } else if (form == WUJI_SET_TWICE) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_OPTION_TWICE, text, "option %s names one twice",
                      WUJI_SHOW(text));
  } else if ((*set & a->columns.forbidden[choice]) != 0) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_OPTION_UNKNOWN, text,
                      "option %s is not among the options %s of item %s", WUJI_SHOW(text),
                      WUJI_SHOW(item->options), WUJI_SHOW(item->name));
  }
  return form != WUJI_SET_NO_MEMORY;
}

/* The cells that take_short() left. */
static bool take_long(attempt *a, worker_state *worker, wuji_pull *pull, const wuji_record *record, bool kept,
                      void *row, wuji_option_set *seen) {
  bool good = true;
  for (uint32_t c = 0; good && c < a->columns.count; c++) {
    uint64_t bit = UINT64_C(1) << code_at(a, row, c);
    wuji_option_set set;
    uint32_t code;
    if ((bit & a->columns.forbidden[c]) == 0) continue;
    good = read_set(a, pull, record, c, &set);
    if ((set & (set - 1)) == 0) {
      code = set == 0 ? 0 : (uint32_t)__builtin_ctzll(set);
      seen[c] |= set;
    } else if (kept) {
      good = good && wuji_option_code(&a->codes, &worker->sets, c, set, &code);
    } else {
      code = 1; /* something */
    }
    if (good) put_code(a, row, c, code);
  }
  return good;
}

/* Reads the cells of a row; `*chose`: they are not all empty. */
static bool take_cells(attempt *a, worker_state *worker, wuji_pull *pull, const wuji_record *record,
                       bool kept, void *row, bool *chose) {
  wuji_option_set *seen = kept ? worker->seen : worker->unkept;
  bool good = a->width == 1 ? take_short_1(&a->columns, pull->csv.bytes, record->cells, row, seen)
                            : take_short_2(&a->columns, pull->csv.bytes, record->cells, row, seen);
  if (!good) good = take_long(a, worker, pull, record, kept, row, seen);
  *chose = false;
  for (uint32_t c = 0; !kept && c < a->columns.count; c++) *chose |= code_at(a, row, c) != 0;
  return good;
}

/* What the cells of a row say that is good and kept. */
static void learn(const attempt *a, worker_state *worker, const wuji_pull *pull, const wuji_record *record,
                  const void *row) {
  for (uint32_t c = 0; c < a->columns.count; c++) {
    wuji_cell cell = record->cells[a->columns.column[c]];
    wuji_option_run_learn(&a->run, &worker->memory, c, (wuji_str){pull->csv.bytes + cell.at, cell.len},
                          code_at(a, row, c));
  }
}

/* A row of a stranger, one more of the same candidate, or of one who was not there, is read for what is wrong
 * with it and not kept. */
static bool take_row(attempt *a, uint32_t index, wuji_pull *pull, const wuji_record *record) {
  worker_state *worker = &a->workers[index];
  bool first = false;
  bool summary;
  bool good = true;
  bool chose;
  uint32_t seat = wuji_row_owner(&a->owners, index, pull, record, &summary);
  if (summary) return true;
  if (seat != WUJI_NO_ID) good = wuji_row_claim(&a->owners, index, seat, record->line, &first);
  uint32_t row = first && a->matrix != NULL ? a->input->row_of_seat[seat] : 0;
  bool held = first && a->matrix != NULL; /* against the scores */
  bool kept = held && a->status[row] == WUJI_PRESENT;
  void *codes = kept ? a->matrix + row * a->row_bytes : worker->scratch;
  uint64_t noted = wuji_notes_total(&pull->notes);
  good = good && take_cells(a, worker, pull, record, kept, codes, &chose);
  if (good && kept && wuji_notes_total(&pull->notes) == noted) learn(a, worker, pull, record, codes);
  if (good && held && !kept && chose) {
    wuji_note_warning(
        &pull->notes, (wuji_place){a->input->file->number, record->line, a->columns.id_column + 1},
        WUJI_WARNING_OPTIONS_NOT_PRESENT, 1, wuji_pull_text(pull, record, a->columns.id_column));
  }
  return good;
}

/* Rows of present candidates in the order of the roster, as long as every one is a usual one; what ends them
 * is read cell by cell. False when memory is out. */
static bool take_usual_rows(attempt *a, uint32_t index, wuji_pull *pull) {
  worker_state *worker = &a->workers[index];
  const wuji_roster *roster = a->input->roster;
  wuji_csv *csv = &pull->csv;
  const char *p = csv->bytes + csv->at;
  const char *end = csv->bytes + csv->len;
  uint64_t line = csv->line;
  uint32_t seat = a->owners.workers[index].next_seat;
  bool good = true;
  for (; good && seat < roster->count; seat++) {
    wuji_str id = roster->seats[seat].student_id;
    size_t row = a->input->row_of_seat[seat];
    if (id.len > MOST_ID || (size_t)(end - p) <= id.len || p[id.len] != csv->delimiter ||
        !wuji_same_id((wuji_str){p, id.len}, id) || a->status[row] != WUJI_PRESENT)
      break;
    const char *behind = wuji_option_run_read(&a->run, &worker->memory, p + id.len + 1, end, worker->codes);
    if (behind == NULL) break;
    bool first;
    good = wuji_row_claim(&a->owners, index, seat, line, &first);
    if (good && first) memcpy(a->matrix + row * a->row_bytes, worker->codes, a->row_bytes);
    p = behind;
    line++;
  }
  a->owners.workers[index].next_seat = seat;
  if (line > csv->line) wuji_csv_go_on(csv, (uint32_t)(p - csv->bytes), line);
  return good;
}

static wuji_status take_block(void *context, uint32_t worker, wuji_pull *pull, wuji_error *error) {
  wuji_status status = WUJI_OK;
  attempt *a = context;
  wuji_record record;
  /* In a block that is not plain text through and through, each record is looked at. */
  bool usual = a->run.usable && a->width == 1 && a->matrix != NULL && pull->csv.plain && !pull->csv.quotes;
  while (true) {
    if (usual && !take_usual_rows(a, worker, pull)) WUJI_TRY(wuji_fail_memory(error));
    if (!wuji_pull_record(pull, &record, &status)) break;
    if (!take_row(a, worker, pull, &record)) WUJI_TRY(wuji_fail_memory(error));
  }
  if (status != WUJI_OK) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

static wuji_status make_room(attempt *a, const wuji_paper *paper, wuji_arena *arena, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t choices = a->columns.count;
  a->row_bytes = (size_t)choices * a->width;
  WUJI_TRY(wuji_row_owners_init(&a->owners, a->input->roster, a->input->file->number, a->columns.id_column,
                                false, a->threads, error));
  WUJI_TRY(wuji_option_codes_init(&a->codes, choices, a->width == 1 ? MOST_CODE_1 : MOST_CODE_2, error));
  a->workers = calloc(a->threads, sizeof *a->workers);
  bool made = a->workers != NULL;
  for (uint32_t w = 0; made && w < a->threads; w++) {
    worker_state *worker = &a->workers[w];
    worker->seen = calloc((size_t)choices + 1, sizeof *worker->seen);
    worker->unkept = calloc((size_t)choices + 1, sizeof *worker->unkept);
    worker->scratch = malloc(a->row_bytes + 1);
    made = worker->seen != NULL && worker->unkept != NULL && worker->scratch != NULL;
  }
  if (made && a->input->row_of_seat != NULL && paper->status != NULL) {
    a->status = paper->status;
    a->matrix = wuji_arena_array(arena, a->input->roster->count, a->row_bytes);
    made = a->matrix != NULL;
    if (made && choices > 0)
      a->owners.room = (wuji_row_room){a->input->row_of_seat, a->matrix, a->row_bytes, a->status};
  }
  if (!made) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

static void drop(attempt *a) {
  for (uint32_t w = 0; a->workers != NULL && w < a->threads; w++) {
    free(a->workers[w].sets.slots);
    free(a->workers[w].seen);
    free(a->workers[w].unkept);
    free(a->workers[w].scratch);
  }
  free(a->workers);
  wuji_option_codes_dispose(&a->codes);
  wuji_row_owners_dispose(&a->owners);
}

/* Makes final what was read without a fault. */
static wuji_status finish(attempt *a, wuji_paper *paper, wuji_arena *arena, wuji_error *error) {
  wuji_option_set *seen = a->workers[0].seen;
  for (uint32_t w = 1; w < a->threads; w++) {
    for (uint32_t c = 0; c < a->columns.count; c++) seen[c] |= a->workers[w].seen[c];
  }
  wuji_chosen chosen = {.items = a->input->items,
                        .columns = &a->columns,
                        .codes = &a->codes,
                        .seen = seen,
                        .width = a->width,
                        .matrix = a->matrix,
                        .row_count = a->input->roster->count};
  return wuji_dictionary_make(&chosen, a->threads, paper, arena, error);
}

/* One attempt from the header on. `*again`: the codes were too narrow. */
static wuji_status try_read(const wuji_options_input *input, wuji_reading *reading, uint8_t width,
                            wuji_paper *paper, wuji_arena *arena, bool *again, wuji_notes *notes,
                            wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_sheet sheet = {0};
  wuji_arena scratch = {0};
  attempt a = {.input = input, .width = width, .threads = reading->threads};
  bool good = false;
  uint64_t noted = wuji_notes_total(notes);
  *again = false;
  WUJI_TRY(wuji_sheet_open(&sheet, input->file, WUJI_OPTIONS, &scratch, notes, error));
  if (sheet.good) {
    WUJI_TRY(wuji_option_columns_read(&a.columns, &sheet.header, input->items, input->file->number, &scratch,
                                      notes, &good, error));
  }
  if (!good) goto done;
  WUJI_TRY(wuji_option_run_init(&a.run, &a.columns, input->items, &sheet.header, sheet.delimiter, &scratch,
                                error));
  WUJI_TRY(make_room(&a, paper, arena, error));
  WUJI_TRY(wuji_sheet_read(&sheet, reading, take_block, &a, notes, error));
  WUJI_TRY(wuji_row_owners_settle(&a.owners, notes, error));
  if (wuji_notes_total(notes) > noted || a.matrix == NULL || a.columns.count == 0) goto done;
  if (!atomic_load(&a.codes.full)) {
    WUJI_TRY(finish(&a, paper, arena, error));
  } else if (width == 1) {
    *again = true;
    reading->done -= input->file->size;
  } else {
    wuji_note_problem(notes, (wuji_place){.file = input->file->number}, WUJI_PROBLEM_OPTION_COUNT,
                      WUJI_NO_STR, "an item has more than %d different sets of options",
                      MOST_CODE_2 - WUJI_SYMBOLS);
  }
done:
  drop(&a);
  wuji_sheet_close(&sheet);
  wuji_arena_dispose(&scratch);
  return status;
}

wuji_status wuji_options_read(const wuji_options_input *input, wuji_reading *reading, wuji_paper *paper,
                              wuji_arena *arena, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  bool again = true;
  for (uint8_t width = 1; again && status == WUJI_OK; width = 2) { /* at most twice */
    wuji_arena codes = {0};
    wuji_notes mine = wuji_notes_of_worker(notes);
    status = try_read(input, reading, width, paper, &codes, &again, &mine, error);
    if (again)
      wuji_notes_dispose(&mine);
    else
      wuji_notes_merge(notes, &mine);
    if (status == WUJI_OK && !again)
      wuji_arena_adopt(arena, &codes);
    else
      wuji_arena_dispose(&codes);
  }
  return status;
}

/* Whether a counted present candidate chose the option. */
static bool was_chosen(const wuji_cohort *cohort, const wuji_paper *paper, uint32_t choice, uint32_t code) {
  bool chosen = false;
  for (uint32_t r = 0; !chosen && r < cohort->row_count; r++) {
    chosen =
        wuji_paper_chosen(paper, r, choice) == code && cohort->counted[r] && paper->status[r] == WUJI_PRESENT;
  }
  return chosen;
}

void wuji_options_check_keys(const wuji_cohort *cohort, const wuji_paper *paper, const wuji_items *items,
                             uint32_t items_file, wuji_notes *notes) {
  for (uint32_t c = 0; c < paper->choice_count; c++) {
    const wuji_choice *choice = &paper->choices[c];
    for (uint32_t o = 0; o < choice->option_count; o++) {
      if (!choice->options[o].is_key || was_chosen(cohort, paper, c, o)) continue;
      wuji_note_warning(notes, (wuji_place){items_file, items->lines[choice->item], items->key_column + 1},
                        WUJI_WARNING_KEY_NEVER_CHOSEN, 1, paper->items[choice->item].name);
    }
  }
}
