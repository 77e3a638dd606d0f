#include "ingest/option_columns.h"

#include "text/fold.h"

typedef struct claims {
  const wuji_header *header;
  const wuji_items *items;
  uint32_t file;
  wuji_notes *notes;
  wuji_str *names; /* the items' names as wuji_fold() gives them */
  bool *claimed;   /* by column */
} claims;

/* Whether the column is headed by the very name of another item. */
static bool is_of_another(const claims *c, uint32_t item, uint32_t column) {
  bool other = false;
  for (uint32_t i = 0; i < c->items->count; i++) {
    other |= i != item && wuji_str_equal(c->names[i], c->header->folded[column]);
  }
  return other && !wuji_str_equal(c->names[item], c->header->folded[column]);
}

/* The item's column: headed by its name, else by what heads its marks. */
static uint32_t find_column(const claims *c, uint32_t item) {
  const wuji_str heads[] = {c->names[item], c->items->columns[item]};
  uint32_t column = WUJI_NO_COLUMN;
  for (int h = 0; h < 2 && column == WUJI_NO_COLUMN; h++) {
    column = wuji_header_find(c->header, heads[h]);
    if (column != WUJI_NO_COLUMN && is_of_another(c, item, column)) column = WUJI_NO_COLUMN;
  }
  return column;
}

/* Gives the item its column; false where it has none. */
static bool claim(claims *c, uint32_t item, uint32_t *column) {
  wuji_str name = c->items->items[item].name;
  wuji_place place = {c->file, c->header->line, 0};
  *column = find_column(c, item);
  if (*column == WUJI_NO_COLUMN) {
    if (c->items->items[item].kind == WUJI_OBJECTIVE) {
      wuji_note_problem(c->notes, place, WUJI_PROBLEM_COLUMN_MISSING, name,
                        "the column of the objective item %s is missing", WUJI_SHOW(name));
    }
    return false;
  }
  if (c->claimed[*column]) {
    place.column = *column + 1;
    wuji_note_problem(c->notes, place, WUJI_PROBLEM_COLUMN_DUPLICATE, c->header->names[*column],
                      "column %s belongs to two items", WUJI_SHOW(c->header->names[*column]));
  }
  c->claimed[*column] = true;
  return true;
}

/* Columns that say nothing: unknown, of a subjective item, or a claimed one's header once more. */
static void check_rest(const claims *c) {
  const wuji_header *header = c->header;
  for (uint32_t column = 0; column < header->column_count; column++) {
    if (c->claimed[column] || header->role[column] != WUJI_ROLES) continue;
    wuji_place place = {c->file, header->line, column + 1};
    bool twice = false;
    for (uint32_t k = 0; k < header->column_count; k++) {
      twice |= c->claimed[k] && wuji_str_equal(header->folded[k], header->folded[column]);
    }
    if (twice) {
      wuji_note_problem(c->notes, place, WUJI_PROBLEM_COLUMN_DUPLICATE, header->names[column],
                        "column %s stands twice", WUJI_SHOW(header->names[column]));
    } else {
      wuji_note_warning(c->notes, place, WUJI_WARNING_OPTIONS_COLUMN_UNKNOWN, 1, header->names[column]);
    }
  }
}

wuji_status wuji_option_columns_read(wuji_option_columns *columns, const wuji_header *header,
                                     const wuji_items *items, uint32_t file, wuji_arena *arena,
                                     wuji_notes *notes, bool *good, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint64_t noted = wuji_notes_total(notes);
  claims c = {header,
              items,
              file,
              notes,
              wuji_arena_array(arena, items->count, sizeof(wuji_str)),
              wuji_arena_array(arena, header->column_count, sizeof(bool))};
  *good = false;
  *columns =
      (wuji_option_columns){.item = wuji_arena_array(arena, items->count, sizeof(uint32_t)),
                            .column = wuji_arena_array(arena, items->count, sizeof(uint32_t)),
                            .forbidden = wuji_arena_array(arena, items->count, sizeof(wuji_option_set))};
  if (c.names == NULL || c.claimed == NULL || columns->item == NULL || columns->column == NULL ||
      columns->forbidden == NULL) {
    WUJI_TRY(wuji_fail_memory(error));
  }
  for (uint32_t i = 0; i < items->count; i++) {
    c.names[i] = wuji_fold(arena, items->items[i].name);
    if (c.names[i].ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  }
  for (uint32_t i = 0; i < items->count; i++) {
    uint32_t column;
    if (items->items[i].kind == WUJI_SUBJECTIVE || !claim(&c, i, &column)) continue;
    columns->item[columns->count] = i;
    columns->column[columns->count] = column;
    columns->forbidden[columns->count++] = (WUJI_EVERY_SYMBOL & ~items->allowed[i]) | UINT64_C(1)
                                                                                          << WUJI_NO_SYMBOL;
  }
  check_rest(&c);
  columns->id_column = header->column[WUJI_ROLE_STUDENT_ID];
  if (columns->id_column != WUJI_NO_COLUMN && c.claimed[columns->id_column])
    columns->id_column = WUJI_NO_COLUMN;
  if (columns->id_column == WUJI_NO_COLUMN) {
    wuji_note_problem(notes, (wuji_place){file, header->line, 0}, WUJI_PROBLEM_COLUMN_MISSING,
                      wuji_str_of("student_id"), "the column student_id is missing");
  }
  *good = wuji_notes_total(notes) == noted;
done:
  return status;
}
