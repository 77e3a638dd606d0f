/* Stored tables standing and class_reference: what student_score is made of. */
#include "report/pack.h"
#include "report/writers.h"

/* Status, raw, then rank and how many are equal at each level, class first. */
static unsigned char *put_standing(unsigned char *at, const wuji_cohort *cohort,
                                   const wuji_sheet_result *result, uint32_t row) {
  at = wuji_pack(at, result->sheet.status[row], 1);
  at = wuji_pack(at, (uint32_t)result->sheet.raw[row], 3);
  int32_t node = wuji_class_on_paper(cohort, result->sheet.paper, row);
  for (; node >= 0; node = cohort->nodes[node].parent) {
    wuji_standing place = wuji_sheet_place(result, node, row);
    at = wuji_pack(at, place.rank, 3);
    at = wuji_pack(at, place.equal, 3);
  }
  return at;
}

static wuji_str standing_bytes(const wuji_source *source, wuji_rows *rows, const wuji_sheet_result *result,
                               uint32_t first, uint32_t end) {
  uint32_t size = (end - first) * WUJI_STANDING_BYTES;
  unsigned char *bytes = wuji_rows_alloc(rows, size);
  if (bytes == NULL) return WUJI_NO_STR;
  unsigned char *at = bytes;
  for (uint32_t row = first; row < end; row++) at = put_standing(at, source->cohort, result, row);
  return (wuji_str){(const char *)bytes, size};
}

wuji_status wuji_store_standing(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t count = source->cohort->row_count;
  uint32_t chunk_rows = wuji_cohort_chunk_rows(source->cohort);
  for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
    for (uint32_t first = 0; first < count; first += chunk_rows) {
      uint32_t end = count - first < chunk_rows ? count : first + chunk_rows;
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, s);
      wuji_rows_int(rows, first / chunk_rows);
      wuji_rows_text(rows, standing_bytes(source, rows, &source->analysis->sheets[s], first, end));
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

/* How many were present on each sheet in the class, its school, county, city and province. */
static wuji_str present_bytes(const wuji_source *source, wuji_rows *rows, int32_t class_node) {
  const wuji_analysis *a = source->analysis;
  size_t size = (size_t)a->sheet_count * WUJI_LEVELS * 4;
  unsigned char *bytes = wuji_rows_alloc(rows, size);
  if (bytes == NULL) return WUJI_NO_STR;
  unsigned char *at = bytes;
  for (uint32_t s = 0; s < a->sheet_count; s++) {
    int32_t node = class_node;
    for (; node >= 0; node = source->cohort->nodes[node].parent)
      at = wuji_pack(at, a->sheets[s].nodes[node].n, 4);
  }
  return (wuji_str){(const char *)bytes, (uint32_t)size};
}

/* Cells means, sds: what z is measured against at the root, a sheet each. */
static void root_cells(const wuji_source *source, wuji_rows *rows, int32_t root) {
  const wuji_analysis *a = source->analysis;
  uint32_t size = a->sheet_count * (uint32_t)sizeof(double);
  double *means = wuji_rows_alloc(rows, size);
  double *sds = wuji_rows_alloc(rows, size);
  for (uint32_t s = 0; means != NULL && sds != NULL && s < a->sheet_count; s++) {
    means[s] = a->sheets[s].nodes[root].mean;
    sds[s] = a->sheets[s].nodes[root].sd;
  }
  wuji_rows_text(rows, (wuji_str){(const char *)means, size});
  wuji_rows_text(rows, (wuji_str){(const char *)sds, size});
}

wuji_status wuji_store_class_reference(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_cohort *cohort = source->cohort;
  for (int32_t n = 0; n < cohort->node_count; n++) {
    if (cohort->nodes[n].level != WUJI_CLASS) continue;
    wuji_rows_int(rows, source->run);
    wuji_rows_int(rows, n);
    wuji_rows_text(rows, present_bytes(source, rows, n));
    root_cells(source, rows, cohort->nodes[n].root);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}
