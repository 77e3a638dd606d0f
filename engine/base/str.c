#include "base/str.h"

/* Eight bytes at a step, multiply and fold: enough mixing for identifiers, a few nanoseconds each. */
uint64_t wuji_str_hash(wuji_str text) {
  const uint64_t k = UINT64_C(0x9E3779B97F4A7C15);
  uint64_t h = k ^ text.len;
  const char *p = text.ptr;
  uint32_t left = text.len;
  for (; left >= 8; left -= 8, p += 8) {
    uint64_t word;
    memcpy(&word, p, 8);
    h = (h ^ word) * k;
    h ^= h >> 32;
  }
  uint64_t tail = 0;
  for (uint32_t i = 0; i < left; i++) tail |= (uint64_t)(unsigned char)p[i] << (8 * i);
  h = (h ^ tail) * k;
  h ^= h >> 29;
  h *= UINT64_C(0xBF58476D1CE4E5B9);
  return h ^ (h >> 32);
}
