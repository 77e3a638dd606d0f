#include "stats/sheet.h"

uint32_t wuji_least_units(__int128 num, __int128 den) {
  if (num <= 0) return 0;
  __int128 least = (num - 1) / den + 1;
  return least > UINT32_MAX ? UINT32_MAX : (uint32_t)least;
}

/* t/units >= rate·full, as the least t. The product stays below 2^60·2^60·100 < 2^127. */
static uint32_t threshold(const wuji_sheet *sheet, wuji_decimal rate) {
  return wuji_least_units((__int128)rate.num * sheet->full.num * sheet->units,
                          (__int128)rate.den * sheet->full.den);
}

static uint32_t count_bins(const wuji_sheet *sheet) {
  int32_t most = 0;
  for (uint32_t r = 0; r < sheet->cohort->row_count; r++) {
    if (wuji_sheet_present(sheet, r) && sheet->raw[r] > most) most = sheet->raw[r];
  }
  return (uint32_t)most + 1;
}

static wuji_status cut_segments(wuji_sheet *sheet, wuji_arena *arena, wuji_error *error) {
  if (sheet->full.num == 0 || sheet->segment.num <= 0) return WUJI_OK;
  __int128 full = (__int128)sheet->full.num * sheet->segment.den;
  __int128 width = (__int128)sheet->segment.num * sheet->full.den;
  __int128 count = (full - 1) / width + 1;
  if (count > WUJI_MOST_SEGMENTS) {
    wuji_str code = sheet->paper == NULL ? wuji_str_of("total") : sheet->paper->code;
    return wuji_fail(
        error, WUJI_REJECTED, "segments of %.15g cut the full mark %.15g of %.*s into more than %d",
        wuji_decimal_real(sheet->segment), sheet->full_mark, (int)code.len, code.ptr, WUJI_MOST_SEGMENTS);
  }
  sheet->segment_count = (uint32_t)count;
  uint32_t *lo = wuji_arena_array(arena, sheet->segment_count, sizeof *lo);
  if (lo == NULL) return wuji_fail_memory(error);
  for (uint32_t s = 0; s < sheet->segment_count; s++) {
    lo[s] = wuji_least_units((__int128)s * sheet->segment.num * sheet->units, sheet->segment.den);
  }
  sheet->segment_lo = lo;
  return WUJI_OK;
}

/* The items' maxima in the type of the marks, as the kernels compare them. */
static wuji_status view_marks(wuji_sheet *sheet, wuji_arena *arena, wuji_error *error) {
  const wuji_paper *paper = sheet->paper;
  void *maxima = wuji_arena_array(arena, paper->item_count, paper->width);
  if (maxima == NULL) return wuji_fail_memory(error);
  for (uint32_t i = 0; i < paper->item_count; i++) {
    switch (paper->width) {
    case 1: ((uint8_t *)maxima)[i] = (uint8_t)paper->items[i].max; break;
    case 2: ((uint16_t *)maxima)[i] = (uint16_t)paper->items[i].max; break;
    default: ((uint32_t *)maxima)[i] = paper->items[i].max; break;
    }
  }
  sheet->marks = (wuji_marks){.marks = paper->marks,
                              .maxima = maxima,
                              .items = paper->item_count,
                              .width = paper->width,
                              .full = paper->full};
  return WUJI_OK;
}

wuji_status wuji_sheet_init(wuji_sheet *sheet, const wuji_cohort *cohort, uint32_t index, wuji_arena *arena,
                            wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_plan *plan = &cohort->plan;
  if (index < cohort->paper_count) {
    const wuji_paper *paper = &cohort->papers[index];
    *sheet = (wuji_sheet){.cohort = cohort,
                          .paper = paper,
                          .in_total = paper->in_total,
                          .units = paper->units,
                          .full = {paper->full, paper->units},
                          .full_mark = (double)paper->full / (double)paper->units,
                          .status = paper->status,
                          .raw = paper->raw,
                          .segment = paper->segment};
    WUJI_TRY(view_marks(sheet, arena, error));
    if (!wuji_mark_places_init(&sheet->places, paper, arena)) WUJI_TRY(wuji_fail_memory(error));
    WUJI_TRY(wuji_aspects_init(&sheet->aspects, paper, arena, error));
  } else {
    *sheet = (wuji_sheet){.cohort = cohort,
                          .units = cohort->total.units,
                          .full = cohort->total.full,
                          .full_mark = wuji_decimal_real(cohort->total.full),
                          .status = cohort->total.status,
                          .raw = cohort->total.raw,
                          .segment = plan->total_segment};
  }
  if (!wuji_option_sheet_init(&sheet->options, sheet->paper, arena)) WUJI_TRY(wuji_fail_memory(error));
  sheet->bins = count_bins(sheet);
  sheet->excellent = threshold(sheet, plan->excellent);
  sheet->good = threshold(sheet, plan->good);
  sheet->pass = threshold(sheet, plan->pass);
  sheet->low = threshold(sheet, plan->low);
  WUJI_TRY(cut_segments(sheet, arena, error));
done:
  return status;
}
