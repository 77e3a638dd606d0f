/* band_stat, diagnostic and stored: how many of a node stand among the first of their root. */
#include "report/pack.h"
#include "report/writers.h"

#include <math.h>

/* All bands of a node. */
static wuji_status write_bands(const wuji_source *source, const wuji_sheet_result *result, int32_t id,
                               wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_node *node = &source->cohort->nodes[id];
  const uint32_t *counts = result->bands + (size_t)id * result->band_count;
  uint32_t n = result->nodes[id].n;
  for (uint32_t b = 0; b < result->band_count; b++) {
    wuji_rows_text(rows, source->cohort->plan.code);
    wuji_rows_text(rows, wuji_sheet_code(&result->sheet));
    wuji_rows_text(rows, wuji_str_of(wuji_level_names[node->level]));
    wuji_rows_text(rows, node->path);
    wuji_rows_int(rows, result->band_tops[b]);
    wuji_rows_int(rows, counts[b]);
    wuji_rows_real(rows, n == 0 ? NAN : (double)counts[b] / (double)n);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_band_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    if (result->band_count == 0) continue;
    for (int32_t node = 0; node < source->cohort->node_count; node++) {
      if (result->nodes[node].on_sheet) WUJI_TRY(write_bands(source, result, node, rows, error));
    }
  }
done:
  return status;
}

wuji_status wuji_store_band(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (uint32_t b = 0; b < result->band_count; b++) {
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, s);
      wuji_rows_int(rows, b);
      wuji_rows_int(rows, result->band_tops[b]);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

static wuji_str band_bytes(const wuji_sheet_result *result, wuji_rows *rows, int32_t node) {
  uint32_t count = result->band_count;
  unsigned char *bytes = wuji_rows_alloc(rows, (size_t)count * 4);
  if (bytes == NULL) return WUJI_NO_STR;
  unsigned char *at = bytes;
  for (uint32_t b = 0; b < count; b++) at = wuji_pack(at, result->bands[(size_t)node * count + b], 4);
  return (wuji_str){(const char *)bytes, count * 4};
}

wuji_status wuji_store_band_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->analysis->sheet_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    if (result->band_count == 0) continue;
    for (int32_t node = 0; node < source->cohort->node_count; node++) {
      if (!result->nodes[node].on_sheet) continue;
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, s);
      wuji_rows_int(rows, node);
      wuji_rows_int(rows, result->nodes[node].n);
      wuji_rows_text(rows, band_bytes(result, rows, node));
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}
