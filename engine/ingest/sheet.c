#include "ingest/sheet.h"

#include "base/threads.h"

#include <stdlib.h>

enum { SMALL_FILE = 1 << 18, MOST_COLUMNS = 20000 };

static void note_record(wuji_notes *notes, uint32_t file, const wuji_record *record) {
  const char *what = record->fault.kind == WUJI_FAULT_QUOTES     ? "unbalanced quotes"
                     : record->fault.kind == WUJI_FAULT_TOO_LONG ? "the record is too long"
                     : record->fault.kind == WUJI_FAULT_NUL      ? "a NUL character"
                                                                 : "undecodable bytes";
  wuji_note_fault(notes, file, record->fault, what);
}

/* The next block that has bytes; a broken stream is noted. */
static wuji_status pull_block(wuji_sheet *sheet, wuji_block *block, bool *more, wuji_notes *notes,
                              wuji_error *error) {
  wuji_fault fault = {0};
  wuji_error why = {0};
  wuji_status status = wuji_blocks_next(sheet->blocks, block, more, &fault, &why);
  if (status == WUJI_REJECTED) {
    wuji_note_fault(notes, sheet->file->number, fault, why.message);
    *more = false;
    status = WUJI_OK;
  } else if (status != WUJI_OK) {
    status = wuji_fail(error, status, "%s", why.message);
  }
  return status;
}

wuji_status wuji_sheet_open(wuji_sheet *sheet, const wuji_file *file, wuji_table_of table, wuji_arena *arena,
                            wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_fault fault = {0};
  wuji_error why = {0};
  wuji_record record = {0};
  *sheet = (wuji_sheet){.file = file};
  uint64_t noted = wuji_notes_total(notes);
  status = wuji_blocks_open(file->path, &sheet->blocks, &fault, &why);
  if (status == WUJI_REJECTED) {
    wuji_note_fault(notes, file->number, fault, why.message);
    return WUJI_OK;
  }
  if (status != WUJI_OK) return wuji_fail(error, status, "%s", why.message);
  bool more = true;
  bool found = false;
  while (!found && more) { /* blank lines may stand above the header */
    WUJI_TRY(pull_block(sheet, &sheet->first, &more, notes, error));
    if (!more) break;
    sheet->delimiter = wuji_csv_delimiter(&sheet->first);
    wuji_csv_open(&sheet->csv, &sheet->first, sheet->delimiter);
    found = wuji_csv_next(&sheet->csv, &record, &status);
    if (status != WUJI_OK) WUJI_TRY(wuji_fail_memory(error));
  }
  if (!found) {
    if (wuji_notes_total(notes) == noted) {
      wuji_note_problem(notes, (wuji_place){.file = file->number}, WUJI_PROBLEM_FILE_EMPTY, WUJI_NO_STR,
                        "the file is empty");
    }
  } else if (record.fault.kind != WUJI_FAULT_NONE) {
    note_record(notes, file->number, &record);
  } else if (record.cell_count > MOST_COLUMNS) {
    wuji_note_problem(notes, (wuji_place){file->number, record.line, 0}, WUJI_PROBLEM_COLUMN_COUNT,
                      WUJI_NO_STR, "%u columns are more than %d", record.cell_count, MOST_COLUMNS);
  } else {
    WUJI_TRY(
        wuji_header_read(&sheet->header, table, &sheet->csv, &record, file->number, arena, notes, error));
    sheet->good = true;
  }
done:
  return status;
}

void wuji_sheet_close(wuji_sheet *sheet) {
  wuji_csv_dispose(&sheet->csv);
  wuji_block_dispose(&sheet->first);
  wuji_blocks_close(sheet->blocks);
  sheet->blocks = NULL;
}

static void tell_progress(wuji_reading *reading, wuji_sheet *sheet) {
  if (reading->progress == NULL || reading->bytes == 0) return;
  uint64_t consumed = wuji_blocks_consumed(sheet->blocks);
  pthread_mutex_lock(&reading->lock);
  double share = (double)(reading->done + consumed) / (double)reading->bytes;
  reading->progress(reading->progress_context, "reading", share < 1 ? share : 1);
  pthread_mutex_unlock(&reading->lock);
}

typedef struct read_job {
  wuji_sheet *sheet;
  wuji_reading *reading;
  wuji_take_block take;
  void *context;
  wuji_pull *pulls; /* by task */
} read_job;

/* Moves the block with the header, read up to behind it, to the first worker who asks. */
static bool take_first(wuji_pull *pull) {
  wuji_sheet *sheet = pull->sheet;
  if (atomic_exchange(&sheet->first_taken, true)) return false;
  pull->block = sheet->first;
  pull->csv = sheet->csv;
  sheet->first = (wuji_block){0};
  sheet->csv = (wuji_csv){0};
  return true;
}

static wuji_status read_blocks(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  wuji_status status = WUJI_OK;
  const read_job *job = context;
  wuji_pull *pull = &job->pulls[task];
  bool more = take_first(pull);
  if (!more) {
    WUJI_TRY(pull_block(job->sheet, &pull->block, &more, &pull->notes, error));
    if (more) wuji_csv_open(&pull->csv, &pull->block, job->sheet->delimiter);
  }
  while (more) {
    WUJI_TRY(job->take(job->context, task, pull, error));
    tell_progress(job->reading, job->sheet);
    WUJI_TRY(pull_block(job->sheet, &pull->block, &more, &pull->notes, error));
    if (more) wuji_csv_open(&pull->csv, &pull->block, job->sheet->delimiter);
  }
done:
  return status;
}

wuji_status wuji_sheet_read(wuji_sheet *sheet, wuji_reading *reading, wuji_take_block take, void *context,
                            wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t threads = sheet->file->size < SMALL_FILE ? 1 : reading->threads;
  wuji_pull *pulls = calloc(threads, sizeof *pulls);
  if (pulls == NULL) return wuji_fail_memory(error);
  for (uint32_t t = 0; t < threads; t++)
    pulls[t] = (wuji_pull){.sheet = sheet, .notes = wuji_notes_of_worker(notes)};
  read_job job = {sheet, reading, take, context, pulls};
  status = wuji_parallel(threads, threads, read_blocks, &job, error);
  for (uint32_t t = 0; t < threads; t++) {
    wuji_notes_merge(notes, &pulls[t].notes);
    wuji_csv_dispose(&pulls[t].csv);
    wuji_block_dispose(&pulls[t].block);
  }
  if (status == WUJI_OK && notes->out_of_memory) status = wuji_fail_memory(error);
  reading->done += sheet->file->size;
  free(pulls);
  return status;
}

bool wuji_pull_record(wuji_pull *pull, wuji_record *record, wuji_status *status) {
  uint32_t expected = pull->sheet->header.column_count;
  while (wuji_csv_next(&pull->csv, record, status)) {
    if (record->fault.kind != WUJI_FAULT_NONE) {
      note_record(&pull->notes, pull->sheet->file->number, record);
    } else if (record->cell_count != expected) {
      wuji_note_problem(&pull->notes, (wuji_place){pull->sheet->file->number, record->line, 0},
                        WUJI_PROBLEM_ROW_CELLS, WUJI_NO_STR, "the row has %u cells, the header %u",
                        record->cell_count, expected);
    } else {
      return true;
    }
  }
  return false;
}
