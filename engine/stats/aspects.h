/* The aspects of a paper: which values (knowledge points, abilities, kinds) its items have, and the sets of
 * items that share one (statistics.md#aspects). The items at odd places, one half of the paper
 * (statistics.md#split_half), are a set like any other and are summed with them. */
#ifndef WUJI_STATS_ASPECTS_H
#define WUJI_STATS_ASPECTS_H

#include "cohort/cohort.h"
#include "kernels/sets.h"

typedef enum { WUJI_POINT, WUJI_ABILITY, WUJI_ITEM_KIND } wuji_aspect;

/** point, ability, kind. */
extern const char *const wuji_aspect_names[];

/** More values than this on a paper is refused: a node has sums for each. */
enum { WUJI_MOST_VALUES = 10000 };

typedef struct wuji_aspect_value {
  wuji_aspect aspect;
  wuji_str name;  /* borrowed from the paper, or static */
  uint32_t items; /* how many have it */
  uint32_t full;  /* sum of their maxima, units */
} wuji_aspect_value;

/** Values point by point, then ability, then kind, each in the order in which the items first have it. */
typedef struct wuji_aspects {
  const wuji_aspect_value *values; /* sets.count */
  wuji_item_sets sets;             /* the items of each value */
  wuji_item_sets summed;           /* the same, and last the items at odd places: first, third, fifth … */
} wuji_aspects;

/** Memory from `arena`. WUJI_REJECTED: more than WUJI_MOST_VALUES values. */
WUJI_CHECKED wuji_status wuji_aspects_init(wuji_aspects *aspects, const wuji_paper *paper, wuji_arena *arena,
                                           wuji_error *error);

#endif
