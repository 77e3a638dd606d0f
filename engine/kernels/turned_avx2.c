#include "kernels/marks_levels.h"

#if WUJI_LEVELS
#include "kernels/avx2.h"

#define NAMED(function) wuji_marks_##function##_avx2
#include "kernels/turned_wide.h"
#endif
