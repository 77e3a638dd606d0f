#include "cli/json.h"

#include <stdio.h>

void json_put(json_t *value) {
  if (value == NULL) {
    (void)fputs("null", stdout);
  } else {
    (void)json_dumpf(value, stdout, JSON_COMPACT | JSON_ENCODE_ANY);
  }
  (void)putchar('\n');
  json_decref(value);
}
