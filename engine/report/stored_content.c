/* Stored tables choice_option, marker, prior: what the packed content (chosen, marking, prior_value) refers
 * to. */
#include "report/writers.h"

static wuji_status write_choice_options(const wuji_source *source, wuji_rows *rows, uint32_t p,
                                        const wuji_choice *choice, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t o = 0; o < choice->option_count; o++) {
    wuji_str text = choice->options[o].text;
    wuji_rows_int(rows, source->run);
    wuji_rows_int(rows, p);
    wuji_rows_int(rows, choice->item);
    wuji_rows_int(rows, o);
    wuji_rows_text(rows, text.ptr == NULL ? wuji_str_of("") : text);
    wuji_rows_bool(rows, choice->options[o].is_key);
    wuji_rows_bool(rows, choice->options[o].listed);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}

wuji_status wuji_store_choice_option(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t p = 0; p < source->cohort->paper_count; p++) {
    const wuji_paper *paper = &source->cohort->papers[p];
    for (uint32_t c = 0; c < paper->choice_count; c++)
      WUJI_TRY(write_choice_options(source, rows, p, &paper->choices[c], error));
  }
done:
  return status;
}

wuji_status wuji_store_marker(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t p = 0; p < source->cohort->paper_count; p++) {
    const wuji_paper *paper = &source->cohort->papers[p];
    for (uint32_t m = 0; m < paper->marker_count; m++) {
      wuji_rows_int(rows, source->run);
      wuji_rows_int(rows, p);
      wuji_rows_int(rows, m);
      wuji_rows_text(rows, paper->markers[m]);
      WUJI_TRY(wuji_rows_next(rows, error));
    }
  }
done:
  return status;
}

wuji_status wuji_store_prior(const wuji_source *source, wuji_rows *rows, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t i = 0; i < source->cohort->prior_count; i++) {
    wuji_rows_int(rows, source->run);
    wuji_rows_int(rows, i);
    wuji_rows_text(rows, source->cohort->prior_names[i]);
    WUJI_TRY(wuji_rows_next(rows, error));
  }
done:
  return status;
}
