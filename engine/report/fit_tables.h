/* A fitted model as tables: those that `wuji fit` writes, and what it prints. */
#ifndef WUJI_REPORT_FIT_TABLES_H
#define WUJI_REPORT_FIT_TABLES_H

#include "models/mixed.h"
#include "table/table.h"

typedef struct wuji_level_names {
  wuji_str name;
  const wuji_str *key; /* [groups] */
} wuji_level_names;

/** A mixed model and the names of what it is about; borrowed. */
typedef struct wuji_named_fit {
  const wuji_mixed_fitted *fit;
  bool ml;
  int32_t slope_column, slope_level; /* −1: none */
  uint32_t dropped;                  /* rows that were left out */
  const uint32_t *row;               /* [n] number of each row in its file */
  const wuji_str *term;              /* [columns] */
  const wuji_level_names *level;     /* [levels] */
} wuji_named_fit;

/** The table of that name (fixed, varcomp, fit, effects, students, levels) of such a fit, or NULL. The table
 * effects has two more columns where there is a random slope. */
const wuji_table_def *wuji_fit_table_def(const wuji_named_fit *fit, const char *name);

/** Hands the rows of that table to `sink`. */
WUJI_CHECKED wuji_status wuji_fit_table_rows(const wuji_named_fit *fit, const wuji_table_def *def,
                                             const wuji_sink *sink, wuji_error *error);

#endif
