/* A borrowed piece of text: not NUL-terminated, owned by whoever made it. */
#ifndef WUJI_BASE_STR_H
#define WUJI_BASE_STR_H

#include <string.h>

#include <wuji/wuji.h>

/** ptr NULL is no text at all (null), which is not the empty text. The same type that readers of a table get.
 */
typedef wuji_text_view wuji_str;

#define WUJI_NO_STR ((wuji_str){NULL, 0})

static inline wuji_str wuji_str_of(const char *text) {
  return (wuji_str){text, text == NULL ? 0 : (uint32_t)strlen(text)};
}

static inline bool wuji_str_equal(wuji_str a, wuji_str b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool wuji_str_is(wuji_str a, const char *text) {
  return a.ptr != NULL && wuji_str_equal(a, wuji_str_of(text));
}

/** Order by bytes (that of memcmp and of collate "C"); a prefix comes first. */
static inline int wuji_str_compare(wuji_str a, wuji_str b) {
  uint32_t shorter = a.len < b.len ? a.len : b.len;
  int order = shorter == 0 ? 0 : memcmp(a.ptr, b.ptr, shorter);
  return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/** 64-bit hash of bytes, the same on every machine. */
uint64_t wuji_str_hash(wuji_str text);

#endif
