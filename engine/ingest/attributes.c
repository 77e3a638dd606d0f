#include "ingest/attributes.h"

#include <stdlib.h>

/* An escaped byte is at most six: \u001f. */
static bool reserve(wuji_json_text *text, size_t more) {
  if (text->size - text->len >= more) return true;
  size_t size = 2 * (text->len + more);
  char *bytes = realloc(text->bytes, size);
  if (bytes == NULL) return false;
  text->bytes = bytes;
  text->size = size;
  return true;
}

static void append(wuji_json_text *text, const char *bytes, size_t len) {
  memcpy(text->bytes + text->len, bytes, len);
  text->len += len;
}

/* Whether every byte stands for itself in a JSON string. */
static bool is_simple(wuji_str value) {
  bool odd = false;
  for (uint32_t i = 0; i < value.len; i++) {
    unsigned char c = (unsigned char)value.ptr[i];
    odd |= c < 0x20 || c == '"' || c == '\\';
  }
  return !odd;
}

/* Appends `value` as a JSON string, RFC 8259 section 7. */
static bool append_string(wuji_json_text *text, wuji_str value) {
  static const char hex[] = "0123456789abcdef";
  bool simple = is_simple(value);
  if (!reserve(text, 6 * (size_t)value.len + 2)) return false;
  append(text, "\"", 1);
  if (simple) append(text, value.ptr, value.len);
  for (uint32_t i = 0; !simple && i < value.len; i++) {
    unsigned char c = (unsigned char)value.ptr[i];
    if (c == '"' || c == '\\') {
      append(text, "\\", 1);
      append(text, value.ptr + i, 1);
    } else if (c == '\n') {
      append(text, "\\n", 2);
    } else if (c == '\t') {
      append(text, "\\t", 2);
    } else if (c == '\r') {
      append(text, "\\r", 2);
    } else if (c < 0x20) {
      const char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
      append(text, escape, sizeof escape);
    } else {
      append(text, value.ptr + i, 1);
    }
  }
  append(text, "\"", 1);
  return true;
}

wuji_status wuji_attributes_init(wuji_attributes *attributes, const wuji_header *header, uint32_t file,
                                 wuji_arena *arena, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_json_text text = {0};
  *attributes = (wuji_attributes){.columns = wuji_arena_array(arena, header->column_count, sizeof(uint32_t)),
                                  .keys = wuji_arena_array(arena, header->column_count, sizeof(wuji_str))};
  if (attributes->columns == NULL || attributes->keys == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t c = 0; c < header->column_count; c++) {
    wuji_place place = {file, header->line, c + 1};
    if (header->role[c] != WUJI_ROLES) continue;
    if (header->names[c].len == 0) {
      wuji_note_warning(notes, place, WUJI_WARNING_COLUMN_UNNAMED, 1, WUJI_NO_STR);
      continue;
    }
    text.len = 0;
    if (!append_string(&text, header->names[c]) || !reserve(&text, 1)) WUJI_TRY(wuji_fail_memory(error));
    append(&text, ":", 1);
    wuji_str key = wuji_arena_copy(arena, (wuji_str){text.bytes, (uint32_t)text.len});
    if (key.ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
    bool twice = false;
    for (uint32_t a = 0; a < attributes->count; a++) twice |= wuji_str_equal(attributes->keys[a], key);
    if (twice) {
      wuji_note_problem(notes, place, WUJI_PROBLEM_COLUMN_DUPLICATE, header->names[c],
                        "column %s stands twice", WUJI_SHOW(header->names[c]));
    }
    attributes->columns[attributes->count] = c;
    attributes->keys[attributes->count++] = key;
  }
done:
  free(text.bytes);
  return status;
}

wuji_status wuji_attributes_take(const wuji_attributes *attributes, const wuji_pull *pull,
                                 const wuji_record *record, wuji_json_text *text, wuji_text_pool *pool,
                                 wuji_arena *arena, wuji_str *object, wuji_error *error) {
  *object = WUJI_NO_STR;
  text->len = 0;
  for (uint32_t a = 0; a < attributes->count; a++) {
    wuji_str value = wuji_pull_text(pull, record, attributes->columns[a]);
    if (value.len == 0) continue;
    if (!reserve(text, attributes->keys[a].len + 2)) return wuji_fail_memory(error);
    append(text, text->len == 0 ? "{" : ",", 1);
    append(text, attributes->keys[a].ptr, attributes->keys[a].len);
    if (!append_string(text, value) || !reserve(text, 1)) return wuji_fail_memory(error);
  }
  if (text->len == 0) return WUJI_OK;
  append(text, "}", 1);
  *object = wuji_text_pool_keep(pool, arena, (wuji_str){text->bytes, (uint32_t)text->len});
  return object->ptr == NULL ? wuji_fail_memory(error) : WUJI_OK;
}
