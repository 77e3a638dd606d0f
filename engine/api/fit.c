/* A model fitted to a plain table. */
#include "api/csv_file.h"
#include "api/table_handle.h"
#include "base/threads.h"
#include "ingest/frame.h"
#include "models/mixed.h"
#include "report/fit_tables.h"
#include "text/csv.h"
#include "text/fold.h"

#include <stdlib.h>

enum { MOST_COVARIATES = 200 };

struct wuji_fit {
  wuji_frame frame;
  wuji_mixed_fitted mixed;
  wuji_level_names level[WUJI_FRAME_LEVELS];
  wuji_named_fit named;
};

/* What the options ask for; text of `arena`. */
typedef struct request {
  wuji_frame_spec spec;
  wuji_str covariate[MOST_COVARIATES];
  wuji_str slope, slope_by; /* null: no random slope */
  wuji_arena arena;
} request;

/* The names in a list. False: one too many, an empty one, or memory is out. */
static bool split(wuji_arena *arena, const char *list, char separator, wuji_str *names, uint32_t most,
                  uint32_t *count) {
  *count = 0;
  for (const char *at = list; at != NULL;) {
    const char *end = strchr(at, separator);
    wuji_str name = {at, (uint32_t)(end != NULL ? (size_t)(end - at) : strlen(at))};
    if (*count == most) return false;
    names[*count] = wuji_fold(arena, name);
    if (names[*count].ptr == NULL || names[*count].len == 0) return false;
    ++*count;
    at = end != NULL ? end + 1 : NULL;
  }
  return true;
}

static wuji_status read_slope(request *r, const char *slope, wuji_error *error) {
  const char *colon = strrchr(slope, ':');
  if (colon == NULL || colon == slope || colon[1] == '\0')
    return wuji_fail(error, WUJI_USAGE, "the slope %s is not COLUMN:GROUP", slope);
  r->slope = wuji_fold(&r->arena, (wuji_str){slope, (uint32_t)(colon - slope)});
  r->slope_by = wuji_fold(&r->arena, wuji_str_of(colon + 1));
  return r->slope.ptr == NULL || r->slope_by.ptr == NULL ? wuji_fail_memory(error) : WUJI_OK;
}

static wuji_status read_request(request *r, const wuji_hlm_options *options, wuji_error *error) {
  uint32_t one = 0;
  *r = (request){.slope = WUJI_NO_STR, .slope_by = WUJI_NO_STR};
  r->spec.covariate = r->covariate;
  if (!split(&r->arena, options->outcome, '\n', &r->spec.outcome, 1, &one) || one == 0)
    return wuji_fail(error, WUJI_USAGE, "a model needs an outcome");
  if (!split(&r->arena, options->covariates, ',', r->covariate, MOST_COVARIATES, &r->spec.covariates))
    return wuji_fail(error, WUJI_USAGE, "%s is not a list of columns, separated by commas",
                     options->covariates);
  if (!split(&r->arena, options->groups, '/', r->spec.level, WUJI_FRAME_LEVELS, &r->spec.levels))
    return wuji_fail(error, WUJI_USAGE, "%s is not a list of up to 8 columns, separated by /",
                     options->groups);
  return options->slope != NULL ? read_slope(r, options->slope, error) : WUJI_OK;
}

/* Which column of x and which level the random slope is about. */
static wuji_status find_slope(const request *r, const wuji_frame *frame, wuji_mixed_design *design,
                              wuji_error *error) {
  if (r->slope.ptr == NULL) return WUJI_OK;
  for (uint32_t c = 1; c < frame->columns; c++) {
    uint32_t covariate = frame->of_covariate[c];
    if (frame->is_number[covariate] && wuji_str_equal(r->covariate[covariate], r->slope))
      design->slope_column = (int32_t)c;
  }
  for (uint32_t l = 0; l < frame->levels; l++) {
    if (wuji_str_equal(r->spec.level[l], r->slope_by)) design->slope_level = (int32_t)l;
  }
  if (design->slope_column < 0)
    return wuji_fail(error, WUJI_USAGE,
                     "the slope's column %.*s is not among the covariates that hold numbers",
                     (int)r->slope.len, r->slope.ptr);
  if (design->slope_level < 0)
    return wuji_fail(error, WUJI_USAGE, "the slope's %.*s is not among the groups", (int)r->slope_by.len,
                     r->slope_by.ptr);
  return WUJI_OK;
}

static void name_fit(wuji_fit *fit, const wuji_mixed_design *design) {
  const wuji_frame *frame = &fit->frame;
  for (uint32_t l = 0; l < frame->levels; l++)
    fit->level[l] = (wuji_level_names){frame->level[l].name, frame->level[l].key};
  fit->named = (wuji_named_fit){.fit = &fit->mixed,
                                .ml = design->ml,
                                .slope_column = design->slope_column,
                                .slope_level = design->slope_level,
                                .dropped = frame->dropped,
                                .row = frame->row,
                                .term = frame->term,
                                .level = fit->level};
}

static wuji_status fit_frame(wuji_fit *fit, const request *r, const wuji_hlm_options *options,
                             wuji_error *error) {
  const wuji_frame *frame = &fit->frame;
  wuji_mixed_level level[WUJI_FRAME_LEVELS];
  for (uint32_t l = 0; l < frame->levels; l++)
    level[l] = (wuji_mixed_level){frame->level[l].group, frame->level[l].groups};
  wuji_mixed_design design = {.n = frame->n,
                              .columns = frame->columns,
                              .x = frame->x,
                              .y = frame->y,
                              .levels = frame->levels,
                              .level = level,
                              .slope_column = -1,
                              .slope_level = -1,
                              .ml = options->ml,
                              .rows = true};
  uint32_t threads = options->threads != 0 ? options->threads : wuji_processors();
  wuji_status status = find_slope(r, frame, &design, error);
  if (status == WUJI_OK) status = wuji_mixed_fit(&design, threads, &fit->mixed, error);
  if (status == WUJI_OK) name_fit(fit, &design);
  return status;
}

wuji_status wuji_fit_hlm(const char *path, const wuji_hlm_options *options, wuji_fit **fit,
                         wuji_error *error) {
  wuji_status status;
  request r;
  *fit = NULL;
  wuji_fit *made = calloc(1, sizeof *made);
  if (made == NULL) return wuji_fail_memory(error);
  status = read_request(&r, options, error);
  if (status == WUJI_OK) status = wuji_frame_read(&made->frame, path, &r.spec, error);
  if (status == WUJI_OK) status = fit_frame(made, &r, options, error);
  wuji_arena_dispose(&r.arena);
  if (status == WUJI_OK) {
    *fit = made;
  } else {
    wuji_fit_close(made);
  }
  return status;
}

void wuji_fit_close(wuji_fit *fit) {
  if (fit == NULL) return;
  wuji_mixed_dispose(&fit->mixed);
  wuji_frame_dispose(&fit->frame);
  free(fit);
}

wuji_status wuji_fit_table(wuji_fit *fit, const char *name, wuji_table **table, wuji_error *error) {
  *table = NULL;
  const wuji_table_def *def = wuji_fit_table_def(&fit->named, name);
  if (def == NULL) return wuji_fail(error, WUJI_USAGE, "there is no table %s", name);
  wuji_table *whole = wuji_table_new(def);
  if (whole == NULL) return wuji_fail_memory(error);
  wuji_sink sink = wuji_table_sink(whole);
  wuji_status status = wuji_fit_table_rows(&fit->named, def, &sink, error);
  if (status == WUJI_OK) {
    *table = whole;
  } else {
    wuji_table_close(whole);
  }
  return status;
}

static wuji_status rows_of(const void *context, const wuji_table_def *def, const wuji_sink *sink,
                           wuji_error *error) {
  return wuji_fit_table_rows(context, def, sink, error);
}

wuji_status wuji_fit_write(wuji_fit *fit, const char *directory, bool bom, wuji_error *error) {
  static const char *const names[] = {"fixed", "varcomp", "fit", "effects", "students"};
  wuji_status status = wuji_directory_prepare(directory, error);
  for (size_t t = 0; t < sizeof names / sizeof *names && status == WUJI_OK; t++) {
    const wuji_table_def *def = wuji_fit_table_def(&fit->named, names[t]);
    status = wuji_csv_file_write(directory, def, bom, rows_of, &fit->named, error);
  }
  return status;
}
