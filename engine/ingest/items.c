#include "ingest/items.h"

#include "text/fold.h"

#include <stdlib.h>

typedef struct items_job {
  wuji_items *items;
  const wuji_header *header;
  uint32_t file;
  wuji_arena *arena;
  uint32_t room;
} items_job;

static bool more_room(items_job *job) {
  wuji_items *items = job->items;
  if (items->count < job->room) return true;
  uint32_t room = job->room == 0 ? 64 : 2 * job->room;
  wuji_items grown = *items;
  grown.items = wuji_arena_array(job->arena, room, sizeof *grown.items);
  grown.maximum = wuji_arena_array(job->arena, room, sizeof *grown.maximum);
  grown.columns = wuji_arena_array(job->arena, room, sizeof *grown.columns);
  grown.allowed = wuji_arena_array(job->arena, room, sizeof *grown.allowed);
  grown.keys = wuji_arena_array(job->arena, room, sizeof *grown.keys);
  grown.lines = wuji_arena_array(job->arena, room, sizeof *grown.lines);
  if (grown.items == NULL || grown.maximum == NULL || grown.columns == NULL || grown.allowed == NULL ||
      grown.keys == NULL || grown.lines == NULL)
    return false;
  if (items->count > 0) {
    memcpy(grown.items, items->items, items->count * sizeof *grown.items);
    memcpy(grown.maximum, items->maximum, items->count * sizeof *grown.maximum);
    memcpy(grown.columns, items->columns, items->count * sizeof *grown.columns);
    memcpy(grown.allowed, items->allowed, items->count * sizeof *grown.allowed);
    memcpy(grown.keys, items->keys, items->count * sizeof *grown.keys);
    memcpy(grown.lines, items->lines, items->count * sizeof *grown.lines);
  }
  *items = grown;
  job->room = room;
  return true;
}

static wuji_place place_of(const items_job *job, const wuji_record *record, wuji_role role) {
  uint32_t column = job->header->column[role];
  return (wuji_place){job->file, record->line, column == WUJI_NO_COLUMN ? 0 : column + 1};
}

static uint32_t take_maximum(const items_job *job, wuji_pull *pull, const wuji_record *record) {
  uint32_t hundredths = 0;
  wuji_str text = wuji_pull_text(pull, record, job->header->column[WUJI_ROLE_MAX]);
  wuji_mark_form form = wuji_mark_read(text, &hundredths);
  const char *wrong = form == WUJI_MARK_NO_NUMBER                ? "is not a number"
                      : form == WUJI_MARK_DECIMALS               ? "has more than two decimals"
                      : form == WUJI_MARK_NEGATIVE               ? "is not above 0"
                      : hundredths == 0                          ? "is not above 0"
                      : hundredths > (uint32_t)WUJI_MOST_MAXIMUM ? "is above 9999.99"
                                                                 : NULL;
  if (wrong != NULL) {
    wuji_note_problem(&pull->notes, place_of(job, record, WUJI_ROLE_MAX), WUJI_PROBLEM_ITEM_MAX, text,
                      "max %s%s%s", WUJI_SHOW(text), text.len == 0 ? "" : " ", wuji_in_language(wrong));
  }
  return hundredths;
}

static wuji_kind take_kind(const items_job *job, wuji_pull *pull, const wuji_record *record) {
  wuji_str text = wuji_pull_text(pull, record, job->header->column[WUJI_ROLE_KIND]);
  if (text.len == 0) return WUJI_KIND_NONE;
  if (wuji_same_ascii(text, "objective") || wuji_str_is(text, "客观题") || wuji_str_is(text, "客观")) {
    return WUJI_OBJECTIVE;
  }
  if (wuji_same_ascii(text, "subjective") || wuji_str_is(text, "主观题") || wuji_str_is(text, "主观")) {
    return WUJI_SUBJECTIVE;
  }
  wuji_note_problem(&pull->notes, place_of(job, record, WUJI_ROLE_KIND), WUJI_PROBLEM_ITEM_KIND, text,
                    "kind %s is neither objective nor subjective", WUJI_SHOW(text));
  return WUJI_KIND_NONE;
}

static wuji_decimal take_difficulty(const items_job *job, wuji_pull *pull, const wuji_record *record) {
  wuji_decimal value = {0, 0};
  wuji_str text = wuji_pull_text(pull, record, job->header->column[WUJI_ROLE_DIFFICULTY]);
  if (text.len == 0) return value;
  if (!wuji_decimal_read(text, &value) || value.num > value.den) {
    wuji_note_problem(&pull->notes, place_of(job, record, WUJI_ROLE_DIFFICULTY), WUJI_PROBLEM_ITEM_DIFFICULTY,
                      text, "planned difficulty %s is no number from 0 to 1", WUJI_SHOW(text));
  }
  return value;
}

/* "a ; b；c" is a;b;c; null where nothing is left. False when memory is out. */
static bool take_points(wuji_arena *arena, wuji_str text, wuji_str *points) {
  static const char wide[] = "；";
  *points = WUJI_NO_STR;
  if (text.len == 0) return true;
  char *joined = wuji_arena_alloc(arena, (size_t)text.len + 1);
  if (joined == NULL) return false;
  uint32_t len = 0;
  uint32_t at = 0;
  while (at < text.len) {
    uint32_t end = at;
    uint32_t step = 0;
    for (; end < text.len && step == 0; end += step == 0) {
      if (text.ptr[end] == ';')
        step = 1;
      else if (text.len - end >= 3 && memcmp(text.ptr + end, wide, 3) == 0)
        step = 3;
    }
    wuji_str point = wuji_trim((wuji_str){text.ptr + at, end - at});
    if (point.len > 0) {
      if (len > 0) joined[len++] = ';';
      memcpy(joined + len, point.ptr, point.len);
      len += point.len;
    }
    at = end + step;
  }
  if (len > 0) *points = (wuji_str){joined, len};
  return true;
}

static bool keep_text(wuji_arena *arena, wuji_str text, wuji_str *kept) {
  *kept = text.len == 0 ? WUJI_NO_STR : wuji_arena_copy(arena, text);
  return text.len == 0 || kept->ptr != NULL;
}

/* What can be chosen, and what is right. Between the symbols of `options` anything may stand. False when
 * memory is out. */
static bool take_options(wuji_items *items, uint32_t at, wuji_arena *arena, wuji_str options) {
  wuji_item *item = &items->items[at];
  bool good = wuji_option_set_read(options, &items->allowed[at]) != WUJI_SET_NO_MEMORY;
  wuji_set_text text = wuji_option_set_write(items->allowed[at]);
  if (good) good = keep_text(arena, wuji_str_of(text.text), &item->options);
  if (options.len == 0) items->allowed[at] = WUJI_EVERY_SYMBOL;
  wuji_set_form form = wuji_option_set_read(item->key, &items->keys[at]);
  if (form != WUJI_SET_GOOD) items->keys[at] = 0;
  return good && form != WUJI_SET_NO_MEMORY;
}

static void check_duplicate(const items_job *job, wuji_pull *pull, const wuji_record *record) {
  const wuji_items *items = job->items;
  uint32_t at = items->count;
  for (uint32_t i = 0; i < at; i++) {
    if (wuji_str_equal(items->items[i].name, items->items[at].name)) {
      wuji_note_problem(&pull->notes, place_of(job, record, WUJI_ROLE_ITEM), WUJI_PROBLEM_ITEM_DUPLICATE,
                        items->items[at].name, "item %s stands in line %llu already",
                        WUJI_SHOW(items->items[at].name), (unsigned long long)items->lines[i]);
      break;
    }
    if (wuji_str_equal(items->columns[i], items->columns[at])) {
      wuji_note_problem(&pull->notes, place_of(job, record, WUJI_ROLE_COLUMN), WUJI_PROBLEM_ITEM_DUPLICATE,
                        items->columns[at], "column %s is that of item %s already",
                        WUJI_SHOW(items->columns[at]), WUJI_SHOW(items->items[i].name));
      break;
    }
  }
}

static wuji_status take_item(items_job *job, wuji_pull *pull, const wuji_record *record, wuji_error *error) {
  wuji_items *items = job->items;
  const uint32_t *column = job->header->column;
  wuji_str name = wuji_pull_text(pull, record, column[WUJI_ROLE_ITEM]);
  if (name.len == 0) {
    wuji_note_problem(&pull->notes, place_of(job, record, WUJI_ROLE_ITEM), WUJI_PROBLEM_ITEM_EMPTY,
                      WUJI_NO_STR, "the item is empty");
    return WUJI_OK;
  }
  if (!more_room(job)) return wuji_fail_memory(error);
  uint32_t at = items->count;
  wuji_item *item = &items->items[at];
  *item = (wuji_item){.kind = take_kind(job, pull, record),
                      .planned_difficulty = take_difficulty(job, pull, record)};
  items->lines[at] = record->line;
  items->maximum[at] = take_maximum(job, pull, record);
  wuji_str header = wuji_pull_text(pull, record, column[WUJI_ROLE_COLUMN]);
  items->columns[at] = wuji_fold(job->arena, header.len == 0 ? name : header);
  bool kept = items->columns[at].ptr != NULL && keep_text(job->arena, name, &item->name);
  kept = kept && keep_text(job->arena, wuji_pull_text(pull, record, column[WUJI_ROLE_KEY]), &item->key);
  kept = kept && take_options(items, at, job->arena, wuji_pull_text(pull, record, column[WUJI_ROLE_OPTIONS]));
  kept =
      kept && keep_text(job->arena, wuji_pull_text(pull, record, column[WUJI_ROLE_ABILITY]), &item->ability);
  kept =
      kept && take_points(job->arena, wuji_pull_text(pull, record, column[WUJI_ROLE_POINTS]), &item->points);
  if (!kept) return wuji_fail_memory(error);
  check_duplicate(job, pull, record);
  items->count++;
  return WUJI_OK;
}

static wuji_status take_block(void *context, uint32_t worker, wuji_pull *pull, wuji_error *error) {
  (void)worker;
  wuji_status status = WUJI_OK;
  items_job *job = context;
  wuji_record record;
  while (wuji_pull_record(pull, &record, &status)) {
    if (job->items->count > WUJI_MOST_ITEMS) break; /* noted by the caller */
    WUJI_TRY(take_item(job, pull, &record, error));
  }
  if (status != WUJI_OK) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

static void note_unknown_columns(const wuji_header *header, uint32_t file, wuji_notes *notes) {
  for (uint32_t c = 0; c < header->column_count; c++) {
    if (header->role[c] != WUJI_ROLES) continue;
    wuji_note_warning(notes, (wuji_place){file, header->line, c + 1}, WUJI_WARNING_ITEMS_COLUMN_UNKNOWN, 1,
                      header->names[c]);
  }
}

/* The sum of maxima has to stay inside what the statistics can sum, in units of the finest step it may need.
 */
static void check_all(const wuji_items *items, uint32_t file, wuji_notes *notes) {
  wuji_place place = {.file = file};
  if (items->count == 0) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_ITEM_COUNT, WUJI_NO_STR, "there are no items");
  } else if (items->count > WUJI_MOST_ITEMS) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_ITEM_COUNT, WUJI_NO_STR, "there are more than %d items",
                      WUJI_MOST_ITEMS);
  }
}

wuji_status wuji_items_read(wuji_items *items, const wuji_file *file, wuji_reading *reading,
                            wuji_arena *arena, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_sheet sheet = {0};
  uint64_t noted = wuji_notes_total(notes);
  items_job job = {.items = items, .header = &sheet.header, .file = file->number, .arena = arena};
  wuji_reading alone = {.threads = 1}; /* a list of items is short, and its order is that of the file */
  *items = (wuji_items){0};
  WUJI_TRY(wuji_sheet_open(&sheet, file, WUJI_ITEMS, arena, notes, error));
  if (sheet.good) {
    bool complete = wuji_header_require(&sheet.header, WUJI_ROLE_ITEM, "item", file->number, notes);
    complete &= wuji_header_require(&sheet.header, WUJI_ROLE_MAX, "max", file->number, notes);
    note_unknown_columns(&sheet.header, file->number, notes);
    items->key_column = sheet.header.column[WUJI_ROLE_KEY];
    if (complete) {
      WUJI_TRY(wuji_sheet_read(&sheet, &alone, take_block, &job, notes, error));
      if (wuji_notes_total(notes) == noted || items->count > 0) check_all(items, file->number, notes);
    }
  }
  items->good = sheet.good && wuji_notes_total(notes) == noted;
  reading->done += file->size;
done:
  wuji_sheet_close(&sheet);
  return status;
}
