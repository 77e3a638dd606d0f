/* Stored table candidate: what the package said of each. */
#include "report/writers.h"

static char *put(char *at, const char *text) {
  while (*text != '\0') *at++ = *text++;
  return at;
}

/* A JSON string, or null; `at` has room for 6 bytes a byte and 2 quotes. */
static char *json_string(char *at, wuji_str text) {
  static const char hex[] = "0123456789abcdef";
  if (text.ptr == NULL) return put(at, "null");
  *at++ = '"';
  for (uint32_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.ptr[i];
    if (c < 0x20) {
      at = put(at, "\\u00");
      *at++ = hex[c >> 4];
      *at++ = hex[c & 15];
    } else {
      if (c == '"' || c == '\\') *at++ = '\\';
      *at++ = (char)c;
    }
  }
  *at++ = '"';
  return at;
}

static wuji_str teacher_on(const wuji_paper *paper, uint32_t row) {
  return paper->teacher == NULL ? WUJI_NO_STR : paper->teacher[row];
}

/* An array of the papers' teachers; null where the candidate has none at all. */
static wuji_str teachers_json(const wuji_cohort *cohort, wuji_rows *rows, uint32_t row) {
  size_t room = 2;
  bool any = false;
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    wuji_str teacher = teacher_on(&cohort->papers[p], row);
    any |= teacher.ptr != NULL;
    room += (size_t)6 * teacher.len + 5;
  }
  if (!any) return WUJI_NO_STR;
  char *text = wuji_rows_alloc(rows, room);
  if (text == NULL) return WUJI_NO_STR;
  char *at = text;
  *at++ = '[';
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    if (p > 0) *at++ = ',';
    at = json_string(at, teacher_on(&cohort->papers[p], row));
  }
  *at++ = ']';
  return (wuji_str){text, (uint32_t)(at - text)};
}

wuji_status wuji_store_candidate(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_cohort *cohort = source->cohort;
  uint32_t chunk_rows = wuji_cohort_chunk_rows(cohort);
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    wuji_rows_int(rows, source->run);
    wuji_rows_int(rows, row);
    wuji_rows_text(rows, cohort->student_id[row]);
    wuji_rows_text(rows, cohort->person_id[row]);
    wuji_rows_text(rows, cohort->name[row]);
    wuji_rows_text(rows, cohort->sex[row]);
    wuji_rows_int(rows, cohort->own_class[row]);
    wuji_rows_bool(rows, cohort->counted[row]);
    wuji_rows_text(rows, cohort->attributes[row]);
    wuji_rows_int(rows, row / chunk_rows);
    wuji_rows_int(rows, row % chunk_rows);
    wuji_rows_text(rows, teachers_json(cohort, rows, row));
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}
