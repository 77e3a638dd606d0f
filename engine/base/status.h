/* How every fallible function of the engine ends: a wuji_status, and a message that names the thing and the
 * fact. */
#ifndef WUJI_BASE_STATUS_H
#define WUJI_BASE_STATUS_H

#include "base/language.h"

#include <wuji/wuji.h>

#define WUJI_CHECKED __attribute__((warn_unused_result))

/** Fills `error` (nullable) from a printf format and returns `status`, so that a failure is one line:
 *  `return wuji_fail(error, WUJI_IO, "%s: %s", path, strerror(errno));` A text too long is cut. */
wuji_status wuji_fail(wuji_error *error, wuji_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** wuji_fail for an allocation that failed. */
static inline wuji_status wuji_fail_memory(wuji_error *error) {
  (void)wuji_fail(error, WUJI_NO_MEMORY, "out of memory");
  return WUJI_NO_MEMORY;
}

/** Leaves the function through its label `done` when a step failed. Wants `wuji_status status` in scope. */
#define WUJI_TRY(step)                                                                                       \
  do {                                                                                                       \
    status = (step);                                                                                         \
    if (status != WUJI_OK) goto done;                                                                        \
  } while (0)

#endif
