#include "text/decode.h"

#include "text/encoding.h"
#include "text/line_ends.h"
#include "text/scan.h"
#include "text/source.h"

#include <stdlib.h>

/* Text goes straight into the reader's memory where there is room for more than a few characters. */
enum { LEAST_STEP = WUJI_DECODE_WINDOW / 16 };

typedef enum { AT_START, ASCII_SO_FAR, AS_IT_IS, RECODED } manner;

struct wuji_decode {
  wuji_source *source;
  manner manner;
  wuji_recoder recoder;
  wuji_line_ends ends;
  bool source_ended;
  bool ended;             /* all text is in `out`, or was handed out */
  size_t raw_at, raw_len; /* bytes read and not turned into text yet */
  size_t out_at, out_len; /* text not handed out yet */
  char raw[WUJI_DECODE_WINDOW];
  char out[LEAST_STEP];
};

wuji_status wuji_decode_open(const char *path, wuji_decode **decode, wuji_fault *fault, wuji_error *error) {
  wuji_status status = WUJI_OK;
  *decode = NULL;
  wuji_decode *made = malloc(sizeof *made);
  if (made == NULL) return wuji_fail_memory(error);
  memset(made, 0, offsetof(wuji_decode, raw));
  WUJI_TRY(wuji_source_open(path, &made->source, fault, error));
  *decode = made;
done:
  if (status != WUJI_OK) wuji_decode_close(made);
  return status;
}

void wuji_decode_close(wuji_decode *decode) {
  if (decode == NULL) return;
  wuji_recoder_close(&decode->recoder);
  wuji_source_close(decode->source);
  free(decode);
}

uint64_t wuji_decode_consumed(const wuji_decode *decode) {
  return wuji_source_consumed(decode->source);
}

static size_t raw_left(const wuji_decode *d) {
  return d->raw_len - d->raw_at;
}

static wuji_status read_source(wuji_decode *d, char *into, size_t size, size_t *got, wuji_fault *fault,
                               wuji_error *error) {
  wuji_status status = WUJI_OK;
  *got = 0;
  if (!d->source_ended) WUJI_TRY(wuji_source_read(d->source, into, size, got, fault, error));
  d->source_ended |= *got < size;
done:
  return status;
}

/* Reads on until `raw` is full or the file ends. */
static wuji_status fill_raw(wuji_decode *d, wuji_fault *fault, wuji_error *error) {
  wuji_status status = WUJI_OK;
  size_t got;
  size_t left = raw_left(d);
  memmove(d->raw, d->raw + d->raw_at, left);
  d->raw_at = 0;
  d->raw_len = left;
  WUJI_TRY(read_source(d, d->raw + left, sizeof d->raw - left, &got, fault, error));
  d->raw_len += got;
done:
  return status;
}

static size_t take_raw(wuji_decode *d, char *into, size_t size) {
  size_t len = raw_left(d) < size ? raw_left(d) : size;
  memcpy(into, d->raw + d->raw_at, len);
  d->raw_at += len;
  return len;
}

static wuji_status settle(wuji_decode *d, wuji_encoding encoding, wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (encoding != WUJI_UTF8) WUJI_TRY(wuji_recoder_open(&d->recoder, encoding, error));
  d->manner = encoding == WUJI_UTF8 ? AS_IT_IS : RECODED;
done:
  return status;
}

/* A byte order mark says it all; without one it is ASCII until it is more. */
static wuji_status start(wuji_decode *d, wuji_fault *fault, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_encoding encoding = WUJI_UTF8;
  WUJI_TRY(fill_raw(d, fault, error));
  d->raw_at = wuji_encoding_mark(d->raw, d->raw_len, &encoding);
  d->manner = ASCII_SO_FAR;
  if (d->raw_at > 0) WUJI_TRY(settle(d, encoding, error));
done:
  return status;
}

/* Hands ASCII out; where `raw` begins with a byte that is more, the bytes from there on are looked at
 * instead. */
static wuji_status step_ascii(wuji_decode *d, char *into, size_t size, size_t *len, wuji_fault *fault,
                              wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (raw_left(d) == 0) {
    if (size > sizeof d->raw) size = sizeof d->raw;
    WUJI_TRY(read_source(d, into, size, len, fault, error));
    size_t plain = wuji_scan_ascii(into, *len);
    d->raw_at = 0;
    d->raw_len = *len - plain;
    memcpy(d->raw, into + plain, d->raw_len);
    *len = plain;
  } else {
    size_t plain = wuji_scan_ascii(d->raw + d->raw_at, raw_left(d));
    *len = take_raw(d, into, plain < size ? plain : size);
  }
  if (*len == 0 && raw_left(d) > 0) {
    WUJI_TRY(fill_raw(d, fault, error));
    WUJI_TRY(settle(d, wuji_encoding_tell(d->raw, d->raw_len, d->source_ended), error));
  }
done:
  return status;
}

static wuji_status step_recoded(wuji_decode *d, char *into, size_t size, size_t *len, wuji_fault *fault,
                                wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (raw_left(d) < LEAST_STEP) WUJI_TRY(fill_raw(d, fault, error));
  const char *from = d->raw + d->raw_at;
  size_t left = raw_left(d);
  *len = wuji_recode(&d->recoder, &from, &left, d->source_ended, into, size);
  d->raw_at = d->raw_len - left;
done:
  return status;
}

/* One step of reading: some text, or none while the file's encoding is being told. `size` is at least
 * LEAST_STEP.
 */
static wuji_status step(wuji_decode *d, char *into, size_t size, size_t *len, wuji_fault *fault,
                        wuji_error *error) {
  wuji_status status = WUJI_OK;
  size_t held = 0;
  size_t got = 0;
  *len = 0;
  if (d->ends.held) into[held++] = '\r';
  if (d->manner == AT_START)
    WUJI_TRY(start(d, fault, error));
  else if (d->manner == ASCII_SO_FAR)
    WUJI_TRY(step_ascii(d, into + held, size - held, &got, fault, error));
  else if (d->manner == RECODED)
    WUJI_TRY(step_recoded(d, into + held, size - held, &got, fault, error));
  else if (raw_left(d) > 0)
    got = take_raw(d, into + held, size - held);
  else
    WUJI_TRY(read_source(d, into + held, size - held, &got, fault, error));
  d->ended = d->source_ended && raw_left(d) == 0;
  *len = wuji_line_ends_turn(&d->ends, into, held + got, d->ended);
done:
  return status;
}

wuji_status wuji_decode_read(wuji_decode *d, char *into, size_t size, size_t *got, wuji_fault *fault,
                             wuji_error *error) {
  wuji_status status = WUJI_OK;
  size_t len;
  *got = 0;
  while (*got < size) {
    if (d->out_at < d->out_len) {
      len = d->out_len - d->out_at < size - *got ? d->out_len - d->out_at : size - *got;
      memcpy(into + *got, d->out + d->out_at, len);
      d->out_at += len;
      *got += len;
    } else if (d->ended) {
      break;
    } else if (size - *got >= LEAST_STEP) {
      WUJI_TRY(step(d, into + *got, size - *got, &len, fault, error));
      *got += len;
    } else {
      d->out_at = 0;
      WUJI_TRY(step(d, d->out, sizeof d->out, &d->out_len, fault, error));
    }
  }
done:
  return status;
}

wuji_status wuji_decode_whole(const char *path, size_t most, wuji_arena *arena, wuji_str *text,
                              wuji_fault *fault, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_decode *decode = NULL;
  size_t got = 0;
  WUJI_TRY(wuji_decode_open(path, &decode, fault, error));
  char *bytes =
      wuji_arena_alloc(arena, most + 2); /* one more than allowed tells that it is longer; and the NUL */
  if (bytes == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(wuji_decode_read(decode, bytes, most + 1, &got, fault, error));
  if (got == 0) WUJI_TRY(wuji_reject(fault, WUJI_FAULT_EMPTY, 0, error, "the file is empty"));
  if (got > most) WUJI_TRY(wuji_reject(fault, WUJI_FAULT_TOO_LONG, 0, error, "the file is too long"));
  bytes[got] = '\0';
  *text = (wuji_str){bytes, (uint32_t)got};
done:
  wuji_decode_close(decode);
  return status;
}
