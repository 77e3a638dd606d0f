#include "base/language.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *english, *chinese;
} messages[] = {
#define MESSAGE(english, chinese) {english, chinese},
#include "base/messages_zh.def"
#undef MESSAGE
};
enum { MESSAGES = sizeof messages / sizeof *messages };

static atomic_int language = WUJI_ENGLISH;

/* The catalogue is kept in the order of the rooms, for readers; it is searched by the English text. */
static unsigned short by_english[MESSAGES];
static pthread_once_t sorted = PTHREAD_ONCE_INIT;

static int compare(const void *a, const void *b) {
  return strcmp(messages[*(const unsigned short *)a].english, messages[*(const unsigned short *)b].english);
}

static void sort(void) {
  for (size_t i = 0; i < MESSAGES; i++) by_english[i] = (unsigned short)i;
  qsort(by_english, MESSAGES, sizeof *by_english, compare);
}

static int compare_text(const void *text, const void *entry) {
  return strcmp(text, messages[*(const unsigned short *)entry].english);
}

void wuji_set_language(wuji_language wanted) {
  atomic_store(&language, (int)wanted);
}

wuji_language wuji_get_language(void) {
  return (wuji_language)atomic_load(&language);
}

const char *wuji_in_language(const char *english) {
  if (wuji_get_language() == WUJI_ENGLISH) return english;
  (void)pthread_once(&sorted, sort);
  const unsigned short *found = bsearch(english, by_english, MESSAGES, sizeof *by_english, compare_text);
  return found == NULL ? english : messages[*found].chinese;
}

const char *wuji_reason(int number) {
  return wuji_in_language(strerror(number));
}
