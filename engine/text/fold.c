#include "text/fold.h"

#include "text/csv.h"

#include <stdlib.h>
#include <utf8proc.h>

wuji_str wuji_fold(wuji_arena *arena, wuji_str text) {
  wuji_str folded = WUJI_NO_STR;
  utf8proc_uint8_t *mapped = NULL;
  utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &mapped,
                                      UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
  if (len >= 0) folded = wuji_arena_copy(arena, wuji_trim((wuji_str){(const char *)mapped, (uint32_t)len}));
  free(mapped);
  return folded;
}

wuji_str wuji_fold_name(wuji_arena *arena, wuji_str text) {
  wuji_str folded = wuji_fold(arena, text);
  char *to = (char *)(uintptr_t)folded.ptr; /* the arena's copy, ours to write */
  uint32_t len = 0;
  for (uint32_t i = 0; i < folded.len; i++) {
    char c = folded.ptr[i];
    if (c == ' ' || c == '_' || c == '-' || c == '\n' || c == '\r' || c == '\t') continue;
    to[len++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
  }
  folded.len = len;
  return folded;
}

bool wuji_same_ascii(wuji_str a, const char *lower) {
  uint32_t i = 0;
  for (; i < a.len && lower[i] != '\0'; i++) {
    char c = a.ptr[i] >= 'A' && a.ptr[i] <= 'Z' ? (char)(a.ptr[i] + ('a' - 'A')) : a.ptr[i];
    if (c != lower[i]) return false;
  }
  return i == a.len && lower[i] == '\0';
}
