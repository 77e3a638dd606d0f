/* Rows in no order: what is known of their candidates lies anywhere in memory, and so does the room for their
 * marks. A look at the ids of the next lines brings it all near before it is needed. */
#ifndef WUJI_INGEST_ROWS_AHEAD_H
#define WUJI_INGEST_ROWS_AHEAD_H

#include "ingest/row_owner.h"

/** Looks at some lines of the block at hand from byte `at` on, where a record begins, and says the byte
 * behind them. It changes nothing, and a line that is no record does no harm. */
uint32_t wuji_rows_look_ahead(const wuji_row_owners *owners, const wuji_pull *pull, uint32_t at);

#endif
