/* Every invariant of a sealed cohort, checked; for tests. */
#include "cohort/build.h"

#include <math.h>

static bool node_valid(const wuji_cohort *cohort, int32_t id, wuji_error *error) {
  const wuji_node *node = &cohort->nodes[id];
  WUJI_HOLDS(node->level < WUJI_LEVELS, "node %d: no such level", id);
  WUJI_HOLDS(node->rows.row0 <= node->rows.row1 && node->rows.row1 <= cohort->row_count,
             "node %d: rows out of range", id);
  WUJI_HOLDS(node->end > id && node->end <= cohort->node_count, "node %d: subtree out of range", id);
  if (node->level == WUJI_PROVINCE) {
    WUJI_HOLDS(node->parent == -1 && node->root == id, "node %d: a root has no parent and is its own root",
               id);
  } else {
    WUJI_HOLDS(node->parent >= 0 && node->parent < id, "node %d: its parent comes before it", id);
    const wuji_node *parent = &cohort->nodes[node->parent];
    WUJI_HOLDS(parent->level + 1 == node->level && node->root == parent->root,
               "node %d: not one level below its parent", id);
    WUJI_HOLDS(node->end <= parent->end, "node %d: reaches out of its parent's subtree", id);
  }
  if (node->level == WUJI_CLASS) {
    WUJI_HOLDS(node->end == id + 1, "node %d: a class has no children", id);
    WUJI_HOLDS(node->own == (node->rows.row0 < node->rows.row1),
               "node %d: an own class has candidates, a mere teaching class none", id);
    return true;
  }
  WUJI_HOLDS(node->own, "node %d: only a class can be a mere teaching class", id);
  uint32_t row = node->rows.row0;
  uint32_t candidates = 0;
  const wuji_node *before = NULL;
  for (int32_t child = id + 1; child < node->end; child = cohort->nodes[child].end) {
    const wuji_node *c = &cohort->nodes[child];
    WUJI_HOLDS(c->parent == id && c->rows.row0 == row, "node %d: its children do not partition it", id);
    WUJI_HOLDS(before == NULL || wuji_str_compare(before->name, c->name) < 0,
               "node %d: its children are not in order", id);
    row = c->rows.row1;
    candidates += c->candidates;
    before = c;
  }
  WUJI_HOLDS(row == node->rows.row1 && candidates == node->candidates,
             "node %d: its children do not partition it", id);
  return true;
}

static bool paper_valid(const wuji_cohort *cohort, const wuji_paper *paper, wuji_error *error) {
  const char *code = paper->code.ptr;
  uint32_t full = 0;
  for (uint32_t i = 0; i < paper->item_count; i++) {
    full += paper->items[i].max;
    WUJI_HOLDS(paper->items[i].max > 0 &&
                   paper->items[i].max < wuji_mark_code(paper->width, WUJI_CODE_NOT_TAKEN),
               "paper %s: item %u does not fit", code, i);
  }
  WUJI_HOLDS(full == paper->full && 100 % paper->units == 0, "paper %s: full mark or step is off", code);
  for (uint32_t r = 0; r < cohort->row_count; r++) {
    static const wuji_code code_of[] = {WUJI_CODE_NOT_TAKEN, WUJI_CODE_BLANK, WUJI_CODE_ABSENT,
                                        WUJI_CODE_VOID};
    uint32_t blank = wuji_mark_code(paper->width, WUJI_CODE_BLANK);
    int64_t sum = 0;
    for (uint32_t i = 0; i < paper->item_count; i++) {
      uint32_t mark = wuji_paper_mark(paper, r, i);
      if (paper->status[r] == WUJI_PRESENT) {
        WUJI_HOLDS(mark == blank || mark <= paper->items[i].max,
                   "paper %s: row %u item %u is above the maximum", code, r, i);
        sum += mark == blank ? 0 : mark;
      } else {
        WUJI_HOLDS(mark == wuji_mark_code(paper->width, code_of[paper->status[r]]),
                   "paper %s: row %u has a wrong code", code, r);
      }
    }
    WUJI_HOLDS(paper->raw[r] == sum, "paper %s: raw of row %u is not the sum", code, r);
    if (paper->class_node != NULL) {
      const wuji_node *own = &cohort->nodes[cohort->own_class[r]];
      const wuji_node *class = &cohort->nodes[paper->class_node[r]];
      WUJI_HOLDS(class->level == WUJI_CLASS && class->parent == own->parent,
                 "paper %s: class of row %u is in another school", code, r);
    }
  }
  if (paper->class_node == NULL) return true;
  for (int32_t n = 0; n < cohort->node_count; n++) {
    wuji_slice slice = paper->node_slice[n];
    if (cohort->nodes[n].level != WUJI_CLASS) {
      WUJI_HOLDS(slice.row0 == cohort->nodes[n].rows.row0 && slice.row1 == cohort->nodes[n].rows.row1,
                 "paper %s: slice of node %d", code, n);
      continue;
    }
    for (uint32_t at = slice.row0; at < slice.row1; at++) {
      WUJI_HOLDS(paper->class_node[paper->order[at]] == n, "paper %s: position %u is not of class %d", code,
                 at, n);
      WUJI_HOLDS(at == slice.row0 || paper->order[at - 1] < paper->order[at],
                 "paper %s: class %d is not in order", code, n);
    }
  }
  return true;
}

bool wuji_markings_valid(const wuji_cohort *cohort, const wuji_paper *paper, wuji_error *error) {
  const char *code = paper->code.ptr;
  for (uint32_t m = 1; m < paper->marker_count; m++) {
    WUJI_HOLDS(wuji_str_compare(paper->markers[m - 1], paper->markers[m]) < 0,
               "paper %s: marker %u is out of order", code, m);
  }
  for (size_t m = 0; m < paper->marking_count; m++) {
    const wuji_marking *marking = &paper->markings[m];
    WUJI_HOLDS(marking->row < cohort->row_count && marking->item < paper->item_count &&
                   marking->marker < paper->marker_count && marking->round >= 1 && marking->round <= 3,
               "paper %s: marking %zu is of no one or nothing", code, m);
    WUJI_HOLDS((uint64_t)marking->mark * paper->units <= (uint64_t)paper->items[marking->item].max * 100,
               "paper %s: marking %zu is above the maximum", code, m);
    WUJI_HOLDS(m == 0 || wuji_marking_compare(&marking[-1], marking) < 0,
               "paper %s: marking %zu is out of order", code, m);
  }
  return true;
}

bool wuji_priors_valid(const wuji_cohort *cohort, wuji_error *error) {
  for (uint32_t p = 0; p < cohort->prior_count; p++) {
    const double *prior = cohort->priors + (size_t)p * cohort->row_count;
    for (uint32_t r = 0; r < cohort->row_count; r++) {
      WUJI_HOLDS(!isinf(prior[r]), "prior %u of row %u is infinite", p, r);
    }
    for (uint32_t q = 0; q < p; q++) {
      WUJI_HOLDS(!wuji_str_equal(cohort->prior_names[p], cohort->prior_names[q]),
                 "prior %u has the name of prior %u", p, q);
    }
  }
  return true;
}

bool wuji_cohort_valid(const wuji_cohort *cohort, wuji_error *error) {
  for (int32_t n = 0; n < cohort->node_count; n++) {
    if (!node_valid(cohort, n, error)) return false;
  }
  for (uint32_t r = 0; r < cohort->row_count; r++) {
    const wuji_slice rows = cohort->nodes[cohort->own_class[r]].rows;
    WUJI_HOLDS(r >= rows.row0 && r < rows.row1, "row %u lies outside its class", r);
    WUJI_HOLDS(r == rows.row0 || wuji_str_compare(cohort->student_id[r - 1], cohort->student_id[r]) < 0,
               "row %u is out of order", r);
  }
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    const wuji_paper *paper = &cohort->papers[p];
    bool good = paper_valid(cohort, paper, error) && wuji_choices_valid(cohort, paper, error) &&
                wuji_markings_valid(cohort, paper, error);
    if (!good) return false;
  }
  return wuji_priors_valid(cohort, error);
}
