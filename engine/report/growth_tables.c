/* node_growth, growth_fit, growth_check, student_growth. */
#include "report/writers.h"

#include <math.h>

static const wuji_sheet_result *sheet_of(const wuji_source *source, const wuji_growth_outcome *outcome) {
  return &source->analysis->sheets[outcome->sheet];
}

/* Outcomes there are; none without growth. */
static uint32_t outcome_count(const wuji_source *source) {
  return source->growth == NULL ? 0 : source->growth->outcome_count;
}

static void rank_cell(wuji_rows *rows, uint32_t rank) {
  wuji_rows_int(rows, rank == 0 ? WUJI_NULL_INT : (int64_t)rank);
}

/* Cells own … rank_hi95. */
static void effect_cells(wuji_rows *rows, const wuji_growth_effect *e) {
  wuji_rows_real(rows, e->own);
  wuji_rows_real(rows, e->own_se);
  wuji_rows_real(rows, e->effect);
  wuji_rows_real(rows, e->se);
  wuji_rows_real(rows, e->effect - 1.96 * e->se);
  wuji_rows_real(rows, e->effect + 1.96 * e->se);
  wuji_rows_real(rows, e->effect_sd);
  wuji_rows_null(rows); /* median_sgp */
  rank_cell(rows, e->rank_lo95);
  rank_cell(rows, e->rank_hi95);
}

static wuji_status write_model(const wuji_source *source, const wuji_growth_outcome *outcome, int model,
                               wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_sheet_result *result = sheet_of(source, outcome);
  for (int32_t n = 0; n < source->cohort->node_count; n++) {
    const wuji_node *node = &source->cohort->nodes[n];
    uint32_t present = result->nodes[n].n;
    if (!result->nodes[n].on_sheet) continue;
    wuji_rows_text(rows, source->cohort->plan.code);
    wuji_rows_text(rows, wuji_sheet_code(&result->sheet));
    wuji_rows_text(rows, wuji_str_of(wuji_growth_model_names[model]));
    wuji_rows_text(rows, wuji_str_of(wuji_level_names[node->level]));
    wuji_rows_text(rows, node->path);
    wuji_rows_int(rows, outcome->n[n]);
    wuji_rows_real(rows, present == 0 ? NAN : (double)outcome->n[n] / (double)present);
    wuji_rows_real(rows, outcome->intake[n]);
    effect_cells(rows, &outcome->effects[model][n]);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_node_growth(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t o = 0; o < outcome_count(source); o++) {
    for (int model = 0; model < WUJI_GROWTH_MODELS; model++)
      WUJI_TRY(write_model(source, &source->growth->outcomes[o], model, rows, error));
  }
done:
  return status;
}

/* Cells exam, root, outcome. */
static void root_key(wuji_rows *rows, const wuji_source *source, const wuji_growth_outcome *outcome,
                     uint32_t root) {
  wuji_rows_text(rows, source->cohort->plan.code);
  wuji_rows_text(rows, source->cohort->nodes[source->analysis->roots[root]].path);
  wuji_rows_text(rows, wuji_sheet_code(&sheet_of(source, outcome)->sheet));
}

void wuji_rows_growth_term(wuji_rows *rows, const wuji_growth_term *term) {
  wuji_rows_text(rows, wuji_str_of(wuji_growth_model_names[term->model]));
  wuji_rows_text(rows, wuji_str_of(wuji_growth_part_names[term->part]));
  wuji_rows_text(rows, term->term);
  wuji_rows_real(rows, term->estimate);
  wuji_rows_real(rows, term->se);
}

void wuji_rows_growth_check(wuji_rows *rows, const wuji_growth_check *check) {
  wuji_rows_text(rows, check->of_model ? wuji_str_of(wuji_growth_model_names[check->model]) : WUJI_NO_STR);
  wuji_rows_text(rows, wuji_str_of(check->check));
  wuji_rows_text(rows, check->key);
  wuji_rows_real(rows, check->value);
}

wuji_status wuji_write_growth_fit(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t root = 0; root < source->analysis->root_count; root++) {
    for (uint32_t o = 0; o < outcome_count(source); o++) {
      const wuji_growth_outcome *outcome = &source->growth->outcomes[o];
      for (uint32_t t = 0; t < outcome->roots[root].term_count; t++) {
        root_key(rows, source, outcome, root);
        wuji_rows_growth_term(rows, &outcome->roots[root].terms[t]);
        WUJI_TRY(wuji_rows_next(rows, error));
      }
    }
  }
done:
  return status;
}

wuji_status wuji_write_growth_check(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t root = 0; root < source->analysis->root_count; root++) {
    for (uint32_t o = 0; o < outcome_count(source); o++) {
      const wuji_growth_outcome *outcome = &source->growth->outcomes[o];
      for (uint32_t c = 0; c < outcome->roots[root].check_count; c++) {
        root_key(rows, source, outcome, root);
        wuji_rows_growth_check(rows, &outcome->roots[root].checks[c]);
        WUJI_TRY(wuji_rows_next(rows, error));
      }
    }
  }
done:
  return status;
}

static wuji_status write_students(const wuji_source *source, const wuji_growth_outcome *outcome,
                                  wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_cohort *cohort = source->cohort;
  const wuji_sheet *sheet = &sheet_of(source, outcome)->sheet;
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    if (isnan(outcome->expected[row])) continue;
    wuji_rows_text(rows, cohort->plan.code);
    wuji_rows_text(rows, wuji_sheet_code(sheet));
    wuji_rows_text(rows, cohort->student_id[row]);
    wuji_rows_text(rows, cohort->nodes[wuji_class_on_paper(cohort, sheet->paper, row)].path);
    wuji_rows_real(rows, outcome->expected[row]);
    wuji_rows_real(rows, (double)sheet->raw[row] / (double)sheet->units - outcome->expected[row]);
    wuji_rows_null(rows); /* sgp, sgp_order */
    wuji_rows_null(rows);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_student_growth(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t o = 0; o < outcome_count(source); o++)
    WUJI_TRY(write_students(source, &source->growth->outcomes[o], rows, error));
done:
  return status;
}
