#include "text_maker.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static void holds(const char *text, char delimiter, const char *expected) {
  char *records = records_of(text, delimiter);
  cr_expect_str_eq(records, expected, "of <%s>: <%s>, not <%s>", text, records, expected);
  free(records);
}

Test(csv, cells_lie_between_delimiters) {
  holds("a,b,c\n1,2,3\n", ',', "1|a|b|c\n2|1|2|3\n");
  holds("a;b\n1,5;2\n", ';', "1|a|b\n2|1,5|2\n");
  holds("a\tb\n\t\n", '\t', "1|a|b\n2||\n");
}

Test(csv, the_last_record_needs_no_newline) {
  holds("a,b\n1,2", ',', "1|a|b\n2|1|2\n");
  holds("a,b\n1,", ',', "1|a|b\n2|1|\n");
  holds("x", ',', "1|x\n");
}

Test(csv, a_line_may_end_in_cr_lf) {
  holds("a,b\r\n1,2\r\n\r\n3,4\r\n", ',', "1|a|b\n2|1|2\n4|3|4\n");
  holds("\"a\",\"b\"\r\n\"1\",\"2\"\r\n", ',', "1|a|b\n2|1|2\n");
}

Test(csv, blank_lines_are_left_out_but_counted) {
  holds("\n\na\n  \n\t\n　\nb\n", ',', "3|a\n7|b\n");
}

Test(csv, a_pair_of_quotes_is_an_empty_cell_and_no_blank_line) {
  holds("a\n\"\"\nb\n", ',', "1|a\n2|\n3|b\n");
}

Test(csv, cells_are_trimmed_of_blanks_full_width_ones_too) {
  holds(" a ,\tb\t,　c　\n", ',', "1|a|b|c\n");
  holds("  \"a\"  , \" b \" \n", ',', "1|a|b\n");
}

Test(csv, a_quote_may_hold_delimiters_and_quotes) {
  holds("\"a,b\",\"say \"\"hi\"\"\",\"\"\"\"\n", ',', "1|a,b|say \"hi\"|\"\n");
}

Test(csv, a_quote_may_hold_a_newline) {
  holds("\"a\nb\",c\nd,e\n", ',', "1|a\nb|c\n3|d|e\n");
  holds("\"a\n\n\"\"\n\"\n\nx\n", ',', "1|a\n\n\"\n6|x\n");
}

Test(csv, lines_are_counted_right_behind_pairs_of_quotes_and_newlines) {
  holds("\"\"\"\"\"\"\"\"\"\"\n\"\"\"\n\"\"\"\nx\n", ',', "1|\"\"\"\"\n2|\"\n\"\n4|x\n");
}

Test(csv, a_quote_inside_a_cell_is_unbalanced_and_costs_one_line) {
  holds("a\nb\"c\nd\n", ',', "1|a\n2!quotes\n3|d\n");
  holds("a\nb,c\"\nd\n", ',', "1|a\n2!quotes\n3|d\n");
}

Test(csv, text_behind_a_closing_quote_is_unbalanced) {
  holds("a\n\"b\"c\nd\n", ',', "1|a\n2!quotes\n3|d\n");
  holds("a\n\"b\" \"c\"\nd\n", ',', "1|a\n2!quotes\n3|d\n");
}

Test(csv, a_quote_never_closed_is_unbalanced_where_its_record_begins) {
  holds("a\n\"b\nc\nd\n", ',', "1|a\n2!quotes\n3|c\n4|d\n");
  holds("\"", ',', "1!quotes\n");
}

Test(csv, a_broken_record_leaves_the_bytes_of_the_next_lines_as_they_are) {
  holds("\"p\"\"q\",\"x\"y\n\"r\"\"s\"\n", ',', "1!quotes\n2|r\"s\n");
}

Test(csv, undecodable_bytes_and_nul_are_told_by_column) {
  wuji_block block = block_of_bytes("a,b\n\xff,b\na,\0\nc,d\n", 16);
  wuji_csv csv = {0};
  wuji_record record;
  wuji_status status;
  wuji_csv_open(&csv, &block, ',');
  cr_assert(wuji_csv_next(&csv, &record, &status));
  cr_expect_eq(record.fault.kind, WUJI_FAULT_NONE);
  cr_assert(wuji_csv_next(&csv, &record, &status));
  cr_expect_eq(record.fault.kind, WUJI_FAULT_UNDECODABLE);
  cr_expect_eq(record.fault.line, 2);
  cr_expect_eq(record.fault.column, 1);
  cr_assert(wuji_csv_next(&csv, &record, &status));
  cr_expect_eq(record.fault.kind, WUJI_FAULT_NUL);
  cr_expect_eq(record.fault.column, 2);
  cr_assert(wuji_csv_next(&csv, &record, &status));
  cr_expect_eq(record.fault.kind, WUJI_FAULT_NONE);
  wuji_csv_dispose(&csv);
  wuji_block_dispose(&block);
}

Test(csv, a_record_beyond_the_bound_is_too_long) {
  size_t len = WUJI_RECORD_BYTES + 10;
  char *text = malloc(len + 1);
  cr_assert_not_null(text);
  memset(text, 'x', len);
  text[1] = '\n';
  text[len] = '\0';
  wuji_block block = block_of(text);
  wuji_csv csv = {0};
  wuji_record record;
  wuji_status status;
  wuji_csv_open(&csv, &block, ',');
  cr_assert(wuji_csv_next(&csv, &record, &status));
  cr_expect_eq(record.fault.kind, WUJI_FAULT_NONE);
  cr_assert(wuji_csv_next(&csv, &record, &status));
  cr_expect_eq(record.fault.kind, WUJI_FAULT_TOO_LONG);
  wuji_csv_dispose(&csv);
  wuji_block_dispose(&block);
  free(text);
}

Test(csv, the_delimiter_is_the_one_that_the_header_has_most_of) {
  static const struct {
    const char *text;
    char delimiter;
  } cases[] = {{"a,b\n", ','},      {"a;b;c\n1,2,3,4,5\n", ';'},    {"a\tb\n", '\t'},
               {"alone\n", ','},    {"县(市,区);学校;班级\n", ';'}, {"\"a;b;c\",d\n", ','},
               {"\n\n a;b\n", ';'}, {"\"a\nb,c,d\";e\n", ';'},      {"a,b\tc;d\n", '\t'},
               {"a,b;c\n", ';'}};
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    wuji_block block = block_of(cases[c].text);
    cr_expect_eq(wuji_csv_delimiter(&block), cases[c].delimiter, "%s", cases[c].text);
    wuji_block_dispose(&block);
  }
}

/* A number of a cell is what it is read as alone, wherever the cell lies in the chunks of 64 bytes. */
Test(csv, short_numbers_are_found_at_every_place_of_a_chunk) {
  static const char *const cells[] = {"0",  "7",  "12", "99", "",   "-",  "1a", "a1", "123", ".5",
                                      "-3", "5.", "00", " 1", "1 ", "+5", "/",  ":",  "0x",  "１"};
  enum { CELLS = sizeof cells / sizeof *cells };
  for (size_t shift = 0; shift < 70; shift++) {
    for (int quotes = 0; quotes < 2; quotes++) {
      char text[1024];
      size_t at = shift;
      memset(text, 'x', shift);
      for (size_t c = 0; c < CELLS; c++) at += (size_t)snprintf(text + at, sizeof text - at, ",%s", cells[c]);
      (void)snprintf(text + at, sizeof text - at, quotes ? ",\"\"\r\n7" : ",\r\n7");
      wuji_block block = block_of(text);
      wuji_csv csv = {0};
      wuji_record record;
      wuji_status status;
      wuji_csv_open(&csv, &block, ',');
      cr_assert(wuji_csv_next(&csv, &record, &status));
      cr_assert_eq(record.cell_count, CELLS + 2);
      for (size_t c = 0; c < CELLS; c++) {
        unsigned expected = wuji_short_number(cells[c], (uint32_t)strlen(cells[c]));
        cr_expect_eq(record.numbers[c + 1], expected, "%s at shift %zu", cells[c], shift);
        cr_expect_eq(record.cells[c + 1].len, strlen(cells[c]));
      }
      cr_assert(wuji_csv_next(&csv, &record, &status));
      cr_expect_eq(record.numbers[0], 7);
      wuji_csv_dispose(&csv);
      wuji_block_dispose(&block);
    }
  }
}

Test(csv, a_number_at_the_end_of_a_crlf_line_counts_too) {
  wuji_block block = block_of("5,12\r\n");
  wuji_csv csv = {0};
  wuji_record record;
  wuji_status status;
  wuji_csv_open(&csv, &block, ',');
  cr_assert(wuji_csv_next(&csv, &record, &status));
  cr_expect_eq(record.numbers[1], 12);
  wuji_csv_dispose(&csv);
  wuji_block_dispose(&block);
}

/* A tokenizer that goes byte by byte over NUL-terminated text, to hold the fast one against. */
typedef struct plain_reader {
  const char *at;
  unsigned line;
  bool good;   /* the record's quotes are balanced so far */
  bool quoted; /* the record has quotes */
} plain_reader;

static bool ends_cell(char c) {
  return c == ',' || c == '\n' || c == '\0';
}

/* What stands in quotes, from the opening one on, to `out`. */
static void plain_quoted(plain_reader *r, FILE *out) {
  r->quoted = true;
  r->at++;
  while (*r->at != '\0' && (r->at[0] != '"' || r->at[1] == '"')) {
    if (*r->at == '"') r->at++;
    r->line += *r->at == '\n';
    (void)fputc(*r->at++, out);
  }
  r->good = *r->at == '"';
  if (r->good) r->at++;
  while (*r->at == ' ' || *r->at == '\r') r->at++;
  r->good = r->good && ends_cell(*r->at);
}

static void plain_cell(plain_reader *r, FILE *out) {
  const char *blank = r->at;
  while (*blank == ' ') blank++;
  if (*blank == '"') {
    r->at = blank;
    plain_quoted(r, out);
  } else {
    for (; !ends_cell(*r->at); r->at++) {
      r->good = r->good && *r->at != '"';
      (void)fputc(*r->at, out);
    }
  }
}

/* One record as shown() gives it, "" for a blank line; malloc. */
static char *plain_record(plain_reader *r) {
  char *record;
  char *cell;
  size_t size;
  unsigned cells = 0;
  unsigned begin_line = r->line;
  const char *begin = r->at;
  uint32_t last = 0;
  FILE *out = open_memstream(&record, &size);
  cr_assert_not_null(out);
  (void)fprintf(out, "%u", r->line);
  r->good = true;
  r->quoted = false;
  do {
    if (cells > 0) r->at++;
    FILE *cell_out = open_memstream(&cell, &size);
    cr_assert_not_null(cell_out);
    plain_cell(r, cell_out);
    (void)fclose(cell_out);
    wuji_str trimmed = wuji_trim(wuji_str_of(cell));
    (void)fprintf(out, "|%.*s", (int)trimmed.len, trimmed.ptr);
    last = trimmed.len;
    cells++;
    free(cell);
  } while (r->good && *r->at == ',');
  (void)fclose(out);
  r->line++;
  if (!r->good) {
    r->line = begin_line + 1;
    r->at = begin + strcspn(begin, "\n");
    (void)snprintf(record, strlen(record) + 1, "%u", begin_line);
  }
  if (*r->at == '\n') r->at++;
  if (r->good && cells == 1 && !r->quoted && last == 0) record[0] = '\0';
  return record;
}

static char *plain_records(const char *text) {
  plain_reader r = {.at = text, .line = 1};
  char *all;
  size_t size;
  FILE *out = open_memstream(&all, &size);
  cr_assert_not_null(out);
  while (*r.at != '\0') {
    char *record = plain_record(&r);
    if (record[0] != '\0') (void)fprintf(out, "%s%s\n", record, r.good ? "" : "!quotes");
    free(record);
  }
  (void)fclose(out);
  return all;
}

Test(csv, random_text_reads_as_a_plain_loop_reads_it) {
  static const char alphabet[] = ",\n\"a1 \r;";
  uint64_t seed = 2026;
  for (int round = 0; round < 20000; round++) {
    char text[200];
    size_t len = (size_t)(round % 190);
    for (size_t i = 0; i < len; i++) {
      seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
      /* quotes seldom in half of the rounds, so that well-formed text comes up too */
      size_t pick = (size_t)(seed >> 33) % (sizeof alphabet - 1);
      if (alphabet[pick] == '"' && round % 2 == 0 && (seed >> 60) != 0) pick = 3;
      text[i] = alphabet[pick];
    }
    text[len] = '\0';
    char *expected = plain_records(text);
    char *records = records_of(text, ',');
    cr_assert_str_eq(records, expected, "round %d: of <%s>: <%s>, not <%s>", round, text, records, expected);
    free(expected);
    free(records);
  }
}
