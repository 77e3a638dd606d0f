#include "gen/gen.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/threads.h"
#include "gen/files.h"
#include "gen/paper.h"

typedef struct package {
  const char *directory;
  const wuji_gen_options *options;
  wuji_gen_world world;
} package;

static bool is_empty(const char *directory) {
  DIR *dir = opendir(directory);
  if (dir == NULL) return false;
  bool empty = true;
  for (const struct dirent *entry = readdir(dir); entry != NULL && empty; entry = readdir(dir)) {
    empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
  }
  (void)closedir(dir);
  return empty;
}

static wuji_status make_directories(const char *directory, wuji_error *error) {
  if (mkdir(directory, 0777) != 0 && (errno != EEXIST || !is_empty(directory))) {
    const char *why = errno == EEXIST ? "is there and not empty" : wuji_reason(errno);
    return wuji_fail(error, WUJI_IO, "%s: %s", directory, wuji_in_language(why));
  }
  char papers[4096];
  int length = snprintf(papers, sizeof papers, "%s/papers", directory);
  if (length < 0 || (size_t)length >= sizeof papers) {
    return wuji_fail(error, WUJI_IO, "%s: the path is too long", directory);
  }
  if (mkdir(papers, 0777) != 0) return wuji_fail(error, WUJI_IO, "%s: %s", papers, wuji_reason(errno));
  return WUJI_OK;
}

/** One file, or one paper's files. Any order and any thread gives the same bytes. */
static wuji_status write_part(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  const package *p = context;
  if (task < WUJI_GEN_PAPERS) return wuji_gen_paper_write(&p->world, task, p->directory, error);
  if (task == WUJI_GEN_PAPERS) return wuji_gen_students_write(&p->world, p->directory, error);
  return wuji_gen_priors_write(&p->world, p->directory, error);
}

static void put_plan(wuji_gen_file *file, const wuji_gen_options *options) {
  char code[128];
  (void)snprintf(code, sizeof code, "gen-sf%s-seed%" PRIu64, options->scale, options->seed);
  wuji_gen_put(file, "[exam]\ncode = ");
  wuji_gen_put(file, code);
  wuji_gen_put(
      file, "\nname = 明江省2026届高三第一次适应性考试（模拟数据）\ndate = 2026-01-12\nprovince = 明江省\n");
  for (uint32_t paper = 0; paper < WUJI_GEN_PAPERS; paper++) {
    wuji_gen_put(file, "[paper ");
    wuji_gen_put(file, wuji_gen_paper_code(paper));
    wuji_gen_put(file, "]\nsegment = 10\n");
  }
  wuji_gen_put(file, "[total]\nsegment = 10\n"
                     "[line 一段]\nshare = 0.20\n"
                     "[line 二段]\nscore = 400\n"
                     "[bands]\ntotal = 100, 500, 1000\n数学 = 50, 100\n");
  if (options->no_growth) return;
  wuji_gen_put(file, "[growth]\npriors = 中考总分\n"
                     "[growth 语文]\npriors = 中考语文, 中考总分\n"
                     "[growth 数学]\npriors = 中考数学, 中考总分\n"
                     "[growth 英语]\npriors = 中考英语, 中考总分\n");
}

static wuji_status write_plan(const package *p, wuji_error *error) {
  wuji_gen_file file;
  wuji_status status = wuji_gen_file_open(&file, p->directory, "exam.ini", error);
  if (status != WUJI_OK) return status;
  put_plan(&file, p->options);
  return wuji_gen_file_close(&file, status, error);
}

wuji_status wuji_gen(const char *directory, const wuji_gen_options *options, wuji_error *error) {
  wuji_status status = WUJI_OK;
  package p = {.directory = directory, .options = options};
  uint32_t parts = WUJI_GEN_PAPERS + (options->no_growth ? 1 : 2);
  WUJI_TRY(wuji_gen_world_init(&p.world, options->scale, options->seed, error));
  WUJI_TRY(make_directories(directory, error));
  WUJI_TRY(wuji_parallel(wuji_processors(), parts, write_part, &p, error));
  /* Last, so that a package cut short is none. */
  WUJI_TRY(write_plan(&p, error));
done:
  wuji_gen_world_dispose(&p.world);
  return status;
}
