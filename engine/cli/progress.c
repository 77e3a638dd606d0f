#include "cli/commands.h"
#include "cli/language.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool drawn;

bool progress_wanted(const settings *s) {
  const char *term = getenv("TERM");
  return !s->quiet && isatty(STDERR_FILENO) == 1 && (term == NULL || term[0] != 'd' /* dumb */);
}

void progress_draw(void *context, const char *stage, double share) {
  (void)context;
  enum { WIDTH = 30 };
  char bar[WIDTH + 1];
  int filled = (int)(share * WIDTH);
  for (int i = 0; i < WIDTH; i++) bar[i] = i < filled ? '#' : '.';
  bar[WIDTH] = '\0';
  (void)fputc('\r', stderr);
  put_padded(stderr, say(stage), 12);
  (void)fprintf(stderr, " [%s] %3d %%", bar, (int)(share * 100));
  drawn = true;
}

void progress_clear(void) {
  if (drawn) (void)fputs("\r\033[K", stderr);
  drawn = false;
}
