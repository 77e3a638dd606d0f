#include "api/exam_handle.h"
#include "base/threads.h"

#include <stdlib.h>

wuji_status wuji_exam_new(const wuji_options *options, wuji_exam **exam, wuji_error *error) {
  wuji_exam *handle = calloc(1, sizeof *handle);
  wuji_content *content = calloc(1, sizeof *content);
  *exam = handle;
  if (handle == NULL || content == NULL) {
    free(content);
    free(handle);
    *exam = NULL;
    return wuji_fail_memory(error);
  }
  handle->content = content;
  if (options != NULL) handle->options = *options;
  if (handle->options.threads == 0) handle->options.threads = wuji_processors();
  return WUJI_OK;
}

wuji_status wuji_exam_open(const char *package, const wuji_options *options, wuji_exam **exam,
                           wuji_error *error) {
  wuji_exam *handle;
  *exam = NULL;
  wuji_status status = wuji_exam_new(options, &handle, error);
  if (status != WUJI_OK) return status;
  status = wuji_ingest(package, &handle->options, &handle->cohort, &handle->findings, error);
  if (status == WUJI_OK || status == WUJI_REJECTED) {
    wuji_str code = handle->cohort == NULL ? WUJI_NO_STR : handle->cohort->plan.code;
    handle->code = strndup(code.ptr == NULL ? "" : code.ptr, code.len);
    if (handle->code == NULL) status = wuji_fail_memory(error);
  }
  if (status == WUJI_REJECTED) {
    wuji_cohort_free(handle->cohort);
    handle->cohort = NULL;
  }
  if (status != WUJI_OK && status != WUJI_REJECTED) {
    wuji_exam_close(handle);
    handle = NULL;
  }
  *exam = handle;
  return status;
}

void wuji_exam_close(wuji_exam *exam) {
  if (exam == NULL) return;
  wuji_growth_free(exam->growth.made);
  wuji_arena_dispose(&exam->growth.arena);
  wuji_analysis_free(exam->analysis);
  wuji_cohort_free(exam->cohort);
  wuji_findings_dispose(&exam->findings);
  free(exam->loaded_from);
  free(exam->content);
  free(exam->code);
  free(exam);
}

const char *wuji_exam_code(const wuji_exam *exam) {
  return exam->code;
}

size_t wuji_exam_problem_count(const wuji_exam *exam) {
  return exam->findings.problem_count;
}

wuji_problem wuji_exam_problem(const wuji_exam *exam, size_t index) {
  return exam->findings.problems[index];
}

size_t wuji_exam_warning_count(const wuji_exam *exam) {
  return exam->findings.warning_count;
}

wuji_warning wuji_exam_warning(const wuji_exam *exam, size_t index) {
  return exam->findings.warnings[index];
}

wuji_status wuji_exam_analyze(wuji_exam *exam, wuji_error *error) {
  if (exam->cohort == NULL)
    return wuji_fail(error, WUJI_USAGE, "the package was rejected, there is nothing to analyse");
  if (exam->analysis != NULL) return WUJI_OK;
  wuji_status status = wuji_analyze(exam->cohort, &exam->options, &exam->analysis, error);
  if (status == WUJI_OK) status = wuji_exam_grow(exam, error);
  if (status != WUJI_OK) {
    wuji_analysis_free(exam->analysis);
    exam->analysis = NULL;
  }
  return status;
}

wuji_status wuji_exam_require_analysis(const wuji_exam *exam, wuji_error *error) {
  if (exam->analysis != NULL) return WUJI_OK;
  return wuji_fail(error, WUJI_USAGE, "exam %s has not been analysed", exam->code);
}
