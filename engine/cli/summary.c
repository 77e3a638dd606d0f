/* How a run ends: per level nodes and candidates, per paper the figures of the whole (of each province, where
 * the exam has several), and where the tables are. */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/language.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LEVELS = 5 };

typedef struct overview {
  wuji_table *nodes, *papers;
  const char *level_names[LEVELS];
  int64_t node_count[LEVELS];
  int64_t candidates[LEVELS];
  int roots;
} overview;

static bool text_is(wuji_text_view text, const char *wanted) {
  return text.ptr != NULL && text.len == strlen(wanted) && memcmp(text.ptr, wanted, text.len) == 0;
}

/* The column of that name, which the table has. */
static wuji_column_view column(const wuji_table *table, const char *name) {
  size_t c = 0;
  while (strcmp(wuji_table_column(table, c).name, name) != 0) c++;
  return wuji_table_column(table, c);
}

static wuji_status take_overview(wuji_exam *exam, overview *o, wuji_error *error) {
  static const char *const names[LEVELS] = {"province", "city", "county", "school", "class"};
  wuji_status status = wuji_exam_table(exam, "node", &o->nodes, error);
  if (status == WUJI_OK) status = wuji_exam_table(exam, "paper_stat", &o->papers, error);
  if (status != WUJI_OK) return status;
  wuji_column_view level = column(o->nodes, "level");
  wuji_column_view candidates = column(o->nodes, "candidates");
  for (int l = 0; l < LEVELS; l++) {
    o->level_names[l] = names[l];
    for (size_t r = 0; r < wuji_table_rows(o->nodes); r++) {
      if (!text_is(level.text[r], names[l])) continue;
      o->node_count[l]++;
      o->candidates[l] += candidates.integer[r];
    }
  }
  o->roots = (int)o->node_count[0];
  return WUJI_OK;
}

static json_t *real_or_null(double value) {
  return isnan(value) ? json_null() : json_real(value);
}

static json_t *json_of_papers(const overview *o) {
  json_t *papers = json_array();
  wuji_column_view level = column(o->papers, "level");
  for (size_t r = 0; r < wuji_table_rows(o->papers); r++) {
    if (!text_is(level.text[r], "province")) continue;
    wuji_text_view code = column(o->papers, "paper").text[r];
    wuji_text_view node = column(o->papers, "node").text[r];
    json_t *paper = json_pack("{s:o, s:I, s:o, s:o, s:o, s:o}", "paper", json_stringn(code.ptr, code.len),
                              "n", (json_int_t)column(o->papers, "n").integer[r], "mean",
                              real_or_null(column(o->papers, "mean").real[r]), "score_rate",
                              real_or_null(column(o->papers, "score_rate").real[r]), "alpha",
                              real_or_null(column(o->papers, "alpha").real[r]), "discrimination",
                              real_or_null(column(o->papers, "discrimination").real[r]));
    if (o->roots > 1) json_object_set_new(paper, "node", json_stringn(node.ptr, node.len));
    json_array_append_new(papers, paper);
  }
  return papers;
}

static json_t *json_of_warnings(const wuji_exam *exam) {
  json_t *warnings = json_array();
  for (size_t i = 0; i < wuji_exam_warning_count(exam); i++) {
    wuji_warning w = wuji_exam_warning(exam, i);
    json_array_append_new(warnings, json_pack("{s:s, s:I}", "code", w.code, "count", (json_int_t)w.count));
  }
  return warnings;
}

static json_t *json_of_levels(const overview *o) {
  json_t *levels = json_array();
  for (int l = 0; l < LEVELS; l++) {
    json_array_append_new(levels, json_pack("{s:s, s:I, s:I}", "level", o->level_names[l], "nodes",
                                            (json_int_t)o->node_count[l], "candidates",
                                            (json_int_t)o->candidates[l]));
  }
  return levels;
}

/* item_score is always in the database, among the files only when asked for. */
static json_t *json_of_tables(const settings *s, const wuji_published *published) {
  json_t *tables = json_array();
  for (size_t i = 0; i < wuji_table_kinds(); i++) {
    bool made = published != NULL || s->items || strcmp(wuji_table_kind(i), "item_score") != 0;
    if (made) json_array_append_new(tables, json_string(wuji_table_kind(i)));
  }
  return tables;
}

static const char *outcome_of(const wuji_published *published) {
  return published == NULL ? "files" : published->unchanged ? "unchanged" : "published";
}

static void print_json(const settings *s, const wuji_exam *exam, const overview *o,
                       const wuji_published *published) {
  json_put(json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "exam", wuji_exam_code(exam), "status",
                     outcome_of(published), "run",
                     published == NULL ? json_null() : json_integer(published->run), "levels",
                     json_of_levels(o), "papers", json_of_papers(o), "warnings", json_of_warnings(exam),
                     "tables", json_of_tables(s, published)));
}

void summary_print_json(const wuji_exam *exam, const char *outcome, const wuji_published *stored) {
  json_t *object = json_pack("{s:s, s:s, s:o}", "exam", wuji_exam_code(exam), "status", outcome, "warnings",
                             json_of_warnings(exam));
  if (stored != NULL) json_object_set_new(object, "run", json_integer(stored->run));
  json_put(object);
}

/* A real in a column of `width`, or a dash. */
static void put_real(double value, int width, int decimals) {
  if (isnan(value)) {
    printf("%*s", width, "-");
  } else {
    printf("%*.*f", width, decimals, value);
  }
}

static void print_levels(const overview *o) {
  put_padded(stdout, say("level"), 10);
  put_padded(stdout, say("nodes"), -9);
  put_padded(stdout, say("candidates"), -13);
  (void)putchar('\n');
  for (int l = 0; l < LEVELS; l++) {
    put_padded(stdout, say(o->level_names[l]), 10);
    printf("%9lld%13lld\n", (long long)o->node_count[l], (long long)o->candidates[l]);
  }
}

static void print_papers(const overview *o) {
  static const char *const heads[] = {"n", "mean", "rate", "alpha", "discr."};
  for (size_t h = 0; h < sizeof heads / sizeof *heads; h++)
    put_padded(stdout, say(heads[h]), h == 0 ? -9 : -10);
  printf("  %s\n", o->roots > 1 ? say("paper, province") : say("paper"));
  wuji_column_view level = column(o->papers, "level");
  for (size_t r = 0; r < wuji_table_rows(o->papers); r++) {
    if (!text_is(level.text[r], "province")) continue;
    wuji_text_view code = column(o->papers, "paper").text[r];
    wuji_text_view node = column(o->papers, "node").text[r];
    printf("%9lld", (long long)column(o->papers, "n").integer[r]);
    put_real(column(o->papers, "mean").real[r], 10, 2);
    put_real(column(o->papers, "score_rate").real[r], 10, 3);
    put_real(column(o->papers, "alpha").real[r], 10, 3);
    put_real(column(o->papers, "discrimination").real[r], 10, 3);
    printf("  %.*s", (int)code.len, code.ptr);
    if (o->roots > 1) printf(", %.*s", (int)node.len, node.ptr);
    (void)putchar('\n');
  }
}

static void print_where(const settings *s, const wuji_published *published, const char *where) {
  if (published != NULL) {
    (void)putchar('\n');
    printf(published->unchanged ? say("Unchanged since run %d; the tables are the views wuji.* in\n  %s\n")
           : published->replaced
               ? say("Published as run %d, in place of the run before; the tables are the views "
                     "wuji.* in\n  %s\n")
               : say("Published as run %d; the tables are the views wuji.* in\n  %s\n"),
           published->run, where);
  }
  if (s->out != NULL) {
    if (published == NULL) (void)putchar('\n');
    printf(say("CSV files are in %s\n"), s->out);
  }
}

static void print_text(const settings *s, const wuji_exam *exam, const overview *o,
                       const wuji_published *published, const char *where) {
  printf("%s\n\n", wuji_exam_code(exam));
  print_levels(o);
  (void)putchar('\n');
  print_papers(o);
  print_where(s, published, where);
}

wuji_status summary_print(const settings *s, wuji_exam *exam, const wuji_published *published,
                          const char *where, wuji_error *error) {
  overview o = {0};
  wuji_status status = take_overview(exam, &o, error);
  if (status == WUJI_OK) {
    if (s->json) {
      print_json(s, exam, &o, published);
    } else {
      print_text(s, exam, &o, published, where);
    }
  }
  wuji_table_close(o.nodes);
  wuji_table_close(o.papers);
  return status;
}
