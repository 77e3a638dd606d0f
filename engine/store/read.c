/* Published tables out of the database, a piece at a time. */
#include <stdio.h>

#include "store/store_inside.h"

enum { FETCH_ROWS = 2000 }; /* "fetch" below says the same */

static const char fetch[] = "fetch 2000 from wuji_export";

/* The order of docs/tables.md, by the ordinals of the views wuji_store.TABLE_rows. */
static const struct {
  const char *table, *order;
} orders[] = {
    {"paper", "paper_ordinal"},
    {"item", "paper_ordinal, item_ordinal"},
    {"line", "root_ordinal, line_ordinal"},
    {"student", "row_ordinal"},
    {"node", "node_ordinal"},
    {"paper_stat", "paper_ordinal, node_ordinal"},
    {"item_stat", "paper_ordinal, item_ordinal, node_ordinal"},
    {"segment_stat", "paper_ordinal, node_ordinal, segment_ordinal"},
    {"line_stat", "line_ordinal, paper_ordinal, node_ordinal"},
    {"student_score", "paper_ordinal, row_ordinal"},
    {"item_score", "paper_ordinal, item_ordinal, row_ordinal"},
};

typedef struct query {
  char sql[4096];
  size_t used;
  wuji_str params[3];
  uint32_t count;
} query;

/* Only names of our own catalog and numbers of parameters are ever formatted in. */
static void add(query *q, const char *format, const char *text) {
  int length = snprintf(q->sql + q->used, sizeof q->sql - q->used, format, text);
  if (length > 0) q->used += (size_t)length;
}

static void add_condition(query *q, const char *format, wuji_str value) {
  char number[12];
  q->params[q->count++] = value;
  (void)snprintf(number, sizeof number, "$%u", q->count);
  add(q, q->count == 1 ? " where " : " and ", "");
  for (const char *at = format; *at != '\0'; at++) {
    char one[2] = {*at, '\0'};
    add(q, "%s", *at == '?' ? number : one);
  }
}

static bool has_column(const wuji_table_def *def, const char *name) {
  for (uint32_t c = 0; c < def->column_count; c++) {
    if (strcmp(def->columns[c].name, name) == 0) return true;
  }
  return false;
}

static const char *column_format(wuji_type type) {
  switch (type) {
  case WUJI_DATE: return "to_char(\"%s\", 'YYYY-MM-DD')";
  case WUJI_TIME: return "to_char(\"%s\" at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
  default: return "\"%s\"";
  }
}

/* Table `exam` is read from its public view and ordered by code, every other from its view with ordinals. */
static void build(query *q, const wuji_table_def *def, const char *exam, const char *node,
                  const char *paper) {
  const char *order = NULL;
  for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
    if (strcmp(orders[i].table, def->name) == 0) order = orders[i].order;
  }
  *q = (query){.used = 0};
  add(q, "declare wuji_export no scroll cursor for select %s", "");
  for (uint32_t c = 0; c < def->column_count; c++) {
    if (c > 0) add(q, ", ", "");
    add(q, column_format(def->columns[c].type), def->columns[c].name);
  }
  add(q, order == NULL ? " from wuji.%s" : " from wuji_store.%s_rows", def->name);
  if (exam != NULL) add_condition(q, "exam = ?", wuji_str_of(exam));
  /* A node's subtree as an interval of paths, which an index can serve: '0' is the character after '/'. */
  if (node != NULL && has_column(def, "node")) {
    add_condition(q, "(node = ? or (node >= ? || '/' and node < ? || '0'))", wuji_str_of(node));
  }
  if (paper != NULL && has_column(def, "paper")) add_condition(q, "paper = ?", wuji_str_of(paper));
  add(q, " order by %s", order == NULL ? "exam" : order);
}

static wuji_status must_exist(wuji_pg *pg, const char *sql, const char *exam, const char *name,
                              const char *what, wuji_error *error) {
  wuji_str params[] = {wuji_str_of(exam), wuji_str_of(name)};
  wuji_pg_rows *rows;
  wuji_status status = wuji_pg_query(pg, sql, name == NULL ? 1 : 2, params, &rows, error);
  if (status != WUJI_OK) return status;
  if (wuji_pg_row_count(rows) == 0) {
    status = name == NULL ? wuji_fail(error, WUJI_NOT_FOUND, "there is no published exam %s", exam)
                          : wuji_fail(error, WUJI_NOT_FOUND, "exam %s has no %s %s", exam, what, name);
  }
  wuji_pg_rows_free(rows);
  return status;
}

static wuji_status check_names(wuji_pg *pg, const char *exam, const char *node, const char *paper,
                               wuji_error *error) {
  wuji_status status;
  WUJI_TRY(must_exist(pg, "select from wuji_store.exam where exam = $1", exam, NULL, "exam", error));
  if (node != NULL) {
    WUJI_TRY(must_exist(pg, "select from wuji_store.node_rows where exam = $1 and node = $2", exam, node,
                        "node", error));
  }
  if (paper != NULL) {
    WUJI_TRY(must_exist(pg, "select from wuji_store.paper_rows where exam = $1 and paper = $2", exam, paper,
                        "paper", error));
  }
done:
  return status;
}

static void fill_column(wuji_column *column, wuji_type type, const wuji_pg_rows *rows, uint32_t count,
                        uint32_t c) {
  switch (type) {
  case WUJI_INT2:
  case WUJI_INT4:
  case WUJI_INT8:
  case WUJI_BOOL:
    for (uint32_t r = 0; r < count; r++) column->integer[r] = wuji_pg_integer(rows, r, c);
    break;
  case WUJI_REAL:
    for (uint32_t r = 0; r < count; r++) column->real[r] = wuji_pg_real(rows, r, c);
    break;
  case WUJI_TEXT:
  case WUJI_JSON:
  case WUJI_DATE:
  case WUJI_TIME:
  case WUJI_BYTES:
  case WUJI_REALS: /* of stored tables only, which are not read here */
    for (uint32_t r = 0; r < count; r++) column->text[r] = wuji_pg_text(rows, r, c);
    break;
  }
}

/* The batch borrows its text from the rows of the fetch, which live until the sink has had it. */
static wuji_status pour(wuji_pg *pg, wuji_batch *batch, const wuji_sink *sink, wuji_error *error) {
  wuji_status status = WUJI_OK;
  for (uint32_t count = FETCH_ROWS; status == WUJI_OK && count == FETCH_ROWS;) {
    wuji_pg_rows *rows;
    status = wuji_pg_query(pg, fetch, 0, NULL, &rows, error);
    if (status != WUJI_OK) break;
    count = wuji_pg_row_count(rows);
    for (uint32_t c = 0; c < batch->def->column_count; c++) {
      fill_column(&batch->columns[c], batch->def->columns[c].type, rows, count, c);
    }
    batch->rows = count;
    status = wuji_batch_flush(batch, true, sink, error);
    wuji_pg_rows_free(rows);
  }
  return status;
}

/* One snapshot for the names and the rows: a run published meanwhile changes nothing. The cursor is read to
 * its end, so the planner may plan for that; exports sort more than pages of a dashboard do. */
static wuji_status read_rows(wuji_store *store, const wuji_table_def *def, const char *exam, const char *node,
                             const char *paper, const wuji_sink *sink, wuji_error *error) {
  query q;
  wuji_batch batch;
  wuji_status status = wuji_batch_init(&batch, def, FETCH_ROWS, error);
  if (status != WUJI_OK) return status;
  WUJI_TRY(wuji_pg_run(store->pg,
                       "begin isolation level repeatable read read only;"
                       "set local cursor_tuple_fraction = 1.0; set local work_mem = '128MB'",
                       error));
  if (exam != NULL) WUJI_TRY(check_names(store->pg, exam, node, paper, error));
  build(&q, def, exam, node, paper);
  WUJI_TRY(wuji_pg_query(store->pg, q.sql, q.count, q.params, NULL, error));
  WUJI_TRY(pour(store->pg, &batch, sink, error));
  status = wuji_pg_run(store->pg, "commit", error);
done:
  if (status != WUJI_OK) {
    wuji_status undone = wuji_pg_run(store->pg, "rollback", NULL);
    (void)undone;
  }
  wuji_batch_dispose(&batch);
  return status;
}

wuji_status wuji_store_read(wuji_store *store, const wuji_table_def *def, const char *exam, const char *node,
                            const char *paper, const wuji_sink *sink, wuji_error *error) {
  return read_rows(store, def, exam, node, paper, sink, error);
}

wuji_status wuji_store_exams(wuji_store *store, const wuji_sink *sink, wuji_error *error) {
  return read_rows(store, wuji_catalog_find("exam"), NULL, NULL, NULL, sink, error);
}
