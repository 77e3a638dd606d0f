/* Folders for tests: packages written by hand, outputs read back and compared. Nothing here returns a
 * failure: what cannot be done ends the test program with a message. */
#ifndef WUJI_TESTS_PACKAGE_MAKER_H
#define WUJI_TESTS_PACKAGE_MAKER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct test_folder {
  char path[256];
} test_folder;

/** A new, empty folder under $TMPDIR or /tmp; test_folder_remove() takes it away with all it holds. */
test_folder test_folder_make(void);
void test_folder_remove(const test_folder *folder);

/** The path of `name` inside; the caller's, to be freed. */
char *test_path(const test_folder *folder, const char *name);

/** Writes the file `name` (papers/数学.items.csv: folders are made) anew. */
void test_write(const test_folder *folder, const char *name, const char *text);
void test_write_bytes(const test_folder *folder, const char *name, const char *bytes, size_t size);

/** The whole file with a NUL behind it; the caller's, to be freed. `size` is nullable. */
char *test_read(const char *path, size_t *size);

/** Whether two folders hold files of the same names and bytes (folders inside included). If not, `difference`
 * names the first that differs. */
bool test_same_folders(const char *a, const char *b, char *difference, size_t difference_size);

/** The same for two files: the first line that differs. */
bool test_same_files(const char *a, const char *b, char *difference, size_t difference_size);

/** A text that grows, for files made by a loop. All zero is a good, empty one; free(text->bytes) when done.
 */
typedef struct test_text {
  char *bytes; /* NUL-terminated once anything was added */
  size_t size, room;
} test_text;
void test_add(test_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
