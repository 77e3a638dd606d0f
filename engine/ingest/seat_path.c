#include "ingest/seat_path.h"

wuji_path_columns wuji_path_columns_of(const wuji_header *header, uint32_t file, const wuji_plan *plan,
                                       wuji_notes *notes) {
  const wuji_str given[WUJI_LEVELS] = {plan->province, plan->city, plan->county, plan->school, WUJI_NO_STR};
  wuji_path_columns columns = {.file = file};
  for (int level = 0; level < WUJI_LEVELS; level++) {
    uint32_t column = header->column[WUJI_ROLE_PROVINCE + level];
    columns.column[level] = column;
    columns.warning[level] = -1;
    columns.standing_in[level] = column == WUJI_NO_COLUMN ? given[level] : WUJI_NO_STR;
    if (columns.standing_in[level].ptr != NULL) continue;
    if (level == WUJI_COUNTY || level == WUJI_CLASS) {
      columns.standing_in[level] = wuji_str_of(level == WUJI_COUNTY ? "市直" : "未分班");
      columns.warning[level] = level == WUJI_COUNTY ? WUJI_WARNING_COUNTY_EMPTY : WUJI_WARNING_CLASS_EMPTY;
    } else if (column == WUJI_NO_COLUMN) {
      wuji_note_problem(notes, (wuji_place){file, header->line, 0}, WUJI_PROBLEM_COLUMN_MISSING,
                        wuji_str_of(wuji_level_names[level]),
                        "the column %s is missing, and exam.ini does not say it under [exam]",
                        wuji_in_language(wuji_level_names[level]));
    }
  }
  return columns;
}

/* Whether the record's cells are, byte by byte, the names of the candidate before. */
static bool is_path_before(const wuji_path_columns *columns, const wuji_path_before *before,
                           const wuji_pull *pull, const wuji_record *record) {
  bool same = before->silent;
  for (int level = 0; same && level < WUJI_LEVELS; level++) {
    if (columns->column[level] == WUJI_NO_COLUMN) continue;
    wuji_cell cell = record->cells[columns->column[level]];
    same = wuji_str_equal((wuji_str){pull->csv.bytes + cell.at, cell.len}, before->path->level[level]);
  }
  return same;
}

/* Something stands in for the empty level, or its being empty is an error. */
static wuji_str take_empty_level(const wuji_path_columns *columns, wuji_pull *pull, const wuji_record *record,
                                 int level, bool *silent) {
  uint32_t column = columns->column[level];
  wuji_place place = {columns->file, record->line, column == WUJI_NO_COLUMN ? 0 : column + 1};
  wuji_str name = columns->standing_in[level];
  if (columns->warning[level] >= 0) {
    wuji_note_warning(&pull->notes, place, (wuji_warning_kind)columns->warning[level], 1, WUJI_NO_STR);
    *silent = false;
  }
  if (name.ptr == NULL && column != WUJI_NO_COLUMN) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_LEVEL_EMPTY, WUJI_NO_STR, "the %s is empty",
                      wuji_in_language(wuji_level_names[level]));
    *silent = false;
  }
  return name;
}

const wuji_seat_path *wuji_path_take(const wuji_path_columns *columns, wuji_path_before *before,
                                     wuji_pull *pull, const wuji_record *record, wuji_arena *arena) {
  if (is_path_before(columns, before, pull, record)) return before->path;
  wuji_seat_path *path = wuji_arena_alloc(arena, sizeof *path);
  if (path == NULL) return NULL;
  bool silent = true;
  for (int level = 0; level < WUJI_LEVELS; level++) {
    wuji_str name = wuji_pull_text(pull, record, columns->column[level]);
    if (name.len == 0) {
      path->level[level] = take_empty_level(columns, pull, record, level, &silent);
    } else if (before->path != NULL && wuji_str_equal(name, before->path->level[level])) {
      path->level[level] = before->path->level[level]; /* the neighbour's copy */
    } else {
      path->level[level] = wuji_arena_copy(arena, name);
      if (path->level[level].ptr == NULL) return NULL;
    }
  }
  *before = (wuji_path_before){path, silent};
  return path;
}
