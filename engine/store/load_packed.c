/* Marks, what was chosen, what the markers gave and earlier results, from their chunks into the cohort's
 * matrices. */
#include "store/load.h"

#include <endian.h>

/* Where a chunk goes. */
typedef struct chunk {
  uint32_t number; /* paper or prior */
  uint32_t row0, rows;
  wuji_str bytes;
} chunk;

typedef wuji_status unpacker(wuji_loading *loading, const chunk *c, wuji_error *error);

/* Values of `width` bytes into the matrix, in the byte order of this machine. */
static void get_values(void *values, uint32_t width, size_t first, wuji_str bytes) {
  size_t count = bytes.len / width;
  switch (width) {
  case 1: memcpy((uint8_t *)values + first, bytes.ptr, count); break;
  case 2:
    for (size_t i = 0; i < count; i++) {
      uint16_t value;
      memcpy(&value, bytes.ptr + 2 * i, sizeof value);
      ((uint16_t *)values)[first + i] = be16toh(value);
    }
    break;
  default:
    for (size_t i = 0; i < count; i++) {
      uint32_t value;
      memcpy(&value, bytes.ptr + 4 * i, sizeof value);
      ((uint32_t *)values)[first + i] = be32toh(value);
    }
    break;
  }
}

/* Whether every mark of a candidate is a blank or at most its item's maximum; one loop a width, with `maxima`
 * of that width, so that the compiler takes many marks at once. */
#define WITHIN(width, type)                                                                                  \
  static bool within_##width(const type *marks, const type *maxima, uint32_t items) {                        \
    uint32_t outside = 0;                                                                                    \
    for (uint32_t i = 0; i < items; i++) outside |= (marks[i] > maxima[i]) & (marks[i] != (type)-1);         \
    return outside == 0;                                                                                     \
  }
WITHIN(1, uint8_t)
WITHIN(2, uint16_t)
WITHIN(4, uint32_t)

static bool marks_within(const wuji_paper *paper, uint32_t row, const void *maxima) {
  uint32_t items = paper->item_count;
  size_t at = (size_t)row * items;
  switch (paper->width) {
  case 1: return within_1((const uint8_t *)paper->marks + at, maxima, items);
  case 2: return within_2((const uint16_t *)paper->marks + at, maxima, items);
  default: return within_4((const uint32_t *)paper->marks + at, maxima, items);
  }
}

/* The maxima of a paper's items in the width of its marks; they fit (load_package.c). */
static void list_maxima(const wuji_paper *paper, void *maxima) {
  for (uint32_t i = 0; i < paper->item_count; i++) {
    switch (paper->width) {
    case 1: ((uint8_t *)maxima)[i] = (uint8_t)paper->items[i].max; break;
    case 2: ((uint16_t *)maxima)[i] = (uint16_t)paper->items[i].max; break;
    default: ((uint32_t *)maxima)[i] = paper->items[i].max; break;
    }
  }
}

/* A row that is no present candidate's holds one code all along; a present one's marks are blank or within
 * the maxima. */
static bool take_status(wuji_paper *paper, uint32_t row, const void *maxima) {
  static const wuji_attendance away[] = {
      [WUJI_CODE_ABSENT] = WUJI_ABSENT, [WUJI_CODE_VOID] = WUJI_VOID, [WUJI_CODE_NOT_TAKEN] = WUJI_NOT_TAKEN};
  const uint32_t blank = wuji_mark_code(paper->width, WUJI_CODE_BLANK);
  const uint32_t lowest = wuji_mark_code(paper->width, WUJI_CODE_NOT_TAKEN);
  uint32_t first = wuji_paper_mark(paper, row, 0);
  if (first < lowest || first == blank) {
    paper->status[row] = WUJI_PRESENT;
    return marks_within(paper, row, maxima);
  }
  paper->status[row] = (uint8_t)away[blank - first];
  for (uint32_t i = 1; i < paper->item_count; i++) {
    if (wuji_paper_mark(paper, row, i) != first) return false;
  }
  return true;
}

static wuji_status unpack_marks(wuji_loading *loading, const chunk *c, wuji_error *error) {
  wuji_paper *paper = &loading->cohort->papers[c->number];
  if (c->bytes.len != (size_t)c->rows * paper->item_count * paper->width)
    return wuji_load_damaged(loading, "marks", error);
  uint32_t maxima[WUJI_MOST_ITEMS];
  list_maxima(paper, maxima);
  get_values(paper->marks, paper->width, (size_t)c->row0 * paper->item_count, c->bytes);
  for (uint32_t r = c->row0; r < c->row0 + c->rows; r++) {
    if (!take_status(paper, r, maxima)) return wuji_load_damaged(loading, "marks", error);
  }
  return WUJI_OK;
}

/* Whether `rows` candidates' codes are all of options that there are; as WITHIN. */
#define CODES_WITHIN(width, type)                                                                            \
  static bool codes_within_##width(const wuji_paper *paper, const type *codes, uint32_t rows) {              \
    type last[WUJI_MOST_ITEMS];                                                                              \
    uint32_t choices = paper->choice_count;                                                                  \
    uint32_t outside = 0;                                                                                    \
    for (uint32_t i = 0; i < choices; i++) last[i] = (type)(paper->choices[i].option_count - 1);             \
    for (uint32_t r = 0; r < rows; r++, codes += choices) {                                                  \
      for (uint32_t i = 0; i < choices; i++) outside |= codes[i] > last[i];                                  \
    }                                                                                                        \
    return outside == 0;                                                                                     \
  }
CODES_WITHIN(1, uint8_t)
CODES_WITHIN(2, uint16_t)

static wuji_status unpack_chosen(wuji_loading *loading, const chunk *c, wuji_error *error) {
  wuji_paper *paper = &loading->cohort->papers[c->number];
  if (paper->choice_count == 0 || c->bytes.len != (size_t)c->rows * paper->choice_count * paper->chosen_width)
    return wuji_load_damaged(loading, "chosen", error);
  size_t first = (size_t)c->row0 * paper->choice_count;
  get_values(paper->chosen, paper->chosen_width, first, c->bytes);
  bool good = paper->chosen_width == 1
                  ? codes_within_1(paper, (const uint8_t *)paper->chosen + first, c->rows)
                  : codes_within_2(paper, (const uint16_t *)paper->chosen + first, c->rows);
  return good ? WUJI_OK : wuji_load_damaged(loading, "chosen", error);
}

/* Chunks come in order: their marks follow each other. */
static wuji_status unpack_markings(wuji_loading *loading, const chunk *c, wuji_error *error) {
  wuji_paper *paper = &loading->cohort->papers[c->number];
  size_t count = c->bytes.len / WUJI_MARKING_BYTES;
  size_t *taken = &loading->markings_taken[c->number];
  if (count * WUJI_MARKING_BYTES != c->bytes.len || count > paper->marking_count - *taken)
    return wuji_load_damaged(loading, "marking", error);
  for (size_t m = 0; m < count; m++) {
    const char *at = c->bytes.ptr + m * WUJI_MARKING_BYTES;
    uint32_t slot = (uint32_t)wuji_pg_get_bits(at, 2);
    wuji_marking *marking = &paper->markings[(*taken)++];
    *marking = (wuji_marking){.row = c->row0 + slot,
                              .item = (uint16_t)wuji_pg_get_bits(at + 2, 2),
                              .round = (uint8_t)wuji_pg_get_bits(at + 4, 1),
                              .marker = (uint32_t)wuji_pg_get_bits(at + 5, 4),
                              .mark = (uint32_t)wuji_pg_get_bits(at + 9, 4),
                              .seconds = (uint32_t)wuji_pg_get_bits(at + 13, 4)};
    if (slot >= c->rows || marking->item >= paper->item_count || marking->marker >= paper->marker_count)
      return wuji_load_damaged(loading, "marking", error);
  }
  return WUJI_OK;
}

static wuji_status unpack_prior(wuji_loading *loading, const chunk *c, wuji_error *error) {
  if (c->bytes.len != (size_t)8 * c->rows) return wuji_load_damaged(loading, "prior_value", error);
  double *given = loading->cohort->priors + (size_t)c->number * loading->cohort->row_count + c->row0;
  for (uint32_t r = 0; r < c->rows; r++) {
    uint64_t bits = wuji_pg_get_bits(c->bytes.ptr + 8 * r, 8);
    memcpy(&given[r], &bits, sizeof bits);
  }
  return WUJI_OK;
}

static const struct packed {
  const char *table;
  const char *sql; /* number, chunk, bytes */
  unpacker *unpack;
} tables[] = {
    {"marks",
     "copy (select paper, chunk, marks from wuji_store.marks where run = "
     "current_setting('wuji.run')::integer)"
     " to stdout (format binary)",
     unpack_marks},
    {"chosen",
     "copy (select paper, chunk, chosen from wuji_store.chosen where run = "
     "current_setting('wuji.run')::integer)"
     " to stdout (format binary)",
     unpack_chosen},
    {"marking",
     "copy (select paper, chunk, markings from wuji_store.marking where run = "
     "current_setting('wuji.run')::integer"
     " order by paper, chunk) to stdout (format binary)",
     unpack_markings},
    {"prior_value",
     "copy (select prior, chunk, given from wuji_store.prior_value where run = "
     "current_setting('wuji.run')::integer)"
     " to stdout (format binary)",
     unpack_prior},
};

/* Rows that the chunks of a table must bring, all in all; a table of which only some candidates have any is
 * told by what it brings. */
static uint64_t rows_expected(const wuji_loading *loading, unpacker *unpack) {
  const wuji_cohort *cohort = loading->cohort;
  uint64_t numbers = unpack == unpack_prior ? cohort->prior_count : 0;
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    numbers += unpack == unpack_marks || (unpack == unpack_chosen && cohort->papers[p].choice_count > 0);
  }
  return numbers * cohort->row_count;
}

static bool has_markings(const wuji_cohort *cohort) {
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    if (cohort->papers[p].marking_count > 0) return true;
  }
  return false;
}

static bool has_all_markings(const wuji_loading *loading) {
  for (uint32_t p = 0; p < loading->cohort->paper_count; p++) {
    if (loading->markings_taken[p] != loading->cohort->papers[p].marking_count) return false;
  }
  return true;
}

/* The chunk that a row brings; false where it lies outside the cohort. */
static bool chunk_of(const wuji_loading *loading, const wuji_str cells[3], uint32_t numbers, chunk *c) {
  int64_t number = wuji_pg_get_integer(cells[0]);
  int64_t index = wuji_pg_get_integer(cells[1]);
  uint32_t row_count = loading->cohort->row_count;
  if (number < 0 || number >= numbers || index < 0 || index * loading->chunk_rows >= row_count) return false;
  c->number = (uint32_t)number;
  c->row0 = (uint32_t)index * loading->chunk_rows;
  c->rows = row_count - c->row0 < loading->chunk_rows ? row_count - c->row0 : loading->chunk_rows;
  c->bytes = cells[2];
  return c->bytes.ptr != NULL;
}

static wuji_status unpack_table(wuji_loading *loading, wuji_pg *pg, const struct packed *table,
                                wuji_error *error) {
  const wuji_cohort *cohort = loading->cohort;
  wuji_pg_out *out = NULL;
  bool more = true;
  uint64_t rows = 0;
  uint64_t expected = rows_expected(loading, table->unpack);
  bool is_marking = table->unpack == unpack_markings;
  wuji_status status = WUJI_OK;
  if (is_marking ? !has_markings(cohort) : expected == 0) return status;
  WUJI_TRY(wuji_pg_out_begin(pg, table->sql, 3, &out, error));
  for (;;) {
    wuji_str cells[3];
    chunk c;
    WUJI_TRY(wuji_pg_out_row(out, cells, &more, error));
    if (!more) break;
    uint32_t numbers = table->unpack == unpack_prior ? cohort->prior_count : cohort->paper_count;
    if (!chunk_of(loading, cells, numbers, &c)) WUJI_TRY(wuji_load_damaged(loading, table->table, error));
    WUJI_TRY(table->unpack(loading, &c, error));
    rows += c.rows;
  }
  if (is_marking ? !has_all_markings(loading) : rows != expected)
    status = wuji_load_damaged(loading, table->table, error);
done:
  wuji_pg_out_end(out);
  return status;
}

enum { PACKED = sizeof tables / sizeof *tables };

uint32_t wuji_load_packed_count(void) {
  return PACKED;
}

wuji_status wuji_load_packed(wuji_loading *loading, uint32_t table, wuji_error *error) {
  wuji_pg *pg = NULL;
  wuji_status status;
  WUJI_TRY(wuji_load_connect(loading, &pg, error));
  status = unpack_table(loading, pg, &tables[table], error);
done:
  wuji_pg_close(pg);
  return status;
}
