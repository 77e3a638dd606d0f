/* Further columns of students.csv as one JSON object a candidate. */
#ifndef WUJI_INGEST_ATTRIBUTES_H
#define WUJI_INGEST_ATTRIBUTES_H

#include "ingest/sheet.h"
#include "ingest/text_pool.h"

/** Text that grows; all zero is empty, `bytes` is the owner's to free. */
typedef struct wuji_json_text {
  char *bytes;
  size_t len, size;
} wuji_json_text;

typedef struct wuji_attributes {
  uint32_t count;
  uint32_t *columns;
  wuji_str *keys; /* "key": as it stands in the object, escaped */
} wuji_attributes;

/** The columns of `header` without a role, in its order. Nameless ones are left out with a warning, a name
 * that stands twice is a problem. */
WUJI_CHECKED wuji_status wuji_attributes_init(wuji_attributes *attributes, const wuji_header *header,
                                              uint32_t file, wuji_arena *arena, wuji_notes *notes,
                                              wuji_error *error);

/** The object of one candidate in `arena`, by way of `pool`, empty cells left out; null where it would be
 * empty. `text` is scratch. */
WUJI_CHECKED wuji_status wuji_attributes_take(const wuji_attributes *attributes, const wuji_pull *pull,
                                              const wuji_record *record, wuji_json_text *text,
                                              wuji_text_pool *pool, wuji_arena *arena, wuji_str *object,
                                              wuji_error *error);

#endif
