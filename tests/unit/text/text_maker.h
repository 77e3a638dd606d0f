/* Files and blocks for the tests of the text room. What cannot be done ends the test program. */
#ifndef WUJI_TESTS_TEXT_MAKER_H
#define WUJI_TESTS_TEXT_MAKER_H

#include "text/csv.h"

#include "support/package_maker.h"

/** A block that holds `text`, as the reader would hand it out; to be disposed. */
wuji_block block_of(const char *text);
wuji_block block_of_bytes(const char *bytes, size_t len);

/** `bytes` as one gzip member; malloc. */
char *gzip_of(const char *bytes, size_t len, size_t *size);

/** The kind in a word: quotes, nul … */
const char *fault_name(wuji_fault_kind kind);

/** A record as one text: "line|cell|cell", a fault as "line!name"; static, until the next call. */
const char *shown(const wuji_csv *csv, const wuji_record *record);

/** All records of `text`, shown and joined by newlines; malloc. */
char *records_of(const char *text, char delimiter);

#endif
