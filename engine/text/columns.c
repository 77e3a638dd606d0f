#include "text/columns.h"

#include "text/csv.h"
#include "text/fold.h"

#include <stdlib.h>

enum { FIRST_ROOM = 1024 };

typedef struct reader {
  wuji_text_columns *columns;
  const char *path;
  const wuji_str *names;
  wuji_blocks *blocks;
  wuji_block block;
  wuji_csv csv;
  char delimiter; /* 0: the header is still to come */
  uint32_t width; /* cells of the header */
  uint32_t *at;   /* [count] cell of each column */
  uint32_t room;  /* rows that there is memory for */
} reader;

static wuji_status broken_record(const reader *r, const wuji_record *record, wuji_error *error) {
  const char *what = record->fault.kind == WUJI_FAULT_QUOTES     ? "unbalanced quotes"
                     : record->fault.kind == WUJI_FAULT_TOO_LONG ? "the record is too long"
                     : record->fault.kind == WUJI_FAULT_NUL      ? "a NUL character"
                                                                 : "undecodable bytes";
  return wuji_fail(error, WUJI_REJECTED, "%s:%llu: %s", r->path, (unsigned long long)record->fault.line,
                   wuji_in_language(what));
}

static wuji_status find_column(reader *r, const wuji_record *header, uint32_t column, wuji_error *error) {
  uint32_t found = 0;
  wuji_str name = r->names[column];
  for (uint32_t c = 0; c < header->cell_count; c++) {
    wuji_str folded = wuji_fold(&r->columns->arena, wuji_csv_text(&r->csv, header->cells[c]));
    if (folded.ptr == NULL) return wuji_fail_memory(error);
    if (!wuji_str_equal(folded, name)) continue;
    r->at[column] = c;
    found++;
  }
  if (found == 0)
    return wuji_fail(error, WUJI_REJECTED, "%s: there is no column %.*s", r->path, (int)name.len, name.ptr);
  if (found > 1)
    return wuji_fail(error, WUJI_REJECTED, "%s: column %.*s stands twice", r->path, (int)name.len, name.ptr);
  return WUJI_OK;
}

static wuji_status take_header(reader *r, const wuji_record *record, wuji_error *error) {
  r->width = record->cell_count;
  for (uint32_t c = 0; c < r->columns->count; c++) {
    wuji_status status = find_column(r, record, c, error);
    if (status != WUJI_OK) return status;
  }
  return WUJI_OK;
}

static bool make_room(reader *r) {
  wuji_text_columns *columns = r->columns;
  if (columns->rows < r->room) return true;
  if (r->room > UINT32_MAX / 2) return false;
  r->room = r->room == 0 ? FIRST_ROOM : 2 * r->room;
  uint64_t *lines = realloc(columns->lines, r->room * sizeof *lines);
  if (lines == NULL) return false;
  columns->lines = lines;
  for (uint32_t c = 0; c < columns->count; c++) {
    wuji_str *cells = realloc(columns->cells[c], r->room * sizeof *cells);
    if (cells == NULL) return false;
    columns->cells[c] = cells;
  }
  return true;
}

static wuji_status take_row(reader *r, const wuji_record *record, wuji_error *error) {
  wuji_text_columns *columns = r->columns;
  if (record->cell_count != r->width)
    return wuji_fail(error, WUJI_REJECTED, "%s:%llu: the row has %u cells, the header %u", r->path,
                     (unsigned long long)record->line, record->cell_count, r->width);
  if (!make_room(r)) return wuji_fail_memory(error);
  for (uint32_t c = 0; c < columns->count; c++) {
    wuji_str text = wuji_csv_text(&r->csv, record->cells[r->at[c]]);
    columns->cells[c][columns->rows] = wuji_arena_copy(&columns->arena, text);
    if (columns->cells[c][columns->rows].ptr == NULL) return wuji_fail_memory(error);
  }
  columns->lines[columns->rows++] = record->line;
  return WUJI_OK;
}

static wuji_status take_block(reader *r, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_record record = {0};
  bool header = r->delimiter == 0;
  if (header) r->delimiter = wuji_csv_delimiter(&r->block);
  wuji_csv_open(&r->csv, &r->block, r->delimiter);
  while (wuji_csv_next(&r->csv, &record, &status)) {
    if (record.fault.kind != WUJI_FAULT_NONE) return broken_record(r, &record, error);
    wuji_status taken = r->width == 0 ? take_header(r, &record, error) : take_row(r, &record, error);
    if (taken != WUJI_OK) return taken;
  }
  if (r->width == 0) r->delimiter = 0; /* blank lines only, so far */
  return status == WUJI_OK ? WUJI_OK : wuji_fail_memory(error);
}

static wuji_status read_blocks(reader *r, wuji_error *error) {
  wuji_fault fault = {0};
  wuji_error why = {0};
  bool more = true;
  wuji_status status = wuji_blocks_open(r->path, &r->blocks, &fault, &why);
  while (status == WUJI_OK && more) {
    status = wuji_blocks_next(r->blocks, &r->block, &more, &fault, &why);
    if (status != WUJI_OK || !more) break;
    status = take_block(r, error);
    if (status != WUJI_OK) return status;
  }
  if (status == WUJI_REJECTED && fault.kind == WUJI_FAULT_MISSING) status = WUJI_NOT_FOUND;
  if (status != WUJI_OK && fault.line > 0)
    return wuji_fail(error, status, "%s:%llu: %s", r->path, (unsigned long long)fault.line, why.message);
  if (status != WUJI_OK) return wuji_fail(error, status, "%s: %s", r->path, why.message);
  if (r->width == 0)
    return wuji_fail(error, WUJI_REJECTED, "%s: %s", r->path, wuji_in_language("the file is empty"));
  return WUJI_OK;
}

wuji_status wuji_text_columns_read(wuji_text_columns *columns, const char *path, const wuji_str *names,
                                   uint32_t count, wuji_error *error) {
  wuji_status status;
  *columns = (wuji_text_columns){.count = count};
  reader r = {.columns = columns, .path = path, .names = names};
  columns->cells = calloc((size_t)count + 1, sizeof(wuji_str *));
  r.at = calloc((size_t)count + 1, sizeof *r.at);
  if (columns->cells == NULL || r.at == NULL) {
    status = wuji_fail_memory(error);
  } else {
    status = read_blocks(&r, error);
  }
  free(r.at);
  wuji_csv_dispose(&r.csv);
  wuji_block_dispose(&r.block);
  wuji_blocks_close(r.blocks);
  return status;
}

void wuji_text_columns_dispose(wuji_text_columns *columns) {
  for (uint32_t c = 0; columns->cells != NULL && c < columns->count; c++) free(columns->cells[c]);
  free(columns->cells);
  free(columns->lines);
  wuji_arena_dispose(&columns->arena);
  *columns = (wuji_text_columns){0};
}
