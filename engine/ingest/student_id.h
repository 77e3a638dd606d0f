/* What can be told of an identifier by its looks. */
#ifndef WUJI_INGEST_STUDENT_ID_H
#define WUJI_INGEST_STUDENT_ID_H

#include "base/str.h"

/** A long number that a spreadsheet made 3.3E+19 of: its digits are lost. */
bool wuji_id_damaged(wuji_str id);

/** The first cell of a summary row: 平均分, 合计, 满分, 得分率 or 最高分. */
bool wuji_id_summary(wuji_str id);

#endif
