#include "ingest/exam_ini.h"

#include "ingest/ini_value.h"
#include "text/csv.h"
#include "text/decode.h"

#include <stddef.h>

enum { MOST_BYTES = 1 << 20 };

/* A key that a section may have, and the field its value goes to. */
typedef struct key_rule {
  const char *key;
  wuji_value_reader read;
  size_t field; /* offset in the section's struct */
} key_rule;

static const key_rule exam_keys[] = {
    {"code", wuji_value_text, offsetof(wuji_plan, code)},
    {"name", wuji_value_text, offsetof(wuji_plan, name)},
    {"date", wuji_value_date, offsetof(wuji_plan, date)},
    {"province", wuji_value_text, offsetof(wuji_plan, province)},
    {"city", wuji_value_text, offsetof(wuji_plan, city)},
    {"county", wuji_value_text, offsetof(wuji_plan, county)},
    {"school", wuji_value_text, offsetof(wuji_plan, school)},
    {0},
};
static const key_rule rate_keys[] = {
    {"excellent", wuji_value_share, offsetof(wuji_plan, excellent)},
    {"good", wuji_value_share, offsetof(wuji_plan, good)},
    {"pass", wuji_value_share, offsetof(wuji_plan, pass)},
    {"low", wuji_value_share, offsetof(wuji_plan, low)},
    {0},
};
static const key_rule paper_keys[] = {
    {"name", wuji_value_text, offsetof(wuji_paper_plan, name)},
    {"in_total", wuji_value_yes, offsetof(wuji_paper_plan, in_total)},
    {"segment", wuji_value_positive, offsetof(wuji_paper_plan, segment)},
    {"takers", wuji_value_takers, offsetof(wuji_paper_plan, takers_all)},
    {0},
};
static const key_rule total_keys[] = {
    {"full_mark", wuji_value_positive, offsetof(wuji_plan, total_full)},
    {"segment", wuji_value_positive, offsetof(wuji_plan, total_segment)},
    {"absent", wuji_value_absent, offsetof(wuji_plan, absent)},
    {0},
};
static const key_rule line_keys[] = {
    {"score", wuji_value_mark, offsetof(wuji_line_plan, value)},
    {"share", wuji_value_share, offsetof(wuji_line_plan, value)},
    {0},
};
static const key_rule growth_keys[] = {
    {"priors", wuji_value_priors, 0},
    {"covariates", wuji_value_covariates, 0},
    {"random", wuji_value_random, 0},
    {"slope", wuji_value_slope, 0},
    {"method", wuji_value_method, offsetof(wuji_growth_plan, method)},
    {0},
};
static const key_rule privacy_keys[] = {
    {"rank", wuji_value_rank, offsetof(wuji_plan, privacy_rank)},
    {"min_cell", wuji_value_count, offsetof(wuji_plan, privacy_min_cell)},
    {0},
};

typedef enum { UNKNOWN, EXAM, RATES, PAPER, TOTAL, LINE, BANDS, GROWTH, PRIVACY } section_kind;

/* The reading of one file: the section at hand and where its values go. */
typedef struct reading {
  wuji_ini_place place;
  wuji_exam_ini *ini;
  section_kind kind;
  const key_rule *keys;
  void *target;
  bool has_score, has_share; /* of the line at hand */
  uint64_t exam_line;        /* of [exam], 0: there is none */
} reading;

static void note(reading *r, uint64_t line, wuji_problem_kind kind, wuji_str value, const char *what) {
  wuji_note_problem(r->place.notes, (wuji_place){.line = line}, kind, value, "%s%s%s", wuji_in_language(what),
                    value.ptr == NULL ? "" : " ", value.ptr == NULL ? "" : WUJI_SHOW(value));
}

/* "line 一段" is [line] with the name 一段; false: the section is of another kind. */
static bool section_named(wuji_str section, const char *kind, wuji_str *name) {
  wuji_str word = wuji_str_of(kind);
  if (section.len < word.len || memcmp(section.ptr, kind, word.len) != 0) return false;
  *name = wuji_trim((wuji_str){section.ptr + word.len, section.len - word.len});
  return section.len == word.len || name->len < section.len - word.len; /* a blank lies between */
}

static void open_paper(reading *r, wuji_str name, uint64_t line) {
  wuji_paper_plan *paper = &r->ini->papers[r->ini->paper_count++];
  *paper = (wuji_paper_plan){.code = name, .in_total = true, .segment = {10, 1}, .line = line};
  r->kind = PAPER;
  r->keys = paper_keys;
  r->target = paper;
}

static void open_line(reading *r, wuji_str name, uint64_t line) {
  uint32_t at = r->ini->plan.line_count++;
  r->ini->lines[at].name = name;
  r->ini->line_places[at] = line;
  r->has_score = r->has_share = false;
  r->kind = LINE;
  r->keys = line_keys;
  r->target = &r->ini->lines[at];
}

static void open_growth(reading *r, wuji_str name, uint64_t line) {
  uint32_t at = r->ini->plan.growth_count++;
  r->ini->growth[at].outcome = name.len == 0 ? WUJI_NO_STR : name;
  r->ini->growth_places[at] = line;
  r->kind = GROWTH;
  r->keys = growth_keys;
  r->target = &r->ini->growth[at];
}

/* The line that ends here has exactly one of score and share. */
static void close_section(reading *r) {
  if (r->kind != LINE || r->has_score != r->has_share) return;
  uint32_t at = r->ini->plan.line_count - 1;
  note(r, r->ini->line_places[at], WUJI_PROBLEM_LINE_RULE, r->ini->lines[at].name,
       r->has_score ? "both score and share are given for line"
                    : "neither score nor share is given for line");
}

static void open_section(reading *r, const wuji_ini_entry *entry) {
  static const struct {
    const char *name;
    section_kind kind;
    const key_rule *keys;
  } plain[] = {{"exam", EXAM, exam_keys},
               {"rates", RATES, rate_keys},
               {"total", TOTAL, total_keys},
               {"privacy", PRIVACY, privacy_keys},
               {"bands", BANDS, NULL}};
  wuji_str name = WUJI_NO_STR;
  close_section(r);
  r->kind = UNKNOWN;
  r->keys = NULL;
  r->target = &r->ini->plan;
  for (size_t s = 0; s < sizeof plain / sizeof *plain; s++) {
    if (!wuji_str_is(entry->section, plain[s].name)) continue;
    r->kind = plain[s].kind;
    r->keys = plain[s].keys;
  }
  if (r->kind == EXAM && r->exam_line == 0) r->exam_line = entry->line;
  if (section_named(entry->section, "growth", &name))
    open_growth(r, name, entry->line);
  else if (section_named(entry->section, "paper", &name) && name.len > 0)
    open_paper(r, name, entry->line);
  else if (section_named(entry->section, "line", &name) && name.len > 0)
    open_line(r, name, entry->line);
  if (r->kind == UNKNOWN) {
    note(r, entry->line, WUJI_PROBLEM_SECTION_UNKNOWN, entry->section, "unknown section");
  }
}

static void take_band(reading *r, const wuji_ini_entry *entry) {
  uint32_t at = r->ini->plan.band_count++;
  r->ini->bands[at].paper = entry->key;
  r->ini->band_places[at] = entry->line;
  wuji_value_tops(&r->place, entry, &r->ini->bands[at]);
}

static void take_value(reading *r, const wuji_ini_entry *entry) {
  if (r->kind == UNKNOWN) {
    if (entry->section.len == 0) {
      note(r, entry->line, WUJI_PROBLEM_KEY_UNKNOWN, entry->key, "no section stands above the key");
    }
    return;
  }
  if (r->kind == BANDS) {
    take_band(r, entry);
    return;
  }
  const key_rule *rule = r->keys;
  while (rule->key != NULL && !wuji_str_is(entry->key, rule->key)) rule++;
  if (rule->key == NULL) {
    note(r, entry->line, WUJI_PROBLEM_KEY_UNKNOWN, entry->key, "unknown key");
    return;
  }
  rule->read(&r->place, entry, (char *)r->target + rule->field);
  if (r->kind == LINE) {
    bool share = wuji_str_is(entry->key, "share");
    ((wuji_line_plan *)r->target)->kind = share ? WUJI_LINE_SHARE : WUJI_LINE_SCORE;
    r->has_share |= share;
    r->has_score |= !share;
  }
  if (r->kind == GROWTH && wuji_str_is(entry->key, "priors")) {
    r->ini->prior_places[r->ini->plan.growth_count - 1] = entry->line;
  }
  if (r->kind == TOTAL && wuji_str_is(entry->key, "full_mark")) r->ini->total_place = entry->line;
  if (r->kind == TOTAL && wuji_str_is(entry->key, "segment")) r->ini->segment_place = entry->line;
}

static void note_faults(reading *r, const wuji_ini *file) {
  for (uint32_t f = 0; f < file->fault_count; f++) {
    wuji_fault fault = file->faults[f];
    const wuji_ini_entry *entry = NULL;
    for (uint32_t e = 0; fault.kind == WUJI_FAULT_DUPLICATE && e < file->entry_count && entry == NULL; e++) {
      if (file->entries[e].line == fault.line) entry = &file->entries[e];
    }
    switch (fault.kind) {
    case WUJI_FAULT_UNDECODABLE:
      note(r, fault.line, WUJI_PROBLEM_UNDECODABLE, WUJI_NO_STR, "undecodable bytes");
      break;
    case WUJI_FAULT_NUL:
      note(r, fault.line, WUJI_PROBLEM_NUL_CHARACTER, WUJI_NO_STR, "a NUL character");
      break;
    case WUJI_FAULT_TOO_LONG:
      note(r, fault.line, WUJI_PROBLEM_RECORD_TOO_LONG, WUJI_NO_STR, "the line is too long");
      break;
    case WUJI_FAULT_DUPLICATE:
      if (entry != NULL && entry->key.ptr == NULL) {
        note(r, fault.line, WUJI_PROBLEM_SECTION_DUPLICATE, entry->section, "duplicate section");
      } else if (entry != NULL) {
        note(r, fault.line, WUJI_PROBLEM_KEY_DUPLICATE, entry->key, "duplicate key");
      }
      break;
    default:
      note(r, fault.line, WUJI_PROBLEM_INI_SYNTAX, WUJI_NO_STR, "neither [section] nor key = value");
      break;
    }
  }
}

static bool make_room(wuji_exam_ini *ini, wuji_arena *arena, uint32_t entries) {
  ini->papers = wuji_arena_array(arena, entries, sizeof *ini->papers);
  ini->lines = wuji_arena_array(arena, entries, sizeof *ini->lines);
  ini->bands = wuji_arena_array(arena, entries, sizeof *ini->bands);
  ini->growth = wuji_arena_array(arena, entries, sizeof *ini->growth);
  ini->line_places = wuji_arena_array(arena, entries, sizeof *ini->line_places);
  ini->band_places = wuji_arena_array(arena, entries, sizeof *ini->band_places);
  ini->growth_places = wuji_arena_array(arena, entries, sizeof *ini->growth_places);
  ini->prior_places = wuji_arena_array(arena, entries, sizeof *ini->prior_places);
  ini->plan.lines = ini->lines;
  ini->plan.bands = ini->bands;
  ini->plan.growth = ini->growth;
  return ini->papers != NULL && ini->lines != NULL && ini->bands != NULL && ini->growth != NULL &&
         ini->line_places != NULL && ini->band_places != NULL && ini->growth_places != NULL &&
         ini->prior_places != NULL;
}

static wuji_plan plan_defaults(void) {
  return (wuji_plan){.excellent = {85, 100},
                     .good = {75, 100},
                     .pass = {6, 10},
                     .low = {4, 10},
                     .total_segment = {10, 1},
                     .absent = WUJI_ABSENT_ZERO,
                     .privacy_rank = wuji_str_of("band"),
                     .privacy_min_cell = 10};
}

/* The text's entries to the plan; what is wrong is noted. */
static wuji_status read_text(wuji_str text, wuji_arena *arena, wuji_exam_ini *ini, wuji_notes *notes,
                             wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_ini entries = {0};
  reading r = {.place = {.arena = arena, .notes = notes}, .ini = ini};
  ini->plan.text = text;
  WUJI_TRY(wuji_ini_read(text, arena, &entries, error));
  if (!make_room(ini, arena, entries.entry_count)) WUJI_TRY(wuji_fail_memory(error));
  note_faults(&r, &entries);
  for (uint32_t e = 0; e < entries.entry_count; e++) {
    if (entries.entries[e].key.ptr == NULL)
      open_section(&r, &entries.entries[e]);
    else
      take_value(&r, &entries.entries[e]);
  }
  close_section(&r);
  if (ini->plan.code.ptr == NULL) {
    note(&r, r.exam_line, WUJI_PROBLEM_KEY_MISSING, WUJI_NO_STR, "[exam] has no code");
  }
  if (ini->plan.name.ptr == NULL) ini->plan.name = ini->plan.code;
  if (r.place.out_of_memory) WUJI_TRY(wuji_fail_memory(error));
done:
  return status;
}

/* A copy in the arena whose lines end with LF. */
static wuji_str copy_lines(wuji_arena *arena, wuji_str text) {
  char *copy = wuji_arena_alloc(arena, (size_t)text.len + 1);
  uint32_t len = 0;
  if (copy == NULL) return WUJI_NO_STR;
  for (uint32_t at = 0; at < text.len; at++) {
    bool half = text.ptr[at] == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n';
    if (!half) copy[len++] = text.ptr[at];
  }
  return (wuji_str){copy, len};
}

wuji_status wuji_exam_ini_read(const wuji_file *file, wuji_arena *arena, wuji_exam_ini *ini,
                               wuji_notes *notes, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_arena scratch = {0};
  wuji_str text = WUJI_NO_STR;
  wuji_fault fault = {0};
  wuji_error why = {0};
  *ini = (wuji_exam_ini){.plan = plan_defaults()};
  status = wuji_decode_whole(file->path, MOST_BYTES, &scratch, &text, &fault, &why);
  if (status == WUJI_REJECTED) {
    wuji_note_fault(notes, 0, fault, why.message);
    status = WUJI_OK;
    goto done;
  }
  if (status != WUJI_OK) WUJI_TRY(wuji_fail(error, status, "%s", why.message));
  text = copy_lines(arena, text);
  if (text.ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(read_text(text, arena, ini, notes, error));
done:
  wuji_arena_dispose(&scratch);
  return status;
}

wuji_status wuji_plan_read(wuji_str text, wuji_arena *arena, wuji_plan *plan, wuji_error *error) {
  wuji_status status = WUJI_OK;
  wuji_notes notes = {0};
  wuji_exam_ini ini = {.plan = plan_defaults()};
  wuji_str copy = copy_lines(arena, text);
  if (copy.ptr == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(read_text(copy, arena, &ini, &notes, error));
  if (notes.out_of_memory) WUJI_TRY(wuji_fail_memory(error));
  if (notes.count > 0) {
    WUJI_TRY(wuji_fail(error, WUJI_INTERNAL, "the stored exam.ini cannot be read, line %llu: %s",
                       (unsigned long long)notes.notes[0].place.line, notes.notes[0].message));
  }
  *plan = ini.plan;
done:
  wuji_notes_dispose(&notes);
  return status;
}

/* Whether the package has the paper, by its items or its scores. */
static bool has_paper(const wuji_package *package, wuji_str code) {
  const wuji_paper_files *paper = wuji_package_paper(package, code);
  return paper != NULL && (paper->items.name.ptr != NULL || paper->scores.name.ptr != NULL);
}

static void check_named(const wuji_package *package, wuji_str code, uint64_t line, wuji_notes *notes) {
  if (code.ptr == NULL || wuji_str_is(code, "total") || has_paper(package, code)) return;
  wuji_note_problem(notes, (wuji_place){.line = line}, WUJI_PROBLEM_PAPER_UNKNOWN, code, "unknown paper %s",
                    WUJI_SHOW(code));
}

void wuji_exam_ini_check(const wuji_exam_ini *ini, const wuji_package *package, wuji_notes *notes) {
  for (uint32_t p = 0; p < ini->paper_count; p++) {
    const wuji_paper_plan *paper = &ini->papers[p];
    wuji_place place = {.line = paper->line};
    if (wuji_str_is(paper->code, "total")) {
      wuji_note_problem(notes, place, WUJI_PROBLEM_PAPER_NAMED_TOTAL, paper->code, "a paper is named total");
    } else if (!has_paper(package, paper->code)) {
      wuji_note_problem(notes, place, WUJI_PROBLEM_PAPER_WITHOUT_FILES, paper->code,
                        "[paper %s] has no files in papers/", WUJI_SHOW(paper->code));
    }
  }
  for (uint32_t b = 0; b < ini->plan.band_count; b++) {
    check_named(package, ini->bands[b].paper, ini->band_places[b], notes);
  }
  for (uint32_t g = 0; g < ini->plan.growth_count; g++) {
    check_named(package, ini->growth[g].outcome, ini->growth_places[g], notes);
  }
}

wuji_paper_plan wuji_exam_ini_paper(const wuji_exam_ini *ini, wuji_str code) {
  wuji_paper_plan plan = {.code = code, .in_total = true, .segment = {10, 1}};
  for (uint32_t p = ini->paper_count; p > 0; p--) {
    if (wuji_str_equal(ini->papers[p - 1].code, code)) plan = ini->papers[p - 1];
  }
  if (plan.name.ptr == NULL) plan.name = code;
  return plan;
}
