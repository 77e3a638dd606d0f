/* Which column of a scores file is which item, and which say the rest. */
#ifndef WUJI_INGEST_SCORE_COLUMNS_H
#define WUJI_INGEST_SCORE_COLUMNS_H

#include "ingest/items.h"
#include "ingest/score_row.h"

/** Fills `rows`, its arrays in `arena`. Missing and doubtful columns are noted, `*good` is false then;
 * unknown ones are counted. */
WUJI_CHECKED wuji_status wuji_score_columns(wuji_row_plan *rows, const wuji_header *header,
                                            const wuji_items *items, uint32_t file, wuji_arena *arena,
                                            wuji_notes *notes, bool *good, wuji_error *error);

#endif
