#include "report/report.h"

#include "report/writers.h"

typedef struct entry {
  const char *table;
  wuji_writer *write;
} entry;

static const entry diagnostic[] = {
    {"exam", wuji_write_exam},
    {"paper", wuji_write_paper},
    {"item", wuji_write_item},
    {"line", wuji_write_line},
    {"student", wuji_write_student},
    {"node", wuji_write_node},
    {"paper_stat", wuji_write_paper_stat},
    {"item_stat", wuji_write_item_stat},
    {"option_stat", wuji_write_option_stat},
    {"mark_stat", wuji_write_mark_stat},
    {"item_curve", wuji_write_item_curve},
    {"option_curve", wuji_write_option_curve},
    {"point_stat", wuji_write_point_stat},
    {"segment_stat", wuji_write_segment_stat},
    {"band_stat", wuji_write_band_stat},
    {"line_stat", wuji_write_line_stat},
    {"student_score", wuji_write_student_score},
    {"item_score", wuji_write_item_score},
    {"node_growth", wuji_write_node_growth},
    {"growth_fit", wuji_write_growth_fit},
    {"growth_check", wuji_write_growth_check},
    {"student_growth", wuji_write_student_growth},
    {NULL, NULL},
};

static const entry stored[] = {
    {"paper", wuji_store_paper},
    {"item", wuji_store_item},
    {"line", wuji_store_line},
    {"class_reference", wuji_store_class_reference},
    {"standing", wuji_store_standing},
    {"node", wuji_store_node},
    {"candidate", wuji_store_candidate},
    {"class_member", wuji_store_class_member},
    {"choice_option", wuji_store_choice_option},
    {"marker", wuji_store_marker},
    {"prior", wuji_store_prior},
    {"paper_stat", wuji_store_paper_stat},
    {"item_stat", wuji_store_item_stat},
    {"band", wuji_store_band},
    {"band_stat", wuji_store_band_stat},
    {"aspect_value", wuji_store_aspect_value},
    {"point_stat", wuji_store_point_stat},
    {"option", wuji_store_option},
    {"option_stat", wuji_store_option_stat},
    {"item_curve", wuji_store_item_curve},
    {"option_curve", wuji_store_option_curve},
    {"mark_value", wuji_store_mark_value},
    {"mark_stat", wuji_store_mark_stat},
    {"node_growth", wuji_store_node_growth},
    {"growth_fit", wuji_store_growth_fit},
    {"growth_check", wuji_store_growth_check},
    {"student_growth", wuji_store_student_growth},
    {NULL, NULL},
};

static wuji_status write_table(const wuji_source *source, const wuji_table_def *def, const entry *entries,
                               const wuji_sink *sink, wuji_error *error) {
  wuji_rows rows;
  while (entries->table != NULL && strcmp(entries->table, def->name) != 0) entries++;
  if (entries->table == NULL) {
    return wuji_fail(error, WUJI_INTERNAL, "nothing writes table %s", def->name);
  }
  wuji_status status = wuji_rows_open(&rows, def, sink, error);
  if (status != WUJI_OK) return status;
  return wuji_rows_close(&rows, entries->write(source, &rows, error), error);
}

wuji_status wuji_report_rows(const wuji_cohort *cohort, const wuji_analysis *analysis,
                             const wuji_growth *growth, const wuji_table_def *def, const wuji_sink *sink,
                             wuji_error *error) {
  wuji_source source = {.cohort = cohort, .analysis = analysis, .growth = growth};
  return write_table(&source, def, diagnostic, sink, error);
}

wuji_status wuji_report_stored(const wuji_cohort *cohort, const wuji_analysis *analysis,
                               const wuji_growth *growth, const wuji_table_def *def, int32_t run,
                               const wuji_sink *sink, wuji_error *error) {
  wuji_source source = {.cohort = cohort, .analysis = analysis, .growth = growth, .run = run};
  return write_table(&source, def, stored, sink, error);
}
