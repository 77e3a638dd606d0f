#include "models/nesting.h"

static const uint32_t NOWHERE = UINT32_MAX;

static wuji_status count_level(wuji_nested_level *level, const wuji_mixed_design *design, uint32_t index,
                               wuji_arena *arena, wuji_error *error) {
  const uint32_t *group = design->level[index].group;
  const uint32_t *above = index > 0 ? design->level[index - 1].group : NULL;
  level->groups = design->level[index].groups;
  level->n = wuji_arena_array(arena, level->groups, sizeof *level->n);
  level->parent = wuji_arena_array(arena, level->groups, sizeof *level->parent);
  if (level->n == NULL || level->parent == NULL) return wuji_fail_memory(error);
  for (uint32_t g = 0; above != NULL && g < level->groups; g++) level->parent[g] = NOWHERE;
  for (uint32_t r = 0; r < design->n; r++) {
    uint32_t g = group[r];
    level->occupied += level->n[g]++ == 0;
    if (above == NULL) continue;
    if (level->parent[g] == NOWHERE) level->parent[g] = above[r];
    if (level->parent[g] != above[r])
      return wuji_fail(error, WUJI_REJECTED, "group %u of level %u lies in two groups of the level before it",
                       g, index + 1);
  }
  return WUJI_OK;
}

/* Rows block after block; nothing to do where they lie so already, as the rows of an exam do. */
static wuji_status order_rows(wuji_nesting *nesting, const uint32_t *block, wuji_arena *arena,
                              wuji_error *error) {
  bool in_order = true;
  for (uint32_t r = 1; block != NULL && r < nesting->n && in_order; r++) in_order = block[r - 1] <= block[r];
  if (in_order) return WUJI_OK;
  nesting->row = wuji_arena_array(arena, nesting->n, sizeof *nesting->row);
  uint32_t *next = wuji_arena_array(arena, nesting->blocks, sizeof *next);
  if (nesting->row == NULL || next == NULL) return wuji_fail_memory(error);
  for (uint32_t b = 0; b < nesting->blocks; b++) next[b] = nesting->first[b];
  for (uint32_t r = 0; r < nesting->n; r++) nesting->row[next[block[r]]++] = r;
  return WUJI_OK;
}

wuji_status wuji_nesting_make(wuji_nesting *nesting, const wuji_mixed_design *design, wuji_arena *arena,
                              wuji_error *error) {
  *nesting = (wuji_nesting){.n = design->n, .levels = design->levels, .blocks = 1};
  if (design->levels > WUJI_MIXED_LEVELS)
    return wuji_fail(error, WUJI_REJECTED, "%u levels of groups, at most %d are possible", design->levels,
                     WUJI_MIXED_LEVELS);
  for (uint32_t l = 0; l < design->levels; l++) {
    wuji_status status = count_level(&nesting->level[l], design, l, arena, error);
    if (status != WUJI_OK) return status;
  }
  const wuji_nested_level *inner = design->levels > 0 ? &nesting->level[design->levels - 1] : NULL;
  if (inner != NULL) nesting->blocks = inner->groups;
  nesting->first = wuji_arena_array(arena, (size_t)nesting->blocks + 1, sizeof *nesting->first);
  if (nesting->first == NULL) return wuji_fail_memory(error);
  for (uint32_t b = 0; b < nesting->blocks; b++)
    nesting->first[b + 1] = nesting->first[b] + (inner != NULL ? inner->n[b] : design->n);
  return order_rows(nesting, inner != NULL ? design->level[design->levels - 1].group : NULL, arena, error);
}
