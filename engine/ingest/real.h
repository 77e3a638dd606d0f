/* A real number as it is written, whatever the locale. */
#ifndef WUJI_INGEST_REAL_H
#define WUJI_INGEST_REAL_H

#include "base/str.h"

/** Reads a sign, digits, a point with digits behind it, an exponent (all but the digits optional) to the
 * nearest double. False: `text` is no such number or beyond what a double holds. -0 is 0. */
bool wuji_real_read(wuji_str text, double *real);

#endif
