/* A set of the symbols that can be chosen: 0-9 and A-Z, in the order of their bytes. */
#ifndef WUJI_INGEST_OPTION_SET_H
#define WUJI_INGEST_OPTION_SET_H

#include "base/arena.h"

enum {
  WUJI_SYMBOLS = 36,
  WUJI_NO_SYMBOL = 63 /* what wuji_symbol_of_byte gives for a byte that says nothing by itself */
};

/** Bit k, from 1 to WUJI_SYMBOLS: symbol k is in it. Bit 0 is never set. */
typedef uint64_t wuji_option_set;
#define WUJI_EVERY_SYMBOL ((UINT64_C(1) << (WUJI_SYMBOLS + 1)) - 2)

/** What a cell of that one byte says: the number of a symbol (small letters are large ones), 0 none chosen,
 * or WUJI_NO_SYMBOL. */
extern const uint8_t wuji_symbol_of_byte[256];

typedef enum {
  WUJI_SET_GOOD,
  WUJI_SET_STRANGE, /* there is a symbol that is no letter or digit */
  WUJI_SET_TWICE,   /* a symbol stands twice */
  WUJI_SET_NO_MEMORY
} wuji_set_form;

/** Reads the symbols of a trimmed cell, full-width forms like the usual ones: empty, - and 未作答 are the
 * empty set. `*set` holds every letter and digit there is, also unless GOOD. */
wuji_set_form wuji_option_set_read(wuji_str text, wuji_option_set *set);

/** The symbols as text, ascending. */
typedef struct wuji_set_text {
  char text[WUJI_SYMBOLS + 1];
} wuji_set_text;
wuji_set_text wuji_option_set_write(wuji_option_set set);

#endif
