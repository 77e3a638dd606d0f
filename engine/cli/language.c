#include "cli/language.h"

#include <stdlib.h>
#include <string.h>
#include <wuji/wuji.h>

static const struct {
  const char *english, *chinese;
} messages[] = {
#define MESSAGE(english, chinese) {english, chinese},
#include "cli/messages_zh.def"
#undef MESSAGE
};

const char *say(const char *english) {
  if (wuji_get_language() == WUJI_ENGLISH) return english;
  for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
    if (strcmp(messages[i].english, english) == 0) return messages[i].chinese;
  }
  return english;
}

void language_of_locale(void) {
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *locale = getenv(names[i]);
    if (locale == NULL || locale[0] == '\0') continue;
    wuji_set_language(strncmp(locale, "zh", 2) == 0 ? WUJI_CHINESE : WUJI_ENGLISH);
    return;
  }
}

/* Our own texts only: ASCII, and Chinese of three bytes, two columns wide. */
static int columns_of(const char *text) {
  int columns = 0;
  for (; *text != '\0'; text++) {
    unsigned char c = (unsigned char)*text;
    if (c < 0x80) {
      columns += 1;
    } else if (c >= 0xC0) {
      columns += c >= 0xE3 ? 2 : 1;
    }
  }
  return columns;
}

void put_padded(FILE *file, const char *text, int width) {
  int blanks = abs(width) - columns_of(text);
  if (blanks < 0) blanks = 0;
  if (width < 0)
    (void)fprintf(file, "%*s%s", blanks, "", text);
  else
    (void)fprintf(file, "%s%*s", text, blanks, "");
}
