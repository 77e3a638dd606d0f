#include "fuzz.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void fuzz_holds(bool holds, const char *condition, const char *file, int line) {
  if (holds) return;
  (void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
  abort();
}

const char *fuzz_file(const void *bytes, size_t len) {
  static int fd = -1;
  static char path[64];
  if (fd < 0) {
    fd = memfd_create("fuzz", 0);
    HOLDS(fd >= 0);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  }
  HOLDS(ftruncate(fd, 0) == 0);
  HOLDS(pwrite(fd, bytes, len, 0) == (ssize_t)len);
  return path;
}

void *fuzz_room(size_t size) {
  void *room = malloc(size + 1);
  HOLDS(room != NULL);
  return room;
}

char *fuzz_encoded(wuji_str text, const char *encoding, const char *mark, size_t mark_len, size_t *len) {
  iconv_t made = iconv_open(encoding, "UTF-8");
  HOLDS(made != (iconv_t)-1);
  size_t size = mark_len + 4 * (size_t)text.len;
  char *bytes = fuzz_room(size);
  char *in = (char *)(uintptr_t)text.ptr;
  char *out = bytes + mark_len;
  size_t in_left = text.len;
  size_t out_left = size - mark_len;
  memcpy(bytes, mark, mark_len);
  size_t result = iconv(made, &in, &in_left, &out, &out_left);
  iconv_close(made);
  *len = size - out_left;
  if (result == 0) return bytes;
  free(bytes);
  return NULL;
}
