#include "models/mixed.h"

#include <string.h>

wuji_status wuji_mixed_fit(const wuji_mixed_design *design, uint32_t threads, wuji_mixed_fitted *fit,
                           wuji_error *error) {
  (void)design;
  (void)threads;
  memset(fit, 0, sizeof *fit);
  return wuji_fail(error, WUJI_INTERNAL, "internal failure");
}

void wuji_mixed_dispose(wuji_mixed_fitted *fit) {
  wuji_arena_dispose(&fit->arena);
  memset(fit, 0, sizeof *fit);
}
