#include "stats/mean_ranks.h"

#include <math.h>
#include <stdlib.h>

typedef struct contest {
  const wuji_cohort *cohort;
  const wuji_paper_result *nodes;
} contest;

/* Higher mean first: Σt/n against Σt'/n' by cross-multiplication; without candidates last. */
static int by_mean(const wuji_paper_result *a, const wuji_paper_result *b) {
  if (a->n == 0 || b->n == 0) return (a->n == 0) - (b->n == 0);
  __int128 left = (__int128)a->sum * b->n;
  __int128 right = (__int128)b->sum * a->n;
  return (left < right) - (left > right);
}

static int by_root_level_mean(const void *a, const void *b, void *context) {
  const contest *c = context;
  int32_t x = *(const int32_t *)a;
  int32_t y = *(const int32_t *)b;
  const wuji_node *nx = &c->cohort->nodes[x];
  const wuji_node *ny = &c->cohort->nodes[y];
  if (nx->root != ny->root) return nx->root < ny->root ? -1 : 1;
  if (nx->level != ny->level) return nx->level < ny->level ? -1 : 1;
  return by_mean(&c->nodes[x], &c->nodes[y]);
}

static int by_parent_mean(const void *a, const void *b, void *context) {
  const contest *c = context;
  int32_t x = *(const int32_t *)a;
  int32_t y = *(const int32_t *)b;
  int32_t px = c->cohort->nodes[x].parent;
  int32_t py = c->cohort->nodes[y].parent;
  if (px != py) return px < py ? -1 : 1;
  return by_mean(&c->nodes[x], &c->nodes[y]);
}

static bool same_parent(const wuji_node *a, const wuji_node *b) {
  return a->parent == b->parent;
}

static bool same_root_and_level(const wuji_node *a, const wuji_node *b) {
  return a->root == b->root && a->level == b->level;
}

/* Walks runs of nodes that compete with each other: inside a run sorted by mean, those without a mean last.
 */
static void rank_runs(const wuji_cohort *cohort, wuji_paper_result *nodes, const int32_t *sorted,
                      uint32_t count, bool in_parent) {
  bool (*same)(const wuji_node *, const wuji_node *) = in_parent ? same_parent : same_root_and_level;
  for (uint32_t first = 0, end; first < count; first = end) {
    const wuji_node *one = &cohort->nodes[sorted[first]];
    for (end = first + 1; end < count && same(one, &cohort->nodes[sorted[end]]);) end++;
    if (in_parent && one->parent < 0) continue; /* roots have no siblings to be ranked among */
    uint32_t ranked = 0;
    for (uint32_t i = first; i < end; i++) ranked += nodes[sorted[i]].n > 0;
    uint32_t rank = 1;
    for (uint32_t i = first; i < end; i++) {
      wuji_paper_result *r = &nodes[sorted[i]];
      if (i > first && by_mean(&nodes[sorted[i - 1]], r) != 0) rank = i - first + 1;
      *(in_parent ? &r->rank_parent : &r->rank_root) = r->n > 0 ? rank : 0;
      *(in_parent ? &r->n_parent : &r->n_root) = ranked;
    }
  }
}

wuji_status wuji_rank_means(const wuji_cohort *cohort, wuji_paper_result *nodes, wuji_error *error) {
  contest c = {cohort, nodes};
  int32_t *sorted = malloc(((size_t)cohort->node_count + 1) * sizeof *sorted);
  if (sorted == NULL) return wuji_fail_memory(error);
  uint32_t count = 0;
  for (int32_t id = 0; id < cohort->node_count; id++) {
    if (nodes[id].on_sheet) sorted[count++] = id;
    int32_t parent = cohort->nodes[id].parent;
    if (parent >= 0 && nodes[id].on_sheet) nodes[id].gap = nodes[id].score_rate - nodes[parent].score_rate;
  }
  qsort_r(sorted, count, sizeof *sorted, by_root_level_mean, &c);
  rank_runs(cohort, nodes, sorted, count, false);
  qsort_r(sorted, count, sizeof *sorted, by_parent_mean, &c);
  rank_runs(cohort, nodes, sorted, count, true);
  free(sorted);
  return WUJI_OK;
}
