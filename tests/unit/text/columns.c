#include "text/columns.h"

#include "text_maker.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[64];

static void write_text(const char *text) {
  snprintf(path, sizeof path, "/tmp/wuji-columns-XXXXXX");
  int fd = mkstemp(path);
  cr_assert_geq(fd, 0);
  cr_assert_eq((size_t)write(fd, text, strlen(text)), strlen(text));
  close(fd);
}

static wuji_status read_text(const char *text, const char *a, const char *b, wuji_text_columns *columns,
                             wuji_error *error) {
  const wuji_str names[] = {wuji_str_of(a), wuji_str_of(b)};
  write_text(text);
  wuji_status status = wuji_text_columns_read(columns, path, names, 2, error);
  unlink(path);
  return status;
}

Test(columns, are_found_by_name_in_any_order_and_trimmed) {
  wuji_text_columns columns;
  wuji_error error = {0};
  cr_assert_eq(read_text("\xEF\xBB\xBF"
                         "b;c; \xEF\xBD\x81 \r\n1; x ;2\r\n\r\n\"3;4\";;5",
                         "a", "b", &columns, &error),
               WUJI_OK, "%s", error.message);
  cr_assert_eq(columns.rows, 2);
  cr_assert(wuji_str_is(columns.cells[0][0], "2"), "a full-width header is the usual one");
  cr_assert(wuji_str_is(columns.cells[1][0], "1"));
  cr_assert(wuji_str_is(columns.cells[0][1], "5"));
  cr_assert(wuji_str_is(columns.cells[1][1], "3;4"));
  cr_assert_eq(columns.lines[1], 4);
  wuji_text_columns_dispose(&columns);
}

Test(columns, what_is_broken_is_told_with_its_line) {
  static const struct {
    const char *text, *told;
  } cases[] = {
      {"", "the file is empty"},
      {"\n\n", "the file is empty"},
      {"a,c\n1,2\n", "no column b"},
      {"a,b,a\n1,2,3\n", "column a stands twice"},
      {"a,b\n1,2\n3\n", ":3: the row has 1 cells, the header 2"},
      {"a,b\n1,\"2\n", ":2: unbalanced quotes"},
      {"a,b\n1,\xFF\xFE\xFF\n", ":2: undecodable bytes"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wuji_text_columns columns;
    wuji_error error = {0};
    cr_assert_eq(read_text(cases[i].text, "a", "b", &columns, &error), WUJI_REJECTED, "case %zu", i);
    cr_assert_not_null(strstr(error.message, cases[i].told), "case %zu: %s", i, error.message);
    wuji_text_columns_dispose(&columns);
  }
}

Test(columns, a_file_that_is_not_there_is_not_found) {
  wuji_text_columns columns;
  const wuji_str name = wuji_str_of("a");
  cr_assert_eq(wuji_text_columns_read(&columns, "/tmp/wuji-no-such-file.csv", &name, 1, NULL),
               WUJI_NOT_FOUND);
  wuji_text_columns_dispose(&columns);
}
