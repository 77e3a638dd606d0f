#include "support/package_maker.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static _Noreturn void give_up(const char *what) {
  (void)fprintf(stderr, "test support: %s: %s\n", what, strerror(errno));
  exit(1);
}

/* Folders */

test_folder test_folder_make(void) {
  test_folder folder;
  const char *base = getenv("TMPDIR");
  (void)snprintf(folder.path, sizeof folder.path, "%s/wuji-test-XXXXXX", base == NULL ? "/tmp" : base);
  if (mkdtemp(folder.path) == NULL) give_up(folder.path);
  return folder;
}

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw) {
  (void)stat, (void)type, (void)ftw;
  return remove(path);
}

void test_folder_remove(const test_folder *folder) {
  if (nftw(folder->path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0) give_up(folder->path);
}

char *test_path(const test_folder *folder, const char *name) {
  char *path;
  if (asprintf(&path, "%s/%s", folder->path, name) < 0) give_up(name);
  return path;
}

/* Files */

/** Makes the folders that the name of a file goes through. */
static void make_folders_above(const test_folder *folder, const char *name) {
  char *path = test_path(folder, name);
  for (size_t i = strlen(folder->path) + 1; path[i] != '\0'; i++) {
    if (path[i] != '/') continue;
    path[i] = '\0';
    if (mkdir(path, 0777) != 0 && errno != EEXIST) give_up(path);
    path[i] = '/';
  }
  free(path);
}

void test_write_bytes(const test_folder *folder, const char *name, const char *bytes, size_t size) {
  char *path = test_path(folder, name);
  make_folders_above(folder, name);
  FILE *file = fopen(path, "wbe");
  if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) give_up(path);
  free(path);
}

void test_write(const test_folder *folder, const char *name, const char *text) {
  test_write_bytes(folder, name, text, strlen(text));
}

char *test_read(const char *path, size_t *size) {
  FILE *file = fopen(path, "rbe");
  struct stat stat;
  if (file == NULL || fstat(fileno(file), &stat) != 0) give_up(path);
  size_t length = (size_t)stat.st_size;
  char *bytes = malloc(length + 1);
  if (bytes == NULL || fread(bytes, 1, length, file) != length) give_up(path);
  (void)fclose(file);
  bytes[length] = '\0';
  if (size != NULL) *size = length;
  return bytes;
}

/* Comparing */

bool test_same_files(const char *a, const char *b, char *difference, size_t difference_size) {
  size_t size_a;
  size_t size_b;
  char *bytes_a = test_read(a, &size_a);
  char *bytes_b = test_read(b, &size_b);
  bool same = size_a == size_b && memcmp(bytes_a, bytes_b, size_a) == 0;
  if (!same) {
    size_t at = 0;
    size_t line_begin = 0;
    size_t line = 1;
    for (; at < size_a && at < size_b && bytes_a[at] == bytes_b[at]; at++) {
      if (bytes_a[at] == '\n') {
        line++;
        line_begin = at + 1;
      }
    }
    (void)snprintf(difference, difference_size, "%s:%zu: %.*s | %.*s", a, line,
                   (int)strcspn(bytes_a + line_begin, "\n"), bytes_a + line_begin,
                   (int)strcspn(bytes_b + line_begin, "\n"), bytes_b + line_begin);
  }
  free(bytes_a);
  free(bytes_b);
  return same;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static int no_dots(const struct dirent *entry) {
  return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static bool same_entry(const char *a, const char *b, const char *name, char *difference, size_t size) {
  char *path_a;
  char *path_b;
  if (asprintf(&path_a, "%s/%s", a, name) < 0 || asprintf(&path_b, "%s/%s", b, name) < 0) give_up(name);
  struct stat stat_a;
  if (stat(path_a, &stat_a) != 0) give_up(path_a);
  bool same = S_ISDIR(stat_a.st_mode) ? test_same_folders(path_a, path_b, difference, size)
                                      : test_same_files(path_a, path_b, difference, size);
  free(path_a);
  free(path_b);
  return same;
}

bool test_same_folders(const char *a, const char *b, char *difference, size_t difference_size) {
  struct dirent **in_a;
  struct dirent **in_b;
  int count_a = scandir(a, &in_a, no_dots, by_name);
  int count_b = scandir(b, &in_b, no_dots, by_name);
  if (count_a < 0 || count_b < 0) give_up(count_a < 0 ? a : b);
  bool same = count_a == count_b;
  if (!same) (void)snprintf(difference, difference_size, "%s: %d entries | %d", a, count_a, count_b);
  for (int i = 0; i < count_a && same; i++) {
    const char *name = in_a[i]->d_name;
    same = strcmp(name, in_b[i]->d_name) == 0;
    if (!same)
      (void)snprintf(difference, difference_size, "%s: %s | %s", a, name, in_b[i]->d_name);
    else
      same = same_entry(a, b, name, difference, difference_size);
  }
  for (int i = 0; i < count_a; i++) free(in_a[i]);
  for (int i = 0; i < count_b; i++) free(in_b[i]);
  free(in_a);
  free(in_b);
  return same;
}

/* Growing text */

void test_add(test_text *text, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int length = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (length < 0) give_up(format);
  size_t needed = text->size + (size_t)length + 1;
  if (needed > text->room) {
    text->room = 2 * needed + 1024;
    text->bytes = realloc(text->bytes, text->room);
    if (text->bytes == NULL) give_up("memory");
  }
  va_start(args, format);
  (void)vsnprintf(text->bytes + text->size, (size_t)length + 1, format, args);
  va_end(args);
  text->size += (size_t)length;
}
