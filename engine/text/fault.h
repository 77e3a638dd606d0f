/* What can be wrong with a text file before anyone knows what it means. */
#ifndef WUJI_TEXT_FAULT_H
#define WUJI_TEXT_FAULT_H

#include "base/status.h"

typedef enum wuji_fault_kind {
  WUJI_FAULT_NONE,
  WUJI_FAULT_MISSING,     /* no such file */
  WUJI_FAULT_UNREADABLE,  /* a folder, no permission, a read that failed */
  WUJI_FAULT_EMPTY,       /* no byte, or none but a byte order mark and line ends */
  WUJI_FAULT_GZIP,        /* truncated or corrupt */
  WUJI_FAULT_UNDECODABLE, /* bytes that are no character of the encoding */
  WUJI_FAULT_NUL,         /* a NUL character */
  WUJI_FAULT_QUOTES,      /* unbalanced quotes */
  WUJI_FAULT_TOO_LONG,    /* a record or file beyond its bound */
  WUJI_FAULT_SYNTAX,      /* ini: neither section nor key = value */
  WUJI_FAULT_DUPLICATE    /* ini: a section or key that stands already */
} wuji_fault_kind;

/** A fault and where it is; comes with WUJI_REJECTED and a message in wuji_error, or by itself where said. */
typedef struct wuji_fault {
  wuji_fault_kind kind;
  uint64_t line;   /* from 1, where the record begins; 0: the whole file */
  uint32_t column; /* from 1; 0: the whole record */
} wuji_fault;

/** Fills `fault` and `error` (both nullable) and returns WUJI_REJECTED. */
static inline wuji_status wuji_reject(wuji_fault *fault, wuji_fault_kind kind, uint64_t line,
                                      wuji_error *error, const char *message) {
  if (fault != NULL) *fault = (wuji_fault){kind, line, 0};
  (void)wuji_fail(error, WUJI_REJECTED, "%s", wuji_in_language(message));
  return WUJI_REJECTED;
}

#endif
