/* The data folder: initdb and the settings. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "pg/cluster_inside.h"

static const char unfinished[] = "/data.new";

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at) {
  (void)info;
  (void)kind;
  (void)at;
  return remove(path);
}

/* What an initdb that was killed has left. */
static wuji_status clear(const char *folder, wuji_error *error) {
  if (nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT) return WUJI_OK;
  return wuji_fail(error, WUJI_IO, "%s: %s", folder, wuji_reason(errno));
}

static int64_t memory_mb(void) {
  int64_t pages = sysconf(_SC_PHYS_PAGES);
  int64_t page_bytes = sysconf(_SC_PAGESIZE);
  return pages > 0 && page_bytes > 0 ? pages * (page_bytes / 1024) / 1024 : 1024;
}

/* Durable, and set for loads of hundreds of megabytes at a time followed by reads. */
static void print_settings(FILE *file) {
  int64_t memory = memory_mb();
  int64_t buffers = memory / 8 < 32 ? 32 : memory / 8 > 512 ? 512 : memory / 8;
  (void)fprintf(file,
                "# Wuji's settings. To change one, use `alter system set`, which outlives this file.\n"
                "listen_addresses = ''\n"
                "port = 5432\n"
                "unix_socket_permissions = 0700\n"
                "max_connections = 50\n"
                "shared_buffers = %" PRId64 "MB\n"
                "effective_cache_size = %" PRId64 "MB\n"
                "work_mem = 32MB\n"
                "maintenance_work_mem = 128MB\n"
                "fsync = on\n"
                "full_page_writes = on\n"
                "synchronous_commit = on\n"
                "# A province is some 500 MB of WAL: one load must not force a checkpoint in its midst.\n"
                "max_wal_size = 4GB\n"
                "min_wal_size = 1GB\n"
                "checkpoint_timeout = 15min\n"
                "wal_compression = off\n"
                "# Reads are short and their pages in memory.\n"
                "jit = off\n"
                "random_page_cost = 1.1\n"
                "autovacuum_naptime = 20s\n"
                "timezone = 'UTC'\n"
                "log_timezone = 'UTC'\n"
                "lc_messages = 'C'\n"
                "cluster_name = 'wuji'\n"
                "log_line_prefix = '%%m [%%p] '\n"
                "log_checkpoints = off\n",
                buffers, memory / 2);
}

static void print_access(FILE *file) {
  (void)fputs("# The server listens only on a Unix socket in a folder that nobody but its own user (and "
              "root) may enter.\n"
              "# Whoever gets as far as the socket owns the data files as well: a password would guard "
              "nothing more.\n"
              "local all all trust\n",
              file);
}

/* `mode` as of fopen(). The file becomes the server's. */
static wuji_status write_file(const wuji_pg_place *place, const char *folder, const char *name,
                              const char *mode, void (*print)(FILE *file), wuji_error *error) {
  char path[PATH_MAX];
  wuji_status status = wuji_pg_path(path, folder, name, error);
  if (status != WUJI_OK) return status;
  FILE *file = fopen(path, mode);
  if (file == NULL) return wuji_fail(error, WUJI_IO, "%s: %s", path, wuji_reason(errno));
  print(file);
  bool good = fflush(file) == 0 && fsync(fileno(file)) == 0;
  good = (!place->root || fchown(fileno(file), place->uid, place->gid) == 0) && good;
  good = fclose(file) == 0 && good;
  return good ? WUJI_OK : wuji_fail(error, WUJI_IO, "%s: %s", path, wuji_reason(errno));
}

static void print_include(FILE *file) {
  (void)fputs("\ninclude = 'wuji.conf'\n", file);
}

static wuji_status sync_folder(const char *path, wuji_error *error) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool good = fd >= 0 && fsync(fd) == 0;
  wuji_status status = good ? WUJI_OK : wuji_fail(error, WUJI_IO, "%s: %s", path, wuji_reason(errno));
  if (fd >= 0) (void)close(fd);
  return status;
}

static wuji_status initdb(const wuji_pg_place *place, const char *bin, const char *folder, const char *locale,
                          wuji_error *error) {
  const char *const arguments[] = {"-D",
                                   folder,
                                   "-U",
                                   "postgres",
                                   "-E",
                                   "UTF8",
                                   locale,
                                   "--data-checksums",
                                   "-A",
                                   "trust",
                                   "--no-instructions",
                                   NULL};
  return wuji_pg_program_run(place, bin, "initdb", arguments, error);
}

wuji_status wuji_pg_data_make(const wuji_pg_place *place, const char *bin, wuji_error *error) {
  char folder[PATH_MAX];
  char version[PATH_MAX];
  wuji_status status;
  WUJI_TRY(wuji_pg_path(version, place->data, "/PG_VERSION", error));
  if (access(version, F_OK) == 0) goto done;
  WUJI_TRY(wuji_pg_path(folder, place->home, unfinished, error));
  WUJI_TRY(clear(folder, error));
  if (initdb(place, bin, folder, "--locale=C.UTF-8", error) != WUJI_OK) { /* not every system has it */
    WUJI_TRY(clear(folder, error));
    WUJI_TRY(initdb(place, bin, folder, "--locale=C", error));
  }
  WUJI_TRY(write_file(place, folder, "/wuji.conf", "we", print_settings, error));
  WUJI_TRY(write_file(place, folder, "/postgresql.conf", "ae", print_include, error));
  WUJI_TRY(write_file(place, folder, "/pg_hba.conf", "we", print_access, error));
  WUJI_TRY(sync_folder(folder, error));
  if (rename(folder, place->data) != 0) {
    status = wuji_fail(error, WUJI_IO, "%s: %s", place->data, wuji_reason(errno));
    goto done;
  }
  status = sync_folder(place->home, error);
done:
  return status;
}
