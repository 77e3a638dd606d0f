/* What the machine gives at most, to measure everything else against:
 *
 *   bench_limits FOLDER
 *
 * memory_1, memory_n: bytes a second read from memory, by one thread and by all; disk: bytes a second written
 * to a file in FOLDER, fsync included. Prints one JSON object. */
#include "base/threads.h"
#include "clock.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPS = 7, WRITES = 3 };
static const size_t memory_bytes = (size_t)256 << 20;
static const size_t disk_bytes = (size_t)256 << 20;

typedef struct reading {
  const uint64_t *words;
  size_t count; /* a thread */
  uint64_t sums[256];
} reading;

/* Eight sums, so that no addition waits for the one before. */
static wuji_status read_part(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  (void)error;
  reading *r = context;
  const uint64_t *words = r->words + task * r->count;
  uint64_t sum[8] = {0};
  for (size_t i = 0; i + 8 <= r->count; i += 8)
    for (size_t k = 0; k < 8; k++) sum[k] += words[i + k];
  for (size_t k = 0; k < 8; k++) r->sums[task] += sum[k];
  return WUJI_OK;
}

static double read_memory(const uint64_t *words, uint32_t threads) {
  double seconds[REPS];
  reading r = {.words = words, .count = memory_bytes / sizeof *words / threads};
  for (size_t i = 0; i < REPS; i++) {
    double begun = bench_now();
    if (wuji_parallel(threads, threads, read_part, &r, NULL) != WUJI_OK) return 0.0;
    seconds[i] = bench_now() - begun;
  }
  return (double)(r.count * threads * sizeof *words) / bench_median(seconds, REPS);
}

static double write_disk(const char *folder, const void *bytes) {
  char path[4096];
  double seconds[WRITES];
  (void)snprintf(path, sizeof path, "%s/disk-limit", folder);
  for (size_t i = 0; i < WRITES; i++) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return 0.0;
    double begun = bench_now();
    size_t done = 0;
    while (done < disk_bytes) {
      ssize_t written = write(fd, (const char *)bytes + done, disk_bytes - done);
      if (written <= 0) break;
      done += (size_t)written;
    }
    bool good = done == disk_bytes && fsync(fd) == 0;
    seconds[i] = bench_now() - begun;
    (void)close(fd);
    (void)unlink(path);
    if (!good) return 0.0;
  }
  return (double)disk_bytes / bench_median(seconds, WRITES);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    (void)fprintf(stderr, "usage: bench_limits FOLDER\n");
    return 2;
  }
  uint64_t *words = malloc(memory_bytes);
  if (words == NULL) return 1;
  memset(words, 1, memory_bytes);
  double one = read_memory(words, 1);
  double all = read_memory(words, wuji_processors());
  double disk = write_disk(argv[1], words);
  free(words);
  (void)printf("{\"memory_1\": %.0f, \"memory_n\": %.0f, \"disk\": %.0f}\n", one, all, disk);
  return one > 0.0 && all > 0.0 && disk > 0.0 ? 0 : 1;
}
