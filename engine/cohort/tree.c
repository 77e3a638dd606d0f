/* From seats to rows and nodes. Names are interned level by level in a hash of (parent, name), so that the
 * many seats are never compared with one another by their paths: only siblings' names and, inside a class,
 * ids are sorted. */
#include "cohort/cohort.h"

#include <stdlib.h>

/* A node while the tree grows, in order of first appearance. */
typedef struct sprout {
  wuji_str name;
  int32_t parent; /* sprout, -1 at a root */
  uint8_t level;
  bool own;
  int32_t node; /* its final number */
} sprout;

typedef struct grower {
  sprout *sprouts;
  int32_t count, room;
  int32_t *slots;      /* open addressing: sprout + 1, 0 is free */
  uint32_t slot_count; /* a power of two, more than twice `count` */
} grower;

static uint32_t slot_of(const grower *g, int32_t parent, wuji_str name) {
  uint64_t hash = wuji_str_hash(name) ^ ((uint64_t)(uint32_t)parent * UINT64_C(0x9E3779B97F4A7C15));
  return (uint32_t)(hash ^ (hash >> 32)) & (g->slot_count - 1);
}

static bool grow(grower *g) {
  if (g->count == g->room) {
    int32_t room = g->room == 0 ? 1024 : 2 * g->room;
    sprout *sprouts = realloc(g->sprouts, (size_t)room * sizeof *sprouts);
    if (sprouts == NULL) return false;
    memset(sprouts + g->count, 0, (size_t)(room - g->count) * sizeof *sprouts);
    g->sprouts = sprouts;
    g->room = room;
  }
  if (2 * (uint32_t)(g->count + 1) >= g->slot_count) {
    uint32_t slot_count = g->slot_count == 0 ? 4096 : 2 * g->slot_count;
    int32_t *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL) return false;
    free(g->slots);
    g->slots = slots;
    g->slot_count = slot_count;
    for (int32_t s = 0; s < g->count; s++) {
      uint32_t at = slot_of(g, g->sprouts[s].parent, g->sprouts[s].name);
      while (slots[at] != 0) at = (at + 1) & (slot_count - 1);
      slots[at] = s + 1;
    }
  }
  return true;
}

/* The child of `parent` called `name`, made where it is missing; -1 when memory is out. */
static int32_t child(grower *g, int32_t parent, uint8_t level, wuji_str name, bool own) {
  if (!grow(g)) return -1;
  uint32_t at = slot_of(g, parent, name);
  for (; g->slots[at] != 0; at = (at + 1) & (g->slot_count - 1)) {
    int32_t s = g->slots[at] - 1;
    if (g->sprouts[s].parent == parent && wuji_str_equal(g->sprouts[s].name, name)) {
      g->sprouts[s].own |= own;
      return s;
    }
  }
  g->sprouts[g->count] = (sprout){.name = name, .parent = parent, .level = level, .own = own};
  g->slots[at] = g->count + 1;
  return g->count++;
}

/* Siblings together, by the bytes of their names; roots (parent -1) first. */
static int by_parent_and_name(const void *a, const void *b, void *context) {
  const sprout *sprouts = context;
  const sprout *x = &sprouts[*(const int32_t *)a];
  const sprout *y = &sprouts[*(const int32_t *)b];
  if (x->parent != y->parent) return x->parent < y->parent ? -1 : 1;
  return wuji_str_compare(x->name, y->name);
}

/* The path of `name` below `parent` (null at a root), escaped. */
static wuji_str path_of(wuji_arena *arena, wuji_str parent, wuji_str name) {
  uint32_t escapes = 0;
  for (uint32_t i = 0; i < name.len; i++) escapes += name.ptr[i] == '/' || name.ptr[i] == '\\';
  uint32_t start = parent.ptr == NULL ? 0 : parent.len + 1;
  char *path = wuji_arena_alloc(arena, (size_t)start + name.len + escapes + 1);
  if (path == NULL) return WUJI_NO_STR;
  if (start > 0) {
    memcpy(path, parent.ptr, parent.len);
    path[parent.len] = '/';
  }
  uint32_t at = start;
  for (uint32_t i = 0; i < name.len; i++) {
    if (name.ptr[i] == '/' || name.ptr[i] == '\\') path[at++] = '\\';
    path[at++] = name.ptr[i];
  }
  return (wuji_str){path, at};
}

/* Sprouts of each parent as one run of the sorted list: run of parent p is [first[p + 1], first[p + 2]). */
typedef struct family {
  int32_t *sorted;
  int32_t *first; /* count + 2 */
} family;

static bool sort_families(const grower *g, family *f) {
  f->sorted = malloc((size_t)(g->count + 1) * sizeof *f->sorted);
  f->first = calloc((size_t)g->count + 2, sizeof *f->first);
  if (f->sorted == NULL || f->first == NULL) return false;
  for (int32_t s = 0; s < g->count; s++) {
    f->sorted[s] = s;
    f->first[g->sprouts[s].parent + 2]++;
  }
  for (int32_t p = 0; p <= g->count; p++) f->first[p + 1] += f->first[p];
  qsort_r(f->sorted, (size_t)g->count, sizeof *f->sorted, by_parent_and_name, g->sprouts);
  return true;
}

/* Numbers the nodes in preorder. */
static wuji_status number_nodes(wuji_cohort *cohort, grower *g, const family *f, wuji_error *error) {
  cohort->nodes = wuji_arena_array(&cohort->arena, (size_t)g->count, sizeof *cohort->nodes);
  if (cohort->nodes == NULL) return wuji_fail_memory(error);
  cohort->node_count = g->count;
  int32_t next[WUJI_LEVELS] = {f->first[0]};
  int32_t end[WUJI_LEVELS] = {f->first[1]};
  int32_t open[WUJI_LEVELS] = {0}; /* the node being filled at each level */
  int32_t id = 0;
  int level = 0;
  while (level >= 0) {
    if (next[level] == end[level]) { /* a family is done, and with it its parent */
      if (--level >= 0) cohort->nodes[open[level]].end = id;
      continue;
    }
    sprout *s = &g->sprouts[f->sorted[next[level]++]];
    wuji_node *node = &cohort->nodes[id];
    int32_t parent = level == 0 ? -1 : open[level - 1];
    wuji_str parent_path = parent < 0 ? WUJI_NO_STR : cohort->nodes[parent].path;
    *node = (wuji_node){.level = s->level,
                        .own = s->own,
                        .parent = parent,
                        .root = open[0],
                        .end = id + 1,
                        .name = wuji_arena_copy(&cohort->arena, s->name),
                        .path = path_of(&cohort->arena, parent_path, s->name)};
    if (level == 0) node->root = id;
    if (node->name.ptr == NULL || node->path.ptr == NULL) return wuji_fail_memory(error);
    s->node = id;
    open[level] = id++;
    if (level + 1 < WUJI_LEVELS) {
      int32_t self = (int32_t)(s - g->sprouts);
      level++;
      next[level] = f->first[self + 1];
      end[level] = f->first[self + 2];
    }
  }
  return WUJI_OK;
}

static int by_student_id(const void *a, const void *b, void *context) {
  const wuji_seat *seats = context;
  return wuji_str_compare(seats[*(const uint32_t *)a].student_id, seats[*(const uint32_t *)b].student_id);
}

/* A roster in order, the usual one, leaves nothing to sort. */
static void sort_by_id(uint32_t *of_class, uint32_t count, const wuji_seat *seats) {
  bool sorted = true;
  for (uint32_t i = 1; i < count && sorted; i++) {
    sorted = wuji_str_compare(seats[of_class[i - 1]].student_id, seats[of_class[i]].student_id) <= 0;
  }
  if (!sorted) qsort_r(of_class, count, sizeof *of_class, by_student_id, (void *)(uintptr_t)seats);
}

/* Seats into rows: counted out by class in node order, then sorted by id inside each class. */
static wuji_status take_rows(wuji_cohort *cohort, const wuji_seat *seats, const int32_t *class_of_seat,
                             const sprout *sprouts, uint32_t seat_count, uint32_t *row_of_seat,
                             wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t *seat_of_row = malloc(((size_t)seat_count + 1) * sizeof *seat_of_row);
  cohort->student_id = wuji_arena_array(&cohort->arena, seat_count, sizeof *cohort->student_id);
  cohort->own_class = wuji_arena_array(&cohort->arena, seat_count, sizeof *cohort->own_class);
  if (seat_of_row == NULL || cohort->student_id == NULL || cohort->own_class == NULL) {
    status = wuji_fail_memory(error);
    goto done;
  }
  cohort->row_count = seat_count;
  for (uint32_t s = 0; s < seat_count; s++) cohort->nodes[sprouts[class_of_seat[s]].node].rows.row1++;
  uint32_t row = 0;
  for (int32_t n = 0; n < cohort->node_count; n++) {
    wuji_slice *rows = &cohort->nodes[n].rows;
    uint32_t count = rows->row1;
    *rows = (wuji_slice){row, row};
    row += count;
  }
  for (uint32_t s = 0; s < seat_count; s++)
    seat_of_row[cohort->nodes[sprouts[class_of_seat[s]].node].rows.row1++] = s;
  /* A parent's slice ends where its subtree's last one does; preorder puts that one last. */
  for (int32_t n = cohort->node_count - 1; n >= 0; n--) {
    wuji_node *node = &cohort->nodes[n];
    if (node->level != WUJI_CLASS) {
      node->rows.row1 = cohort->nodes[node->end - 1].rows.row1;
      continue;
    }
    sort_by_id(seat_of_row + node->rows.row0, node->rows.row1 - node->rows.row0, seats);
    for (uint32_t r = node->rows.row0; r < node->rows.row1; r++) {
      cohort->own_class[r] = n;
      row_of_seat[seat_of_row[r]] = r;
    }
  }
  for (uint32_t r = 0; r < seat_count; r++) {
    cohort->student_id[r] = wuji_arena_copy(&cohort->arena, seats[seat_of_row[r]].student_id);
    if (cohort->student_id[r].ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  }
done:
  free(seat_of_row);
  return status;
}

/* The seats' own classes as sprouts. A seat in the class of the seat before it, the usual case, needs no
 * hashing, and where both share their path, no comparing either. */
static bool grow_own_paths(grower *g, const wuji_seat *seats, uint32_t seat_count, int32_t *class_of_seat) {
  int32_t chain[WUJI_LEVELS];
  for (uint32_t s = 0; s < seat_count; s++) {
    const wuji_str *names = seats[s].path->level;
    int level = s > 0 && seats[s].path == seats[s - 1].path ? WUJI_LEVELS : 0;
    if (s > 0) {
      while (level < WUJI_LEVELS && wuji_str_equal(g->sprouts[chain[level]].name, names[level])) level++;
    }
    for (; level < WUJI_LEVELS; level++) {
      chain[level] = child(g, level == 0 ? -1 : chain[level - 1], (uint8_t)level, names[level], true);
      if (chain[level] < 0) return false;
    }
    class_of_seat[s] = chain[WUJI_CLASS];
  }
  return true;
}

wuji_status wuji_cohort_seat(wuji_cohort *cohort, const wuji_seat *seats, uint32_t seat_count,
                             wuji_teaching_class *classes, uint32_t class_count, uint32_t *row_of_seat,
                             wuji_error *error) {
  wuji_status status = WUJI_OK;
  grower g = {0};
  family f = {0};
  int32_t *class_of_seat = malloc(((size_t)seat_count + 1) * sizeof *class_of_seat);
  if (seat_count > WUJI_MOST_ROWS) {
    WUJI_TRY(wuji_fail(error, WUJI_REJECTED, "%u candidates are more than %d", seat_count, WUJI_MOST_ROWS));
  }
  if (class_of_seat == NULL || !grow(&g) || !grow_own_paths(&g, seats, seat_count, class_of_seat)) {
    WUJI_TRY(wuji_fail_memory(error));
  }
  for (uint32_t c = 0; c < class_count; c++) {
    int32_t school = g.sprouts[class_of_seat[classes[c].seat]].parent;
    classes[c].node = child(&g, school, WUJI_CLASS, classes[c].name, false);
    if (classes[c].node < 0) WUJI_TRY(wuji_fail_memory(error));
  }
  if (!sort_families(&g, &f)) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(number_nodes(cohort, &g, &f, error));
  for (uint32_t c = 0; c < class_count; c++) classes[c].node = g.sprouts[classes[c].node].node;
  WUJI_TRY(take_rows(cohort, seats, class_of_seat, g.sprouts, seat_count, row_of_seat, error));
done:
  free(class_of_seat);
  free(f.sorted);
  free(f.first);
  free(g.sprouts);
  free(g.slots);
  return status;
}
