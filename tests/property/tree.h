/* Which rows of a table belong to which node: the tree of an outcome, read from its node table. */
#ifndef WUJI_TESTS_TREE_H
#define WUJI_TESTS_TREE_H

#include "outcome.h"

typedef struct tree {
  size_t nodes;
  wuji_text_view *path;
  int *parent; /* -1 at a root */
  int *level;  /* 0 province … 4 class */
} tree;

tree tree_of(const outcome *o);
void tree_free(tree *t);

/** The node of that path; fails the test when there is none. */
int tree_find(const tree *t, wuji_text_view path);

/** Rows of one table arranged by place: everything of the key but the node (paper, item, line, lo …), then
 * node. row[place · nodes + node] is the row, or SIZE_MAX where the node has none there. */
typedef struct arranged {
  const wuji_table *table;
  size_t places, nodes;
  size_t *row;
} arranged;

arranged arrange(const tree *t, const outcome *o, const char *name);
void arranged_free(arranged *a);

#endif
