#include "base/status.h"

#include <criterion/criterion.h>
#include <string.h>

Test(status, a_failure_carries_its_status_and_message) {
  wuji_error error = {0};
  cr_expect_eq(wuji_fail(&error, WUJI_REJECTED, "%s:%d: %s", "students.csv", 7, "bad"), WUJI_REJECTED);
  cr_expect_eq(error.status, WUJI_REJECTED);
  cr_expect_str_eq(error.message, "students.csv:7: bad");
}

Test(status, nobody_has_to_ask_for_the_message) {
  cr_expect_eq(wuji_fail(NULL, WUJI_IO, "lost"), WUJI_IO);
  cr_expect_eq(wuji_fail_memory(NULL), WUJI_NO_MEMORY);
}

Test(status, a_message_too_long_is_cut) {
  wuji_error error;
  char text[4096];
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  cr_expect_eq(wuji_fail(&error, WUJI_IO, "%s", text), WUJI_IO);
  cr_expect_eq(strlen(error.message), sizeof error.message - 1);
}

Test(status, every_status_has_a_text_and_an_exit_status) {
  static const struct {
    wuji_status status;
    int code;
  } exits[] = {{WUJI_OK, 0},       {WUJI_NO_MEMORY, 1}, {WUJI_IO, 1},
               {WUJI_INTERNAL, 1}, {WUJI_USAGE, 2},     {WUJI_DATABASE, 3},
               {WUJI_REJECTED, 4}, {WUJI_NOT_FOUND, 4}, {WUJI_CONFLICT, 5}};
  for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) {
    cr_expect_eq(wuji_status_exit(exits[i].status), exits[i].code);
    cr_expect_str_neq(wuji_status_text(exits[i].status), "unknown status");
  }
}
