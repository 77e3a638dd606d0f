/* mark_stat, diagnostic and stored: the marks of an item at a node, from the school up. */
#include "report/pack.h"
#include "report/writers.h"

#include <math.h>

/* Marks of `item` in marks, NaN for a blank. */
static double mark_at(const wuji_sheet *sheet, uint32_t item, uint32_t place) {
  if (place + 1 == sheet->places.first[item + 1]) return NAN;
  return (double)(place - sheet->places.first[item]) / (double)sheet->units;
}

static bool has_marks(const wuji_sheet_result *result, int32_t node) {
  return result->nodes[node].on_sheet && result->sheet.cohort->nodes[node].level <= WUJI_SCHOOL;
}

/* All marks of an item at a node. */
static wuji_status write_marks(const wuji_source *source, const wuji_sheet_result *result, uint32_t item,
                               int32_t id, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_node *node = &source->cohort->nodes[id];
  const wuji_mark_tally *tally = &result->tallies[id];
  uint32_t at = wuji_mark_tally_seek(tally, result->sheet.places.first[item]);
  uint32_t n = result->nodes[id].n;
  for (uint32_t m = result->marks.first[item]; m < result->marks.first[item + 1]; m++) {
    uint32_t count = wuji_mark_tally_next(tally, &at, result->marks.place[m]);
    wuji_rows_text(rows, source->cohort->plan.code);
    wuji_rows_text(rows, wuji_sheet_code(&result->sheet));
    wuji_rows_text(rows, result->sheet.paper->items[item].name);
    wuji_rows_text(rows, wuji_str_of(wuji_level_names[node->level]));
    wuji_rows_text(rows, node->path);
    wuji_rows_real(rows, mark_at(&result->sheet, item, result->marks.place[m]));
    wuji_rows_int(rows, count);
    wuji_rows_real(rows, n == 0 ? NAN : (double)count / (double)n);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_mark_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (uint32_t item = 0; item < result->sheet.paper->item_count; item++) {
      for (int32_t node = 0; node < source->cohort->node_count; node++) {
        if (has_marks(result, node)) WUJI_TRY(write_marks(source, result, item, node, rows, error));
      }
    }
  }
done:
  return status;
}

/* So many counts fill a page of the database. */
enum { PIECE = 2000 };

wuji_status wuji_store_mark_value(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (uint32_t item = 0; item < result->sheet.paper->item_count; item++) {
      for (uint32_t m = result->marks.first[item]; m < result->marks.first[item + 1]; m++) {
        wuji_rows_int(rows, source->run);
        wuji_rows_int(rows, s);
        wuji_rows_int(rows, m);
        wuji_rows_int(rows, item);
        wuji_rows_text(rows, result->sheet.paper->items[item].name);
        wuji_rows_real(rows, mark_at(&result->sheet, item, result->marks.place[m]));
        wuji_rows_int(rows, m / PIECE);
        wuji_rows_int(rows, m % PIECE);
        WUJI_TRY(wuji_rows_next(rows, error));
      }
    }
  }
done:
  return status;
}

/* A node's counts, all pieces of them. */
static wuji_status store_pieces(const wuji_source *source, const wuji_sheet_result *result, uint32_t sheet,
                                int32_t node, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_mark_tally *tally = &result->tallies[node];
  uint32_t at = 0;
  for (uint32_t start = 0; start < result->marks.count; start += PIECE) {
    uint32_t end = result->marks.count - start < PIECE ? result->marks.count : start + PIECE;
    unsigned char *bytes = wuji_rows_alloc(rows, (size_t)(end - start) * 4);
    unsigned char *into = bytes;
    for (uint32_t m = start; into != NULL && m < end; m++) {
      into = wuji_pack(into, wuji_mark_tally_next(tally, &at, result->marks.place[m]), 4);
    }
    wuji_rows_int(rows, source->run);
    wuji_rows_int(rows, sheet);
    wuji_rows_int(rows, node);
    wuji_rows_int(rows, start / PIECE);
    wuji_rows_int(rows, result->nodes[node].n);
    wuji_rows_text(rows, (wuji_str){(const char *)bytes, (end - start) * 4});
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_store_mark_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    const wuji_sheet_result *result = &source->analysis->sheets[s];
    for (int32_t node = 0; node < source->cohort->node_count; node++) {
      if (has_marks(result, node)) WUJI_TRY(store_pieces(source, result, s, node, rows, error));
    }
  }
done:
  return status;
}
