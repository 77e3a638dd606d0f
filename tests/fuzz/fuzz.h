/* What the fuzz targets share. A target takes any bytes and holds the parser to what must be so for all of
 * them. */
#ifndef WUJI_TESTS_FUZZ_H
#define WUJI_TESTS_FUZZ_H

#include "base/str.h"

/** The target; the name is libFuzzer's. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Ends the program, saying what does not hold. */
#define HOLDS(condition) fuzz_holds((condition), #condition, __FILE__, __LINE__)
void fuzz_holds(bool holds, const char *condition, const char *file, int line);

/** The path of a file of these bytes, the same each time: the next call writes it anew. */
const char *fuzz_file(const void *bytes, size_t len);

/** malloc that does not fail; room for a NUL more. */
void *fuzz_room(size_t size);

/** `text` (UTF-8) in an encoding of iconv's behind `mark`; malloc, NULL where it cannot be said in it. */
char *fuzz_encoded(wuji_str text, const char *encoding, const char *mark, size_t mark_len, size_t *len);

#endif
