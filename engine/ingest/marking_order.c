#include "ingest/marking_order.h"

#include <stdlib.h>

/* A name of a part, and its number there. */
typedef struct named {
  wuji_str name;
  uint32_t *final; /* where its number among all goes to */
} named;

static int by_name(const void *a, const void *b) {
  return wuji_str_compare(((const named *)a)->name, ((const named *)b)->name);
}

/* Numbers all names of all parts; `final[p][n]` is the number of name n of part p. */
static wuji_status number_markers(const wuji_marking_part *parts, uint32_t part_count, uint32_t **final,
                                  wuji_str **markers, uint32_t *marker_count, wuji_arena *arena,
                                  wuji_error *error) {
  wuji_status status = WUJI_OK;
  size_t count = 0;
  size_t at = 0;
  for (uint32_t p = 0; p < part_count; p++) count += parts[p].markers.count;
  named *all = malloc((count + 1) * sizeof *all);
  *markers = wuji_arena_array(arena, count, sizeof **markers);
  *marker_count = 0;
  if (all == NULL || *markers == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t p = 0; p < part_count; p++) {
    final[p] = malloc(((size_t)parts[p].markers.count + 1) * sizeof **final);
    if (final[p] == NULL) WUJI_TRY(wuji_fail_memory(error));
    for (uint32_t n = 0; n < parts[p].markers.count; n++) {
      all[at++] = (named){parts[p].markers.names[n], &final[p][n]};
    }
  }
  qsort(all, count, sizeof *all, by_name);
  for (size_t n = 0; n < count; n++) {
    if (n == 0 || by_name(&all[n - 1], &all[n]) != 0) {
      (*markers)[*marker_count] = wuji_arena_copy(arena, all[n].name);
      if ((*markers)[(*marker_count)++].ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
    }
    *all[n].final = *marker_count - 1;
  }
done:
  free(all);
  return status;
}

static int by_marking_and_line(const void *a, const void *b) {
  const wuji_marking_line *x = a;
  const wuji_marking_line *y = b;
  int order = wuji_marking_compare(&x->marking, &y->marking);
  return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* Puts the markings into their rows' places, then orders the few of each row. */
static wuji_status put_by_row(const wuji_marking_part *parts, uint32_t part_count, uint32_t *const *final,
                              uint32_t row_count, wuji_marking_line *sorted, wuji_error *error) {
  size_t *behind =
      calloc((size_t)row_count + 1, sizeof *behind); /* first its count, then a row's next place */
  if (behind == NULL) return wuji_fail_memory(error);
  for (uint32_t p = 0; p < part_count; p++) {
    for (size_t m = 0; m < parts[p].count; m++) behind[parts[p].lines[m].marking.row]++;
  }
  size_t begin = 0;
  for (uint32_t r = 0; r < row_count; r++) {
    size_t count = behind[r];
    behind[r] = begin;
    begin += count;
  }
  for (uint32_t p = 0; p < part_count; p++) {
    for (size_t m = 0; m < parts[p].count; m++) {
      wuji_marking_line *put = &sorted[behind[parts[p].lines[m].marking.row]++];
      *put = parts[p].lines[m];
      put->marking.marker = final[p][put->marking.marker];
    }
  }
  begin = 0;
  for (uint32_t r = 0; r < row_count; r++) {
    if (behind[r] - begin > 1) qsort(sorted + begin, behind[r] - begin, sizeof *sorted, by_marking_and_line);
    begin = behind[r];
  }
  free(behind);
  return WUJI_OK;
}

wuji_status wuji_markings_sort(const wuji_marking_part *parts, uint32_t part_count, uint32_t row_count,
                               wuji_marking_line **sorted, size_t *count, wuji_str **markers,
                               uint32_t *marker_count, wuji_arena *arena, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t **final = calloc((size_t)part_count + 1, sizeof(uint32_t *));
  *count = 0;
  for (uint32_t p = 0; p < part_count; p++) *count += parts[p].count;
  *sorted = malloc((*count + 1) * sizeof **sorted);
  if (final == NULL || *sorted == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(number_markers(parts, part_count, final, markers, marker_count, arena, error));
  WUJI_TRY(put_by_row(parts, part_count, final, row_count, *sorted, error));
done:
  for (uint32_t p = 0; final != NULL && p < part_count; p++) free(final[p]);
  free(final);
  return status;
}
