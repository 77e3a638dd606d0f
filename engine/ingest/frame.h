/* A plain table as the numbers of a model: an outcome, covariates (text columns as 0/1 columns, one a value),
 * groups. */
#ifndef WUJI_INGEST_FRAME_H
#define WUJI_INGEST_FRAME_H

#include "base/arena.h"

enum { WUJI_FRAME_LEVELS = 8 };

/** Which columns are what; borrowed. Column names are as in the file's header, NFKC and trimmed. */
typedef struct wuji_frame_spec {
  wuji_str outcome;
  uint32_t covariates;
  const wuji_str *covariate;
  uint32_t levels;
  wuji_str level[WUJI_FRAME_LEVELS]; /* outermost first */
} wuji_frame_spec;

typedef struct wuji_frame_level {
  wuji_str name;
  uint32_t groups;
  uint32_t *group; /* [n] */
  /* [groups] its value; of several levels a path: the values from the outermost on, joined by '/', a '/' or
   * '\' in a value written \/ or \\; groups are in the order of parent, then bytes */
  wuji_str *key;
} wuji_frame_level;

typedef struct wuji_frame {
  uint32_t n;             /* rows that are complete */
  uint32_t dropped;       /* rows left out because a value is missing: empty, NA or NaN */
  uint32_t *row;          /* [n] which record of the file, from 1, the header not counted */
  uint32_t columns;       /* of x */
  wuji_str *term;         /* [columns] "(Intercept)", the covariate, or covariate and value of a 0/1 column */
  uint32_t *of_covariate; /* [columns] index of the covariate; UINT32_MAX: the intercept */
  bool *is_number; /* [covariates] false: the column holds text and became 0/1 columns, its first value by
                      bytes left out */
  double *x;       /* [columns][n], the intercept first */
  double *y;       /* [n] */
  uint32_t levels;
  wuji_frame_level level[WUJI_FRAME_LEVELS];
  wuji_arena arena; /* owns all of it */
} wuji_frame;

/** Reads the CSV file `path`. WUJI_NOT_FOUND: no such file; WUJI_REJECTED: it is broken, a column is missing,
 * the outcome holds something else than numbers, a text column has more than 200 values, or there is no
 * complete row.
 * `*frame` is good for wuji_frame_dispose() whatever the outcome. */
WUJI_CHECKED wuji_status wuji_frame_read(wuji_frame *frame, const char *path, const wuji_frame_spec *spec,
                                         wuji_error *error);
void wuji_frame_dispose(wuji_frame *frame);

#endif
