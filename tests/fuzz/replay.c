/* Feeds the files of the folders named to the target: so what fuzzing began with and what it found are tests
 * of every build. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static void feed(const char *folder, const char *name) {
  char path[4096];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  HOLDS(file != NULL);
  HOLDS(fseek(file, 0, SEEK_END) == 0);
  long end = ftell(file);
  HOLDS(end >= 0 && fseek(file, 0, SEEK_SET) == 0);
  size_t size = (size_t)end;
  uint8_t *data = malloc(size == 0 ? 1 : size); /* of the exact size: a sanitizer sees what reads beyond */
  HOLDS(data != NULL);
  HOLDS(fread(data, 1, size, file) == size);
  (void)fclose(file);
  (void)printf("%s\n", path);
  (void)fflush(stdout); /* before a target that aborts */
  (void)LLVMFuzzerTestOneInput(data, size);
  free(data);
}

int main(int argc, char **argv) {
  int fed = 0;
  for (int a = 1; a < argc; a++) {
    DIR *folder = opendir(argv[a]);
    HOLDS(folder != NULL);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
      if (entry->d_name[0] == '.') continue;
      feed(argv[a], entry->d_name);
      fed++;
    }
    (void)closedir(folder);
  }
  (void)printf("%d inputs\n", fed);
  return fed > 0 ? 0 : 1;
}
