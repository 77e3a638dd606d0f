/* Two ways to read a row. The fast one takes what nearly every row is made of: marks and empty cells, a total
 * that is their sum, no status. It notes nothing; where it meets anything else it gives up, and the careful
 * one reads the row from its beginning. */
#include "ingest/score_row.h"

#include "text/fold.h"

static inline void note_step(uint32_t hundredths, uint32_t *divisor) {
  if (hundredths % *divisor != 0) *divisor = wuji_mark_divisor(*divisor, hundredths);
}

/* A whole mark of one or two digits, without a branch on how many: the two bytes up to the cell's end, of
 * which the first is no part of a one-digit cell. Anything that is not such a mark comes out above 99. */
static inline uint32_t short_mark(const char *end, uint32_t len) {
  uint32_t ones = (uint32_t)(unsigned char)end[-1] - '0';
  uint32_t tens = ((uint32_t)(unsigned char)end[-2] - '0') & (0U - (len >> 1));
  uint32_t odd = (uint32_t)(ones > 9) | (uint32_t)(tens > 9) | (uint32_t)(len - 1 > 1);
  return (ones + 10 * tens) | (0U - odd);
}

/* A cell that is no short mark: empty, or a mark with more digits or a fraction. False: neither. */
static bool long_cell(wuji_str cell, uint32_t maximum, uint32_t *hundredths, uint32_t *divisor) {
  if (wuji_mark_read(cell, hundredths) != WUJI_MARK_GOOD) {
    cell = wuji_trim(cell);
    if (wuji_mark_read(cell, hundredths) != WUJI_MARK_GOOD) return false;
  }
  note_step(*hundredths, divisor);
  return *hundredths <= maximum;
}

/* One loop a type. `*sum` in hundredths. */
#define FAST_MARKS(name, type)                                                                               \
  static bool name(const wuji_row_plan *plan, const char *bytes, const wuji_cell *cells, type *marks,        \
                   uint32_t *divisor, uint64_t *sum) {                                                       \
    uint32_t empty = 0;                                                                                      \
    uint64_t total = 0;                                                                                      \
    for (uint32_t i = 0; i < plan->item_count; i++) {                                                        \
      wuji_cell cell = cells[plan->column[i]];                                                               \
      uint32_t mark = short_mark(bytes + cell.at + cell.len, cell.len);                                      \
      if (__builtin_expect(mark <= plan->whole[i], 1)) {                                                     \
        mark *= WUJI_HUNDREDTHS;                                                                             \
        marks[i] = (type)mark;                                                                               \
        total += mark;                                                                                       \
      } else if (cell.len == 0) {                                                                            \
        marks[i] = (type)-1;                                                                                 \
        empty++;                                                                                             \
      } else {                                                                                               \
        wuji_str text = {bytes + cell.at, cell.len};                                                         \
        if (!long_cell(text, plan->maximum[i], &mark, divisor)) return false;                                \
        marks[i] = (type)mark;                                                                               \
        total += mark;                                                                                       \
      }                                                                                                      \
    }                                                                                                        \
    *sum = total;                                                                                            \
    return empty < plan->item_count;                                                                         \
  }
FAST_MARKS(fast_marks, uint16_t)
FAST_MARKS(fast_wide_marks, uint32_t)

static bool fast_row(const wuji_row_plan *plan, const wuji_pull *pull, const wuji_record *record, void *marks,
                     uint32_t *divisor) {
  const char *bytes = pull->csv.bytes;
  const wuji_cell *cells = record->cells;
  uint64_t sum;
  uint32_t step = *divisor; /* of this row too, if it is one of marks after all */
  if (plan->status_column != WUJI_NO_COLUMN && cells[plan->status_column].len > 0) return false;
  bool good = plan->wide ? fast_wide_marks(plan, bytes, cells, marks, &step, &sum)
                         : fast_marks(plan, bytes, cells, marks, &step, &sum);
  if (good && plan->total_column != WUJI_NO_COLUMN) {
    uint32_t total;
    wuji_cell cell = cells[plan->total_column];
    good = cell.len == 0 ||
           (wuji_mark_read((wuji_str){bytes + cell.at, cell.len}, &total) == WUJI_MARK_GOOD && total == sum);
  }
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
  bool normal = wuji_str_is(status, "正常") || wuji_same_ascii(status, "present");
  if ((word == CELL_OTHER || word == CELL_BLANK) && !normal) {
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

/* Reads a cell that is to be a mark; notes what is wrong with it. */
static bool careful_mark(wuji_pull *pull, wuji_place place, wuji_str text, uint32_t maximum,
                         uint32_t *hundredths) {
  wuji_notes *notes = &pull->notes;
  wuji_mark_form form = wuji_mark_read(text, hundredths);
  if (form == WUJI_MARK_NO_NUMBER) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_MARK_NOT_A_NUMBER, text, "mark %s is not a number",
                      WUJI_SHOW(text));
  } else if (form == WUJI_MARK_NEGATIVE) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_MARK_NEGATIVE, text, "mark %s is negative", WUJI_SHOW(text));
  } else if (form == WUJI_MARK_DECIMALS) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_MARK_DECIMALS, text, "mark %s has more than two decimals",
                      WUJI_SHOW(text));
  } else if (*hundredths > maximum) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_MARK_ABOVE_MAXIMUM, text,
                      "mark %s is above the item's maximum %s", WUJI_SHOW(text),
                      wuji_mark_write(maximum).text);
  }
  return form == WUJI_MARK_GOOD && *hundredths <= maximum;
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
    if (!careful_mark(pull, place, text, plan->maximum[i], &hundredths)) continue;
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

static void put_mark(const wuji_row_plan *plan, void *marks, uint32_t item, uint32_t value) {
  if (plan->wide)
    ((uint32_t *)marks)[item] = value;
  else
    ((uint16_t *)marks)[item] = (uint16_t)value;
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
    put_mark(plan, marks, i, wuji_row_blank(plan->wide));
    if (word_of(text) != CELL_OTHER) continue;
    if (careful_mark(pull, place, text, plan->maximum[i], &hundredths)) {
      note_step(hundredths, divisor);
      put_mark(plan, marks, i, hundredths);
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
  } else if (words.marks == 0 && words.blanks == 0) {
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
