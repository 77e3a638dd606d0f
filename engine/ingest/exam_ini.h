/* exam.ini to the plan. */
#ifndef WUJI_INGEST_EXAM_INI_H
#define WUJI_INGEST_EXAM_INI_H

#include "ingest/package.h"

/** A [paper X] section, or the defaults of a paper without one (`line` 0). */
typedef struct wuji_paper_plan {
  wuji_str code, name; /* name null: the code */
  bool in_total;
  bool takers_all;
  wuji_decimal segment;
  uint64_t line;
} wuji_paper_plan;

typedef struct wuji_exam_ini {
  wuji_plan plan; /* text in the arena; code null: exam.ini could not be read */
  wuji_paper_plan *papers;
  uint32_t paper_count;
  wuji_line_plan *lines; /* of the plan, while they are filled */
  wuji_band_plan *bands;
  wuji_growth_plan *growth;
  uint64_t *band_places, *growth_places, *line_places; /* lines of the file */
  uint64_t *prior_places;                              /* line of a growth section's priors, 0: none */
  uint64_t total_place;                                /* line of [total] full_mark, 0: none */
  uint64_t segment_place;                              /* line of [total] segment, 0: none */
} wuji_exam_ini;

/** Reads the file (number 0) into `arena`, which is to live as long as the cohort. What is wrong goes to
 * `notes`. */
WUJI_CHECKED wuji_status wuji_exam_ini_read(const wuji_file *file, wuji_arena *arena, wuji_exam_ini *ini,
                                            wuji_notes *notes, wuji_error *error);

/** Reads plan->text of an exam that is stored back to its plan, all of whose text is in `arena`. A text that
 * is no good exam.ini: WUJI_INTERNAL. */
WUJI_CHECKED wuji_status wuji_plan_read(wuji_str text, wuji_arena *arena, wuji_plan *plan, wuji_error *error);

/** Puts what `options` say in the place of what the plan's growth sections say; priors make a section for
 * every outcome where there is none. New text in `arena`. WUJI_USAGE: an option of the wrong form. */
WUJI_CHECKED wuji_status wuji_growth_plan_override(wuji_plan *plan, const wuji_growth_options *options,
                                                   wuji_arena *arena, wuji_error *error);

/** What exam.ini says of papers, held against the package's files. */
void wuji_exam_ini_check(const wuji_exam_ini *ini, const wuji_package *package, wuji_notes *notes);

/** The plan of the paper `code`. */
wuji_paper_plan wuji_exam_ini_paper(const wuji_exam_ini *ini, wuji_str code);

/** yes, no, 是 or 否. False: it is none of them. */
bool wuji_yes_or_no(wuji_str text, bool *yes);

#endif
