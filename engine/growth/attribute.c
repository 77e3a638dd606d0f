#include "growth/attribute.h"

#include "base/decimal.h"

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The string that begins at `*at`, without its quotes and still escaped; `*at` is moved behind it. False:
 * there is none. */
static bool take_string(wuji_str json, uint32_t *at, wuji_str *raw) {
  while (*at < json.len && json.ptr[*at] != '"') ++*at;
  if (*at >= json.len) return false;
  uint32_t start = ++*at;
  while (*at < json.len && json.ptr[*at] != '"') *at += json.ptr[*at] == '\\' ? 2 : 1;
  if (*at >= json.len) return false;
  *raw = (wuji_str){json.ptr + start, *at - start};
  ++*at;
  return true;
}

static unsigned hex_digit(char c) {
  return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a' + 10);
}

/* What escapes there are is what ingest writes: \" \\ \n \t \r and \u00XX. */
static wuji_str unescape(wuji_str raw, wuji_arena *arena) {
  char *text = wuji_arena_alloc(arena, (size_t)raw.len + 1);
  uint32_t len = 0;
  if (text == NULL) return WUJI_NO_STR;
  for (uint32_t i = 0; i < raw.len; i++) {
    char c = raw.ptr[i];
    if (c == '\\' && i + 1 < raw.len) {
      c = raw.ptr[++i];
      if (c == 'n') c = '\n';
      if (c == 't') c = '\t';
      if (c == 'r') c = '\r';
      if (c == 'u' && i + 4 < raw.len) {
        c = (char)(16 * hex_digit(raw.ptr[i + 3]) + hex_digit(raw.ptr[i + 4]));
        i += 4;
      }
    }
    text[len++] = c;
  }
  return (wuji_str){text, len};
}

static bool plain(wuji_str raw, wuji_arena *arena, wuji_str *text) {
  *text = raw;
  if (raw.len == 0 || memchr(raw.ptr, '\\', raw.len) == NULL) return true;
  *text = unescape(raw, arena);
  return text->ptr != NULL;
}

bool wuji_attribute_find(wuji_str object, wuji_str name, wuji_arena *arena, wuji_str *value) {
  uint32_t at = 0;
  wuji_str raw;
  wuji_str key;
  *value = WUJI_NO_STR;
  if (object.ptr == NULL) return true;
  while (take_string(object, &at, &raw)) {
    if (!plain(raw, arena, &key)) return false;
    while (at < object.len && (is_blank(object.ptr[at]) || object.ptr[at] == ':')) at++;
    if (!take_string(object, &at, &raw)) break;
    if (wuji_str_equal(key, name)) return plain(raw, arena, value);
  }
  return true;
}

bool wuji_attribute_number(wuji_str text, double *number) {
  wuji_decimal value;
  bool negative = text.len > 0 && text.ptr[0] == '-';
  wuji_str digits = negative ? (wuji_str){text.ptr + 1, text.len - 1} : text;
  if (!wuji_decimal_read(digits, &value)) return false;
  *number = negative ? -wuji_decimal_real(value) : wuji_decimal_real(value);
  return true;
}
