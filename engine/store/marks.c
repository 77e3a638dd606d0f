/* All marks of a cohort as chunks that fill a page. */
#include "store/store_inside.h"

/* The marks lie in the matrix as they lie in the chunk, but for the order of their bytes. */
static uint8_t *put_marks(uint8_t *at, const wuji_paper *paper, size_t first, size_t count) {
  at = wuji_pg_put_bits(at, 4, count * paper->width);
  switch (paper->width) {
  case 1: memcpy(at, (const uint8_t *)paper->marks + first, count); break;
  case 2:
    for (size_t i = 0; i < count; i++)
      (void)wuji_pg_put_bits(at + 2 * i, 2, ((const uint16_t *)paper->marks)[first + i]);
    break;
  default:
    for (size_t i = 0; i < count; i++)
      (void)wuji_pg_put_bits(at + 4 * i, 4, ((const uint32_t *)paper->marks)[first + i]);
    break;
  }
  return at + count * paper->width;
}

static wuji_status copy_paper(wuji_pg_copy *copy, const wuji_cohort *cohort, uint32_t p, int32_t run,
                              wuji_error *error) {
  const wuji_paper *paper = &cohort->papers[p];
  uint32_t chunk_rows = wuji_cohort_chunk_rows(cohort);
  wuji_status status = WUJI_OK;
  for (uint32_t row = 0; row < cohort->row_count; row += chunk_rows) {
    uint32_t rows = cohort->row_count - row < chunk_rows ? cohort->row_count - row : chunk_rows;
    size_t count = (size_t)rows * paper->item_count;
    uint8_t *at = wuji_pg_copy_row(copy, 4, 4 * 8 + count * paper->width, &status, error);
    if (at == NULL) break;
    at = wuji_pg_put_integer(at, 4, run);
    at = wuji_pg_put_integer(at, 2, p);
    at = wuji_pg_put_integer(at, 4, row / chunk_rows);
    wuji_pg_copy_done(copy, put_marks(at, paper, (size_t)row * paper->item_count, count));
  }
  return status;
}

wuji_status wuji_store_marks(wuji_store *store, const wuji_cohort *cohort, int32_t run, wuji_error *error) {
  wuji_pg *pg = NULL;
  wuji_pg_copy *copy = NULL;
  wuji_status status;
  WUJI_TRY(wuji_store_connect(store, run, &pg, error));
  WUJI_TRY(wuji_store_copy_into(pg, wuji_catalog_find_stored("marks"), &copy, error));
  for (uint32_t p = 0; p < cohort->paper_count && status == WUJI_OK; p++)
    status = copy_paper(copy, cohort, p, run, error);
  bool good = status == WUJI_OK;
  wuji_status ended = wuji_pg_copy_end(copy, good, good ? error : NULL);
  if (good) status = ended;
done:
  wuji_pg_close(pg);
  return status;
}
