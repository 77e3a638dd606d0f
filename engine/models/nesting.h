/* How the groups of a mixed model lie in each other, and which rows each innermost group has. */
#ifndef WUJI_MODELS_NESTING_H
#define WUJI_MODELS_NESTING_H

#include "models/mixed.h"

enum { WUJI_MIXED_LEVELS = 8 }; /* at most */

typedef struct wuji_nested_level {
  uint32_t groups;
  uint32_t occupied; /* groups that have rows */
  uint32_t *n;       /* rows of each group */
  uint32_t *parent;  /* group of the level before; 0 at the outermost level */
} wuji_nested_level;

typedef struct wuji_nesting {
  uint32_t n; /* rows */
  uint32_t levels;
  wuji_nested_level level[WUJI_MIXED_LEVELS]; /* outermost first */
  uint32_t blocks;                            /* innermost groups; 1 without levels */
  uint32_t *first; /* [blocks + 1] block b has the rows row[first[b]] … row[first[b + 1] − 1] */
  uint32_t *row;   /* NULL: the rows lie in the order of their blocks as they are */
} wuji_nesting;

/** Lays out the groups of `design` in memory of `arena`. WUJI_REJECTED: too many levels, or a group that lies
 * in two groups of the level before it. */
WUJI_CHECKED wuji_status wuji_nesting_make(wuji_nesting *nesting, const wuji_mixed_design *design,
                                           wuji_arena *arena, wuji_error *error);

#endif
