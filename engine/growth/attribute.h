/* One attribute out of a student's, as the cohort keeps them: a flat JSON object of strings. */
#ifndef WUJI_GROWTH_ATTRIBUTE_H
#define WUJI_GROWTH_ATTRIBUTE_H

#include "base/arena.h"

/** The value of `name` in `object` (nullable), len 0 where it is not there; it borrows from `object`, or lies
 * in `arena` where it has escapes. False: memory is out. */
bool wuji_attribute_find(wuji_str object, wuji_str name, wuji_arena *arena, wuji_str *value);

/** Reads a decimal number with an optional sign; false: it is none. */
bool wuji_attribute_number(wuji_str text, double *number);

#endif
