#include "base/language.h"

#include <stdatomic.h>

static atomic_int language = WUJI_ENGLISH;

void wuji_set_language(wuji_language wanted) {
  atomic_store(&language, (int)wanted);
}

wuji_language wuji_get_language(void) {
  return (wuji_language)atomic_load(&language);
}

const char *wuji_in_language(const char *english) {
  return english;
}
