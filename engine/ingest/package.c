#include "ingest/package.h"

#include "text/scan.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef enum { ENDS_CSV, ENDS_GZIP, ENDS_XLSX, ENDINGS } ending;

static const char *const endings[ENDINGS] = {".csv", ".csv.gz", ".xlsx"};

static bool cut_end(wuji_str *name, const char *end) {
  wuji_str tail = wuji_str_of(end);
  if (name->len < tail.len || memcmp(name->ptr + name->len - tail.len, end, tail.len) != 0) return false;
  name->len -= tail.len;
  return true;
}

static wuji_status make_file(wuji_package *p, const char *below, wuji_str name, wuji_file *file,
                             wuji_error *error) {
  char *path = NULL;
  wuji_status status = WUJI_OK;
  int len = asprintf(&path, "%s/%s%.*s", p->folder, below, (int)name.len, name.ptr);
  if (len < 0) return wuji_fail_memory(error);
  wuji_str copy = wuji_arena_copy(p->arena, (wuji_str){path, (uint32_t)len});
  if (copy.ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  struct stat about;
  size_t folder = strlen(p->folder) + 1;
  *file = (wuji_file){.name = {copy.ptr + folder, copy.len - (uint32_t)folder},
                      .path = copy.ptr,
                      .size = stat(path, &about) == 0 ? (uint64_t)about.st_size : 0};
done:
  free(path);
  return status;
}

static wuji_status add_stray(wuji_package *p, wuji_file file, bool warning, uint32_t kind,
                             wuji_error *error) {
  if (p->stray_count == p->stray_room) {
    uint32_t room = p->stray_room == 0 ? 16 : 2 * p->stray_room;
    wuji_stray *grown = wuji_arena_array(p->arena, room, sizeof *grown);
    if (grown == NULL) return wuji_fail_memory(error);
    if (p->stray_count > 0) memcpy(grown, p->strays, p->stray_count * sizeof *grown);
    p->strays = grown;
    p->stray_room = room;
  }
  p->strays[p->stray_count++] = (wuji_stray){file, warning, kind};
  return WUJI_OK;
}

static wuji_status paper_of(wuji_package *p, wuji_str code, wuji_paper_files **paper, wuji_error *error) {
  wuji_status status = WUJI_OK;
  *paper = NULL;
  for (uint32_t i = 0; i < p->paper_count && *paper == NULL; i++) {
    if (wuji_str_equal(p->papers[i].code, code)) *paper = &p->papers[i];
  }
  if (*paper != NULL) goto done;
  if (p->paper_count == p->paper_room) {
    uint32_t room = p->paper_room == 0 ? 16 : 2 * p->paper_room;
    wuji_paper_files *grown = wuji_arena_array(p->arena, room, sizeof *grown);
    if (grown == NULL) WUJI_TRY(wuji_fail_memory(error));
    if (p->paper_count > 0) memcpy(grown, p->papers, p->paper_count * sizeof *grown);
    p->papers = grown;
    p->paper_room = room;
  }
  wuji_str copy = wuji_arena_copy(p->arena, code);
  if (copy.ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  *paper = &p->papers[p->paper_count++];
  (*paper)->code = copy;
done:
  return status;
}

/* A table of the package in one of its forms. */
static wuji_status take_table(wuji_package *p, const char *below, wuji_str name, ending form,
                              wuji_file *table, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_file file;
  WUJI_TRY(make_file(p, below, name, &file, error));
  file.xlsx = form == ENDS_XLSX;
  if (file.xlsx) WUJI_TRY(add_stray(p, file, false, WUJI_PROBLEM_XLSX_UNSUPPORTED, error));
  if (table->name.ptr == NULL) {
    *table = file;
  } else if (!file.xlsx) {
    WUJI_TRY(add_stray(p, *table, false, WUJI_PROBLEM_FILE_TWICE, error));
  }
done:
  return status;
}

/* papers/CODE.items.csv and its like. */
static wuji_status take_paper_file(wuji_package *p, wuji_str name, wuji_error *error) {
  static const char *const parts[] = {".items", ".scores", ".options", ".marks"};
  enum { PARTS = 4 };
  wuji_status status = WUJI_OK;
  wuji_file file;
  wuji_paper_files *paper = NULL;
  if (name.ptr[0] == '.' || name.ptr[0] == '~') goto done; /* of the desktop, of an open spreadsheet */
  for (int form = 0; form < ENDINGS; form++) {
    wuji_str stem = name;
    if (!cut_end(&stem, endings[form])) continue;
    for (int part = 0; part < PARTS; part++) {
      wuji_str code = stem;
      if (!cut_end(&code, parts[part]) || code.len == 0) continue;
      if (!wuji_scan_utf8(code.ptr, code.len)) {
        WUJI_TRY(make_file(p, "papers/", name, &file, error));
        WUJI_TRY(add_stray(p, file, false, WUJI_PROBLEM_FILE_NAME, error));
        goto done;
      }
      WUJI_TRY(paper_of(p, code, &paper, error));
      wuji_file *const tables[PARTS] = {&paper->items, &paper->scores, &paper->options, &paper->marks};
      WUJI_TRY(take_table(p, "papers/", name, (ending)form, tables[part], error));
      goto done;
    }
  }
  WUJI_TRY(make_file(p, "papers/", name, &file, error));
  WUJI_TRY(add_stray(p, file, true, WUJI_WARNING_FILE_UNKNOWN, error));
done:
  return status;
}

static wuji_status take_root_file(wuji_package *p, wuji_str name, wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (wuji_str_is(name, "exam.ini")) WUJI_TRY(make_file(p, "", name, &p->exam_ini, error));
  if (wuji_str_is(name, "papers")) WUJI_TRY(make_file(p, "", name, &p->papers_folder, error));
  for (int form = 0; form < ENDINGS; form++) {
    wuji_str stem = name;
    if (!cut_end(&stem, endings[form])) continue;
    wuji_file *table = wuji_str_is(stem, "students") ? &p->students
                       : wuji_str_is(stem, "priors") ? &p->priors
                                                     : NULL;
    if (table != NULL) WUJI_TRY(take_table(p, "", name, (ending)form, table, error));
  }
done:
  return status;
}

static int by_bytes(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

/* Hands every name in `folder` to `take`, by bytes. */
static wuji_status each_name(wuji_package *p, const char *folder,
                             wuji_status (*take)(wuji_package *, wuji_str, wuji_error *), wuji_error *error) {
  wuji_status status = WUJI_OK;
  struct dirent **names = NULL;
  int count = scandir(folder, &names, NULL, by_bytes);
  if (count < 0) {
    if (errno == ENOMEM) return wuji_fail_memory(error);
    return wuji_fail(error, WUJI_NOT_FOUND, "%s: %s", folder, wuji_reason(errno));
  }
  for (int i = 0; i < count; i++) {
    if (status == WUJI_OK && names[i]->d_name[0] != '.')
      status = take(p, wuji_str_of(names[i]->d_name), error);
    free(names[i]);
  }
  free(names);
  return status;
}

static int by_code(const void *a, const void *b) {
  const wuji_paper_files *x = a;
  const wuji_paper_files *y = b;
  return wuji_str_compare(x->code, y->code);
}

wuji_status wuji_package_list(const char *folder, wuji_arena *arena, wuji_package *package,
                              wuji_error *error) {
  wuji_status status = WUJI_OK;
  *package = (wuji_package){.folder = folder, .arena = arena};
  WUJI_TRY(each_name(package, folder, take_root_file, error));
  wuji_file papers = package->papers_folder;
  if (papers.name.ptr != NULL) {
    status = each_name(package, papers.path, take_paper_file, error);
    if (status ==
        WUJI_NOT_FOUND) { /* a file called papers, or no permission: the package is there but not good */
      WUJI_TRY(add_stray(package, papers, false, WUJI_PROBLEM_FILE_UNREADABLE, error));
    }
    WUJI_TRY(status);
  }
  if (package->paper_count > 1)
    qsort(package->papers, package->paper_count, sizeof *package->papers, by_code);
done:
  return status;
}

const wuji_paper_files *wuji_package_paper(const wuji_package *package, wuji_str code) {
  for (uint32_t p = 0; p < package->paper_count; p++) {
    if (wuji_str_equal(package->papers[p].code, code)) return &package->papers[p];
  }
  return NULL;
}

/* The papers named by `codes` first, in that order; the rest stay by bytes. */
static wuji_status order_papers(wuji_package *p, const wuji_str *codes, uint32_t code_count,
                                wuji_error *error) {
  wuji_paper_files *ordered = wuji_arena_array(p->arena, p->paper_count, sizeof *ordered);
  if (ordered == NULL) return wuji_fail_memory(error);
  uint32_t count = 0;
  for (uint32_t c = 0; c < code_count; c++) {
    const wuji_paper_files *paper = wuji_package_paper(p, codes[c]);
    bool taken = false; /* a section that stands twice is an error of exam.ini, the paper is still one */
    for (uint32_t k = 0; k < c; k++) taken |= wuji_str_equal(codes[k], codes[c]);
    if (paper != NULL && !taken) ordered[count++] = *paper;
  }
  for (uint32_t i = 0; i < p->paper_count; i++) {
    bool named = false;
    for (uint32_t c = 0; c < code_count; c++) named |= wuji_str_equal(codes[c], p->papers[i].code);
    if (!named) ordered[count++] = p->papers[i];
  }
  p->papers = ordered;
  return WUJI_OK;
}

/* Gives `file` its number. A missing one is registered by the name it ought to have. */
static wuji_status number_file(wuji_package *p, wuji_file *file, const char *format, wuji_str code,
                               wuji_error *error) {
  wuji_status status = WUJI_OK;
  char *name = NULL;
  file->number = p->name_count;
  p->names[p->name_count] = file->name;
  if (file->name.ptr != NULL && !wuji_scan_utf8(file->name.ptr, file->name.len)) {
    p->names[p->name_count] = wuji_arena_copy(p->arena, wuji_str_of(WUJI_SHOW(file->name)));
    if (p->names[p->name_count].ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  }
  if (file->name.ptr == NULL) {
    if (asprintf(&name, "papers/%.*s%s", (int)code.len, code.ptr, format) < 0) {
      name = NULL;
      WUJI_TRY(wuji_fail_memory(error));
    }
    wuji_str whole = wuji_str_of(code.ptr == NULL ? format : name);
    p->names[p->name_count] = wuji_arena_copy(p->arena, whole);
    if (p->names[p->name_count].ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  }
  p->name_count++;
done:
  free(name);
  return status;
}

/* What was noted while listing. */
static wuji_status note_strays(wuji_package *p, wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < p->stray_count; s++) {
    wuji_stray *stray = &p->strays[s];
    uint32_t number = 0;
    while (number < p->name_count && !wuji_str_equal(p->names[number], stray->file.name)) number++;
    if (number == p->name_count) WUJI_TRY(number_file(p, &stray->file, "", WUJI_NO_STR, error));
    wuji_place place = {.file = number};
    if (stray->warning) {
      wuji_note_warning(notes, place, (wuji_warning_kind)stray->kind, 1, WUJI_NO_STR);
    } else if (stray->kind == WUJI_PROBLEM_XLSX_UNSUPPORTED) {
      wuji_note_problem(notes, place, WUJI_PROBLEM_XLSX_UNSUPPORTED, WUJI_NO_STR,
                        "xlsx input is not supported yet");
    } else if (stray->kind == WUJI_PROBLEM_FILE_TWICE) {
      wuji_note_problem(notes, place, WUJI_PROBLEM_FILE_TWICE, WUJI_NO_STR,
                        "both .csv and .csv.gz are there");
    } else if (stray->kind == WUJI_PROBLEM_FILE_NAME) {
      wuji_note_problem(notes, place, WUJI_PROBLEM_FILE_NAME, stray->file.name,
                        "the file's name is not UTF-8");
    } else {
      wuji_note_problem(notes, place, WUJI_PROBLEM_FILE_UNREADABLE, WUJI_NO_STR, "the folder cannot be read");
    }
  }
done:
  return status;
}

wuji_status wuji_package_number(wuji_package *package, const wuji_str *codes, uint32_t code_count,
                                wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_package *p = package;
  enum { FILES_OF_PAPER = 4, OTHER_FILES = 4 };
  size_t most = (size_t)p->paper_count * FILES_OF_PAPER + OTHER_FILES + p->stray_count;
  p->names = wuji_arena_array(p->arena, most, sizeof *p->names);
  if (p->names == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(order_papers(p, codes, code_count, error));
  WUJI_TRY(number_file(p, &p->exam_ini, "exam.ini", WUJI_NO_STR, error));
  WUJI_TRY(number_file(p, &p->students, "students.csv", WUJI_NO_STR, error));
  p->bytes = p->students.size;
  for (uint32_t i = 0; i < p->paper_count; i++) {
    wuji_paper_files *paper = &p->papers[i];
    WUJI_TRY(number_file(p, &paper->items, ".items.csv", paper->code, error));
    WUJI_TRY(number_file(p, &paper->scores, ".scores.csv", paper->code, error));
    WUJI_TRY(number_file(p, &paper->options, ".options.csv", paper->code, error));
    WUJI_TRY(number_file(p, &paper->marks, ".marks.csv", paper->code, error));
    p->bytes += paper->items.size + paper->scores.size + paper->options.size + paper->marks.size;
  }
  WUJI_TRY(number_file(p, &p->priors, "priors.csv", WUJI_NO_STR, error));
  p->bytes += p->priors.size;
  WUJI_TRY(number_file(p, &p->papers_folder, "papers", WUJI_NO_STR, error));
  WUJI_TRY(note_strays(p, notes, error));
done:
  return status;
}
