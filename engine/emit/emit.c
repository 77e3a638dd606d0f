#include "emit/emit.h"
#include "emit/digits.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUFFER_BYTES = 256 * 1024, PIECE_BYTES = 16 * 1024, MOST_ESCAPED = 6 };

/* The buffer */

static wuji_status flush(wuji_emitter *e, wuji_error *error) {
  size_t done = 0;
  while (done < e->used) {
    ssize_t wrote = write(e->fd, e->buffer + done, e->used - done);
    if (wrote >= 0) {
      done += (size_t)wrote;
    } else if (errno != EINTR) {
      e->used = 0;
      return wuji_fail(error, WUJI_IO, "table %s cannot be written: %s", e->def->name, wuji_reason(errno));
    }
  }
  e->used = 0;
  return WUJI_OK;
}

/** Room for `size` more bytes, at most PIECE_BYTES · MOST_ESCAPED. */
static inline wuji_status reserve(wuji_emitter *e, size_t size, wuji_error *error) {
  return e->size - e->used >= size ? WUJI_OK : flush(e, error);
}

/* The functions named put_ write where reserve() has made room. */

static inline void put_byte(wuji_emitter *e, char byte) {
  e->buffer[e->used++] = byte;
}

static inline void put_bytes(wuji_emitter *e, const char *bytes, size_t len) {
  memcpy(e->buffer + e->used, bytes, len);
  e->used += len;
}

static void put_integer(wuji_emitter *e, int64_t value) {
  if (value < 0) put_byte(e, '-');
  uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
  e->used += wuji_put_number(magnitude, e->buffer + e->used);
}

static void put_boolean(wuji_emitter *e, bool value) {
  if (value)
    put_bytes(e, "true", 4);
  else
    put_bytes(e, "false", 5);
}

/* Text */

/** A quote inside quotes is doubled. */
static void put_csv_quoted(wuji_emitter *e, const char *bytes, size_t len) {
  for (size_t i = 0; i < len; i++) {
    if (bytes[i] == '"') put_byte(e, '"');
    put_byte(e, bytes[i]);
  }
}

static void put_json_escaped(wuji_emitter *e, const char *bytes, size_t len) {
  static const char hex[] = "0123456789abcdef";
  for (size_t i = 0; i < len; i++) {
    unsigned char byte = (unsigned char)bytes[i];
    if (byte >= 0x20 && byte != '"' && byte != '\\') {
      put_byte(e, bytes[i]);
      continue;
    }
    put_byte(e, '\\');
    switch (byte) {
    case '\b': put_byte(e, 'b'); break;
    case '\t': put_byte(e, 't'); break;
    case '\n': put_byte(e, 'n'); break;
    case '\f': put_byte(e, 'f'); break;
    case '\r': put_byte(e, 'r'); break;
    case '"':
    case '\\': put_byte(e, bytes[i]); break;
    default:
      put_bytes(e, "u00", 3);
      put_byte(e, hex[byte >> 4]);
      put_byte(e, hex[byte & 15]);
    }
  }
}

typedef void (*put_text)(wuji_emitter *, const char *, size_t);

/** A text of any length through `put`, piece by piece, between `around` (nullable). */
static wuji_status write_text(wuji_emitter *e, wuji_str text, put_text put, const char *around,
                              wuji_error *error) {
  wuji_status status = WUJI_OK;
  size_t left = text.len;
  const char *at = text.ptr;
  size_t quotes = around == NULL ? 0 : 1;
  WUJI_TRY(reserve(e, quotes, error));
  if (quotes != 0) put_byte(e, *around);
  while (left > 0) {
    size_t piece = left < PIECE_BYTES ? left : PIECE_BYTES;
    WUJI_TRY(reserve(e, piece * MOST_ESCAPED, error));
    put(e, at, piece);
    at += piece;
    left -= piece;
  }
  WUJI_TRY(reserve(e, quotes, error));
  if (quotes != 0) put_byte(e, *around);
done:
  return status;
}

/** RFC 4180 asks for quotes around comma, quote, CR and LF; readers trim unquoted blanks at the ends. */
static bool wants_quotes(wuji_str text) {
  static const bool special[256] = {[','] = true, ['"'] = true, ['\r'] = true, ['\n'] = true};
  if (text.ptr == NULL || text.len == 0) return false;
  char first = text.ptr[0];
  char last = text.ptr[text.len - 1];
  bool any = first == ' ' || first == '\t' || last == ' ' || last == '\t';
  for (uint32_t i = 0; i < text.len; i++) any |= special[(unsigned char)text.ptr[i]];
  return any;
}

/* Rows */

static bool is_text(wuji_type type) {
  return type == WUJI_TEXT || type == WUJI_JSON || type == WUJI_DATE || type == WUJI_TIME;
}

/** Most rows repeat the exam, paper and node of the row before: a text seen again is not looked at again. */
typedef struct seen {
  wuji_str text;
  bool quotes;
} seen;

static wuji_status csv_text(wuji_emitter *e, wuji_str text, seen *before, wuji_error *error) {
  if (text.ptr != before->text.ptr || text.len != before->text.len)
    *before = (seen){text, wants_quotes(text)};
  if (before->quotes) return write_text(e, text, put_csv_quoted, "\"", error);
  if (text.ptr == NULL) return WUJI_OK;
  return write_text(e, text, put_bytes, NULL, error);
}

static wuji_status json_text(wuji_emitter *e, wuji_str text, bool raw, wuji_error *error) {
  if (text.ptr == NULL)
    text = wuji_str_of("null");
  else if (!raw)
    return write_text(e, text, put_json_escaped, "\"", error);
  return write_text(e, text, put_bytes, NULL, error);
}

/** A number or boolean; an absent one is `null` for JSON and empty for CSV. */
static wuji_status scalar(wuji_emitter *e, wuji_type type, wuji_column column, uint32_t row,
                          wuji_error *error) {
  wuji_status status = WUJI_OK;
  WUJI_TRY(reserve(e, WUJI_REAL_TEXT, error));
  bool null = type == WUJI_REAL ? isnan(column.real[row]) : column.integer[row] == WUJI_NULL_INT;
  if (null) {
    if (e->format == WUJI_JSON_ARRAY) put_bytes(e, "null", 4);
  } else if (type == WUJI_REAL) {
    e->used += wuji_emit_real(column.real[row], e->buffer + e->used);
  } else if (type == WUJI_BOOL) {
    put_boolean(e, column.integer[row] != 0);
  } else {
    put_integer(e, column.integer[row]);
  }
done:
  return status;
}

static wuji_status csv_row(wuji_emitter *e, const wuji_batch *batch, uint32_t row, seen *before,
                           wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t c = 0; c < e->def->column_count; c++) {
    WUJI_TRY(reserve(e, 1, error));
    if (c > 0) put_byte(e, ',');
    wuji_type type = e->def->columns[c].type;
    if (is_text(type))
      WUJI_TRY(csv_text(e, batch->columns[c].text[row], &before[c], error));
    else
      WUJI_TRY(scalar(e, type, batch->columns[c], row, error));
  }
  WUJI_TRY(reserve(e, 1, error));
  put_byte(e, '\n');
done:
  return status;
}

static wuji_status json_row(wuji_emitter *e, const wuji_batch *batch, uint32_t row, wuji_error *error) {
  wuji_status status = WUJI_OK;
  WUJI_TRY(reserve(e, 3, error));
  put_bytes(e, ",\n", e->any ? 2 : 0);
  if (!e->any) put_byte(e, '\n');
  for (uint32_t c = 0; c < e->def->column_count; c++) {
    const wuji_column_def *column = &e->def->columns[c];
    WUJI_TRY(reserve(e, 1, error));
    put_byte(e, c == 0 ? '{' : ',');
    WUJI_TRY(write_text(e, wuji_str_of(column->name), put_json_escaped, "\"", error));
    WUJI_TRY(reserve(e, 1, error));
    put_byte(e, ':');
    bool raw = column->type == WUJI_JSON;
    if (is_text(column->type))
      WUJI_TRY(json_text(e, batch->columns[c].text[row], raw, error));
    else
      WUJI_TRY(scalar(e, column->type, batch->columns[c], row, error));
  }
  WUJI_TRY(reserve(e, 1, error));
  put_byte(e, '}');
done:
  return status;
}

/* The file */

static wuji_status csv_header(wuji_emitter *e, bool bom, wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (bom) put_bytes(e, "\xEF\xBB\xBF", 3);
  for (uint32_t c = 0; c < e->def->column_count; c++) {
    if (c > 0) put_byte(e, ',');
    WUJI_TRY(write_text(e, wuji_str_of(e->def->columns[c].name), put_bytes, NULL, error));
  }
  put_byte(e, '\n');
done:
  return status;
}

wuji_status wuji_emit_open(wuji_emitter *emitter, const wuji_table_def *def, wuji_format format, bool bom,
                           int fd, wuji_error *error) {
  *emitter = (wuji_emitter){.def = def, .format = format, .fd = fd, .size = BUFFER_BYTES};
  emitter->buffer = malloc(BUFFER_BYTES);
  if (emitter->buffer == NULL) return wuji_fail_memory(error);
  wuji_status status = WUJI_OK;
  if (format == WUJI_CSV)
    status = csv_header(emitter, bom, error);
  else
    put_byte(emitter, '[');
  if (status != WUJI_OK) wuji_emit_abandon(emitter);
  return status;
}

wuji_status wuji_emit_push(void *emitter, const wuji_batch *batch, wuji_error *error) {
  wuji_emitter *e = emitter;
  wuji_status status = WUJI_OK;
  seen before[WUJI_MOST_COLUMNS] = {0};
  for (uint32_t row = 0; row < batch->rows; row++) {
    if (e->format == WUJI_CSV)
      WUJI_TRY(csv_row(e, batch, row, before, error));
    else
      WUJI_TRY(json_row(e, batch, row, error));
    e->any = true;
  }
done:
  return status;
}

wuji_status wuji_emit_close(wuji_emitter *emitter, wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (emitter->buffer == NULL) return status;
  if (emitter->format == WUJI_JSON_ARRAY) {
    WUJI_TRY(reserve(emitter, 3, error));
    if (emitter->any) put_byte(emitter, '\n');
    put_bytes(emitter, "]\n", 2);
  }
  WUJI_TRY(flush(emitter, error));
done:
  wuji_emit_abandon(emitter);
  return status;
}

void wuji_emit_abandon(wuji_emitter *emitter) {
  free(emitter->buffer);
  emitter->buffer = NULL;
  emitter->used = 0;
}
