#include "store/store_inside.h"

#include <stdlib.h>

#include "store/sql_embedded.h"

wuji_status wuji_store_open(const char *conninfo, wuji_store **store, wuji_error *error) {
  wuji_status status;
  *store = NULL;
  wuji_store *made = calloc(1, sizeof *made);
  if (made == NULL) return wuji_fail_memory(error);
  made->conninfo = strdup(conninfo);
  if (made->conninfo == NULL) {
    status = wuji_fail_memory(error);
    goto done;
  }
  WUJI_TRY(wuji_pg_open(conninfo, &made->pg, error));
  WUJI_TRY(wuji_pg_migrate(made->pg, wuji_sql_files, error));
  *store = made;
  made = NULL;
done:
  wuji_store_close(made);
  return status;
}

void wuji_store_close(wuji_store *store) {
  if (store == NULL) return;
  wuji_pg_close(store->pg);
  free(store->conninfo);
  free(store);
}

const char *wuji_store_conninfo(const wuji_store *store) {
  return store->conninfo;
}
