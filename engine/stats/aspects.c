#include "stats/aspects.h"

#include <stdlib.h>

const char *const wuji_aspect_names[] = {"point", "ability", "kind"};

/* That an item has a value. */
typedef struct mention {
  wuji_aspect aspect;
  wuji_str name;
  uint32_t item;
  uint32_t order; /* of mentioning */
  uint32_t first; /* order of the value's first mention: what values are known and sorted by */
} mention;

typedef struct mentions {
  mention *list; /* NULL: only counting */
  uint32_t count;
} mentions;

static void mention_one(mentions *m, wuji_aspect aspect, wuji_str name, uint32_t item) {
  if (name.ptr == NULL) return;
  if (m->list != NULL) m->list[m->count] = (mention){aspect, name, item, m->count, 0};
  m->count++;
}

/* Points are joined by ';'. */
static void mention_points(mentions *m, wuji_str points, uint32_t item) {
  while (points.ptr != NULL) {
    const char *end = memchr(points.ptr, ';', points.len);
    uint32_t length = end == NULL ? points.len : (uint32_t)(end - points.ptr);
    mention_one(m, WUJI_POINT, (wuji_str){points.ptr, length}, item);
    points = end == NULL ? WUJI_NO_STR : (wuji_str){end + 1, points.len - length - 1};
  }
}

static wuji_str kind_name(wuji_kind kind) {
  switch (kind) {
  case WUJI_OBJECTIVE: return wuji_str_of("objective");
  case WUJI_SUBJECTIVE: return wuji_str_of("subjective");
  default: return WUJI_NO_STR;
  }
}

static void mention_all(mentions *m, const wuji_paper *paper) {
  m->count = 0;
  for (uint32_t i = 0; i < paper->item_count; i++) mention_points(m, paper->items[i].points, i);
  for (uint32_t i = 0; i < paper->item_count; i++) mention_one(m, WUJI_ABILITY, paper->items[i].ability, i);
  for (uint32_t i = 0; i < paper->item_count; i++)
    mention_one(m, WUJI_ITEM_KIND, kind_name(paper->items[i].kind), i);
}

static int by_bytes(wuji_str a, wuji_str b) {
  int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
  return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_value(const void *a, const void *b) {
  const mention *x = a;
  const mention *y = b;
  if (x->aspect != y->aspect) return x->aspect < y->aspect ? -1 : 1;
  int order = by_bytes(x->name, y->name);
  return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

static int by_first(const void *a, const void *b) {
  const mention *x = a;
  const mention *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  return (x->order > y->order) - (x->order < y->order);
}

static bool same_value(const mention *a, const mention *b) {
  return a->aspect == b->aspect && by_bytes(a->name, b->name) == 0;
}

/* Brings the mentions of a value together, values by their first mention; returns how many values. */
static uint32_t gather(mentions *m) {
  uint32_t values = 0;
  qsort(m->list, m->count, sizeof *m->list, by_value);
  for (uint32_t i = 0; i < m->count; i++) {
    bool again = i > 0 && same_value(&m->list[i - 1], &m->list[i]);
    m->list[i].first = again ? m->list[i - 1].first : m->list[i].order;
    values += !again;
  }
  qsort(m->list, m->count, sizeof *m->list, by_first);
  return values;
}

static void lay_out_odd(const wuji_paper *paper, uint32_t *first, uint16_t *item, uint32_t *full) {
  uint32_t used = first[0];
  for (uint32_t i = 0; i < paper->item_count; i += 2) {
    item[used++] = (uint16_t)i;
    *full += paper->items[i].max;
  }
  first[1] = used;
}

/* An item that names a point twice has it once. */
static wuji_status lay_out(wuji_aspects *aspects, const wuji_paper *paper, const mentions *m, uint32_t values,
                           wuji_arena *arena, wuji_error *error) {
  wuji_aspect_value *value = wuji_arena_array(arena, values, sizeof *value);
  uint32_t *first = wuji_arena_array(arena, (size_t)values + 2, sizeof *first);
  uint16_t *item = wuji_arena_array(arena, (size_t)m->count + paper->item_count, sizeof *item);
  uint32_t *full = wuji_arena_array(arena, (size_t)values + 1, sizeof *full);
  if (value == NULL || first == NULL || item == NULL || full == NULL) return wuji_fail_memory(error);
  uint32_t v = 0;
  uint32_t used = 0;
  for (uint32_t i = 0; i < m->count; i++) {
    const mention *at = &m->list[i];
    bool again = i > 0 && at->first == m->list[i - 1].first;
    if (!again) {
      first[v] = used;
      value[v++] = (wuji_aspect_value){.aspect = at->aspect, .name = at->name};
    } else if (at->item == m->list[i - 1].item) {
      continue;
    }
    item[used++] = (uint16_t)at->item;
    value[v - 1].items++;
    value[v - 1].full += paper->items[at->item].max;
    full[v - 1] = value[v - 1].full;
  }
  first[v] = used;
  lay_out_odd(paper, first + v, item, full + v);
  *aspects = (wuji_aspects){value, {values, first, item, full}, {values + 1, first, item, full}};
  return WUJI_OK;
}

wuji_status wuji_aspects_init(wuji_aspects *aspects, const wuji_paper *paper, wuji_arena *arena,
                              wuji_error *error) {
  wuji_status status = WUJI_OK;
  mentions m = {0};
  *aspects = (wuji_aspects){0};
  mention_all(&m, paper);
  m.list = malloc(((size_t)m.count + 1) * sizeof *m.list);
  if (m.list == NULL) return wuji_fail_memory(error);
  mention_all(&m, paper);
  uint32_t values = gather(&m);
  if (values > WUJI_MOST_VALUES) {
    WUJI_TRY(wuji_fail(error, WUJI_REJECTED, "paper %.*s has more than %d points, abilities and kinds",
                       (int)paper->code.len, paper->code.ptr, WUJI_MOST_VALUES));
  }
  WUJI_TRY(lay_out(aspects, paper, &m, values, arena, error));
done:
  free(m.list);
  return status;
}
