/* Finished statistics to rows of the diagnostic tables, and to rows of the stored tables. No SQL here. */
#ifndef WUJI_REPORT_REPORT_H
#define WUJI_REPORT_REPORT_H

#include "growth/growth.h"
#include "stats/analysis.h"
#include "table/table.h"

/** Hands all rows of the diagnostic table `def` to `sink`, batch after batch, in the order of tables.md. The
 * exam table's run and published_at are null. `growth` NULL: its tables have no rows. */
WUJI_CHECKED wuji_status wuji_report_rows(const wuji_cohort *cohort, const wuji_analysis *analysis,
                                          const wuji_growth *growth, const wuji_table_def *def,
                                          const wuji_sink *sink, wuji_error *error);

/** Hands all rows of the stored table `def` (any but those that store packs from the cohort, see
 * wuji_store_packs()) to `sink`, with `run` in the column of that name, in the order of the stored key. */
WUJI_CHECKED wuji_status wuji_report_stored(const wuji_cohort *cohort, const wuji_analysis *analysis,
                                            const wuji_growth *growth, const wuji_table_def *def, int32_t run,
                                            const wuji_sink *sink, wuji_error *error);

#endif
