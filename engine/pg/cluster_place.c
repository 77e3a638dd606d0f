/* Where the private cluster lies and who it belongs to. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <inttypes.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "pg/cluster_inside.h"

wuji_status wuji_pg_path(char path[PATH_MAX], const char *first, const char *second, wuji_error *error) {
  int length = snprintf(path, PATH_MAX, "%s%s", first, second);
  if (length < 0 || length >= PATH_MAX)
    return wuji_fail(error, WUJI_IO, "%s%s: the path is too long", first, second);
  return WUJI_OK;
}

static const char *environment(const char *name) {
  const char *value = getenv(name);
  return value == NULL || value[0] == '\0' ? NULL : value;
}

static wuji_status find_user(wuji_pg_place *place, wuji_error *error) {
  place->root = geteuid() == 0;
  place->uid = geteuid();
  place->gid = getegid();
  if (!place->root) return WUJI_OK;
  const struct passwd *user = getpwnam("postgres");
  if (user == NULL) {
    return wuji_fail(error, WUJI_NOT_FOUND,
                     "there is no user postgres, as whom root runs the private cluster; Debian's package "
                     "postgresql makes him");
  }
  place->uid = user->pw_uid;
  place->gid = user->pw_gid;
  place->group_count = WUJI_PG_MOST_GROUPS;
  if (getgrouplist("postgres", place->gid, place->groups, &place->group_count) < 0) {
    place->groups[0] = place->gid; /* more groups than we have room for: his own is enough */
    place->group_count = 1;
  }
  return WUJI_OK;
}

/* Absolute, single slashes, no "." and none at the end: one folder, one name, as far as text can tell. */
static wuji_status absolute(const char *path, char out[PATH_MAX], wuji_error *error) {
  char whole[PATH_MAX] = "";
  if (path[0] != '/' && getcwd(whole, sizeof whole) == NULL) {
    return wuji_fail(error, WUJI_IO, "the current folder: %s", wuji_reason(errno));
  }
  size_t used = strlen(whole);
  if (snprintf(whole + used, sizeof whole - used, "/%s", path) >= (int)(sizeof whole - used)) {
    return wuji_fail(error, WUJI_IO, "%s: the path is too long", path);
  }
  size_t length = 0;
  for (const char *at = whole; *at != '\0';) {
    size_t part = strcspn(at + 1, "/");
    bool nothing = part == 0 || (part == 1 && at[1] == '.');
    if (!nothing) {
      memcpy(out + length, at, part + 1);
      length += part + 1;
    }
    at += part + 1;
  }
  out[length] = '\0';
  return WUJI_OK;
}

static wuji_status find_home(wuji_pg_place *place, wuji_error *error) {
  char below[PATH_MAX];
  const char *home = environment("WUJI_HOME");
  if (home != NULL) return absolute(home, place->home, error);
  if (place->root) return absolute("/var/lib/wuji", place->home, error);
  const char *xdg = environment("XDG_DATA_HOME");
  const char *own = environment("HOME");
  const struct passwd *user = own == NULL ? getpwuid(place->uid) : NULL;
  if (user != NULL) own = user->pw_dir;
  if (xdg == NULL && own == NULL) return wuji_fail(error, WUJI_IO, "no home folder: set WUJI_HOME");
  wuji_status status;
  WUJI_TRY(wuji_pg_path(below, xdg != NULL ? xdg : own, xdg != NULL ? "/wuji" : "/.local/share/wuji", error));
  status = absolute(below, place->home, error);
done:
  return status;
}

/* In a pid file: process, data folder, start time, port, socket folder, one a line. */
static bool read_pid_file(const wuji_pg_place *place, pid_t *pid, char sockets[PATH_MAX]) {
  char path[PATH_MAX];
  char line[PATH_MAX];
  long process = 0;
  if (wuji_pg_path(path, place->data, "/postmaster.pid", NULL) != WUJI_OK) return false;
  FILE *file = fopen(path, "re");
  if (file == NULL) return false;
  sockets[0] = '\0';
  for (int number = 1; number <= 5 && fgets(line, sizeof line, file) != NULL; number++) {
    line[strcspn(line, "\n")] = '\0';
    if (number == 1) process = strtol(line, NULL, 10);
    if (number == 5) memcpy(sockets, line, strlen(line) + 1);
  }
  (void)fclose(file);
  *pid = (pid_t)process;
  return process > 0;
}

/* A server works in its data folder: that tells it from a process that has got its number after a crash.
 * Where /proc does not say, the number must do. */
bool wuji_pg_place_is_server(const wuji_pg_place *place, pid_t pid) {
  char link[64];
  struct stat there;
  struct stat data;
  if (kill(pid, 0) != 0 && errno != EPERM) return false;
  (void)snprintf(link, sizeof link, "/proc/%ld/cwd", (long)pid);
  if (stat(link, &there) != 0) return errno == EACCES || errno == EPERM;
  return stat(place->data, &data) == 0 && there.st_dev == data.st_dev && there.st_ino == data.st_ino;
}

pid_t wuji_pg_place_server(const wuji_pg_place *place) {
  pid_t pid;
  char sockets[PATH_MAX];
  return read_pid_file(place, &pid, sockets) && wuji_pg_place_is_server(place, pid) ? pid : 0;
}

/* The socket's folder: short, since a socket's path is at most 107 bytes, and of one home only. */
static wuji_status find_sockets(wuji_pg_place *place, wuji_error *error) {
  pid_t pid;
  char hash[9];
  if (wuji_pg_place_server(place) != 0 && read_pid_file(place, &pid, place->sockets) &&
      place->sockets[0] == '/')
    return WUJI_OK;
  const struct sockaddr_un *limit = NULL;
  const size_t most = sizeof limit->sun_path - sizeof "/.s.PGSQL.5432";
  (void)snprintf(hash, sizeof hash, "%08" PRIx32, (uint32_t)(wuji_str_hash(wuji_str_of(place->home)) >> 32));
  const char *runtime = environment("XDG_RUNTIME_DIR");
  int length;
  if (place->root) {
    length = snprintf(place->sockets, PATH_MAX, "/run/wuji/%s", hash);
  } else {
    /* The name goes through a shell and a list with commas: anything unusual in it, and /tmp is simpler. */
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-";
    length = (int)most + 1;
    if (runtime != NULL && runtime[0] == '/' && runtime[strspn(runtime, plain)] == '\0' &&
        access(runtime, W_OK | X_OK) == 0) {
      length = snprintf(place->sockets, PATH_MAX, "%s/wuji-%s", runtime, hash);
    }
    if (length > (int)most)
      length = snprintf(place->sockets, PATH_MAX, "/tmp/wuji-%ld-%s", (long)place->uid, hash);
  }
  if (length > (int)most) return wuji_fail(error, WUJI_IO, "%s: too long for a socket", place->sockets);
  return WUJI_OK;
}

wuji_status wuji_pg_place_find(wuji_pg_place *place, wuji_error *error) {
  *place = (wuji_pg_place){0};
  wuji_status status;
  WUJI_TRY(find_user(place, error));
  WUJI_TRY(find_home(place, error));
  WUJI_TRY(wuji_pg_path(place->data, place->home, "/data", error));
  WUJI_TRY(wuji_pg_path(place->log, place->home, "/postgres.log", error));
  status = find_sockets(place, error);
done:
  return status;
}

/* mkdir -p, with the last folder for its owner alone. `*made`: the last one was not there. */
static wuji_status make_folders(const char *path, bool *made, wuji_error *error) {
  char part[PATH_MAX];
  size_t length = strlen(path);
  *made = false;
  for (size_t end = 1; end <= length; end++) {
    if (path[end] != '/' && path[end] != '\0') continue;
    memcpy(part, path, end);
    part[end] = '\0';
    if (mkdir(part, end == length ? 0700 : 0755) == 0) {
      *made = end == length;
    } else if (errno != EEXIST) {
      return wuji_fail(error, WUJI_IO, "%s: %s", part, wuji_reason(errno));
    }
  }
  return WUJI_OK;
}

/* As the server's user: how many folders of `path` can be entered, up to `folders`. Runs in a process of its
 * own, since a change of user cannot be taken back; async-signal-safe calls only. */
static uint32_t folders_open(const wuji_pg_place *place, char *path, uint32_t folders) {
  pid_t child = fork();
  if (child == 0) {
    uint32_t open = 0;
    bool good = setgroups((size_t)place->group_count, place->groups) == 0 && setgid(place->gid) == 0 &&
                setuid(place->uid) == 0;
    for (char *at = path + 1; good && open < folders; at++) {
      if (*at != '/' && *at != '\0') continue;
      char kept = *at;
      *at = '\0';
      good = access(path, X_OK) == 0;
      *at = kept;
      open += good;
    }
    _exit((int)open);
  }
  int outcome = 0;
  while (child > 0 && waitpid(child, &outcome, 0) < 0 && errno == EINTR) {
  }
  return child > 0 && WIFEXITED(outcome) ? (uint32_t)WEXITSTATUS(outcome) : folders;
}

static wuji_status prove_reach(const wuji_pg_place *place, wuji_error *error) {
  char path[PATH_MAX];
  uint32_t folders = 0;
  memcpy(path, place->home, sizeof path);
  for (const char *at = path; *at != '\0'; at++) folders += *at == '/';
  if (folders > 255) return wuji_fail(error, WUJI_IO, "%s: too many folders", path);
  uint32_t open = folders_open(place, path, folders);
  if (open == folders) return WUJI_OK;
  char *end = path;
  for (uint32_t i = 0; i <= open; i++) end = strchrnul(end + 1, '/');
  *end = '\0';
  return wuji_fail(error, WUJI_IO,
                   "%s: the user postgres, as whom root runs the private cluster, may not enter this folder; "
                   "open it to him or "
                   "set WUJI_HOME to another place",
                   path);
}

/* A folder we have made, or found empty, becomes the server's. One that holds something is left as it is: if
 * it is not his, prove_reach() or the server says so. */
static wuji_status give(const wuji_pg_place *place, const char *path, wuji_error *error) {
  if (!place->root || chown(path, place->uid, place->gid) == 0) return WUJI_OK;
  return wuji_fail(error, WUJI_IO, "%s: %s", path, wuji_reason(errno));
}

static bool is_empty(const char *path) {
  DIR *folder = opendir(path);
  uint32_t names = 0;
  if (folder == NULL) return false;
  while (readdir(folder) != NULL) names++;
  (void)closedir(folder);
  return names <= 2; /* . and .. */
}

wuji_status wuji_pg_place_prepare(const wuji_pg_place *place, wuji_error *error) {
  bool made;
  wuji_status status;
  WUJI_TRY(make_folders(place->home, &made, error));
  if (made || is_empty(place->home)) WUJI_TRY(give(place, place->home, error));
  if (place->root) WUJI_TRY(prove_reach(place, error));
  int fd = open(place->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    status = wuji_fail(error, WUJI_IO, "%s: %s", place->log, wuji_reason(errno));
    goto done;
  }
  (void)close(fd);
  status = give(place, place->log, error);
done:
  return status;
}

/* Connections inside are trusted, so the folder is the lock on the door: it must be a real folder of the
 * server's user that nobody else can enter. In /tmp anyone may have made a folder of that name first. */
wuji_status wuji_pg_place_sockets(const wuji_pg_place *place, wuji_error *error) {
  struct stat there;
  if (place->root && mkdir("/run/wuji", 0755) != 0 && errno != EEXIST) {
    return wuji_fail(error, WUJI_IO, "/run/wuji: %s", wuji_reason(errno));
  }
  bool made = mkdir(place->sockets, 0700) == 0;
  if (!made && errno != EEXIST)
    return wuji_fail(error, WUJI_IO, "%s: %s", place->sockets, wuji_reason(errno));
  if (made && place->root && chown(place->sockets, place->uid, place->gid) != 0) {
    return wuji_fail(error, WUJI_IO, "%s: %s", place->sockets, wuji_reason(errno));
  }
  if (lstat(place->sockets, &there) != 0)
    return wuji_fail(error, WUJI_IO, "%s: %s", place->sockets, wuji_reason(errno));
  if (!S_ISDIR(there.st_mode) || there.st_uid != place->uid || (there.st_mode & 0077) != 0) {
    return wuji_fail(error, WUJI_IO,
                     "%s: must be a folder that belongs to the server's user alone; remove it",
                     place->sockets);
  }
  return WUJI_OK;
}
