/* option_stat, item_curve, option_curve: what was chosen, and how items behave over ability. */
#include "report/writers.h"

#include <math.h>

/* What a table of items or options goes through: an item or option at every node of a paper. */
typedef struct place {
  const wuji_sheet_result *result;
  uint32_t item;
  uint32_t option; /* of the sheet */
  const wuji_option *named;
  int32_t node;
} place;

typedef wuji_status write_place(const wuji_source *source, const place *at, wuji_rows *rows,
                                wuji_error *error);

/* Cells exam, paper, item and, where there is one, option; then level, node. */
static void key_cells(const wuji_source *source, const place *at, wuji_rows *rows) {
  const wuji_paper *paper = at->result->sheet.paper;
  const wuji_node *node = &source->cohort->nodes[at->node];
  wuji_rows_text(rows, source->cohort->plan.code);
  wuji_rows_text(rows, paper->code);
  wuji_rows_text(rows, paper->items[at->item].name);
  if (at->named != NULL) wuji_rows_text(rows, at->named->text);
  wuji_rows_text(rows, wuji_str_of(wuji_level_names[node->level]));
  wuji_rows_text(rows, node->path);
}

static wuji_status for_nodes(const wuji_source *source, place *at, bool classes, write_place *write,
                             wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (at->node = 0; at->node < source->cohort->node_count; at->node++) {
    if (!at->result->nodes[at->node].on_sheet) continue;
    if (!classes && source->cohort->nodes[at->node].level == WUJI_CLASS) continue;
    WUJI_TRY(write(source, at, rows, error));
  }
done:
  return status;
}

static wuji_status for_options(const wuji_source *source, bool classes, write_place *write, wuji_rows *rows,
                               wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    place at = {.result = &source->analysis->sheets[s]};
    const wuji_option_sheet *options = &at.result->sheet.options;
    for (uint32_t choice = 0; choice < options->chosen.choices; choice++) {
      at.item = options->paper->choices[choice].item;
      for (at.option = options->first[choice]; at.option < options->first[choice + 1]; at.option++) {
        at.named = wuji_option_sheet_at(options, choice, at.option);
        WUJI_TRY(for_nodes(source, &at, classes, write, rows, error));
      }
    }
  }
done:
  return status;
}

static wuji_status write_option(const wuji_source *source, const place *at, wuji_rows *rows,
                                wuji_error *error) {
  uint32_t n = at->result->nodes[at->node].n;
  wuji_option_values v =
      wuji_option_block_values(&at->result->options[at->node], at->option, n, at->result->sheet.units);
  key_cells(source, at, rows);
  wuji_rows_bool(rows, at->named->is_key);
  wuji_rows_int(rows, n);
  wuji_rows_int(rows, v.chosen);
  wuji_rows_real(rows, v.share);
  wuji_rows_real(rows, v.share_top);
  wuji_rows_real(rows, v.share_bottom);
  wuji_rows_real(rows, v.r_total);
  wuji_rows_real(rows, v.mean_total);
  return wuji_rows_next(rows, error);
}

wuji_status wuji_write_option_stat(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  return for_options(source, true, write_option, rows, error);
}

static wuji_status write_option_fifths(const wuji_source *source, const place *at, wuji_rows *rows,
                                       wuji_error *error) {
  wuji_status status = WUJI_OK;
  const double *shares = at->result->curves[at->node].options;
  for (uint32_t f = 0; f < WUJI_FIFTHS; f++) {
    key_cells(source, at, rows);
    wuji_rows_int(rows, f + 1);
    wuji_rows_real(rows, shares == NULL ? NAN : shares[(size_t)at->option * WUJI_FIFTHS + f]);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_option_curve(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  return for_options(source, false, write_option_fifths, rows, error);
}

static wuji_status write_item_fifths(const wuji_source *source, const place *at, wuji_rows *rows,
                                     wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_curves *curves = &at->result->curves[at->node];
  bool none = curves->total == NULL;
  double weight = (double)at->result->nodes[at->node].n / (double)WUJI_FIFTHS;
  for (uint32_t f = 0; f < WUJI_FIFTHS; f++) {
    key_cells(source, at, rows);
    wuji_rows_int(rows, f + 1);
    wuji_rows_real(rows, none ? NAN : weight);
    wuji_rows_real(rows, none ? NAN : curves->total[f]);
    wuji_rows_real(rows, none ? NAN : curves->items[(size_t)at->item * WUJI_FIFTHS + f]);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_write_item_curve(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t s = 0; s < source->cohort->paper_count; s++) {
    place at = {.result = &source->analysis->sheets[s]};
    for (at.item = 0; at.item < at.result->sheet.marks.items; at.item++)
      WUJI_TRY(for_nodes(source, &at, false, write_item_fifths, rows, error));
  }
done:
  return status;
}
