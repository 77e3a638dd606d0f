#include "gen/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUFFER_BYTES = 1 << 20 };

wuji_status wuji_gen_file_open(wuji_gen_file *file, const char *directory, const char *name,
                               wuji_error *error) {
  int length = snprintf(file->path, sizeof file->path, "%s/%s", directory, name);
  if (length < 0 || (size_t)length >= sizeof file->path) {
    return wuji_fail(error, WUJI_IO, "%s: the path is too long", directory);
  }
  file->buffer = malloc(BUFFER_BYTES);
  if (file->buffer == NULL) return wuji_fail_memory(error);
  file->at = file->buffer;
  file->end = file->buffer + BUFFER_BYTES;
  file->fd = open(file->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file->fd >= 0) return WUJI_OK;
  free(file->buffer);
  return wuji_fail(error, WUJI_IO, "%s: %s", file->path, wuji_reason(errno));
}

wuji_status wuji_gen_file_flush(wuji_gen_file *file, wuji_error *error) {
  const char *from = file->buffer;
  while (from < file->at) {
    ssize_t wrote = write(file->fd, from, (size_t)(file->at - from));
    if (wrote >= 0)
      from += wrote;
    else if (errno != EINTR)
      return wuji_fail(error, WUJI_IO, "%s: %s", file->path, wuji_reason(errno));
  }
  file->at = file->buffer;
  return WUJI_OK;
}

wuji_status wuji_gen_file_close(wuji_gen_file *file, wuji_status status, wuji_error *error) {
  if (status == WUJI_OK) status = wuji_gen_file_flush(file, error);
  if (close(file->fd) != 0 && status == WUJI_OK) {
    status = wuji_fail(error, WUJI_IO, "%s: %s", file->path, wuji_reason(errno));
  }
  free(file->buffer);
  return status;
}
