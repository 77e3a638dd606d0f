#include "ingest/score_columns.h"

enum { FREE_COLUMN = -1 };

typedef struct claims {
  const wuji_header *header;
  const wuji_items *items;
  uint32_t file;
  wuji_notes *notes;
  int32_t *item_of_column; /* FREE_COLUMN: none */
} claims;

/* The item's column. An item may be called what a column of another kind is called; then it is the item's. */
static uint32_t claim(claims *c, uint32_t item) {
  const wuji_header *header = c->header;
  wuji_place place = {c->file, header->line, 0};
  wuji_str name = c->items->items[item].name;
  wuji_str wanted = c->items->columns[item];
  uint32_t column = wuji_header_find(header, wanted);
  if (column == WUJI_NO_COLUMN) {
    wuji_note_problem(c->notes, place, WUJI_PROBLEM_COLUMN_MISSING, wanted,
                      "the column %s of item %s is missing", WUJI_SHOW(wanted), WUJI_SHOW(name));
  } else if (c->item_of_column[column] != FREE_COLUMN) {
    place.column = column + 1;
    wuji_note_problem(c->notes, place, WUJI_PROBLEM_COLUMN_DUPLICATE, header->names[column],
                      "column %s is that of item %s already", WUJI_SHOW(header->names[column]),
                      WUJI_SHOW(c->items->items[c->item_of_column[column]].name));
  } else {
    c->item_of_column[column] = (int32_t)item;
  }
  return column;
}

/* Columns that say nothing: unknown, or an item's header once more. */
static void check_rest(const claims *c) {
  const wuji_header *header = c->header;
  for (uint32_t column = 0; column < header->column_count; column++) {
    if (c->item_of_column[column] != FREE_COLUMN || header->role[column] != WUJI_ROLES) continue;
    wuji_place place = {c->file, header->line, column + 1};
    bool twice = false;
    for (uint32_t i = 0; i < c->items->count; i++) {
      twice |= wuji_str_equal(c->items->columns[i], header->folded[column]);
    }
    if (twice) {
      wuji_note_problem(c->notes, place, WUJI_PROBLEM_COLUMN_DUPLICATE, header->names[column],
                        "column %s stands twice", WUJI_SHOW(header->names[column]));
    } else {
      wuji_note_warning(c->notes, place, WUJI_WARNING_SCORES_COLUMN_UNKNOWN, 1, header->names[column]);
    }
  }
}

static uint32_t role_column(const claims *c, wuji_role role) {
  uint32_t column = c->header->column[role];
  return column == WUJI_NO_COLUMN || c->item_of_column[column] != FREE_COLUMN ? WUJI_NO_COLUMN : column;
}

wuji_status wuji_score_columns(wuji_row_plan *rows, const wuji_header *header, const wuji_items *items,
                               uint32_t file, wuji_arena *arena, wuji_notes *notes, bool *good,
                               wuji_error *error) {
  uint64_t noted = wuji_notes_total(notes);
  uint32_t *column = wuji_arena_array(arena, items->count, sizeof *column);
  uint8_t *whole = wuji_arena_array(arena, items->count + WUJI_CHUNK_BYTES, sizeof *whole);
  claims c = {header, items, file, notes, wuji_arena_array(arena, header->column_count, sizeof(int32_t))};
  *good = false;
  if (column == NULL || whole == NULL || c.item_of_column == NULL) return wuji_fail_memory(error);
  for (uint32_t k = 0; k < header->column_count; k++) c.item_of_column[k] = FREE_COLUMN;
  *rows = (wuji_row_plan){.item_count = items->count,
                          .column = column,
                          .in_order = true,
                          .maximum = items->maximum,
                          .whole = whole};
  for (uint32_t i = 0; i < items->count; i++) {
    column[i] = claim(&c, i);
    rows->in_order &= column[i] == column[0] + i;
    uint32_t most = items->maximum[i] / WUJI_HUNDREDTHS;
    whole[i] = (uint8_t)(most < WUJI_MOST_SHORT ? most : WUJI_MOST_SHORT);
  }
  check_rest(&c);
  rows->id_column = role_column(&c, WUJI_ROLE_STUDENT_ID);
  rows->status_column = role_column(&c, WUJI_ROLE_STATUS);
  rows->total_column = role_column(&c, WUJI_ROLE_TOTAL);
  rows->class_column = role_column(&c, WUJI_ROLE_CLASS);
  rows->teacher_column = role_column(&c, WUJI_ROLE_TEACHER);
  if (rows->id_column == WUJI_NO_COLUMN) {
    wuji_note_problem(notes, (wuji_place){file, header->line, 0}, WUJI_PROBLEM_COLUMN_MISSING,
                      wuji_str_of("student_id"), "the column student_id is missing");
  }
  *good = wuji_notes_total(notes) == noted;
  return WUJI_OK;
}
