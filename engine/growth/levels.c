#include "growth/levels.h"

enum { FEWEST_NODES = 6 };

static uint32_t cases_of(const wuji_growth_cases *cases, int32_t node) {
  return cases->of_node[node].row1 - cases->of_node[node].row0;
}

uint32_t wuji_growth_nodes(const wuji_cohort *cohort, const wuji_growth_cases *cases, int32_t root,
                           int level) {
  uint32_t count = 0;
  for (int32_t n = root; n < cohort->nodes[root].end; n++)
    count += cohort->nodes[n].level == level && cases_of(cases, n) > 0;
  return count;
}

/* Who belongs to which group of a level, and which node that is. */
static wuji_status add_level(const wuji_cohort *cohort, const wuji_growth_cases *cases, int32_t root,
                             int level, uint32_t count, wuji_arena *arena, wuji_growth_levels *levels,
                             wuji_error *error) {
  uint32_t first = cases->of_node[root].row0;
  uint32_t *group = wuji_arena_array(arena, cases_of(cases, root), sizeof *group);
  int32_t *node = wuji_arena_array(arena, count, sizeof *node);
  if (group == NULL || node == NULL) return wuji_fail_memory(error);
  uint32_t g = 0;
  for (int32_t n = root; n < cohort->nodes[root].end; n++) {
    if (cohort->nodes[n].level != level || cases_of(cases, n) == 0) continue;
    for (uint32_t i = cases->of_node[n].row0; i < cases->of_node[n].row1; i++) group[i - first] = g;
    node[g++] = n;
  }
  levels->level[levels->count] = level;
  levels->groups[levels->count] = count;
  levels->group[levels->count] = group;
  levels->node[levels->count] = node;
  levels->count++;
  return WUJI_OK;
}

wuji_status wuji_growth_levels_choose(const wuji_growth_request *request, const wuji_growth_cases *cases,
                                      int32_t root, wuji_arena *arena, wuji_growth_levels *levels,
                                      uint32_t *idle, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_cohort *cohort = request->sheet->cohort;
  uint32_t above = 1; /* nodes of the level above that a level has to differ from */
  *levels = (wuji_growth_levels){0};
  *idle = 0;
  for (int level = 0; level < WUJI_LEVELS; level++) {
    uint32_t nodes = wuji_growth_nodes(cohort, cases, root, level);
    bool tells = nodes > above && nodes < cases_of(cases, root);
    bool wanted =
        request->levels_given ? (request->levels & 1U << level) != 0 : nodes >= FEWEST_NODES && nodes > above;
    bool taken = wanted && tells;
    if (wanted && !tells) *idle |= 1U << level;
    if (taken) WUJI_TRY(add_level(cohort, cases, root, level, nodes, arena, levels, error));
    if (taken || !request->levels_given) above = nodes;
  }
done:
  return status;
}
