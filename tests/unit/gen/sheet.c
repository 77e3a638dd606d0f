#include "sheet.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "support/quiet.h"

sheet sheet_read(const test_folder *folder, const char *name) {
  sheet s = {.columns = 1};
  char *path = test_path(folder, name);
  size_t size;
  s.bytes = test_read(path, &size);
  for (char *at = s.bytes; *at != '\n'; at++) s.columns += *at == ',';
  uint32_t lines = 0;
  for (size_t i = 0; i < size; i++) lines += s.bytes[i] == '\n';
  s.cells = calloc((size_t)lines * s.columns + 1, sizeof *s.cells);
  char *at = s.bytes;
  for (uint32_t row = 0; row < lines; row++) {
    for (uint32_t c = 0; c < s.columns; c++) {
      s.cells[row * (size_t)s.columns + c] = at;
      /* By hand: under strict_string_checks strcspn() walks to the end of the file for every cell. */
      while (*at != ',' && *at != '\n' && *at != '\0') at++;
      quiet_assert(*at == (c + 1 == s.columns ? '\n' : ','), "%s:%u", name, row + 1);
      *at++ = '\0';
    }
  }
  s.rows = lines - 1;
  free(path);
  return s;
}

void sheet_free(sheet *s) {
  free(s->cells);
  free(s->bytes);
}

uint32_t sheet_column(const sheet *s, const char *header) {
  for (uint32_t c = 0; c < s->columns; c++) {
    if (strcmp(s->cells[c], header) == 0) return c;
  }
  cr_assert_fail("no column %s", header);
  return 0;
}
