#include "kernels/marks_levels.h"

#if WUJI_LEVELS
#include "kernels/avx512.h"

#define NAMED(function) wuji_marks_##function##_avx512
#include "kernels/marks_wide.h"
#endif
