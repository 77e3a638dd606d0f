#include "text/line_ends.h"

/* Looks for the first line end outside quotes, which says what they all are. Returns its place, or `len`. */
static size_t look(wuji_line_ends *ends, const char *bytes, size_t len, bool last) {
  size_t at = 0;
  ends->held = false;
  for (; at < len; at++) {
    char c = bytes[at];
    if (c == '"') ends->quoted = !ends->quoted;
    if ((c == '\n' || c == '\r') && !ends->quoted) break;
  }
  if (at == len) return at;
  bool next_known = at + 1 < len || last;
  bool next_newline = at + 1 < len && bytes[at + 1] == '\n';
  if (bytes[at] == '\n' || next_newline)
    ends->are = WUJI_ENDS_LF;
  else if (next_known)
    ends->are = WUJI_ENDS_CR;
  else
    ends->held = true;
  return at;
}

size_t wuji_line_ends_turn(wuji_line_ends *ends, char *bytes, size_t len, bool last) {
  size_t at = 0;
  if (ends->are == WUJI_ENDS_UNKNOWN) at = look(ends, bytes, len, last);
  if (ends->held) return len - 1;
  if (ends->are != WUJI_ENDS_CR) return len;
  size_t to = at;
  for (; at < len; at++) {
    char c = bytes[at];
    bool pair = c == '\n' && ends->behind_return; /* a CRLF among them is one line end still */
    ends->behind_return = c == '\r';
    if (!pair) bytes[to++] = c == '\r' ? '\n' : c;
  }
  return to;
}
