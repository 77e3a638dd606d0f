#include "text/scan.h"

size_t wuji_scan_count(const char *bytes, size_t len, char byte) {
  size_t count = 0;
  while (len > 0) { /* 255 rounds fit a byte-wide counter, 16 or 32 of which make a vector */
    enum { LANES = 32, ROUNDS = 255 };
    size_t rounds = len / LANES > ROUNDS ? ROUNDS : len / LANES;
    uint8_t lanes[LANES] = {0};
    for (size_t r = 0; r < rounds; r++) {
      for (size_t i = 0; i < LANES; i++) lanes[i] = (uint8_t)(lanes[i] + (bytes[r * LANES + i] == byte));
    }
    for (size_t i = 0; i < LANES; i++) count += lanes[i];
    size_t done = rounds * LANES;
    if (rounds == 0) {
      for (; done < len; done++) count += bytes[done] == byte;
    }
    bytes += done;
    len -= done;
  }
  return count;
}

/* Length of the well-formed character at `p`, 0 if there is none. */
static size_t character(const unsigned char *p, size_t left) {
  unsigned char lead = p[0];
  unsigned char low = 0x80;
  unsigned char high = 0xBF; /* bounds of the second byte: Unicode 15, table 3-7 */
  size_t len = 0;
  if (lead < 0x80) return lead != 0;
  if (lead >= 0xC2 && lead <= 0xDF)
    len = 2;
  else if (lead >= 0xE0 && lead <= 0xEF)
    len = 3;
  else if (lead >= 0xF0 && lead <= 0xF4)
    len = 4;
  if (len == 0 || len > left) return 0;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  if (p[1] < low || p[1] > high) return 0;
  for (size_t i = 2; i < len; i++) {
    if ((p[i] & 0xC0) != 0x80) return 0;
  }
  return len;
}

size_t wuji_scan_ascii(const char *bytes, size_t len) {
  enum { STRIDE = 64 };
  size_t at = 0;
  for (; len - at >= STRIDE; at += STRIDE) {
    unsigned char any = 0;
    for (size_t i = 0; i < STRIDE; i++) any |= (unsigned char)bytes[at + i];
    if (any >= 0x80) break;
  }
  while (at < len && (unsigned char)bytes[at] < 0x80) at++;
  return at;
}

void wuji_scan_tally(const char *bytes, size_t len, bool whole, size_t *good, size_t *bad) {
  enum { LONGEST = 4 };
  const unsigned char *p = (const unsigned char *)bytes;
  *good = *bad = 0;
  for (size_t at = 0; at < len;) {
    size_t step = character(p + at, len - at);
    bool ascii = p[at] < 0x80;
    if (step == 0 && !ascii && !whole && len - at < LONGEST) break;
    *good += step > 1;
    *bad += step == 0 && !ascii;
    at += step == 0 ? 1 : step;
  }
}

/* Bytes of ASCII without NUL at the start, so far as they fill strides; as integers with a sign they are
 * above 0. */
static size_t plain_strides(const unsigned char *p, size_t len) {
  enum { STRIDE = 64 };
  size_t at = 0;
  for (; len - at >= STRIDE; at += STRIDE) {
    unsigned char odd = 0;
    for (size_t i = 0; i < STRIDE; i++) odd |= (unsigned char)((signed char)p[at + i] <= 0);
    if (odd != 0) break;
  }
  return at;
}

bool wuji_scan_utf8(const char *bytes, size_t len) {
  const unsigned char *p = (const unsigned char *)bytes;
  size_t words = 0; /* of ASCII in a row: then strides pay */
  while (len > 0) {
    uint64_t word;
    if (len >= 8) {
      memcpy(&word, p, 8);
      /* ASCII without NUL: no top bit, and none set by borrowing 1 from each byte */
      if (((word | (word - UINT64_C(0x0101010101010101))) & UINT64_C(0x8080808080808080)) == 0) {
        size_t step = ++words > 4 ? plain_strides(p, len) : 0;
        if (step == 0) step = 8;
        p += step;
        len -= step;
        continue;
      }
    }
    words = 0;
    /* Nearly all of Chinese: three bytes, no bounds but those of every character behind its lead. */
    bool usual = len >= 3 && p[0] >= 0xE1 && p[0] <= 0xEC && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
    size_t step = usual ? 3 : character(p, len);
    if (step == 0) return false;
    p += step;
    len -= step;
  }
  return true;
}

size_t wuji_scan_last_record(const char *bytes, size_t len, bool *quotes) {
  *quotes = memchr(bytes, '"', len) != NULL;
  size_t open = *quotes ? wuji_scan_count(bytes, len, '"') : 0; /* quotes before `end` */
  size_t end = len;
  while (end > 0) {
    const char *found = memrchr(bytes, '\n', end);
    if (found == NULL) break;
    size_t at = (size_t)(found - bytes);
    if (*quotes) open -= wuji_scan_count(found, end - at, '"');
    if (open % 2 == 0) return at + 1;
    end = at;
  }
  return 0;
}
