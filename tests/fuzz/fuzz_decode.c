/* Any bytes as a text file: the text is the same however it is read, and what is text in UTF-8 is the same
 * text in every other encoding. Of the first byte, the values from 0xF0 put ASCII before the rest, up to more
 * than two windows of the decoder. */
#include "fuzz.h"
#include "text/decode.h"
#include "text/scan.h"

#include <stdlib.h>

enum { FAR = 0xF0, FAR_BYTES = 10007 >> WUJI_SIZES_SHIFT, WHOLE = 2 * WUJI_DECODE_WINDOW };

typedef struct text {
  wuji_status status;
  char *bytes;
  size_t len;
} text;

static text decoded(const void *bytes, size_t len, size_t step) {
  wuji_decode *decode = NULL;
  wuji_fault fault = {0};
  wuji_error error = {0};
  text t = {WUJI_OK, NULL, 0};
  size_t room = 0;
  size_t got = step;
  t.status = wuji_decode_open(fuzz_file(bytes, len), &decode, &fault, &error);
  HOLDS(t.status == WUJI_OK);
  while (t.status == WUJI_OK && got == step) {
    if (room < t.len + step) {
      room = 2 * (t.len + step);
      t.bytes = realloc(t.bytes, room);
      HOLDS(t.bytes != NULL);
    }
    t.status = wuji_decode_read(decode, t.bytes + t.len, step, &got, &fault, &error);
    HOLDS(got <= step);
    if (t.status == WUJI_OK) t.len += got;
  }
  HOLDS(t.status == WUJI_OK || (t.status == WUJI_REJECTED && fault.kind == WUJI_FAULT_GZIP));
  wuji_decode_close(decode);
  return t;
}

static void same(const text *expected, const void *bytes, size_t len, size_t step) {
  text again = decoded(bytes, len, step);
  HOLDS(again.status == expected->status);
  if (again.status == WUJI_OK) {
    HOLDS(again.len == expected->len);
    HOLDS(again.len == 0 || memcmp(again.bytes, expected->bytes, again.len) == 0);
  }
  free(again.bytes);
}

/* The text behind each byte order mark. */
static void check_encodings(const char *bytes, size_t len) {
  static const struct {
    const char *name, *mark;
    size_t mark_len;
  } others[] = {{"GB18030", "\x84\x31\x95\x33", 4}, {"UTF-16LE", "\xFF\xFE", 2}, {"UTF-16BE", "\xFE\xFF", 2}};
  size_t size;
  wuji_str all = {bytes, (uint32_t)len};
  char *marked = fuzz_encoded(all, "UTF-8", "\xEF\xBB\xBF", 3, &size);
  if (marked == NULL) return; /* iconv is stricter than we with what Unicode does not assign */
  text expected = decoded(marked, size, WHOLE);
  for (size_t e = 0; e < sizeof others / sizeof *others; e++) {
    size_t other_len;
    char *other = fuzz_encoded(all, others[e].name, others[e].mark, others[e].mark_len, &other_len);
    if (other != NULL) same(&expected, other, other_len, WHOLE);
    free(other);
  }
  free(expected.bytes);
  free(marked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const size_t steps[] = {1, 3, 4096, 4097, 65536, 100003};
  if (size == 0) return 0;
  size_t before = data[0] >= FAR ? (size_t)(data[0] - FAR) * FAR_BYTES : 0;
  size_t len = before + size - 1;
  char *bytes = fuzz_room(len);
  memset(bytes, '7', before);
  memcpy(bytes + before, data + 1, size - 1);
  text expected = decoded(bytes, len, WHOLE);
  size_t step = steps[data[0] % (sizeof steps / sizeof *steps)];
  same(&expected, bytes, len, before > 0 && step < 4096 ? 4096 : step);
  if (wuji_scan_utf8(bytes, len)) check_encodings(bytes, len);
  free(expected.bytes);
  free(bytes);
  return 0;
}
