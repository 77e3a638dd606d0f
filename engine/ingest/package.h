/* The files of a package folder: which there are, and what papers they make. */
#ifndef WUJI_INGEST_PACKAGE_H
#define WUJI_INGEST_PACKAGE_H

#include "ingest/notes.h"

/** A file of the package, there or not. */
typedef struct wuji_file {
  wuji_str name; /* below the folder, with .gz where it is so; ptr NULL: there is none */
  const char *path;
  uint64_t size;
  bool xlsx;       /* a form that is not read; noted already */
  uint32_t number; /* in the order of reading; set by wuji_package_number() */
} wuji_file;

typedef struct wuji_paper_files {
  wuji_str code;
  wuji_file items, scores, options, marks;
} wuji_paper_files;

typedef struct wuji_stray { /* something noted about a file before the files have their numbers */
  wuji_file file;
  bool warning;
  uint32_t kind; /* wuji_problem_kind or wuji_warning_kind */
} wuji_stray;

/** All text in the arena it was listed into. */
typedef struct wuji_package {
  const char *folder;
  wuji_arena *arena;
  wuji_file exam_ini, students, priors, papers_folder;
  wuji_paper_files *papers; /* by the bytes of their codes, until they are put in order */
  uint32_t paper_count, paper_room;
  wuji_stray *strays;
  uint32_t stray_count, stray_room;
  wuji_str *names; /* by number */
  uint32_t name_count;
  uint64_t bytes; /* of the files that are read, for progress */
} wuji_package;

/** Lists `folder`. WUJI_NOT_FOUND: there is no such folder, or it cannot be read. */
WUJI_CHECKED wuji_status wuji_package_list(const char *folder, wuji_arena *arena, wuji_package *package,
                                           wuji_error *error);

/** Puts the papers into the order of `codes`, the rest behind them by bytes, numbers the files in the order
 * of reading and notes what is wrong with the set of files. */
WUJI_CHECKED wuji_status wuji_package_number(wuji_package *package, const wuji_str *codes,
                                             uint32_t code_count, wuji_notes *notes, wuji_error *error);

/** Whether the file is there in a form that is read. */
static inline bool wuji_file_readable(const wuji_file *file) {
  return file->name.ptr != NULL && !file->xlsx;
}

/** The paper with this code, NULL if there is none. */
const wuji_paper_files *wuji_package_paper(const wuji_package *package, wuji_str code);

#endif
