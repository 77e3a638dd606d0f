/* Two ways to read a row. The fast one takes what nearly every row is made of: marks and empty cells, a total
 * that is their sum, no status. It notes nothing; where it meets anything else it gives up, and the careful
 * one reads the row from its beginning. */
#include "ingest/score_row.h"

#include "text/fold.h"
#include "text/numbers.h"

#include <assert.h>

static inline void note_step(uint32_t hundredths, uint32_t *divisor) {
  if (hundredths % *divisor != 0) *divisor = wuji_mark_divisor(*divisor, hundredths);
}

/* A cell that is no short number: a mark with more digits, a fraction or blanks around it. False: it is none,
 * or above the maximum. */
static bool long_cell(wuji_str cell, uint32_t maximum, uint32_t *hundredths, uint32_t *divisor) {
  if (wuji_mark_read(cell, hundredths) != WUJI_MARK_GOOD) {
    cell = wuji_trim(cell);
    if (wuji_mark_read(cell, hundredths) != WUJI_MARK_GOOD) return false;
  }
  note_step(*hundredths, divisor);
  return *hundredths <= maximum;
}

static void put_mark(const wuji_row_plan *plan, void *marks, uint32_t item, uint32_t value) {
  switch (plan->width) {
  case 1: ((uint8_t *)marks)[item] = (uint8_t)value; break;
  case 2: ((uint16_t *)marks)[item] = (uint16_t)value; break;
  default: ((uint32_t *)marks)[item] = value; break;
  }
}

/* Short numbers and empty cells to units: a loop for each width, so that it vectorises. */
#define SCALE_TO(bits)                                                                                       \
  static void scale_to_##bits(const uint8_t *restrict numbers, uint##bits##_t *restrict marks,               \
                              uint32_t count, uint32_t units) {                                              \
    for (uint32_t i = 0; i < count; i++) {                                                                   \
      uint##bits##_t mark = (uint##bits##_t)(numbers[i] * units);                                            \
      marks[i] = numbers[i] == WUJI_NO_CELL ? UINT##bits##_MAX : mark;                                       \
    }                                                                                                        \
  }
SCALE_TO(8)
SCALE_TO(16)
SCALE_TO(32)

static_assert(WUJI_NO_CELL == UINT8_MAX, "an empty cell is the code of a blank already");

static void put_short_marks(const wuji_row_plan *plan, const uint8_t *numbers, void *marks) {
  if (plan->width == 1 && plan->units == 1)
    memcpy(marks, numbers, plan->item_count);
  else if (plan->width == 1)
    scale_to_8(numbers, marks, plan->item_count, plan->units);
  else if (plan->width == 2)
    scale_to_16(numbers, marks, plan->item_count, plan->units);
  else
    scale_to_32(numbers, marks, plan->item_count, plan->units);
}

/* The few cells of a row that are neither short numbers nor empty: longer marks, whose sum in hundredths is
 * added to `sum`. False: something else. */
static bool put_long_marks(const wuji_row_plan *plan, const char *bytes, const wuji_cell *cells,
                           const uint8_t *numbers, uint32_t odd, void *marks, uint64_t *sum,
                           uint32_t *divisor) {
  bool good = true;
  for (uint32_t i = 0; i < plan->item_count && odd > 0 && good; i++) {
    if (__builtin_expect(numbers[i] <= plan->whole[i] || numbers[i] == WUJI_NO_CELL, 1)) continue;
    wuji_cell cell = cells[plan->column[i]];
    uint32_t hundredths;
    good = long_cell((wuji_str){bytes + cell.at, cell.len}, plan->maximum[i], &hundredths, divisor);
    put_mark(plan, marks, i, hundredths / (WUJI_HUNDREDTHS / plan->units));
    *sum += hundredths;
    odd--;
  }
  return good;
}

/* Whether the total, if there is one, says `sum` hundredths. */
static bool total_is(const wuji_row_plan *plan, const wuji_pull *pull, const wuji_record *record,
                     uint64_t sum) {
  if (plan->total_column == WUJI_NO_COLUMN) return true;
  uint8_t number = record->numbers[plan->total_column];
  if (number <= WUJI_MOST_SHORT) return (uint64_t)number * WUJI_HUNDREDTHS == sum;
  wuji_cell total = record->cells[plan->total_column];
  uint32_t given;
  return total.len == 0 ||
         (wuji_mark_read((wuji_str){pull->csv.bytes + total.at, total.len}, &given) == WUJI_MARK_GOOD &&
          given == sum);
}

static bool fast_row(const wuji_row_plan *plan, const wuji_pull *pull, const wuji_record *record, void *marks,
                     uint32_t *divisor) {
  const uint8_t *numbers = record->numbers + plan->column[0];
  uint8_t gathered[WUJI_MOST_ITEMS + WUJI_CHUNK_BYTES];
  uint32_t step = *divisor; /* of this row too, if it is one of marks after all */
  if (plan->status_column != WUJI_NO_COLUMN && record->cells[plan->status_column].len > 0) return false;
  if (!plan->in_order) {
    for (uint32_t i = 0; i < plan->item_count; i++) gathered[i] = record->numbers[plan->column[i]];
    numbers = gathered;
  }
  wuji_numbers_told told = wuji_numbers_tell(numbers, plan->whole, plan->item_count);
  uint64_t sum = (uint64_t)told.sum * WUJI_HUNDREDTHS;
  if (told.empty == plan->item_count) return false;
  put_short_marks(plan, numbers, marks);
  if (told.odd > 0 &&
      !put_long_marks(plan, pull->csv.bytes, record->cells, numbers, told.odd, marks, &sum, &step))
    return false;
  bool good = total_is(plan, pull, record, sum);
  if (good) *divisor = step;
  return good;
}

typedef enum { CELL_OTHER, CELL_EMPTY, CELL_BLANK, CELL_ABSENT, CELL_VOID } cell_word;

/* What a cell says if it is no mark. */
static cell_word word_of(wuji_str text) {
  cell_word word = CELL_OTHER;
  if (text.len == 0)
    word = CELL_EMPTY;
  else if (wuji_str_is(text, "-") || wuji_str_is(text, "未作答"))
    word = CELL_BLANK;
  else if (wuji_str_is(text, "缺考") || wuji_same_ascii(text, "absent"))
    word = CELL_ABSENT;
  else if (wuji_str_is(text, "违纪") || wuji_same_ascii(text, "void"))
    word = CELL_VOID;
  return word;
}

/* What the words of a row say, before any mark is looked at. Columns from 0. */
typedef struct row_words {
  uint32_t absent_column, void_column; /* the first of each, WUJI_NO_COLUMN */
  wuji_str absent_word;
  uint32_t marks, blanks; /* item cells that are neither word nor empty; that are - or 未作答 */
  bool normal;            /* the status says that he was there */
} row_words;

static void see_word(row_words *words, cell_word word, wuji_str text, uint32_t column) {
  if (word == CELL_ABSENT && words->absent_column == WUJI_NO_COLUMN) {
    words->absent_column = column;
    words->absent_word = text;
  }
  if (word == CELL_VOID && words->void_column == WUJI_NO_COLUMN) words->void_column = column;
}

static row_words find_words(const wuji_row_plan *plan, wuji_pull *pull, const wuji_record *record) {
  row_words words = {.absent_column = WUJI_NO_COLUMN, .void_column = WUJI_NO_COLUMN};
  wuji_str status = wuji_pull_text(pull, record, plan->status_column);
  cell_word word = word_of(status);
  see_word(&words, word, status, plan->status_column);
  words.normal = wuji_str_is(status, "正常") || wuji_same_ascii(status, "present");
  if ((word == CELL_OTHER || word == CELL_BLANK) && !words.normal) {
    wuji_note_problem(&pull->notes,
                      (wuji_place){pull->sheet->file->number, record->line, plan->status_column + 1},
                      WUJI_PROBLEM_STATUS_UNKNOWN, status, "unknown status %s", WUJI_SHOW(status));
  }
  for (uint32_t i = 0; i < plan->item_count; i++) {
    wuji_str text = wuji_pull_text(pull, record, plan->column[i]);
    word = word_of(text);
    see_word(&words, word, text, plan->column[i]);
    words.marks += word == CELL_OTHER;
    words.blanks += word == CELL_BLANK;
  }
  wuji_str total = wuji_pull_text(pull, record, plan->total_column);
  see_word(&words, word_of(total), total, plan->total_column);
  return words;
}

/* Beside the word for absent only the first mark is noted: an export that fills such rows with zeros is one
 * mistake. */
static void check_absent_row(const wuji_row_plan *plan, wuji_pull *pull, const wuji_record *record,
                             const row_words *words) {
  wuji_place place = {pull->sheet->file->number, record->line, 0};
  uint32_t hundredths;
  bool noted = false;
  for (uint32_t i = 0; i < plan->item_count && !noted; i++) {
    wuji_str text = wuji_pull_text(pull, record, plan->column[i]);
    if (word_of(text) != CELL_OTHER) continue;
    place.column = plan->column[i] + 1;
    noted = true;
    if (!wuji_mark_check(&pull->notes, place, text, plan->maximum[i], &hundredths)) continue;
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_MARK_BESIDE_ABSENT, text, "mark %s stands beside %s",
                      WUJI_SHOW(text), WUJI_SHOW(words->absent_word));
  }
  wuji_str total = wuji_pull_text(pull, record, plan->total_column);
  if (noted || word_of(total) != CELL_OTHER) return;
  if (wuji_mark_read(total, &hundredths) == WUJI_MARK_GOOD && hundredths == 0) return;
  place.column = plan->total_column + 1;
  wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_MARK_BESIDE_ABSENT, total, "total %s stands beside %s",
                    WUJI_SHOW(total), WUJI_SHOW(words->absent_word));
}

static void check_total(const wuji_row_plan *plan, wuji_pull *pull, const wuji_record *record, uint64_t sum) {
  wuji_str total = wuji_pull_text(pull, record, plan->total_column);
  if (word_of(total) != CELL_OTHER) return;
  wuji_place place = {pull->sheet->file->number, record->line, plan->total_column + 1};
  uint32_t hundredths;
  if (wuji_mark_read(total, &hundredths) != WUJI_MARK_GOOD) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_TOTAL_NOT_A_NUMBER, total, "total %s is not a mark",
                      WUJI_SHOW(total));
  } else if (hundredths != sum) {
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_TOTAL_NOT_THE_SUM, total,
                      "total %s is not the sum %s of the items", WUJI_SHOW(total), wuji_mark_write(sum).text);
  }
}

/* A row of marks and blanks. */
static void read_marks(const wuji_row_plan *plan, wuji_pull *pull, const wuji_record *record, void *marks,
                       uint32_t *divisor) {
  uint64_t sum = 0;
  bool good = true;
  for (uint32_t i = 0; i < plan->item_count; i++) {
    uint32_t hundredths;
    wuji_str text = wuji_pull_text(pull, record, plan->column[i]);
    wuji_place place = {pull->sheet->file->number, record->line, plan->column[i] + 1};
    put_mark(plan, marks, i, wuji_mark_code(plan->width, WUJI_CODE_BLANK));
    if (word_of(text) != CELL_OTHER) continue;
    if (wuji_mark_check(&pull->notes, place, text, plan->maximum[i], &hundredths)) {
      note_step(hundredths, divisor);
      put_mark(plan, marks, i, hundredths / (WUJI_HUNDREDTHS / plan->units));
      sum += hundredths;
    } else {
      good = false;
    }
  }
  if (good) check_total(plan, pull, record, sum);
}

static wuji_attendance careful_row(const wuji_row_plan *plan, wuji_pull *pull, const wuji_record *record,
                                   void *marks, uint32_t *divisor) {
  row_words words = find_words(plan, pull, record);
  wuji_place place = {pull->sheet->file->number, record->line, 0};
  wuji_attendance status = WUJI_PRESENT;
  if (words.absent_column != WUJI_NO_COLUMN && words.void_column != WUJI_NO_COLUMN) {
    uint32_t later = words.absent_column > words.void_column ? words.absent_column : words.void_column;
    place.column = later + 1;
    wuji_note_problem(&pull->notes, place, WUJI_PROBLEM_ABSENT_AND_VOID, wuji_pull_text(pull, record, later),
                      "absent and void in one row");
    status = WUJI_VOID;
  } else if (words.void_column != WUJI_NO_COLUMN) {
    status = WUJI_VOID;
  } else if (words.absent_column != WUJI_NO_COLUMN) {
    check_absent_row(plan, pull, record, &words);
    status = WUJI_ABSENT;
  } else if (words.marks == 0 && words.blanks == 0 && !words.normal) {
    wuji_note_warning(&pull->notes, place, WUJI_WARNING_ROW_EMPTY, 1, WUJI_NO_STR);
    check_total(plan, pull, record, 0);
    status = WUJI_ABSENT;
  } else {
    read_marks(plan, pull, record, marks, divisor);
  }
  return status;
}

wuji_attendance wuji_row_read(const wuji_row_plan *plan, wuji_pull *pull, const wuji_record *record,
                              void *marks, uint32_t *divisor) {
  if (fast_row(plan, pull, record, marks, divisor)) return WUJI_PRESENT;
  return careful_row(plan, pull, record, marks, divisor);
}

void wuji_row_fill(const wuji_row_plan *plan, void *marks, uint32_t value) {
  for (uint32_t i = 0; i < plan->item_count; i++) put_mark(plan, marks, i, value);
}
