/* Big-endian integers one after another, as the database's views read them. */
#ifndef WUJI_REPORT_PACK_H
#define WUJI_REPORT_PACK_H

#include <stdint.h>

/** Writes the low `bytes` bytes of `value` and returns the place after them. */
static inline unsigned char *wuji_pack(unsigned char *at, uint64_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; i++) at[i] = (unsigned char)(value >> (8 * (bytes - 1 - i)));
  return at + bytes;
}

#endif
