/* The cohort's matrices as chunks of candidates, packed: marks (each fills a page), what was chosen, what the
 * markers gave, earlier results. */
#include "store/store_inside.h"

typedef struct packing {
  wuji_store_lane *lane;
  const wuji_cohort *cohort;
  uint32_t chunk_rows;
} packing;

/* Room for a row (run, number, chunk, bytea of `bytes`), its first fields written; the place of the bytea. */
static uint8_t *begin_row(const packing *p, uint32_t number_bytes, uint32_t number, uint32_t chunk,
                          size_t bytes, wuji_status *status, wuji_error *error) {
  uint8_t *at = wuji_pg_copy_row(p->lane->copy, 4, (size_t)4 * 8 + bytes, status, error);
  if (at == NULL) return NULL;
  at = wuji_pg_put_integer(at, 4, p->lane->run);
  at = wuji_pg_put_integer(at, number_bytes, number);
  at = wuji_pg_put_integer(at, 4, chunk);
  p->lane->rows++;
  return wuji_pg_put_bits(at, 4, bytes);
}

/* `count` values of `width` bytes as they lie in the matrix, but for the order of their bytes. */
static uint8_t *put_values(uint8_t *at, const void *values, uint32_t width, size_t first, size_t count) {
  switch (width) {
  case 1: memcpy(at, (const uint8_t *)values + first, count); break;
  case 2:
    for (size_t i = 0; i < count; i++)
      (void)wuji_pg_put_bits(at + 2 * i, 2, ((const uint16_t *)values)[first + i]);
    break;
  default:
    for (size_t i = 0; i < count; i++)
      (void)wuji_pg_put_bits(at + 4 * i, 4, ((const uint32_t *)values)[first + i]);
    break;
  }
  return at + count * width;
}

/* A matrix of `columns` values a candidate, chunk by chunk. */
static wuji_status pack_matrix(const packing *p, uint32_t paper, const void *values, uint32_t width,
                               uint32_t columns, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t row_count = p->cohort->row_count;
  for (uint32_t row = 0; row < row_count && columns > 0; row += p->chunk_rows) {
    uint32_t rows = row_count - row < p->chunk_rows ? row_count - row : p->chunk_rows;
    size_t count = (size_t)rows * columns;
    uint8_t *at = begin_row(p, 2, paper, row / p->chunk_rows, count * width, &status, error);
    if (at == NULL) break;
    wuji_pg_copy_done(p->lane->copy, put_values(at, values, width, (size_t)row * columns, count));
  }
  return status;
}

static wuji_status pack_marks(const packing *p, uint32_t number, wuji_error *error) {
  const wuji_paper *paper = &p->cohort->papers[number];
  return pack_matrix(p, number, paper->marks, paper->width, paper->item_count, error);
}

static wuji_status pack_chosen(const packing *p, uint32_t number, wuji_error *error) {
  const wuji_paper *paper = &p->cohort->papers[number];
  return pack_matrix(p, number, paper->chosen, paper->chosen_width, paper->choice_count, error);
}

static wuji_status pack_markings(const packing *p, uint32_t number, wuji_error *error) {
  const wuji_paper *paper = &p->cohort->papers[number];
  wuji_status status = WUJI_OK;
  for (size_t first = 0, end; first < paper->marking_count; first = end) {
    uint32_t chunk = paper->markings[first].row / p->chunk_rows;
    for (end = first; end < paper->marking_count && paper->markings[end].row / p->chunk_rows == chunk;) end++;
    uint8_t *at = begin_row(p, 2, number, chunk, (end - first) * WUJI_MARKING_BYTES, &status, error);
    if (at == NULL) break;
    for (size_t m = first; m < end; m++) {
      const wuji_marking *marking = &paper->markings[m];
      at = wuji_pg_put_bits(at, 2, marking->row % p->chunk_rows);
      at = wuji_pg_put_bits(at, 2, marking->item);
      at = wuji_pg_put_bits(at, 1, marking->round);
      at = wuji_pg_put_bits(at, 4, marking->marker);
      at = wuji_pg_put_bits(at, 4, marking->mark);
      at = wuji_pg_put_bits(at, 4, marking->seconds);
    }
    wuji_pg_copy_done(p->lane->copy, at);
  }
  return status;
}

static wuji_status pack_prior(const packing *p, uint32_t prior, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t row_count = p->cohort->row_count;
  const double *given = p->cohort->priors + (size_t)prior * row_count;
  for (uint32_t row = 0; row < row_count; row += p->chunk_rows) {
    uint32_t rows = row_count - row < p->chunk_rows ? row_count - row : p->chunk_rows;
    uint8_t *at = begin_row(p, 4, prior, row / p->chunk_rows, (size_t)8 * rows, &status, error);
    if (at == NULL) break;
    for (uint32_t r = 0; r < rows; r++) {
      uint64_t bits;
      memcpy(&bits, &given[row + r], sizeof bits);
      at = wuji_pg_put_bits(at, 8, bits);
    }
    wuji_pg_copy_done(p->lane->copy, at);
  }
  return status;
}

typedef wuji_status packer(const packing *p, uint32_t number, wuji_error *error);

static const struct packed {
  const char *table;
  packer *pack;  /* called once a paper, or */
  bool by_prior; /* once a prior */
} all[] = {
    {"marks", pack_marks, false},
    {"chosen", pack_chosen, false},
    {"marking", pack_markings, false},
    {"prior_value", pack_prior, true},
};

static const struct packed *find(const wuji_table_def *def) {
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    if (strcmp(all[i].table, def->name) == 0) return &all[i];
  }
  return NULL;
}

/* Most packages have nothing but marks: nothing is begun for the rest. */
static bool has_any(const struct packed *packed, const wuji_cohort *cohort) {
  if (packed->by_prior) return cohort->prior_count > 0;
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    const wuji_paper *paper = &cohort->papers[p];
    if (packed->pack == pack_marks || (packed->pack == pack_chosen && paper->choice_count > 0) ||
        (packed->pack == pack_markings && paper->marking_count > 0)) {
      return true;
    }
  }
  return false;
}

bool wuji_store_packs(const wuji_table_def *def) {
  return find(def) != NULL;
}

wuji_status wuji_store_pack(wuji_store_lane *lane, const wuji_table_def *def, const wuji_cohort *cohort,
                            wuji_error *error) {
  const struct packed *packed = find(def);
  if (packed == NULL) return wuji_fail(error, WUJI_INTERNAL, "nothing packs table %s", def->name);
  if (!has_any(packed, cohort)) return WUJI_OK;
  uint32_t count = packed->by_prior ? cohort->prior_count : cohort->paper_count;
  wuji_status status = wuji_store_copy_begin(lane, def, error);
  if (status != WUJI_OK) return status;
  packing p = {.lane = lane, .cohort = cohort, .chunk_rows = wuji_cohort_chunk_rows(cohort)};
  for (uint32_t i = 0; i < count && status == WUJI_OK; i++) status = packed->pack(&p, i, error);
  bool good = status == WUJI_OK;
  wuji_status ended = wuji_store_copy_end(lane, good, good ? error : NULL); /* the first failure is told */
  return good ? ended : status;
}
