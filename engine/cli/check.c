#include "cli/commands.h"
#include "cli/language.h"

#include <stdio.h>

wuji_status command_check(const settings *s, wuji_error *error) {
  wuji_exam *exam = NULL;
  wuji_status status = open_package(s, s->operands[0], &exam, error);
  if (status == WUJI_OK && s->json) {
    summary_print_json(exam, "good", NULL);
  } else if (status == WUJI_OK && !s->quiet) {
    printf(say("%s: good\n"), wuji_exam_code(exam));
  }
  wuji_exam_close(exam);
  return status;
}
