#include "stats/mean_ranks.h"

#include <stdlib.h>

/* A node among those that it competes with. */
typedef struct entry {
  uint64_t contest; /* of root and level, or of the parent */
  uint64_t order;   /* the mean to about 20 binary places, the highest first; without candidates last */
  const wuji_paper_result *result;
  int32_t node;
} entry;

/* Higher mean first: Σt/n against Σt'/n' by cross-multiplication; without candidates last. */
static int by_mean(const wuji_paper_result *a, const wuji_paper_result *b) {
  if (a->n == 0 || b->n == 0) return (a->n == 0) - (b->n == 0);
  __int128 left = (__int128)a->sum * b->n;
  __int128 right = (__int128)b->sum * a->n;
  return (left < right) - (left > right);
}

/* Σt is below 2^43. Means in the wrong order to these places are so exactly; only equal ones need more. */
static uint64_t order_of(const wuji_paper_result *r) {
  return r->n == 0 ? UINT64_MAX : UINT64_MAX - 1 - (r->sum << 20) / r->n;
}

static int by_contest_and_mean(const void *a, const void *b) {
  const entry *x = a;
  const entry *y = b;
  if (x->contest != y->contest) return x->contest < y->contest ? -1 : 1;
  if (x->order != y->order) return x->order < y->order ? -1 : 1;
  return by_mean(x->result, y->result);
}

/* Walks runs of nodes that compete with each other: inside a run sorted by mean, those without a mean last.
 */
static void rank_runs(wuji_paper_result *nodes, const entry *sorted, uint32_t count, bool in_parent) {
  for (uint32_t first = 0, end; first < count; first = end) {
    for (end = first + 1; end < count && sorted[end].contest == sorted[first].contest;) end++;
    uint32_t ranked = 0;
    for (uint32_t i = first; i < end; i++) ranked += sorted[i].result->n > 0;
    uint32_t rank = 1;
    for (uint32_t i = first; i < end; i++) {
      wuji_paper_result *r = &nodes[sorted[i].node];
      if (i > first && by_mean(sorted[i - 1].result, r) != 0) rank = i - first + 1;
      *(in_parent ? &r->rank_parent : &r->rank_root) = r->n > 0 ? rank : 0;
      *(in_parent ? &r->n_parent : &r->n_root) = ranked;
    }
  }
}

/* Roots have no siblings to be ranked among. */
static void rank_all(const wuji_cohort *cohort, wuji_paper_result *nodes, entry *entries, bool in_parent) {
  uint32_t count = 0;
  for (int32_t id = 0; id < cohort->node_count; id++) {
    const wuji_node *node = &cohort->nodes[id];
    if (!nodes[id].on_sheet || (in_parent && node->parent < 0)) continue;
    uint64_t contest = in_parent ? (uint64_t)node->parent : (uint64_t)node->root * WUJI_LEVELS + node->level;
    entries[count++] = (entry){contest, order_of(&nodes[id]), &nodes[id], id};
  }
  qsort(entries, count, sizeof *entries, by_contest_and_mean);
  rank_runs(nodes, entries, count, in_parent);
}

wuji_status wuji_rank_means(const wuji_cohort *cohort, wuji_paper_result *nodes, wuji_error *error) {
  entry *entries = malloc(((size_t)cohort->node_count + 1) * sizeof *entries);
  if (entries == NULL) return wuji_fail_memory(error);
  for (int32_t id = 0; id < cohort->node_count; id++) {
    int32_t parent = cohort->nodes[id].parent;
    if (parent >= 0 && nodes[id].on_sheet) nodes[id].gap = nodes[id].score_rate - nodes[parent].score_rate;
  }
  rank_all(cohort, nodes, entries, false);
  rank_all(cohort, nodes, entries, true);
  free(entries);
  return WUJI_OK;
}
