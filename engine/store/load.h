/* Reading an exam's content back, in parts. What comes out of the database is held against the invariants
 * that the rooms above rely on to stay inside their arrays; whether it is the content that was stored is told
 * by its digest. */
#ifndef WUJI_STORE_LOAD_H
#define WUJI_STORE_LOAD_H

#include "pg/copy_out.h"
#include "store/store_inside.h"

/** A run being read. */
typedef struct wuji_loading {
  wuji_store *store;
  const char *exam;
  int32_t run;
  wuji_cohort *cohort;
  uint32_t chunk_rows; /* candidates a chunk, as they were written */
  size_t markings_taken[WUJI_MOST_PAPERS];
} wuji_loading;

/** WUJI_DATABASE: what is stored of the exam is not whole. */
WUJI_CHECKED wuji_status wuji_load_damaged(const wuji_loading *loading, const char *table, wuji_error *error);

/** The small tables, by queries on `pg`: nodes, papers, items, options, markers, the names of priors. Row and
 * node counts are known afterwards. */
WUJI_CHECKED wuji_status wuji_load_package(wuji_loading *loading, wuji_pg *pg, wuji_error *error);

/** Room for all that has a value a candidate, once their number is known. */
WUJI_CHECKED wuji_status wuji_load_make_room(wuji_loading *loading, wuji_error *error);

/** The candidates and their teaching classes, on a connection of its own. Text goes into `arena`. */
WUJI_CHECKED wuji_status wuji_load_candidates(wuji_loading *loading, wuji_arena *arena, wuji_error *error);

/** How many packed tables there are. */
uint32_t wuji_load_packed_count(void);
/** One of them, on a connection of its own. */
WUJI_CHECKED wuji_status wuji_load_packed(wuji_loading *loading, uint32_t table, wuji_error *error);

/** A further connection, which keeps the run from being removed, and on which current_setting('wuji.run') is
 * the run. */
WUJI_CHECKED wuji_status wuji_load_connect(const wuji_loading *loading, wuji_pg **pg, wuji_error *error);

#endif
