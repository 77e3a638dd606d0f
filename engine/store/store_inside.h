/* What the sources of this room share. */
#ifndef WUJI_STORE_STORE_INSIDE_H
#define WUJI_STORE_STORE_INSIDE_H

#include "pg/connection.h"
#include "pg/copy.h"
#include "store/store.h"

struct wuji_store {
  wuji_pg *pg;    /* everything but COPY; holds the locks of the run under way */
  char *conninfo; /* for further connections */
  int32_t run;    /* the run under way, 0 if none */
};

/** A further connection, which keeps a run from being taken for a killed one as long as it lives. */
WUJI_CHECKED wuji_status wuji_store_connect(const wuji_store *store, int32_t run, wuji_pg **pg,
                                            wuji_error *error);

/** Begins the binary COPY into the stored table `def`, all columns. */
WUJI_CHECKED wuji_status wuji_store_copy_into(wuji_pg *pg, const wuji_table_def *def, wuji_pg_copy **copy,
                                              wuji_error *error);

#endif
