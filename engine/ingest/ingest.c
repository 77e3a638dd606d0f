#include "base/threads.h"
#include "ingest/markings.h"
#include "ingest/options.h"
#include "ingest/priors.h"
#include "ingest/scores.h"
#include "ingest/teaching.h"

#include <stdlib.h>

enum { MOST_SEGMENTS = 10000 };

/* A paper of the package while it is read. */
typedef struct paper_reading {
  wuji_paper_files files;
  wuji_paper_plan plan;
  wuji_items items;
  uint32_t *class_of_seat; /* the teaching class by seat, NULL: the file names none */
} paper_reading;

/* The reading of one package. */
typedef struct ingestion {
  wuji_arena arena; /* names of files */
  wuji_package package;
  wuji_exam_ini ini;
  wuji_roster roster;
  wuji_teaching teaching;
  wuji_reading reading;
  wuji_notes notes;
  paper_reading *papers;
  uint32_t paper_count;
  uint32_t *row_of_seat; /* NULL: the candidates cannot be seated, the scores are only checked */
  wuji_cohort *cohort;
} ingestion;

static bool is_good(const ingestion *in) {
  return wuji_notes_total(&in->notes) == 0;
}

/* Whether the file can be read; one that is not there is a problem. */
static bool require_file(ingestion *in, const wuji_file *file) {
  if (file->name.ptr == NULL) {
    wuji_note_problem(&in->notes, (wuji_place){.file = file->number}, WUJI_PROBLEM_FILE_MISSING, WUJI_NO_STR,
                      "the file is missing");
  }
  return wuji_file_readable(file);
}

/* A file about a paper that has neither items nor scores. */
static void warn_unread(ingestion *in, const wuji_file *file) {
  if (!wuji_file_readable(file)) return;
  wuji_note_warning(&in->notes, (wuji_place){.file = file->number}, WUJI_WARNING_FILE_UNKNOWN, 1,
                    WUJI_NO_STR);
}

static wuji_status read_exam_ini(ingestion *in, wuji_error *error) {
  wuji_status status = WUJI_OK;
  bool there = in->package.exam_ini.name.ptr != NULL;
  if (there) {
    WUJI_TRY(wuji_exam_ini_read(&in->package.exam_ini, &in->cohort->arena, &in->ini, &in->notes, error));
  }
  wuji_str *codes = wuji_arena_array(&in->arena, in->ini.paper_count, sizeof *codes);
  if (codes == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t p = 0; p < in->ini.paper_count; p++) codes[p] = in->ini.papers[p].code;
  WUJI_TRY(wuji_package_number(&in->package, codes, in->ini.paper_count, &in->notes, error));
  (void)require_file(in, &in->package.exam_ini);
  if (there) wuji_exam_ini_check(&in->ini, &in->package, &in->notes);
  in->cohort->plan = in->ini.plan;
done:
  return status;
}

/* What is wrong with a paper's set of files, before any is read. */
static void check_paper(ingestion *in, const wuji_paper_files *files) {
  if (wuji_str_is(files->code, "total")) {
    const wuji_file *file = files->items.name.ptr != NULL ? &files->items : &files->scores;
    wuji_note_problem(&in->notes, (wuji_place){.file = file->number}, WUJI_PROBLEM_PAPER_NAMED_TOTAL,
                      files->code, "a paper is named total");
  }
  if (files->scores.name.ptr == NULL) {
    wuji_note_problem(&in->notes, (wuji_place){.file = files->items.number},
                      WUJI_PROBLEM_ITEMS_WITHOUT_SCORES, files->code, "paper %s has items but no scores",
                      WUJI_SHOW(files->code));
  }
  if (files->items.name.ptr == NULL) {
    wuji_note_problem(&in->notes, (wuji_place){.file = files->scores.number},
                      WUJI_PROBLEM_SCORES_WITHOUT_ITEMS, files->code, "paper %s has scores but no items",
                      WUJI_SHOW(files->code));
  }
}

static wuji_status take_papers(ingestion *in, wuji_error *error) {
  in->papers = calloc((size_t)in->package.paper_count + 1, sizeof *in->papers);
  if (in->papers == NULL) return wuji_fail_memory(error);
  for (uint32_t p = 0; p < in->package.paper_count; p++) {
    const wuji_paper_files *files = &in->package.papers[p];
    if (files->items.name.ptr == NULL && files->scores.name.ptr == NULL) {
      warn_unread(in, &files->options);
      warn_unread(in, &files->marks);
      continue;
    }
    check_paper(in, files);
    in->papers[in->paper_count++] =
        (paper_reading){.files = *files, .plan = wuji_exam_ini_paper(&in->ini, files->code)};
  }
  wuji_place place = {.file = in->package.papers_folder.number};
  if (in->paper_count == 0 && in->package.stray_count == 0) {
    wuji_note_problem(&in->notes, place, WUJI_PROBLEM_PAPER_COUNT, WUJI_NO_STR, "there are no papers");
  } else if (in->paper_count > WUJI_MOST_PAPERS) {
    wuji_note_problem(&in->notes, place, WUJI_PROBLEM_PAPER_COUNT, WUJI_NO_STR, "%u papers are more than %d",
                      in->paper_count, WUJI_MOST_PAPERS);
    in->paper_count = WUJI_MOST_PAPERS;
  }
  return WUJI_OK;
}

static wuji_status read_students_and_items(ingestion *in, wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (require_file(in, &in->package.students)) {
    WUJI_TRY(
        wuji_roster_read(&in->roster, &in->package.students, &in->ini.plan, &in->reading, &in->notes, error));
  }
  for (uint32_t p = 0; p < in->paper_count; p++) {
    paper_reading *paper = &in->papers[p];
    if (!wuji_file_readable(&paper->files.items)) continue;
    WUJI_TRY(wuji_items_read(&paper->items, &paper->files.items, &in->reading, &in->cohort->arena, &in->notes,
                             error));
  }
done:
  return status;
}

/* Rows for the candidates. Teaching classes have to be known before, for they are nodes too. */
static wuji_status seat(ingestion *in, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t p = 0; p < in->paper_count; p++) {
    WUJI_TRY(wuji_teaching_scan(&in->teaching, &in->papers[p].files.scores, &in->papers[p].items, &in->roster,
                                &in->reading, &in->papers[p].class_of_seat, error));
  }
  in->row_of_seat = malloc(((size_t)in->roster.count + 1) * sizeof *in->row_of_seat);
  if (in->row_of_seat == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(wuji_cohort_seat(in->cohort, in->roster.seats, in->roster.count, in->teaching.classes,
                            in->teaching.count, in->row_of_seat, error));
  WUJI_TRY(wuji_roster_fill(&in->roster, in->row_of_seat, in->cohort, error));
done:
  return status;
}

/* The class node of every row: the teaching class, or the candidate's own where the file names none. */
static wuji_status place_classes(ingestion *in, paper_reading *reading, wuji_paper *paper,
                                 wuji_error *error) {
  if (reading->class_of_seat == NULL) return WUJI_OK;
  bool named = false;
  paper->class_node = wuji_arena_array(&in->cohort->arena, in->cohort->row_count, sizeof *paper->class_node);
  if (paper->class_node == NULL) return wuji_fail_memory(error);
  for (uint32_t s = 0; s < in->roster.count; s++) {
    uint32_t row = in->row_of_seat[s];
    uint32_t class = reading->class_of_seat[s];
    named |= class != WUJI_NO_ID;
    paper->class_node[row] =
        class == WUJI_NO_ID ? in->cohort->own_class[row] : in->teaching.classes[class].node;
  }
  if (!named) paper->class_node = NULL;
  free(reading->class_of_seat);
  reading->class_of_seat = NULL;
  return WUJI_OK;
}

/* ceil(full / width), as far as it matters. */
static void check_segments(ingestion *in, uint64_t line, int64_t full_num, int64_t full_den,
                           wuji_decimal width, const char *of) {
  __int128 count = ((__int128)full_num * width.den + (__int128)full_den * width.num - 1) /
                   ((__int128)full_den * width.num);
  if (count <= MOST_SEGMENTS) return;
  wuji_note_problem(&in->notes, (wuji_place){.line = line}, WUJI_PROBLEM_SEGMENT_COUNT, WUJI_NO_STR,
                    "the segment of %s makes more than %d segments", of, MOST_SEGMENTS);
}

static wuji_status read_scores(ingestion *in, paper_reading *reading, wuji_paper *paper, wuji_error *error) {
  wuji_status status = WUJI_OK;
  if (!wuji_file_readable(&reading->files.scores)) return WUJI_OK;
  wuji_scores_input input = {.file = &reading->files.scores,
                             .plan = &reading->plan,
                             .items = &reading->items,
                             .items_file = reading->files.items.number,
                             .roster = &in->roster,
                             .row_of_seat = in->row_of_seat};
  WUJI_TRY(wuji_scores_read(&input, &in->reading, paper, &in->cohort->arena, &in->notes, error));
  if (in->row_of_seat == NULL) goto done;
  WUJI_TRY(place_classes(in, reading, paper, error));
  if (paper->units > 0) {
    check_segments(in, reading->plan.line, paper->full, paper->units, paper->segment, WUJI_SHOW(paper->code));
  }
done:
  return status;
}

/* What candidates chose, once it is known who was present. */
static wuji_status read_options(ingestion *in, paper_reading *reading, wuji_paper *paper, wuji_error *error) {
  if (!wuji_file_readable(&reading->files.options)) return WUJI_OK;
  wuji_options_input input = {.file = &reading->files.options,
                              .items = &reading->items,
                              .roster = &in->roster,
                              .row_of_seat = in->row_of_seat};
  return wuji_options_read(&input, &in->reading, paper, &in->cohort->arena, &in->notes, error);
}

/* What every marker gave. */
static wuji_status read_markings(ingestion *in, paper_reading *reading, wuji_paper *paper,
                                 wuji_error *error) {
  if (!wuji_file_readable(&reading->files.marks)) return WUJI_OK;
  wuji_markings_input input = {.file = &reading->files.marks,
                               .items = &reading->items,
                               .roster = &in->roster,
                               .row_of_seat = in->row_of_seat};
  return wuji_markings_read(&input, &in->reading, paper, &in->cohort->arena, &in->notes, error);
}

/* One paper's files after the other, in the order of their numbers. */
static wuji_status read_papers(ingestion *in, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_paper *papers = wuji_arena_array(&in->cohort->arena, in->paper_count, sizeof *papers);
  if (papers == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t p = 0; p < in->paper_count; p++) {
    if (!in->papers[p].items.good) continue;
    WUJI_TRY(read_scores(in, &in->papers[p], &papers[p], error));
    WUJI_TRY(read_options(in, &in->papers[p], &papers[p], error));
    WUJI_TRY(read_markings(in, &in->papers[p], &papers[p], error));
  }
  in->cohort->papers = papers;
  in->cohort->paper_count = in->paper_count;
done:
  return status;
}

/* Earlier results, and whether exam.ini names only what there is. */
static wuji_status read_priors(ingestion *in, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_priors priors = {0};
  wuji_cohort *cohort = in->cohort;
  if (wuji_file_readable(&in->package.priors)) {
    WUJI_TRY(wuji_priors_read(&priors, &in->package.priors, &in->roster, in->row_of_seat, &in->reading,
                              &cohort->arena, &in->notes, error));
  }
  priors.unreadable |= in->package.priors.xlsx;
  wuji_priors_check(&priors, &in->ini, &in->notes);
  cohort->prior_count = priors.values == NULL ? 0 : priors.count;
  cohort->prior_names = priors.names;
  cohort->priors = priors.values;
done:
  return status;
}

/* Seals the cohort; a total that does not fit is a fault of exam.ini. */
static wuji_status seal(ingestion *in, wuji_error *error) {
  wuji_error why = {0};
  wuji_status status = wuji_cohort_seal(in->cohort, in->reading.threads, NULL, &why);
  if (status == WUJI_REJECTED) {
    wuji_note_problem(&in->notes, (wuji_place){.line = in->ini.total_place}, WUJI_PROBLEM_TOTAL_FULL_MARK,
                      WUJI_NO_STR, "%s", why.message);
    status = WUJI_OK;
  } else if (status != WUJI_OK) {
    status = wuji_fail(error, status, "%s", why.message);
  } else {
    check_segments(in, in->ini.segment_place, in->cohort->total.full.num, in->cohort->total.full.den,
                   in->ini.plan.total_segment, "total");
    for (uint32_t p = 0; p < in->paper_count; p++) {
      wuji_options_check_keys(in->cohort, &in->cohort->papers[p], &in->papers[p].items,
                              in->papers[p].files.items.number, &in->notes);
    }
  }
  return status;
}

static wuji_status read_package(ingestion *in, wuji_error *error) {
  wuji_status status = WUJI_OK;
  WUJI_TRY(read_exam_ini(in, error));
  WUJI_TRY(take_papers(in, error));
  in->reading.bytes = in->package.bytes;
  WUJI_TRY(read_students_and_items(in, error));
  if (is_good(in)) {
    WUJI_TRY(seat(in, error));
  }
  if (in->roster.usable) {
    WUJI_TRY(read_papers(in, error));
    WUJI_TRY(read_priors(in, error));
  }
  if (is_good(in)) WUJI_TRY(seal(in, error));
  if (in->notes.out_of_memory) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

/* A rejected package leaves no more than the exam's code. */
static wuji_status keep_code(ingestion *in, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_cohort *bare = NULL;
  if (in->ini.plan.code.ptr != NULL) {
    bare = wuji_cohort_new();
    if (bare == NULL) WUJI_TRY(wuji_fail_memory(error));
    bare->plan.code = wuji_arena_copy(&bare->arena, in->ini.plan.code);
    if (bare->plan.code.ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  }
done:
  wuji_cohort_free(in->cohort);
  in->cohort = bare;
  return status;
}

static void dispose(ingestion *in) {
  wuji_cohort_free(in->cohort);
  wuji_roster_dispose(&in->roster);
  wuji_teaching_dispose(&in->teaching);
  wuji_notes_dispose(&in->notes);
  for (uint32_t p = 0; in->papers != NULL && p < in->package.paper_count; p++)
    free(in->papers[p].class_of_seat);
  free(in->papers);
  free(in->row_of_seat);
  pthread_mutex_destroy(&in->reading.lock);
  wuji_arena_dispose(&in->arena);
}

wuji_status wuji_ingest(const char *package, const wuji_options *options, wuji_cohort **cohort,
                        wuji_findings *findings, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_options defaults = {0};
  if (options == NULL) options = &defaults;
  ingestion in = {.reading = {.threads = options->threads == 0 ? wuji_processors() : options->threads,
                              .progress = options->progress,
                              .progress_context = options->progress_context}};
  *cohort = NULL;
  pthread_mutex_init(&in.reading.lock, NULL);
  in.cohort = wuji_cohort_new();
  if (in.cohort == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(wuji_package_list(package, &in.arena, &in.package, error));
  WUJI_TRY(read_package(&in, error));
  bool rejected = !is_good(&in);
  WUJI_TRY(wuji_notes_finish(&in.notes, in.package.names, findings, error));
  wuji_arena_adopt(&findings->arena, &in.arena);
  if (rejected) WUJI_TRY(keep_code(&in, error));
  *cohort = in.cohort;
  in.cohort = NULL;
  if (rejected) {
    status = wuji_fail(error, WUJI_REJECTED, "%s: %zu problems", package, findings->problem_count);
  }
done:
  dispose(&in);
  return status;
}
