#include "cli/commands.h"
#include "cli/json.h"
#include "cli/language.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_TOLD = 20 };

wuji_status problems_file_open(const char *path, int *fd, wuji_error *error) {
  *fd = -1;
  if (path == NULL) return WUJI_OK;
  *fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  return *fd >= 0 ? WUJI_OK : fail(error, WUJI_IO, "%s: %s", path, say(strerror(errno)));
}

static void put_cell(FILE *file, const char *text) {
  if (strpbrk(text, ",\"\r\n") == NULL) {
    (void)fputs(text, file);
    return;
  }
  (void)fputc('"', file);
  for (; *text != '\0'; text++) {
    if (*text == '"') (void)fputc('"', file);
    (void)fputc(*text, file);
  }
  (void)fputc('"', file);
}

wuji_status problems_file_write(int fd, const char *path, const wuji_exam *exam, wuji_error *error) {
  if (fd < 0) return WUJI_OK;
  FILE *file = fdopen(fd, "w");
  if (file == NULL) {
    (void)close(fd);
    return fail(error, WUJI_IO, "%s: %s", path, say(strerror(errno)));
  }
  (void)fputs("\xEF\xBB\xBF"
              "file,line,column,code,message,value\n",
              file);
  for (size_t i = 0; i < wuji_exam_problem_count(exam); i++) {
    wuji_problem p = wuji_exam_problem(exam, i);
    put_cell(file, p.file);
    (void)fprintf(file, ",%llu,%u,%s,", (unsigned long long)p.line, p.column, p.code);
    put_cell(file, p.message);
    (void)fputc(',', file);
    put_cell(file, p.value);
    (void)fputc('\n', file);
  }
  bool bad = ferror(file) != 0;
  if (fclose(file) != 0 || bad) return fail(error, WUJI_IO, "%s: %s", path, say(strerror(errno)));
  return WUJI_OK;
}

void problems_tell(const wuji_exam *exam) {
  size_t count = wuji_exam_problem_count(exam);
  for (size_t i = 0; i < count && i < MOST_TOLD; i++) {
    wuji_problem p = wuji_exam_problem(exam, i);
    (void)fprintf(stderr, "%s:", p.file);
    if (p.line > 0) (void)fprintf(stderr, "%llu:", (unsigned long long)p.line);
    if (p.column > 0) (void)fprintf(stderr, " %u:", p.column);
    (void)fprintf(stderr, " %s\n", p.message);
  }
  if (count > MOST_TOLD) (void)fprintf(stderr, say("… and %zu more\n"), count - MOST_TOLD);
}

void warnings_tell(const wuji_exam *exam, size_t first) {
  for (size_t i = first; i < wuji_exam_warning_count(exam); i++) {
    wuji_warning w = wuji_exam_warning(exam, i);
    (void)fprintf(stderr, say("warning: %s (%llu×)\n"), w.message, (unsigned long long)w.count);
  }
}

void problems_print_json(const wuji_exam *exam) {
  json_t *first = json_array();
  for (size_t i = 0; i < wuji_exam_problem_count(exam) && i < MOST_TOLD; i++) {
    wuji_problem p = wuji_exam_problem(exam, i);
    json_array_append_new(first, json_pack("{s:s, s:I, s:I, s:s, s:s, s:s}", "file", p.file, "line",
                                           (json_int_t)p.line, "column", (json_int_t)p.column, "code", p.code,
                                           "message", p.message, "value", p.value));
  }
  json_put(json_pack("{s:s, s:s, s:I, s:o}", "exam", wuji_exam_code(exam), "status", "rejected", "errors",
                     (json_int_t)wuji_exam_problem_count(exam), "first", first));
}

wuji_status open_package(const settings *s, const char *package, wuji_exam **exam, wuji_error *error) {
  int fd = -1;
  *exam = NULL;
  wuji_status status = problems_file_open(s->errors, &fd, error);
  if (status != WUJI_OK) return status;
  wuji_options options = options_of(s);
  status = wuji_exam_open(package, &options, exam, error);
  progress_clear();
  if (*exam == NULL) {
    if (fd >= 0) (void)close(fd);
    return status;
  }
  if (status == WUJI_REJECTED) {
    problems_tell(*exam);
    if (s->json) problems_print_json(*exam);
    error->message[0] = '\0'; /* told */
  }
  if (!s->quiet) warnings_tell(*exam, 0);
  wuji_status written = problems_file_write(fd, s->errors, *exam, error);
  return written == WUJI_OK ? status : written;
}
