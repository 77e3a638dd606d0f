/* JSON on standard output. */
#ifndef WUJI_CLI_JSON_H
#define WUJI_CLI_JSON_H

#include <jansson.h>

/** Prints the value on a line of its own and gives it back. NULL (out of memory) prints null. */
void json_put(json_t *value);

#endif
