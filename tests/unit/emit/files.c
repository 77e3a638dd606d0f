#include "emit/emit.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/package_maker.h"

static const wuji_column_def columns[] = {{"name", WUJI_TEXT},  {"count", WUJI_INT4}, {"share", WUJI_REAL},
                                          {"right", WUJI_BOOL}, {"more", WUJI_JSON},  {"day", WUJI_DATE}};
static const wuji_table_def things = {"things", true, false, 6, columns};

static wuji_batch batch;

static void begin(void) {
  cr_assert_eq(wuji_batch_init(&batch, &things, 8, NULL), WUJI_OK);
}

static void end(void) {
  wuji_batch_dispose(&batch);
}

static void add(const char *name, int64_t count, double share, int64_t right, const char *more,
                const char *day) {
  uint32_t row = batch.rows++;
  batch.columns[0].text[row] = wuji_str_of(name);
  batch.columns[1].integer[row] = count;
  batch.columns[2].real[row] = share;
  batch.columns[3].integer[row] = right;
  batch.columns[4].text[row] = wuji_str_of(more);
  batch.columns[5].text[row] = wuji_str_of(day);
}

/** The batch as a file, pushed `times` times; to be freed. */
static char *file_of(wuji_format format, bool bom, uint32_t times) {
  test_folder folder = test_folder_make();
  char *path = test_path(&folder, "things");
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  wuji_emitter emitter;
  cr_assert_eq(wuji_emit_open(&emitter, &things, format, bom, fd, NULL), WUJI_OK);
  for (uint32_t i = 0; i < times; i++) cr_assert_eq(wuji_emit_push(&emitter, &batch, NULL), WUJI_OK);
  cr_assert_eq(wuji_emit_close(&emitter, NULL), WUJI_OK);
  cr_assert_eq(close(fd), 0);
  char *bytes = test_read(path, NULL);
  free(path);
  test_folder_remove(&folder);
  return bytes;
}

static void expect_file(wuji_format format, bool bom, const char *expected) {
  char *bytes = file_of(format, bom, 1);
  cr_expect_str_eq(bytes, expected);
  free(bytes);
}

#define HEADER "name,count,share,right,more,day\n"

TestSuite(emit, .init = begin, .fini = end);

Test(emit, a_table_without_rows_is_a_header_or_an_empty_array) {
  expect_file(WUJI_CSV, true, "\xEF\xBB\xBF" HEADER);
  expect_file(WUJI_CSV, false, HEADER);
  expect_file(WUJI_JSON_ARRAY, true, "[]\n");
}

Test(emit, csv_has_plain_values_and_nothing_for_null) {
  add("瑞安中学", -12, 0.25, 1, "[1]", "2026-01-12");
  add(NULL, WUJI_NULL_INT, NAN, WUJI_NULL_INT, NULL, NULL);
  add("", 0, 0, 0, "", "");
  expect_file(WUJI_CSV, false, HEADER "瑞安中学,-12,0.25,true,[1],2026-01-12\n,,,,,\n,0,0,false,,\n");
}

Test(emit, csv_quotes_only_what_needs_it) {
  add("a,b", 1, 1, 1, "{\"a\":1}", NULL);
  add("say \"no\"", 1, 1, 1, "{\"a\":1,\"b\":\"x\"}", NULL);
  add("two\nlines", 1, 1, 1, NULL, NULL);
  add("two\rlines", 1, 1, 1, NULL, NULL);
  add(" before", 1, 1, 1, NULL, NULL);
  add("after ", 1, 1, 1, NULL, NULL);
  add("in between", 1, 1, 1, NULL, NULL);
  expect_file(WUJI_CSV, false,
              HEADER "\"a,b\",1,1,true,\"{\"\"a\"\":1}\",\n"
                     "\"say \"\"no\"\"\",1,1,true,\"{\"\"a\"\":1,\"\"b\"\":\"\"x\"\"}\",\n"
                     "\"two\nlines\",1,1,true,,\n"
                     "\"two\rlines\",1,1,true,,\n"
                     "\" before\",1,1,true,,\n"
                     "\"after \",1,1,true,,\n"
                     "in between,1,1,true,,\n");
}

Test(emit, json_is_one_array_with_an_object_a_line) {
  add("瑞安中学", -12, 0.25, 1, "{\"city\":\"温州\"}", "2026-01-12");
  add(NULL, WUJI_NULL_INT, NAN, WUJI_NULL_INT, NULL, NULL);
  expect_file(
      WUJI_JSON_ARRAY, false,
      "[\n{\"name\":\"瑞安中学\",\"count\":-12,\"share\":0.25,\"right\":true,\"more\":{\"city\":\"温州\"},"
      "\"day\":\"2026-01-12\"},\n"
      "{\"name\":null,\"count\":null,\"share\":null,\"right\":null,\"more\":null,\"day\":null}\n]\n");
}

Test(emit, json_escapes_what_it_must) {
  add("a\"b\\c/d\n\r\t\b\f\x01\x1f\x7f", 0, 1e300, 0, NULL, NULL);
  expect_file(WUJI_JSON_ARRAY, false,
              "[\n{\"name\":\"a\\\"b\\\\c/d\\n\\r\\t\\b\\f\\u0001\\u001f\x7f\",\"count\":0,\"share\":1e+300,"
              "\"right\":false,\"more\":null,\"day\":null}\n]\n");
}

Test(emit, integers_reach_both_ends) {
  add(NULL, INT64_MAX, 1, 1, NULL, NULL);
  add(NULL, INT64_MIN + 1, 1, 1, NULL, NULL);
  expect_file(WUJI_CSV, false, HEADER ",9223372036854775807,1,true,,\n,-9223372036854775807,1,true,,\n");
}

Test(emit, batches_follow_each_other) {
  add("x", 1, 1, 1, NULL, NULL);
  char *csv = file_of(WUJI_CSV, false, 3);
  char *json = file_of(WUJI_JSON_ARRAY, false, 2);
  cr_expect_str_eq(csv, HEADER "x,1,1,true,,\nx,1,1,true,,\nx,1,1,true,,\n");
#define OBJECT "{\"name\":\"x\",\"count\":1,\"share\":1,\"right\":true,\"more\":null,\"day\":null}"
  cr_expect_str_eq(json, "[\n" OBJECT ",\n" OBJECT "\n]\n");
  free(csv);
  free(json);
}

Test(emit, a_text_longer_than_the_buffer_is_written_whole) {
  const size_t size = 700000;
  char *text = malloc(size + 1);
  for (size_t i = 0; i < size; i++) text[i] = i % 5 == 0 ? '"' : 'x';
  text[size] = '\0';
  add(text, 1, 1, 1, NULL, NULL);
  char *csv = file_of(WUJI_CSV, false, 2);
  char *json = file_of(WUJI_JSON_ARRAY, false, 2);
  cr_expect_eq(strlen(csv), strlen(HEADER) + 2 * (size + size / 5 + strlen("\"\",1,1,true,,\n")));
  cr_expect_eq(strlen(json), strlen("[,\n\n\n]\n") + 2 * (size + size / 5 + strlen(OBJECT) - 1));
  free(csv);
  free(json);
  free(text);
}

Test(emit, a_full_disk_is_told_with_the_table_and_the_reason) {
  int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
  wuji_emitter emitter;
  wuji_error error;
  cr_assert_eq(wuji_emit_open(&emitter, &things, WUJI_CSV, false, fd, &error), WUJI_OK);
  cr_assert_eq(wuji_emit_close(&emitter, &error), WUJI_IO);
  cr_expect_str_eq(error.message, "table things cannot be written: No space left on device");
  cr_expect_null(emitter.buffer);
  (void)close(fd);
}

Test(emit, an_abandoned_file_writes_nothing_more) {
  int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
  wuji_emitter emitter;
  cr_assert_eq(wuji_emit_open(&emitter, &things, WUJI_CSV, false, fd, NULL), WUJI_OK);
  wuji_emit_abandon(&emitter);
  cr_expect_eq(wuji_emit_close(&emitter, NULL), WUJI_OK);
  (void)close(fd);
}
