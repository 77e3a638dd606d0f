/* Any bytes as a CSV file: a cell lies in its block and its number is what it says; without quotes the
 * records are what naive splitting gives; a good file cut between two records is the same records; the
 * records are the same whoever pulls the blocks. Of the first byte, the low bits choose the delimiter; from
 * 0xF0 the rest is read as a file too, and 0xFF repeats it beyond the size of a block. */
#include "fuzz.h"
#include "text/csv.h"
#include "text/scan.h"

#include <stdlib.h>

enum { PULLED = 0xF0, REPEATED = 0xFF, REPEATED_BYTES = WUJI_BLOCK_BYTES + WUJI_BLOCK_BYTES / 4 };

/* Everything a reader is told, in one text. */
typedef struct told {
  char *bytes;
  size_t len, room;
  bool faulty;
} told;

static void tell(told *t, const void *bytes, size_t len) {
  if (t->len + len > t->room) {
    t->room = 2 * (t->len + len);
    t->bytes = realloc(t->bytes, t->room);
    HOLDS(t->bytes != NULL);
  }
  if (len > 0) memcpy(t->bytes + t->len, bytes, len);
  t->len += len;
}

static bool same_told(const told *a, const told *b) {
  return a->len == b->len && (a->len == 0 || memcmp(a->bytes, b->bytes, a->len) == 0);
}

static void tell_cell(told *t, const char *text, uint32_t len) {
  uint8_t number = wuji_short_number(text, len);
  tell(t, &len, sizeof len);
  tell(t, text, len);
  tell(t, &number, 1);
}

/* The records of a block; its text is changed by it. */
static void tell_block(told *t, wuji_csv *csv, const wuji_block *block, char delimiter) {
  wuji_record record;
  wuji_status status;
  uint64_t line = 0;
  wuji_csv_open(csv, block, delimiter);
  while (wuji_csv_next(csv, &record, &status)) {
    HOLDS(record.line > line && record.line >= block->line);
    line = record.line;
    tell(t, &record.line, sizeof record.line);
    tell(t, &record.fault.kind, sizeof record.fault.kind);
    tell(t, &record.fault.column, sizeof record.fault.column);
    t->faulty |= record.fault.kind != WUJI_FAULT_NONE;
    if (record.fault.kind != WUJI_FAULT_NONE) continue;
    HOLDS(record.cell_count > 0);
    for (uint32_t c = 0; c < record.cell_count; c++) {
      wuji_cell cell = record.cells[c];
      HOLDS((size_t)cell.at + cell.len <= block->len);
      HOLDS(record.numbers[c] == WUJI_NO_NUMBER ||
            record.numbers[c] == wuji_short_number(csv->bytes + cell.at, cell.len));
      HOLDS(wuji_scan_utf8(csv->bytes + cell.at, cell.len));
      wuji_str trimmed = wuji_csv_text(csv, cell);
      HOLDS(trimmed.len <= cell.len && wuji_trim(trimmed).len == trimmed.len);
      tell_cell(t, csv->bytes + cell.at, cell.len);
    }
  }
  HOLDS(status == WUJI_OK);
}

static wuji_block block_of(const char *bytes, size_t len, uint64_t line) {
  wuji_block block = {.len = len, .line = line, .quotes = len > 0 && memchr(bytes, '"', len) != NULL};
  block.memory = calloc(1, len + (size_t)2 * WUJI_BLOCK_PADDING);
  HOLDS(block.memory != NULL);
  block.bytes = block.memory + WUJI_BLOCK_PADDING;
  if (len > 0) memcpy(block.bytes, bytes, len);
  return block;
}

static told told_of(const char *bytes, size_t len, size_t cut, char delimiter) {
  told t = {0};
  wuji_csv csv = {0};
  wuji_block first = block_of(bytes, cut, 1);
  wuji_block second = block_of(bytes + cut, len - cut, 1 + wuji_scan_count(bytes, cut, '\n'));
  tell_block(&t, &csv, &first, delimiter);
  tell_block(&t, &csv, &second, delimiter);
  wuji_csv_dispose(&csv);
  wuji_block_dispose(&first);
  wuji_block_dispose(&second);
  return t;
}

/* The records of text without quotes and bad bytes. */
static told told_naively(const char *bytes, size_t len, char delimiter) {
  told t = {0};
  uint64_t line = 1;
  for (size_t at = 0; at < len; line++) {
    const char *newline = memchr(bytes + at, '\n', len - at);
    size_t end = newline == NULL ? len : (size_t)(newline - bytes);
    size_t next = end + 1;
    bool single = memchr(bytes + at, delimiter, end - at) == NULL;
    if (!single || wuji_trim((wuji_str){bytes + at, (uint32_t)(end - at)}).len > 0) {
      wuji_fault none = {0};
      tell(&t, &line, sizeof line);
      tell(&t, &none.kind, sizeof none.kind);
      tell(&t, &none.column, sizeof none.column);
      bool more = true;
      while (more) {
        const char *found = memchr(bytes + at, delimiter, end - at);
        more = found != NULL;
        size_t stop = more ? (size_t)(found - bytes) : end;
        size_t behind = !more && stop > at && bytes[stop - 1] == '\r' ? stop - 1 : stop;
        tell_cell(&t, bytes + at, (uint32_t)(behind - at));
        at = stop + 1;
      }
    }
    at = next;
  }
  return t;
}

/* By `workers` who take turns, each with its own block and tokenizer. */
static told told_by(const char *path, uint32_t workers, char delimiter) {
  enum { MOST = 3 };
  told t = {0};
  wuji_blocks *blocks;
  wuji_block block[MOST] = {{0}};
  wuji_csv csv[MOST] = {{0}};
  wuji_status status = wuji_blocks_open(path, &blocks, NULL, NULL);
  HOLDS(status == WUJI_OK);
  bool more = true;
  for (uint32_t b = 0; more; b = (b + 1) % workers) {
    wuji_fault fault = {0};
    status = wuji_blocks_next(blocks, &block[b], &more, &fault, NULL);
    HOLDS(status == WUJI_OK || (status == WUJI_REJECTED && !more && fault.kind != WUJI_FAULT_NONE));
    if (status == WUJI_REJECTED) tell(&t, &fault.line, sizeof fault.line);
    if (more) tell_block(&t, &csv[b], &block[b], delimiter);
  }
  for (int w = 0; w < MOST; w++) {
    wuji_csv_dispose(&csv[w]);
    wuji_block_dispose(&block[w]);
  }
  wuji_blocks_close(blocks);
  return t;
}

static void check_pulling(const char *bytes, size_t len, char delimiter) {
  const char *path = fuzz_file(bytes, len);
  told one = told_by(path, 1, delimiter);
  told three = told_by(path, 3, delimiter);
  HOLDS(same_told(&one, &three));
  free(one.bytes);
  free(three.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char delimiters[] = {',', '\t', ';', ','};
  if (size < 2) return 0;
  char delimiter = delimiters[data[0] % 4];
  size_t part = size - 1;
  size_t times = data[0] >= REPEATED ? REPEATED_BYTES / part + 1 : 1;
  size_t len = part * times;
  char *bytes = fuzz_room(len);
  for (size_t i = 0; i < times; i++) memcpy(bytes + i * part, data + 1, part);
  if (data[0] >= PULLED) check_pulling(bytes, len, delimiter);
  if (times == 1) {
    bool quotes;
    size_t half = len / 2;
    told whole = told_of(bytes, len, 0, delimiter);
    told parts = told_of(bytes, len, half == 0 ? 0 : wuji_scan_last_record(bytes, half, &quotes), delimiter);
    HOLDS(whole.faulty || same_told(&whole, &parts));
    if (memchr(bytes, '"', len) == NULL && !whole.faulty) {
      told naive = told_naively(bytes, len, delimiter);
      HOLDS(same_told(&whole, &naive));
      free(naive.bytes);
    }
    wuji_block block = block_of(bytes, len, 1);
    HOLDS(memchr(",\t;", wuji_csv_delimiter(&block), 3) != NULL);
    wuji_block_dispose(&block);
    free(whole.bytes);
    free(parts.bytes);
  }
  free(bytes);
  return 0;
}
