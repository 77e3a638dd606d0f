/* Stored tables of growth: a node's models in one row, expected marks by chunk, the rest as it is shown. */
#include "report/pack.h"
#include "report/writers.h"

static uint32_t outcome_count(const wuji_source *source) {
  return source->growth == NULL ? 0 : source->growth->outcome_count;
}

enum { FIGURES = 5, RANK_BYTES = 8 }; /* a model */

/* Cells figures and ranks. */
static void effect_cells(wuji_rows *rows, const wuji_growth_outcome *outcome, int32_t node) {
  double *figures = wuji_rows_alloc(rows, sizeof *figures * FIGURES * WUJI_GROWTH_MODELS);
  unsigned char *ranks = wuji_rows_alloc(rows, (size_t)RANK_BYTES * WUJI_GROWTH_MODELS);
  unsigned char *at = ranks;
  for (int model = 0; figures != NULL && ranks != NULL && model < WUJI_GROWTH_MODELS; model++) {
    const wuji_growth_effect *e = &outcome->effects[model][node];
    double *of_model = figures + (size_t)FIGURES * (size_t)model;
    of_model[0] = e->own;
    of_model[1] = e->own_se;
    of_model[2] = e->effect;
    of_model[3] = e->se;
    of_model[4] = e->effect_sd;
    at = wuji_pack(at, e->rank_lo95, 4);
    at = wuji_pack(at, e->rank_hi95, 4);
  }
  wuji_rows_text(rows, (wuji_str){(const char *)figures, sizeof *figures * FIGURES * WUJI_GROWTH_MODELS});
  wuji_rows_text(rows, (wuji_str){(const char *)ranks, RANK_BYTES * WUJI_GROWTH_MODELS});
}

wuji_status wuji_store_node_growth(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t o = 0; o < outcome_count(source); o++) {
    const wuji_growth_outcome *outcome = &source->growth->outcomes[o];
    const wuji_paper_result *nodes = source->analysis->sheets[outcome->sheet].nodes;
    for (int32_t n = 0; n < source->cohort->node_count; n++) {
      if (!nodes[n].on_sheet) continue;
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, outcome->sheet);
      wuji_rows_int(rows, n);
      wuji_rows_int(rows, outcome->n[n]);
      wuji_rows_int(rows, nodes[n].n);
      wuji_rows_real(rows, outcome->intake[n]);
      effect_cells(rows, outcome, n);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

/* Cells run, root, paper, ordinal. */
static void root_key(wuji_rows *rows, const wuji_source *source, uint32_t root, uint32_t sheet,
                     uint32_t ordinal) {
  wuji_rows_int(rows, source->run);
  wuji_rows_int(rows, source->analysis->roots[root]);
  wuji_rows_int(rows, sheet);
  wuji_rows_int(rows, ordinal);
}

wuji_status wuji_store_growth_fit(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t root = 0; outcome_count(source) > 0 && root < source->analysis->root_count; root++) {
    for (uint32_t o = 0; o < outcome_count(source); o++) {
      const wuji_growth_outcome *outcome = &source->growth->outcomes[o];
      for (uint32_t t = 0; t < outcome->roots[root].term_count; t++) {
        root_key(rows, source, root, outcome->sheet, t);
        wuji_rows_growth_term(rows, &outcome->roots[root].terms[t]);
        WUJI_TRY(wuji_rows_next(rows, error));
      }
    }
  }
done:
  return status;
}

wuji_status wuji_store_growth_check(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t root = 0; outcome_count(source) > 0 && root < source->analysis->root_count; root++) {
    for (uint32_t o = 0; o < outcome_count(source); o++) {
      const wuji_growth_outcome *outcome = &source->growth->outcomes[o];
      for (uint32_t c = 0; c < outcome->roots[root].check_count; c++) {
        root_key(rows, source, root, outcome->sheet, c);
        wuji_rows_growth_check(rows, &outcome->roots[root].checks[c]);
        WUJI_TRY(wuji_rows_next(rows, error));
      }
    }
  }
done:
  return status;
}

/* An outcome's expected marks, the chunks of the marks; a null for who has none. */
static wuji_status store_expected(const wuji_source *source, const wuji_growth_outcome *outcome,
                                  wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t row_count = source->cohort->row_count;
  uint32_t chunk_rows = wuji_cohort_chunk_rows(source->cohort);
  for (uint32_t row = 0; row < row_count; row += chunk_rows) {
    uint32_t count = row_count - row < chunk_rows ? row_count - row : chunk_rows;
    const char *values = (const char *)(outcome->expected + row);
    wuji_rows_int(rows, source->run);
    wuji_rows_int(rows, outcome->sheet);
    wuji_rows_int(rows, row / chunk_rows);
    wuji_rows_text(rows, (wuji_str){values, (uint32_t)(count * sizeof *outcome->expected)});
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_store_student_growth(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t o = 0; o < outcome_count(source); o++)
    WUJI_TRY(store_expected(source, &source->growth->outcomes[o], rows, error));
done:
  return status;
}
