#include "growth/cases.h"

#include <math.h>

static bool is_case(const wuji_growth_request *request, uint32_t row) {
  if (!wuji_sheet_present(request->sheet, row)) return false;
  for (uint32_t p = 0; p < request->prior_count; p++) {
    if (isnan(request->priors[p].values[row])) return false;
  }
  return true;
}

wuji_status wuji_growth_cases_gather(const wuji_growth_request *request, wuji_arena *arena,
                                     wuji_growth_cases *cases, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_sheet *sheet = request->sheet;
  const wuji_cohort *cohort = sheet->cohort;
  uint32_t rows = cohort->row_count;
  wuji_arena scratch = {0};
  uint32_t *before =
      wuji_arena_array(&scratch, (size_t)rows + 1, sizeof *before); /* cases before a position */
  *cases = (wuji_growth_cases){.prior_count = request->prior_count};
  if (before == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t at = 0; at < rows; at++)
    before[at + 1] = before[at] + is_case(request, wuji_paper_row(sheet->paper, at));
  cases->count = before[rows];
  cases->row = wuji_arena_array(arena, cases->count, sizeof *cases->row);
  cases->outcome = wuji_arena_array(arena, cases->count, sizeof *cases->outcome);
  cases->priors = wuji_arena_array(arena, (size_t)cases->count * cases->prior_count, sizeof *cases->priors);
  cases->of_node = wuji_arena_array(arena, (size_t)cohort->node_count, sizeof *cases->of_node);
  if (cases->row == NULL || cases->outcome == NULL || cases->priors == NULL || cases->of_node == NULL)
    WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t at = 0; at < rows; at++) {
    if (before[at + 1] > before[at]) cases->row[before[at]] = wuji_paper_row(sheet->paper, at);
  }
  for (uint32_t i = 0; i < cases->count; i++)
    cases->outcome[i] = (double)sheet->raw[cases->row[i]] / (double)sheet->units;
  for (uint32_t p = 0; p < cases->prior_count; p++) {
    double *values = cases->priors + (size_t)p * cases->count;
    for (uint32_t i = 0; i < cases->count; i++) values[i] = request->priors[p].values[cases->row[i]];
  }
  for (int32_t n = 0; n < cohort->node_count; n++) {
    wuji_slice slice = wuji_paper_slice(cohort, sheet->paper, n);
    cases->of_node[n] = (wuji_slice){before[slice.row0], before[slice.row1]};
  }
done:
  wuji_arena_dispose(&scratch);
  return status;
}

double wuji_mean_of(const double *values, wuji_slice slice) {
  double sum = 0;
  if (slice.row0 == slice.row1) return NAN;
  for (uint32_t i = slice.row0; i < slice.row1; i++) sum += values[i];
  return sum / (double)(slice.row1 - slice.row0);
}

double wuji_sd_of(const double *values, wuji_slice slice) {
  double mean = wuji_mean_of(values, slice);
  double square = 0;
  if (slice.row1 - slice.row0 < 2) return NAN;
  for (uint32_t i = slice.row0; i < slice.row1; i++) square += (values[i] - mean) * (values[i] - mean);
  return sqrt(square / (double)(slice.row1 - slice.row0 - 1));
}
