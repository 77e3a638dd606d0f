#include "ingest/header.h"

#include "text/fold.h"

static const struct {
  wuji_table_of table;
  wuji_role role;
  const char *name;
} roles[] = {
#define ROLE(table, role, name) {WUJI_##table, WUJI_ROLE_##role, name},
#include "ingest/headers.def"
#undef ROLE
};

static wuji_role role_of(wuji_table_of table, wuji_str plain) {
  for (size_t r = 0; r < sizeof roles / sizeof *roles; r++) {
    if (roles[r].table == table && wuji_str_is(plain, roles[r].name)) return roles[r].role;
  }
  return WUJI_ROLES;
}

wuji_status wuji_header_read(wuji_header *header, wuji_table_of table, const wuji_csv *csv,
                             const wuji_record *record, uint32_t file, wuji_arena *arena, wuji_notes *notes,
                             wuji_error *error) {
  uint32_t count = record->cell_count;
  *header = (wuji_header){.line = record->line,
                          .column_count = count,
                          .names = wuji_arena_array(arena, count, sizeof(wuji_str)),
                          .folded = wuji_arena_array(arena, count, sizeof(wuji_str)),
                          .plain = wuji_arena_array(arena, count, sizeof(wuji_str)),
                          .role = wuji_arena_array(arena, count, sizeof(wuji_role))};
  if (header->names == NULL || header->folded == NULL || header->plain == NULL || header->role == NULL) {
    return wuji_fail_memory(error);
  }
  for (int r = 0; r < WUJI_ROLES; r++) header->column[r] = WUJI_NO_COLUMN;
  for (uint32_t c = 0; c < count; c++) {
    wuji_str text = wuji_csv_text(csv, record->cells[c]);
    header->names[c] = wuji_arena_copy(arena, text);
    header->folded[c] = wuji_fold(arena, text);
    header->plain[c] = wuji_fold_name(arena, text);
    if (header->names[c].ptr == NULL || header->folded[c].ptr == NULL || header->plain[c].ptr == NULL) {
      return wuji_fail_memory(error);
    }
    wuji_role role = role_of(table, header->plain[c]);
    header->role[c] = role;
    if (role == WUJI_ROLES) continue;
    if (header->column[role] == WUJI_NO_COLUMN) {
      header->column[role] = c;
    } else {
      wuji_note_problem(notes, (wuji_place){file, record->line, c + 1}, WUJI_PROBLEM_COLUMN_DUPLICATE,
                        header->names[c], "column %s says what column %s says already",
                        WUJI_SHOW(header->names[c]), WUJI_SHOW(header->names[header->column[role]]));
    }
  }
  return WUJI_OK;
}

static bool same_but_case(wuji_str a, wuji_str b) {
  bool same = a.len == b.len;
  for (uint32_t i = 0; same && i < a.len; i++) {
    char x = a.ptr[i];
    char y = b.ptr[i];
    if (x >= 'A' && x <= 'Z') x = (char)(x + ('a' - 'A'));
    if (y >= 'A' && y <= 'Z') y = (char)(y + ('a' - 'A'));
    same = x == y;
  }
  return same;
}

uint32_t wuji_header_find(const wuji_header *header, wuji_str folded) {
  uint32_t found = WUJI_NO_COLUMN;
  for (uint32_t c = 0; c < header->column_count && found == WUJI_NO_COLUMN; c++) {
    if (wuji_str_equal(header->folded[c], folded)) found = c;
  }
  for (uint32_t c = 0; c < header->column_count && found == WUJI_NO_COLUMN; c++) {
    if (same_but_case(header->folded[c], folded)) found = c;
  }
  return found;
}

bool wuji_header_require(const wuji_header *header, wuji_role role, const char *name, uint32_t file,
                         wuji_notes *notes) {
  if (header->column[role] != WUJI_NO_COLUMN) return true;
  wuji_note_problem(notes, (wuji_place){file, header->line, 0}, WUJI_PROBLEM_COLUMN_MISSING,
                    wuji_str_of(name), "the column %s is missing", wuji_in_language(name));
  return false;
}
