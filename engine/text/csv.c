/* The tokenizer walks bitmaps: 64 bytes at a time become one word with a bit for every delimiter and newline
 * (and quote, where the block has any), and a cell is what lies between two bits. */
#include "text/csv.h"

#include "text/scan.h"

#include <stdlib.h>

enum { FIRST_CELLS = 256 };

/* Reading up to 63 bytes behind the block, and a few before it, stays in its padding. */
static inline void look(wuji_csv *csv) {
  csv->look(&csv->chunk, csv->bytes + csv->chunk_at, csv->delimiter);
  csv->marks = csv->quotes ? csv->chunk.marks | csv->chunk.quotes : csv->chunk.marks;
  csv->passed = 0;
}

/* Structural bytes from `at` on. */
static void look_from(wuji_csv *csv, uint32_t at) {
  uint64_t from = ~UINT64_C(0) << (at % WUJI_CHUNK_BYTES);
  csv->chunk_at = at / WUJI_CHUNK_BYTES * WUJI_CHUNK_BYTES;
  look(csv);
  csv->marks &= from;
  csv->passed = (uint32_t)__builtin_popcountll(csv->chunk.marks & ~from);
}

/* Moves on to the next chunk; false at the block's end. */
static inline bool look_on(wuji_csv *csv) {
  csv->chunk_at += WUJI_CHUNK_BYTES;
  bool more = csv->chunk_at < csv->len;
  if (more) look(csv);
  return more;
}

/* Room for two chunks full of cells and one more behind `count`. */
static bool reserve(wuji_csv *csv, uint32_t count) {
  if (csv->cell_room >= count + 2 * WUJI_CHUNK_BYTES + 1) return true;
  uint32_t room = csv->cell_room == 0 ? FIRST_CELLS : 2 * csv->cell_room;
  wuji_cell *cells = realloc(csv->cells, (size_t)room * sizeof *cells);
  if (cells == NULL) return false;
  csv->cells = cells;
  uint8_t *numbers = realloc(csv->numbers, room);
  if (numbers == NULL) return false;
  csv->numbers = numbers;
  csv->cell_room = room;
  return true;
}

void wuji_csv_open(wuji_csv *csv, const wuji_block *block, char delimiter) {
  csv->bytes = block->bytes;
  csv->writable = block->bytes;
  csv->len = (uint32_t)block->len;
  csv->line = block->line;
  csv->delimiter = delimiter;
  csv->quotes = block->quotes;
  csv->plain = wuji_scan_utf8(block->bytes, block->len);
  csv->look = wuji_chunk_looker();
  csv->at = 0;
  look_from(csv, 0);
}

void wuji_csv_dispose(wuji_csv *csv) {
  free(csv->cells);
  free(csv->numbers);
  *csv = (wuji_csv){0};
}

/* The cell [begin, end) as number `count` of the record. */
static inline void put_cell(wuji_csv *csv, uint32_t count, uint32_t begin, uint32_t end) {
  csv->cells[count] = (wuji_cell){begin, end - begin};
  csv->numbers[count] = wuji_short_number(csv->bytes + begin, end - begin);
}

/* The cells that end at the next `more` marks of the chunk, the first of them beginning at `*begin`. The
 * numbers are copied by a whole chunk: what lies behind them is overwritten by the next. */
static inline uint32_t put_marked_cells(wuji_csv *csv, uint32_t more, uint32_t count, uint32_t *begin) {
  memcpy(csv->numbers + count, csv->chunk.numbers + csv->passed, WUJI_CHUNK_BYTES);
  *begin = wuji_chunk_cells(&csv->chunk, csv->passed, more, csv->chunk_at, *begin, csv->cells + count);
  csv->passed += more;
  return count + more;
}

/* Splits the record at csv->at, in a block without quotes. Returns its end (at the newline or the block's
 * end); 0 cells when memory is out. */
static uint32_t split_plain(wuji_csv *csv, uint32_t *cell_count) {
  uint32_t count = 0;
  uint32_t begin = csv->at;
  uint64_t newlines = 0;
  bool more = true;
  while (newlines == 0) {
    if (!reserve(csv, count)) {
      count = 0;
      break;
    }
    if (csv->marks == 0) {
      more = look_on(csv);
      if (more) continue;
      put_cell(csv, count++, begin, csv->len); /* the file ends without a newline */
      begin = csv->len + 1;
      break;
    }
    newlines = csv->marks & csv->chunk.newlines;
    /* the marks up to the first newline; all, if there is none */
    uint64_t mine = newlines == 0 ? csv->marks : csv->marks & (newlines ^ (newlines - 1));
    csv->marks &= ~mine;
    count = put_marked_cells(csv, (uint32_t)__builtin_popcountll(mine), count, &begin);
  }
  *cell_count = count;
  return begin - 1;
}

/* Position of the next mark or quote, or the block's length. */
static uint32_t next_mark(wuji_csv *csv) {
  bool more = true;
  while (csv->marks == 0 && more) more = look_on(csv);
  if (!more) return csv->len;
  uint32_t at = csv->chunk_at + (uint32_t)__builtin_ctzll(csv->marks);
  csv->marks &= csv->marks - 1;
  return at; /* below the length, for the padding's zeros are no marks */
}

static inline bool is_blank(char c, char delimiter) {
  return c == ' ' || (c == '\t' && delimiter != '\t');
}

/* A quoted cell whose opening quote stands at `open`: finds what is inside and the byte behind the closing
 * quote. False: nothing closes it. */
static bool quoted_cell(const wuji_csv *csv, uint32_t open, wuji_cell *cell, uint32_t *behind,
                        bool *escaped) {
  uint32_t at = open + 1;
  *escaped = false;
  while (at < csv->len) {
    const char *found = memchr(csv->bytes + at, '"', csv->len - at);
    if (found == NULL) return false;
    at = (uint32_t)(found - csv->bytes);
    if (at + 1 < csv->len && csv->bytes[at + 1] == '"') {
      *escaped = true;
      at += 2;
      continue;
    }
    *cell = (wuji_cell){open + 1, at - open - 1};
    *behind = at + 1;
    return true;
  }
  return false;
}

/* As split_plain(), with quotes. `*balanced` false: the record's quotes are not. Cells with pairs of quotes
 * are told by the top bit of `len` until the record is known to be good, for a broken one is read again from
 * its second line. */
#define PAIRS (UINT32_C(1) << 31)
static uint32_t split_quoted(wuji_csv *csv, uint32_t *cell_count, bool *balanced) {
  uint32_t count = 0;
  uint32_t begin = csv->at;
  uint32_t end;
  *balanced = true;
  do {
    wuji_cell cell;
    end = next_mark(csv);
    if (end < csv->len && csv->bytes[end] == '"') {
      uint32_t first = begin;
      uint32_t behind = end;
      bool escaped = false;
      while (first < end && is_blank(csv->bytes[first], csv->delimiter)) first++;
      *balanced = first == end && quoted_cell(csv, end, &cell, &behind, &escaped);
      if (!*balanced) break;
      look_from(csv, behind);
      end = next_mark(csv);
      uint32_t rest = behind;
      while (rest < end && (is_blank(csv->bytes[rest], csv->delimiter) || csv->bytes[rest] == '\r')) rest++;
      *balanced = rest == end && (end == csv->len || csv->bytes[end] != '"');
      if (!*balanced) break;
      if (escaped) cell.len |= PAIRS;
    } else {
      cell = (wuji_cell){begin, end - begin};
    }
    if (!reserve(csv, count)) {
      count = 0;
      break;
    }
    csv->numbers[count] = wuji_short_number(csv->bytes + cell.at, cell.len);
    csv->cells[count++] = cell;
    begin = end + 1;
  } while (end < csv->len && csv->bytes[end] != '\n');
  *cell_count = count;
  return end;
}

/* Takes the second of each pair of quotes out, in place. */
static void resolve_pairs(wuji_csv *csv, uint32_t cell_count) {
  for (uint32_t c = 0; c < cell_count; c++) {
    wuji_cell *cell = &csv->cells[c];
    if ((cell->len & PAIRS) == 0) continue;
    cell->len &= ~PAIRS;
    char *text = csv->writable + cell->at;
    uint32_t to = 0;
    for (uint32_t from = 0; from < cell->len; from++) {
      text[to++] = text[from];
      if (text[from] == '"') from++;
    }
    cell->len = to;
  }
}

/* The first cell that holds what no text may hold. */
static wuji_fault find_undecodable(const wuji_csv *csv, const wuji_record *record) {
  wuji_fault fault = {0};
  for (uint32_t c = 0; c < record->cell_count && fault.kind == WUJI_FAULT_NONE; c++) {
    const char *text = csv->bytes + record->cells[c].at;
    uint32_t len = record->cells[c].len;
    if (wuji_scan_utf8(text, len)) continue;
    bool nul = memchr(text, '\0', len) != NULL;
    fault = (wuji_fault){nul ? WUJI_FAULT_NUL : WUJI_FAULT_UNDECODABLE, record->line, c + 1};
  }
  return fault;
}

/* A record whose quotes are unbalanced is over where its first line is. */
static void skip_line(wuji_csv *csv) {
  const char *newline = memchr(csv->bytes + csv->at, '\n', csv->len - csv->at);
  csv->at = newline == NULL ? csv->len : (uint32_t)(newline - csv->bytes) + 1;
  csv->line++;
  if (csv->at < csv->len) look_from(csv, csv->at);
}

void wuji_csv_go_on(wuji_csv *csv, uint32_t at, uint64_t line) {
  csv->at = at;
  csv->line = line;
  if (at < csv->len) look_from(csv, at);
}

/* Nothing but blanks before the line's end; a pair of quotes alone is an empty cell, not a blank line. */
static bool is_blank_line(const wuji_csv *csv, uint32_t begin, uint32_t end) {
  return csv->bytes[begin] <= ' ' && wuji_trim((wuji_str){csv->bytes + begin, end - begin}).len == 0;
}

/* The CR of a CRLF is no part of the last cell. */
static void drop_return(wuji_csv *csv, uint32_t cell_count, uint32_t end) {
  wuji_cell *last = &csv->cells[cell_count - 1];
  uint32_t behind = last->at + last->len;
  if (behind == end && last->len > 0 && csv->bytes[end - 1] == '\r')
    put_cell(csv, cell_count - 1, last->at, end - 1);
}

bool wuji_csv_next(wuji_csv *csv, wuji_record *record, wuji_status *status) {
  bool found = false;
  *status = WUJI_OK;
  while (!found && csv->at < csv->len && *status == WUJI_OK) {
    bool balanced = true;
    uint32_t begin = csv->at;
    uint32_t count = 0;
    uint32_t end = csv->quotes ? split_quoted(csv, &count, &balanced) : split_plain(csv, &count);
    found = true;
    *record =
        (wuji_record){.line = csv->line, .cells = csv->cells, .numbers = csv->numbers, .cell_count = count};
    if (!balanced) {
      record->fault = (wuji_fault){WUJI_FAULT_QUOTES, csv->line, 0};
      skip_line(csv);
    } else if (count == 0) {
      *status = WUJI_NO_MEMORY;
      found = false;
    } else {
      csv->at = end + 1;
      csv->line++;
      if (csv->quotes) {
        csv->line += wuji_scan_count(csv->bytes + begin, end - begin, '\n');
        resolve_pairs(csv, count);
      }
      if (count == 1 && is_blank_line(csv, begin, end)) {
        found = false;
      } else if (end - begin > WUJI_RECORD_BYTES && record->line > 1) {
        record->fault = (wuji_fault){WUJI_FAULT_TOO_LONG, record->line, 0};
      } else {
        drop_return(csv, count, end);
        if (!csv->plain) record->fault = find_undecodable(csv, record);
      }
    }
  }
  return found;
}

char wuji_csv_delimiter(const wuji_block *block) {
  static const char candidates[3] = {'\t', ';', ','};
  uint32_t counts[3] = {0};
  bool inside = false;
  bool begun = false; /* something but blank lines was seen */
  for (size_t i = 0; i < block->len; i++) {
    char c = block->bytes[i];
    if (c == '"') inside = !inside;
    if (c == '\n' && !inside && begun) break;
    begun |= c != '\n' && c != '\r' && c != ' ';
    for (int k = 0; k < 3 && !inside; k++) counts[k] += c == candidates[k];
  }
  int best = 2;
  for (int k = 1; k >= 0; k--) {
    if (counts[k] > 0 && counts[k] >= counts[best]) best = k;
  }
  return candidates[best];
}

/* Bytes of the blank at the end of `text`, and at its start. */
static uint32_t blank_at_end(wuji_str text) {
  if (text.len == 0) return 0; /* may be null */
  const char *end = text.ptr + text.len;
  if (text.len >= 1 && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r' || end[-1] == '\n')) return 1;
  if (text.len >= 2 && memcmp(end - 2, "\xC2\xA0", 2) == 0) return 2;
  if (text.len >= 3 && memcmp(end - 3, "\xE3\x80\x80", 3) == 0) return 3;
  return 0;
}

static uint32_t blank_at_start(wuji_str text) {
  const char *p = text.ptr;
  if (text.len >= 1 && (p[0] == ' ' || p[0] == '\t' || p[0] == '\r' || p[0] == '\n')) return 1;
  if (text.len >= 2 && memcmp(p, "\xC2\xA0", 2) == 0) return 2;
  if (text.len >= 3 && memcmp(p, "\xE3\x80\x80", 3) == 0) return 3;
  return 0;
}

wuji_str wuji_trim(wuji_str text) {
  uint32_t step;
  while ((step = blank_at_end(text)) > 0) text.len -= step;
  while ((step = blank_at_start(text)) > 0) {
    text.ptr += step;
    text.len -= step;
  }
  return text;
}
