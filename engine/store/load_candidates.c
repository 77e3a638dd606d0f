/* The candidates of a run, and room for all that has a value a candidate. */
#include "store/load.h"

/* All arrays of a paper but raw, order and slices, which the seal makes. */
static bool make_paper_room(wuji_cohort *cohort, wuji_paper *paper) {
  wuji_arena *arena = &cohort->arena;
  uint32_t rows = cohort->row_count;
  paper->marks = wuji_arena_array(arena, (size_t)rows * paper->item_count, paper->width);
  paper->status = wuji_arena_array(arena, rows, sizeof *paper->status);
  if (paper->choice_count > 0) {
    paper->chosen = wuji_arena_array(arena, (size_t)rows * paper->choice_count, paper->chosen_width);
    if (paper->chosen == NULL) return false;
  }
  if (paper->marking_count > 0) {
    paper->markings = wuji_arena_array(arena, paper->marking_count, sizeof *paper->markings);
    if (paper->markings == NULL) return false;
  }
  return paper->marks != NULL && paper->status != NULL;
}

wuji_status wuji_load_make_room(wuji_loading *loading, wuji_error *error) {
  wuji_cohort *cohort = loading->cohort;
  wuji_arena *arena = &cohort->arena;
  uint32_t rows = cohort->row_count;
  cohort->student_id = wuji_arena_array(arena, rows, sizeof *cohort->student_id);
  cohort->person_id = wuji_arena_array(arena, rows, sizeof *cohort->person_id);
  cohort->name = wuji_arena_array(arena, rows, sizeof *cohort->name);
  cohort->sex = wuji_arena_array(arena, rows, sizeof *cohort->sex);
  cohort->attributes = wuji_arena_array(arena, rows, sizeof *cohort->attributes);
  cohort->counted = wuji_arena_array(arena, rows, sizeof *cohort->counted);
  cohort->own_class = wuji_arena_array(arena, rows, sizeof *cohort->own_class);
  if (cohort->student_id == NULL || cohort->person_id == NULL || cohort->name == NULL ||
      cohort->sex == NULL || cohort->attributes == NULL || cohort->counted == NULL ||
      cohort->own_class == NULL) {
    return wuji_fail_memory(error);
  }
  if (cohort->prior_count > 0) {
    cohort->priors = wuji_arena_array(arena, (size_t)cohort->prior_count * rows, sizeof *cohort->priors);
    if (cohort->priors == NULL) return wuji_fail_memory(error);
  }
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    if (!make_paper_room(cohort, &cohort->papers[p])) return wuji_fail_memory(error);
  }
  return WUJI_OK;
}

static uint32_t hex_value(char c) {
  return (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

/* Reads one element of the array of teachers, which is written by wuji_store_candidate(): a string whose
 * escapes are \", \\ and \u00XX, or null. `*at` passes it. False where it is no such thing. */
static bool read_teacher(const char **at, const char *end, char *text, wuji_str *out) {
  const char *c = *at;
  *out = WUJI_NO_STR;
  if (end - c >= 4 && memcmp(c, "null", 4) == 0) {
    *at = c + 4;
    return true;
  }
  if (c == end || *c++ != '"') return false;
  uint32_t len = 0;
  while (c < end && *c != '"') {
    char byte = *c++;
    if (byte == '\\') {
      if (c == end) return false;
      byte = *c++;
      if (byte == 'u') {
        if (end - c < 4) return false;
        byte = (char)(hex_value(c[2]) << 4 | hex_value(c[3]));
        c += 4;
      }
    }
    text[len++] = byte;
  }
  if (c == end) return false;
  text[len] = '\0';
  *out = (wuji_str){text, len};
  *at = c + 1;
  return true;
}

/* The papers' teachers of one candidate. An array of teachers comes to be with the first. */
static wuji_status take_teachers(wuji_loading *loading, uint32_t row, wuji_str json, wuji_arena *arena,
                                 wuji_error *error) {
  wuji_cohort *cohort = loading->cohort;
  const char *at = json.ptr;
  const char *end = json.ptr + json.len;
  char *text = wuji_arena_alloc(arena, (size_t)json.len + cohort->paper_count + 1);
  if (text == NULL) return wuji_fail_memory(error);
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    wuji_paper *paper = &cohort->papers[p];
    wuji_str teacher;
    if (at == end || *at++ != (p == 0 ? '[' : ',') || !read_teacher(&at, end, text, &teacher))
      return wuji_load_damaged(loading, "candidate", error);
    if (teacher.ptr == NULL) continue;
    text += teacher.len + 1;
    if (paper->teacher == NULL) {
      paper->teacher = wuji_arena_array(arena, cohort->row_count, sizeof *paper->teacher);
      if (paper->teacher == NULL) return wuji_fail_memory(error);
    }
    paper->teacher[row] = teacher;
  }
  return WUJI_OK;
}

static wuji_status keep(wuji_arena *arena, wuji_str cell, wuji_str *out, wuji_error *error) {
  *out = wuji_arena_copy(arena, cell);
  return cell.ptr != NULL && out->ptr == NULL ? wuji_fail_memory(error) : WUJI_OK;
}

static bool is_class(const wuji_cohort *cohort, int64_t node) {
  return node >= 0 && node < cohort->node_count && cohort->nodes[node].level == WUJI_CLASS;
}

enum { ROW, STUDENT_ID, PERSON_ID, NAME, SEX, CLASS, COUNTED, ATTRIBUTES, TEACHERS, CANDIDATE_FIELDS };

static wuji_status take_candidate(wuji_loading *loading, const wuji_str *cells, wuji_arena *arena,
                                  wuji_error *error) {
  wuji_cohort *cohort = loading->cohort;
  wuji_status status = WUJI_OK;
  int64_t row = wuji_pg_get_integer(cells[ROW]);
  int64_t class = wuji_pg_get_integer(cells[CLASS]);
  if (row < 0 || row >= cohort->row_count || !is_class(cohort, class) || cells[STUDENT_ID].ptr == NULL ||
      row < cohort->nodes[class].rows.row0 || row >= cohort->nodes[class].rows.row1) {
    WUJI_TRY(wuji_load_damaged(loading, "candidate", error));
  }
  WUJI_TRY(keep(arena, cells[STUDENT_ID], &cohort->student_id[row], error));
  cohort->person_id[row] = cohort->student_id[row];
  if (cells[PERSON_ID].ptr != NULL) WUJI_TRY(keep(arena, cells[PERSON_ID], &cohort->person_id[row], error));
  WUJI_TRY(keep(arena, cells[NAME], &cohort->name[row], error));
  WUJI_TRY(keep(arena, cells[SEX], &cohort->sex[row], error));
  WUJI_TRY(keep(arena, cells[ATTRIBUTES], &cohort->attributes[row], error));
  cohort->own_class[row] = (int32_t) class;
  cohort->counted[row] = wuji_pg_get_integer(cells[COUNTED]) == 1;
  if (cells[TEACHERS].ptr != NULL)
    status = take_teachers(loading, (uint32_t)row, cells[TEACHERS], arena, error);
done:
  return status;
}

static wuji_status read_candidates(wuji_loading *loading, wuji_pg *pg, wuji_arena *arena, wuji_error *error) {
  static const char candidates[] = "copy (select row, student_id, nullif(person_id, student_id), name, sex, "
                                   "class, counted, attributes, teachers"
                                   " from wuji_store.candidate where run = "
                                   "current_setting('wuji.run')::integer) to stdout (format binary)";
  wuji_pg_out *out = NULL;
  bool more = true;
  uint32_t count = 0;
  wuji_status status;
  WUJI_TRY(wuji_pg_out_begin(pg, candidates, CANDIDATE_FIELDS, &out, error));
  for (;; count++) {
    wuji_str cells[CANDIDATE_FIELDS];
    WUJI_TRY(wuji_pg_out_row(out, cells, &more, error));
    if (!more) break;
    WUJI_TRY(take_candidate(loading, cells, arena, error));
  }
  if (count != loading->cohort->row_count) status = wuji_load_damaged(loading, "candidate", error);
done:
  wuji_pg_out_end(out);
  return status;
}

static bool take_member(wuji_cohort *cohort, const wuji_str cells[3]) {
  int64_t p = wuji_pg_get_integer(cells[0]);
  int64_t row = wuji_pg_get_integer(cells[1]);
  int64_t class = wuji_pg_get_integer(cells[2]);
  if (p < 0 || p >= cohort->paper_count || row < 0 || row >= cohort->row_count || !is_class(cohort, class) ||
      cohort->papers[p].class_node == NULL ||
      cohort->nodes[class].parent != cohort->nodes[cohort->own_class[row]].parent) {
    return false;
  }
  cohort->papers[p].class_node[row] = (int32_t) class;
  return true;
}

/* Who takes a paper with teaching classes has a row there; everyone else stays in his own class. */
static wuji_status read_members(wuji_loading *loading, wuji_pg *pg, wuji_error *error) {
  static const char members[] =
      "copy (select paper, row, class from wuji_store.class_member"
      " where run = current_setting('wuji.run')::integer) to stdout (format binary)";
  wuji_cohort *cohort = loading->cohort;
  wuji_pg_out *out = NULL;
  bool more = true;
  bool any = false;
  wuji_status status = WUJI_OK;
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    if (cohort->papers[p].class_node == NULL) continue;
    any = true;
    if (cohort->row_count > 0)
      memcpy(cohort->papers[p].class_node, cohort->own_class, cohort->row_count * sizeof *cohort->own_class);
  }
  if (!any) return status;
  WUJI_TRY(wuji_pg_out_begin(pg, members, 3, &out, error));
  for (;;) {
    wuji_str cells[3];
    WUJI_TRY(wuji_pg_out_row(out, cells, &more, error));
    if (!more) break;
    if (!take_member(cohort, cells)) WUJI_TRY(wuji_load_damaged(loading, "class_member", error));
  }
done:
  wuji_pg_out_end(out);
  return status;
}

wuji_status wuji_load_candidates(wuji_loading *loading, wuji_arena *arena, wuji_error *error) {
  wuji_pg *pg = NULL;
  wuji_status status;
  WUJI_TRY(wuji_load_connect(loading, &pg, error));
  WUJI_TRY(read_candidates(loading, pg, arena, error));
  status = read_members(loading, pg, error);
done:
  wuji_pg_close(pg);
  return status;
}
