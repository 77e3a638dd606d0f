#include "text/encoding.h"

#include "text/scan.h"

#include <errno.h>

static const struct {
  const char *name; /* as iconv knows it, the mark not being its affair */
  const char *mark;
  size_t mark_len;
} encodings[] = {[WUJI_UTF8] = {"UTF-8", "\xEF\xBB\xBF", 3},
                 [WUJI_GB18030] = {"GB18030", "\x84\x31\x95\x33", 4},
                 [WUJI_UTF16_LE] = {"UTF-16LE", "\xFF\xFE", 2},
                 [WUJI_UTF16_BE] = {"UTF-16BE", "\xFE\xFF", 2}};

size_t wuji_encoding_mark(const char *bytes, size_t len, wuji_encoding *encoding) {
  for (size_t e = 0; e < sizeof encodings / sizeof *encodings; e++) {
    size_t mark_len = encodings[e].mark_len;
    if (len < mark_len || memcmp(bytes, encodings[e].mark, mark_len) != 0) continue;
    *encoding = (wuji_encoding)e;
    return mark_len;
  }
  return 0;
}

wuji_encoding wuji_encoding_tell(const char *window, size_t len, bool whole) {
  size_t good;
  size_t bad;
  wuji_scan_tally(window, len, whole, &good, &bad);
  return good >= bad ? WUJI_UTF8 : WUJI_GB18030;
}

wuji_status wuji_recoder_open(wuji_recoder *recoder, wuji_encoding from, wuji_error *error) {
  iconv_t made = iconv_open("UTF-8", encodings[from].name);
  if (made == (iconv_t)-1) {
    if (errno == ENOMEM) return wuji_fail_memory(error);
    return wuji_fail(error, WUJI_INTERNAL, "the C library cannot convert from %s", encodings[from].name);
  }
  *recoder = (wuji_recoder){from, true, made};
  return WUJI_OK;
}

void wuji_recoder_close(wuji_recoder *recoder) {
  if (recoder->open) iconv_close(recoder->iconv);
  *recoder = (wuji_recoder){0};
}

/* What is being turned, and where to. */
typedef struct stream {
  char *in;
  size_t left;
  char *out;
  size_t room;
} stream;

static void put_bad(stream *s, size_t skipped) {
  *s->out++ = (char)WUJI_BAD_CHARACTER;
  s->room--;
  s->in += skipped;
  s->left -= skipped;
}

enum { NO_CHARACTER = 0, CUT = 5 };

/* Bytes of the character of GB18030 that begins at `p` with a byte above ASCII, by its form. */
static size_t gb_character(const unsigned char *p, size_t left) {
  if (p[0] == 0x80 || p[0] == 0xFF) return NO_CHARACTER;
  if (left < 2) return CUT;
  if (p[1] < '0' || p[1] > '9') return p[1] >= 0x40 && p[1] != 0x7F && p[1] != 0xFF ? 2 : NO_CHARACTER;
  if (left < 3) return CUT;
  if (p[2] <= 0x80 || p[2] == 0xFF) return NO_CHARACTER;
  if (left < 4) return CUT;
  return p[3] >= '0' && p[3] <= '9' ? 4 : NO_CHARACTER;
}

/* Bytes of the whole characters beyond ASCII at the start; `*next` is what stands behind them. */
static size_t gb_run(const char *bytes, size_t left, size_t *next) {
  const unsigned char *p = (const unsigned char *)bytes;
  size_t run = 0;
  *next = NO_CHARACTER;
  while (run < left && p[run] >= 0x80) {
    *next = gb_character(p + run, left - run);
    if (*next == NO_CHARACTER || *next == CUT) break;
    run += *next;
  }
  return run;
}

/* ASCII is copied, which also the second byte of a character may look like: so only from where one begins. */
static void recode_gb(iconv_t to_utf8, stream *s, bool last) {
  while (s->left > 0 && s->room >= WUJI_RECODE_ROOM) {
    size_t plain = wuji_scan_ascii(s->in, s->left < s->room ? s->left : s->room);
    memcpy(s->out, s->in, plain);
    s->in += plain;
    s->left -= plain;
    s->out += plain;
    s->room -= plain;
    if (plain > 0) continue;
    size_t next;
    size_t run = gb_run(s->in, s->left, &next);
    if (run == 0 && next == CUT && !last) break;
    if (run == 0) {
      put_bad(s, 1);
      continue;
    }
    size_t rest = run;
    size_t result = iconv(to_utf8, &s->in, &rest, &s->out, &s->room);
    s->left -= run - rest;
    if (result == (size_t)-1 && errno == EILSEQ && s->room > 0) put_bad(s, 1);
  }
}

static void recode_utf16(iconv_t to_utf8, stream *s, bool last) {
  while (s->left > 0 && s->room >= WUJI_RECODE_ROOM) {
    if (iconv(to_utf8, &s->in, &s->left, &s->out, &s->room) != (size_t)-1 || errno == E2BIG) continue;
    if (errno == EILSEQ && s->room > 0)
      put_bad(s, 2); /* half of a pair */
    else if (errno == EINVAL && !last)
      break;
    else if (s->room > 0)
      put_bad(s, s->left);
  }
}

size_t wuji_recode(wuji_recoder *recoder, const char **in, size_t *in_len, bool last, char *into,
                   size_t size) {
  stream s = {(char *)(uintptr_t)*in, *in_len, into, size};
  if (recoder->from == WUJI_GB18030)
    recode_gb(recoder->iconv, &s, last);
  else
    recode_utf16(recoder->iconv, &s, last);
  *in = s.in;
  *in_len = s.left;
  return size - s.room;
}
