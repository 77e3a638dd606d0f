/* How far the fit of a cell may move when some rows change sides: as its standard error would, √(x'(X'X)⁻¹x).
 * It only decides how wide a band is, never what is found. */
#ifndef WUJI_MODELS_LEVERAGE_H
#define WUJI_MODELS_LEVERAGE_H

#include "models/cells.h"

/** [count] for every cell, 1 on the average of the rows or thereabouts; memory is of `arena`. */
WUJI_CHECKED wuji_status wuji_leverage_make(double **leverage, const wuji_cells *cells, wuji_arena *arena,
                                            wuji_error *error);

#endif
