/* The matrix as it was read, in hundredths, into the matrix as it stays, in units and codes. */
#ifndef WUJI_INGEST_PACK_H
#define WUJI_INGEST_PACK_H

#include "cohort/cohort.h"

/** Fills paper->marks of `rows` rows from `raw` (uint32_t if `wide`, else uint16_t; blanks the type's largest
 * value). Status, units, width and item_count are set already; every mark is a whole number of units. */
void wuji_pack_marks(wuji_paper *paper, uint32_t rows, const void *raw, bool wide, uint32_t threads);

#endif
