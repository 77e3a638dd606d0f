/* A whole table in memory, collected batch by batch; shared inside the room. */
#ifndef WUJI_API_TABLE_HANDLE_H
#define WUJI_API_TABLE_HANDLE_H

#include "table/table.h"

/** An empty table of that kind; NULL when memory is out. To be closed by wuji_table_close(). */
wuji_table *wuji_table_new(const wuji_table_def *def);
/** The sink that appends to `table`, copying text. */
wuji_sink wuji_table_sink(wuji_table *table);

#endif
