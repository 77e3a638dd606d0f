#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

wuji_status wuji_fail(wuji_error *error, wuji_status status, const char *format, ...) {
  if (error != NULL) {
    va_list args;
    va_start(args, format);
    (void)vsnprintf(error->message, sizeof error->message, wuji_in_language(format), args);
    va_end(args);
    error->status = status;
  }
  return status;
}

const char *wuji_status_text(wuji_status status) {
  switch (status) {
#define X(name, code, text)                                                                                  \
  case name:                                                                                                 \
    return wuji_in_language(text);
#include <wuji/status.def>
#undef X
  }
  return wuji_in_language("unknown status");
}

int wuji_status_exit(wuji_status status) {
  switch (status) {
#define X(name, code, text)                                                                                  \
  case name:                                                                                                 \
    return code;
#include <wuji/status.def>
#undef X
  }
  return 1;
}
