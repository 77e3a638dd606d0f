#include "ingest/option_set.h"

#include "text/fold.h"

enum { DIGITS = 10, NO = WUJI_NO_SYMBOL };

#define NO_16 NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO
#define LETTERS_26                                                                                           \
  11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36

const uint8_t wuji_symbol_of_byte[256] = {
    NO,    NO,         NO,    NO,    NO,    NO,    NO,    NO,
    NO,    0,          NO,    NO,    NO,    NO,    NO,    NO, /* 09: a tab alone is no symbol */
    NO_16,                                                    /* 1. */
    0,     NO,         NO,    NO,    NO,    NO,    NO,    NO,
    NO,    NO,         NO,    NO,    NO,    0,     NO,    NO, /* 20: a blank; 2D: - */
    1,     2,          3,     4,     5,     6,     7,     8,
    9,     10,         NO,    NO,    NO,    NO,    NO,    NO, /* 30: digits */
    NO,    LETTERS_26, NO,    NO,    NO,    NO,    NO,        /* 41: letters */
    NO,    LETTERS_26, NO,    NO,    NO,    NO,    NO,        /* 61: small letters */
    NO_16, NO_16,      NO_16, NO_16, NO_16, NO_16, NO_16, NO_16};

/* The ASCII form of the character at the start of `text`, which is three bytes long if it is a full-width
 * letter or digit (U+FF10 to U+FF5A); 0: it is neither of them. */
static char ascii_at(wuji_str text, uint32_t *step) {
  const unsigned char *p = (const unsigned char *)text.ptr;
  *step = 1;
  if (p[0] < 0x80) return text.ptr[0];
  if (text.len < 3 || p[0] != 0xEF || (p[1] != 0xBC && p[1] != 0xBD)) return 0;
  *step = 3;
  unsigned code = (p[1] == 0xBC ? 0x20U : 0x60U) + (p[2] - 0x80U); /* U+FF00 + code is 0x20 + code in ASCII */
  return (char)code;
}

/* Whether every character is ASCII or of full width, so that no table of Unicode is needed. */
static bool is_simple(wuji_str text) {
  uint32_t step;
  bool simple = true;
  for (uint32_t at = 0; simple && at < text.len; at += step) {
    simple = ascii_at((wuji_str){text.ptr + at, text.len - at}, &step) > 0;
  }
  return simple;
}

static wuji_set_form read_simple(wuji_str text, wuji_option_set *set) {
  wuji_set_form form = WUJI_SET_GOOD;
  uint32_t step;
  for (uint32_t at = 0; at < text.len; at += step) {
    char c = ascii_at((wuji_str){text.ptr + at, text.len - at}, &step);
    uint8_t symbol = wuji_symbol_of_byte[(unsigned char)c];
    wuji_option_set bit = UINT64_C(1) << symbol;
    if (symbol == 0 || symbol == WUJI_NO_SYMBOL) {
      form = WUJI_SET_STRANGE;
      continue;
    }
    if ((*set & bit) != 0 && form == WUJI_SET_GOOD) form = WUJI_SET_TWICE;
    *set |= bit;
  }
  return form;
}

wuji_set_form wuji_option_set_read(wuji_str text, wuji_option_set *set) {
  *set = 0;
  if (text.ptr == NULL || text.len == 0 || wuji_str_is(text, "-") || wuji_str_is(text, "未作答"))
    return WUJI_SET_GOOD;
  if (is_simple(text)) return read_simple(text, set);
  wuji_arena scratch = {0};
  wuji_set_form form = WUJI_SET_NO_MEMORY;
  wuji_str folded = wuji_fold(&scratch, text);
  if (folded.ptr != NULL) form = read_simple(folded, set);
  wuji_arena_dispose(&scratch);
  return form;
}

wuji_set_text wuji_option_set_write(wuji_option_set set) {
  wuji_set_text written = {0};
  uint32_t len = 0;
  for (uint32_t k = 1; k <= WUJI_SYMBOLS; k++) {
    bool digit = k <= DIGITS;
    if ((set >> k & 1) != 0) written.text[len++] = (char)(digit ? '0' + (k - 1) : 'A' + (k - 1 - DIGITS));
  }
  return written;
}
