/* One function a table: writes all its rows in order. Dispatched by report.c. */
#ifndef WUJI_REPORT_WRITERS_H
#define WUJI_REPORT_WRITERS_H

#include "growth/growth.h"
#include "report/rows.h"
#include "stats/results.h"

/** What every table is written from. */
typedef struct wuji_source {
  const wuji_cohort *cohort;
  const wuji_analysis *analysis;
  const wuji_growth *growth; /* NULL: there is none */
  int32_t run;               /* stored tables only */
} wuji_source;

typedef wuji_status wuji_writer(const wuji_source *source, wuji_rows *rows, wuji_error *error);

/* Diagnostic tables. */
wuji_writer wuji_write_exam, wuji_write_paper, wuji_write_item, wuji_write_line, wuji_write_student,
    wuji_write_node, wuji_write_paper_stat, wuji_write_item_stat, wuji_write_segment_stat,
    wuji_write_mark_stat, wuji_write_point_stat, wuji_write_band_stat, wuji_write_line_stat,
    wuji_write_student_score, wuji_write_item_score;
wuji_writer wuji_write_node_growth, wuji_write_growth_fit, wuji_write_growth_check, wuji_write_student_growth;
wuji_writer wuji_write_option_stat, wuji_write_item_curve, wuji_write_option_curve;

/* Stored tables. */
wuji_writer wuji_store_choice_option, wuji_store_marker, wuji_store_prior;
wuji_writer wuji_store_paper, wuji_store_item, wuji_store_line, wuji_store_standing,
    wuji_store_class_reference, wuji_store_node, wuji_store_candidate, wuji_store_class_member,
    wuji_store_paper_stat, wuji_store_item_stat, wuji_store_band, wuji_store_band_stat,
    wuji_store_aspect_value, wuji_store_point_stat, wuji_store_mark_value, wuji_store_mark_stat;
wuji_writer wuji_store_option, wuji_store_option_stat, wuji_store_item_curve, wuji_store_option_curve;

wuji_writer wuji_store_node_growth, wuji_store_growth_fit, wuji_store_growth_check, wuji_store_student_growth;

/* Shared by tables of both kinds. */

/** The paper's code, `total` for the total. */
wuji_str wuji_sheet_code(const wuji_sheet *sheet);
/** objective, subjective or null. */
wuji_str wuji_kind_text(wuji_kind kind);
/** Planned difficulty, NaN where not given. */
double wuji_item_planned(const wuji_item *item);
/** Cells score and share of a line: one of them null. */
void wuji_rows_line(wuji_rows *rows, const wuji_line_plan *line);
/** Cells mean … gap of paper_stat, in the order of both its tables; `is_root`: the node has no parent. */
void wuji_rows_paper_result(wuji_rows *rows, const wuji_paper_result *result, bool is_root);
/** Cells model, part, term, estimate, se of growth_fit, in both its tables. */
void wuji_rows_growth_term(wuji_rows *rows, const wuji_growth_term *term);
/** Cells model, check, key, value of growth_check, in both its tables. */
void wuji_rows_growth_check(wuji_rows *rows, const wuji_growth_check *check);

#endif
