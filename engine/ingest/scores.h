/* A paper's scores: papers/P.scores.csv into the cohort's matrix. */
#ifndef WUJI_INGEST_SCORES_H
#define WUJI_INGEST_SCORES_H

#include "ingest/exam_ini.h"
#include "ingest/items.h"
#include "ingest/roster.h"

typedef struct wuji_scores_input {
  const wuji_file *file;
  const wuji_paper_plan *plan;
  const wuji_items *items; /* good */
  uint32_t items_file;
  const wuji_roster *roster;   /* usable */
  const uint32_t *row_of_seat; /* NULL: only check, nothing is kept */
} wuji_scores_input;

/** Reads the file. Where row_of_seat is given and nothing is wrong, fills `paper` (all but raw, class_node,
 * order and node_slice), its memory in `arena`. What is wrong is noted. */
WUJI_CHECKED wuji_status wuji_scores_read(const wuji_scores_input *input, wuji_reading *reading,
                                          wuji_paper *paper, wuji_arena *arena, wuji_notes *notes,
                                          wuji_error *error);

#endif
