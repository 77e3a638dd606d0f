/* wuji_chosen_gather() by vectors of cells. */
#ifndef WUJI_KERNELS_CHOSEN_WIDE_H
#define WUJI_KERNELS_CHOSEN_WIDE_H

#include "kernels/chosen.h"

/** False, and nothing done, where the processor or the matrix is none for it. */
bool wuji_chosen_gather_wide(const wuji_chosen *chosen, const uint32_t *rows, const uint32_t *zones,
                             const uint32_t *totals, uint32_t count, const wuji_chosen_sums *sums);

#endif
