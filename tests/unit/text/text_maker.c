#include "text_maker.h"

#include "text/scan.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

wuji_block block_of_bytes(const char *bytes, size_t len) {
  wuji_block block = {.len = len, .line = 1, .quotes = memchr(bytes, '"', len) != NULL};
  block.memory = calloc(1, len + (size_t)2 * WUJI_BLOCK_PADDING);
  cr_assert_not_null(block.memory);
  block.bytes = block.memory + WUJI_BLOCK_PADDING;
  memcpy(block.bytes, bytes, len);
  return block;
}

wuji_block block_of(const char *text) {
  return block_of_bytes(text, strlen(text));
}

char *gzip_of(const char *bytes, size_t len, size_t *size) {
  z_stream zip = {0};
  cr_assert_eq(deflateInit2(&zip, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  size_t room = deflateBound(&zip, len) + 64;
  char *packed = malloc(room);
  cr_assert_not_null(packed);
  zip.next_in = (unsigned char *)(uintptr_t)bytes;
  zip.avail_in = (uInt)len;
  zip.next_out = (unsigned char *)packed;
  zip.avail_out = (uInt)room;
  cr_assert_eq(deflate(&zip, Z_FINISH), Z_STREAM_END);
  *size = room - zip.avail_out;
  deflateEnd(&zip);
  return packed;
}

const char *fault_name(wuji_fault_kind kind) {
  static const char *const names[] = {"none", "missing", "unreadable", "empty",  "gzip",     "undecodable",
                                      "nul",  "quotes",  "too-long",   "syntax", "duplicate"};
  return names[kind];
}

const char *shown(const wuji_csv *csv, const wuji_record *record) {
  static char text[1 << 16];
  int at = snprintf(text, sizeof text, "%llu", (unsigned long long)record->line);
  if (record->fault.kind != WUJI_FAULT_NONE) {
    (void)snprintf(text + at, sizeof text - (size_t)at, "!%s", fault_name(record->fault.kind));
    return text;
  }
  for (uint32_t c = 0; c < record->cell_count; c++) {
    wuji_str cell = wuji_csv_text(csv, record->cells[c]);
    at += snprintf(text + at, sizeof text - (size_t)at, "|%.*s", (int)cell.len, cell.ptr);
  }
  return text;
}

char *records_of(const char *text, char delimiter) {
  wuji_block block = block_of(text);
  wuji_csv csv = {0};
  wuji_record record;
  wuji_status status;
  char *all;
  size_t size;
  FILE *out = open_memstream(&all, &size);
  cr_assert_not_null(out);
  wuji_csv_open(&csv, &block, delimiter);
  while (wuji_csv_next(&csv, &record, &status)) (void)fprintf(out, "%s\n", shown(&csv, &record));
  (void)fclose(out);
  cr_assert_eq(status, WUJI_OK);
  wuji_csv_dispose(&csv);
  wuji_block_dispose(&block);
  return all;
}
