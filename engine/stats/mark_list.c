#include "stats/mark_list.h"

#include <stdlib.h>

static void lay_out(const wuji_mark_places *places, uint32_t items, const uint8_t *met, uint32_t *place,
                    uint32_t *first) {
  uint32_t used = 0;
  for (uint32_t i = 0; i < items; i++) {
    first[i] = used;
    for (uint32_t p = places->first[i]; p < places->first[i + 1]; p++) {
      if (met[p]) place[used++] = p;
    }
  }
  first[items] = used;
}

wuji_status wuji_mark_list_make(wuji_sheet_result *result, const int32_t *roots, uint32_t root_count,
                                wuji_arena *arena, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_mark_places *places = &result->sheet.places;
  uint32_t items = result->sheet.marks.items;
  uint32_t listed = 0;
  uint8_t *met = calloc((size_t)places->count + 1, 1); /* by place */
  if (met == NULL) return wuji_fail_memory(error);
  for (uint32_t root = 0; root < root_count; root++) {
    const wuji_mark_tally *tally = &result->tallies[roots[root]];
    for (uint32_t t = 0; t < tally->used; t++) met[tally->place[t]] = 1;
  }
  for (uint32_t p = 0; p < places->count; p++) listed += met[p];
  uint32_t *place = wuji_arena_array(arena, listed, sizeof *place);
  uint32_t *first = wuji_arena_array(arena, (size_t)items + 1, sizeof *first);
  if (place == NULL || first == NULL) WUJI_TRY(wuji_fail_memory(error));
  lay_out(places, items, met, place, first);
  result->marks = (wuji_mark_list){place, first, listed};
done:
  free(met);
  return status;
}
