/* A table to a file, whole or not at all; shared inside the room. */
#ifndef WUJI_API_CSV_FILE_H
#define WUJI_API_CSV_FILE_H

#include "table/table.h"

/** Hands the rows of `def` to `sink`. */
typedef wuji_status (*wuji_rows_of)(const void *context, const wuji_table_def *def, const wuji_sink *sink,
                                    wuji_error *error);

/** Writes the rows that `rows` gives to `directory`/NAME.csv. They are written beside that name and renamed
 * when whole, so that no half file bears it. */
WUJI_CHECKED wuji_status wuji_csv_file_write(const char *directory, const wuji_table_def *def, bool bom,
                                             wuji_rows_of rows, const void *context, wuji_error *error);

#endif
