#include "text/source.h"

#include "text/sizes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { GZIP_WINDOW = 16 + MAX_WBITS };

struct wuji_source {
  int fd;
  bool gzip;
  bool started;      /* the head was looked at */
  bool raw_ended;    /* the file has no more bytes */
  bool member_ended; /* gzip: between two members */
  uint64_t consumed;
  z_stream zip;
  bool zip_open;
  size_t raw_at, raw_len; /* unread part of `raw` */
  unsigned char raw[WUJI_RAW_BYTES];
};

wuji_status wuji_source_open(const char *path, wuji_source **source, wuji_fault *fault, wuji_error *error) {
  wuji_status status = WUJI_OK;
  *source = NULL;
  /* O_NONBLOCK: a named pipe in place of a file must not hang before it is refused. */
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    bool missing = errno == ENOENT || errno == ENOTDIR;
    return wuji_reject(fault, missing ? WUJI_FAULT_MISSING : WUJI_FAULT_UNREADABLE, 0, error,
                       missing ? "the file is missing" : strerror(errno));
  }
  struct stat about;
  if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
    status = wuji_reject(fault, WUJI_FAULT_UNREADABLE, 0, error,
                         S_ISDIR(about.st_mode) ? "a folder stands in place of the file"
                                                : "this is no plain file");
    goto done;
  }
  wuji_source *made = malloc(sizeof *made);
  if (made == NULL) {
    status = wuji_fail_memory(error);
    goto done;
  }
  memset(made, 0, offsetof(wuji_source, raw));
  made->fd = fd;
  size_t length = strlen(path);
  made->gzip = length > 3 && strcmp(path + length - 3, ".gz") == 0;
  *source = made;
  fd = -1;
done:
  if (fd >= 0) close(fd);
  return status;
}

void wuji_source_close(wuji_source *source) {
  if (source == NULL) return;
  if (source->zip_open) inflateEnd(&source->zip);
  close(source->fd);
  free(source);
}

uint64_t wuji_source_consumed(const wuji_source *source) {
  return source->consumed;
}

/* Reads from the file into `into` until it is full or the file ends. */
static wuji_status read_raw(wuji_source *s, void *into, size_t size, size_t *got, wuji_fault *fault,
                            wuji_error *error) {
  *got = 0;
  while (*got < size && !s->raw_ended) {
    ssize_t n = read(s->fd, (char *)into + *got, size - *got);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return wuji_reject(fault, WUJI_FAULT_UNREADABLE, 0, error, wuji_reason(errno));
    if (n == 0) s->raw_ended = true;
    *got += (size_t)n;
  }
  s->consumed += *got;
  return WUJI_OK;
}

static wuji_status refill(wuji_source *s, wuji_fault *fault, wuji_error *error) {
  s->raw_at = 0;
  return read_raw(s, s->raw, WUJI_RAW_BYTES, &s->raw_len, fault, error);
}

static bool corrupt_head(const wuji_source *s) {
  return s->raw_len - s->raw_at < 2 || s->raw[s->raw_at] != 0x1F || s->raw[s->raw_at + 1] != 0x8B;
}

/* After a member: another one, padding of zeros (which gzip allows), or the end. */
static wuji_status next_member(wuji_source *s, bool *ended, wuji_fault *fault, wuji_error *error) {
  wuji_status status = WUJI_OK;
  *ended = false;
  if (s->raw_len - s->raw_at < 2) { /* a magic may be cut by the buffer's end */
    size_t rest = s->raw_len - s->raw_at;
    memmove(s->raw, s->raw + s->raw_at, rest);
    size_t got;
    WUJI_TRY(read_raw(s, s->raw + rest, WUJI_RAW_BYTES - rest, &got, fault, error));
    s->raw_at = 0;
    s->raw_len = rest + got;
  }
  if (s->raw_at < s->raw_len && s->raw[s->raw_at] != 0) {
    if (corrupt_head(s) || inflateReset(&s->zip) != Z_OK) goto corrupt;
    s->member_ended = false;
    goto done;
  }
  while (s->raw_len > 0) {
    for (; s->raw_at < s->raw_len; s->raw_at++) {
      if (s->raw[s->raw_at] != 0) goto corrupt;
    }
    WUJI_TRY(refill(s, fault, error));
  }
  *ended = true;
done:
  return status;
corrupt:
  return wuji_reject(fault, WUJI_FAULT_GZIP, 0, error, "bytes that are no gzip follow the compressed data");
}

static wuji_status inflate_some(wuji_source *s, char *into, size_t size, size_t *got, wuji_fault *fault,
                                wuji_error *error) {
  wuji_status status = WUJI_OK;
  *got = 0;
  while (*got < size) {
    if (s->member_ended) {
      bool ended;
      WUJI_TRY(next_member(s, &ended, fault, error));
      if (ended) break;
    }
    if (s->raw_at == s->raw_len) WUJI_TRY(refill(s, fault, error));
    if (s->raw_len == 0) {
      WUJI_TRY(wuji_reject(fault, WUJI_FAULT_GZIP, 0, error, "the gzip file is cut off"));
    }
    s->zip.next_in = s->raw + s->raw_at;
    s->zip.avail_in = (uInt)(s->raw_len - s->raw_at);
    s->zip.next_out = (unsigned char *)into + *got;
    s->zip.avail_out = size - *got > (1U << 30) ? 1U << 30 : (uInt)(size - *got);
    uInt room = s->zip.avail_out;
    int result = inflate(&s->zip, Z_NO_FLUSH);
    if (result == Z_MEM_ERROR) WUJI_TRY(wuji_fail_memory(error));
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      WUJI_TRY(wuji_reject(fault, WUJI_FAULT_GZIP, 0, error, "the gzip file is corrupt"));
    }
    s->raw_at = s->raw_len - s->zip.avail_in;
    *got += room - s->zip.avail_out;
    s->member_ended = result == Z_STREAM_END;
  }
done:
  return status;
}

/* Bytes of the stream, whether they come as they are or inflated. */
static wuji_status read_stream(wuji_source *s, char *into, size_t size, size_t *got, wuji_fault *fault,
                               wuji_error *error) {
  wuji_status status = WUJI_OK;
  *got = 0;
  if (s->gzip) {
    WUJI_TRY(inflate_some(s, into, size, got, fault, error));
  } else {
    size_t head = s->raw_len - s->raw_at; /* what was read to look at the magic */
    if (head > size) head = size;
    memcpy(into, s->raw + s->raw_at, head);
    s->raw_at += head;
    WUJI_TRY(read_raw(s, into + head, size - head, got, fault, error));
    *got += head;
  }
done:
  return status;
}

/* Looks at the first bytes: gzip or not. */
static wuji_status start(wuji_source *s, wuji_fault *fault, wuji_error *error) {
  wuji_status status = WUJI_OK;
  bool promised = s->gzip;
  WUJI_TRY(refill(s, fault, error));
  s->gzip = !corrupt_head(s);
  if (promised && !s->gzip && s->raw_len > 0) {
    WUJI_TRY(wuji_reject(fault, WUJI_FAULT_GZIP, 0, error, "the file is named .gz but is no gzip file"));
  }
  if (s->gzip) {
    if (inflateInit2(&s->zip, GZIP_WINDOW) != Z_OK) WUJI_TRY(wuji_fail_memory(error));
    s->zip_open = true;
  }
  s->started = true;
done:
  return status;
}

wuji_status wuji_source_read(wuji_source *s, char *into, size_t size, size_t *got, wuji_fault *fault,
                             wuji_error *error) {
  wuji_status status = WUJI_OK;
  *got = 0;
  if (!s->started) WUJI_TRY(start(s, fault, error));
  WUJI_TRY(read_stream(s, into, size, got, fault, error));
done:
  return status;
}
