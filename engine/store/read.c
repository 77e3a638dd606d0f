/* Published tables out of the database, some thousand rows at a time. */
#include "store/read_query.h"
#include "store/store_inside.h"

enum {
  FETCH_ROWS = 2000, /* `fetch` says the same */
  /* Below so many candidates a table is ordered as a whole; above, piece by piece, so that the server never
   * sorts (and spills) a hundred million rows before it gives the first. Planning each piece costs a few
   * milliseconds. */
  MANY_CANDIDATES = 5000
};

static const char fetch[] = "fetch 2000 from wuji_export";

static wuji_status must_exist(wuji_pg *pg, const char *sql, wuji_str exam, wuji_str name, const char *what,
                              wuji_error *error) {
  wuji_str params[] = {exam, name};
  wuji_pg_rows *rows;
  wuji_status status = wuji_pg_query(pg, sql, name.ptr == NULL ? 1 : 2, params, &rows, error);
  if (status != WUJI_OK) return status;
  if (wuji_pg_row_count(rows) == 0 && name.ptr == NULL) {
    status = wuji_fail(error, WUJI_NOT_FOUND, "there is no published exam %s", exam.ptr);
  } else if (wuji_pg_row_count(rows) == 0) {
    status =
        wuji_fail(error, WUJI_NOT_FOUND, "exam %s has no %s %s", exam.ptr, wuji_in_language(what), name.ptr);
  }
  wuji_pg_rows_free(rows);
  return status;
}

static wuji_status check_names(wuji_pg *pg, const wuji_read_filter *filter, wuji_error *error) {
  wuji_status status;
  WUJI_TRY(
      must_exist(pg, "select from wuji_store.exam where exam = $1", filter->exam, WUJI_NO_STR, "", error));
  if (filter->node.ptr != NULL) {
    WUJI_TRY(must_exist(pg, "select from wuji_store.node_rows where exam = $1 and node = $2", filter->exam,
                        filter->node, "node", error));
  }
  if (filter->paper.ptr != NULL) {
    WUJI_TRY(must_exist(pg, "select from wuji_store.paper_rows where exam = $1 and paper = $2", filter->exam,
                        filter->paper, "paper", error));
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
  case WUJI_REALS: /* the last two are of stored tables only, which are not read here */
    for (uint32_t r = 0; r < count; r++) column->text[r] = wuji_pg_text(rows, r, c);
    break;
  }
}

/* Rows of one statement. The batch borrows its text from a fetch, which lives until the sink has had it. */
static wuji_status pour(wuji_pg *pg, const wuji_read_filter *filter, wuji_batch *batch, const wuji_sink *sink,
                        wuji_error *error) {
  const wuji_table_def *def = batch->def;
  wuji_read_query query;
  wuji_read_query_build(&query, def, filter);
  wuji_status status = wuji_pg_query(pg, query.sql, query.count, query.params, NULL, error);
  for (uint32_t count = FETCH_ROWS; status == WUJI_OK && count == FETCH_ROWS;) {
    wuji_pg_rows *rows;
    status = wuji_pg_query(pg, fetch, 0, NULL, &rows, error);
    if (status != WUJI_OK) break;
    count = wuji_pg_row_count(rows);
    for (uint32_t c = 0; c < def->column_count; c++) {
      fill_column(&batch->columns[c], def->columns[c].type, rows, count, c);
    }
    batch->rows = count;
    status = wuji_batch_flush(batch, true, sink, error);
    wuji_pg_rows_free(rows);
  }
  return status == WUJI_OK ? wuji_pg_run(pg, "close wuji_export", error) : status;
}

/* The pieces of a table that is read piece by piece, in order: (paper) or (paper, item). */
static wuji_status list_pieces(wuji_pg *pg, wuji_read_split split, const wuji_read_filter *filter,
                               wuji_pg_rows **pieces, wuji_error *error) {
  static const char papers[] = "select paper from wuji_store.paper_rows"
                               " where exam = $1 and ($2 is null or paper = $2) order by paper_ordinal";
  static const char items[] =
      "select paper, item from wuji_store.item_rows"
      " where exam = $1 and ($2 is null or paper = $2) order by paper_ordinal, item_ordinal";
  wuji_str params[] = {filter->exam, filter->paper};
  return wuji_pg_query(pg, split == WUJI_BY_PAPER ? papers : items, 2, params, pieces, error);
}

static wuji_status pour_pieces(wuji_pg *pg, wuji_read_split split, const wuji_read_filter *filter,
                               wuji_batch *batch, const wuji_sink *sink, wuji_error *error) {
  wuji_pg_rows *pieces;
  wuji_status status = list_pieces(pg, split, filter, &pieces, error);
  for (uint32_t i = 0; status == WUJI_OK && i < wuji_pg_row_count(pieces); i++) {
    wuji_read_filter piece = *filter;
    piece.paper = wuji_pg_text(pieces, i, 0);
    if (split == WUJI_BY_ITEM) piece.item = wuji_pg_text(pieces, i, 1);
    status = pour(pg, &piece, batch, sink, error);
  }
  wuji_pg_rows_free(pieces);
  return status;
}

static wuji_status is_large(wuji_pg *pg, const wuji_read_filter *filter, bool *large, wuji_error *error) {
  wuji_pg_rows *rows;
  wuji_status status =
      wuji_pg_query(pg, "select candidates from wuji.exam where exam = $1", 1, &filter->exam, &rows, error);
  if (status == WUJI_OK)
    *large = wuji_pg_row_count(rows) > 0 && wuji_pg_integer(rows, 0, 0) >= MANY_CANDIDATES;
  wuji_pg_rows_free(rows);
  return status;
}

/* One snapshot for the names and all pieces: a run published meanwhile changes nothing. A cursor is read to
 * its end, so the planner may plan for that; exports sort more than a page of a dashboard does. */
static wuji_status read_rows(wuji_store *store, const wuji_table_def *def, const wuji_read_filter *filter,
                             const wuji_sink *sink, wuji_error *error) {
  wuji_batch batch;
  bool large = false;
  wuji_read_split split = wuji_read_split_of(def);
  wuji_status status = wuji_batch_init(&batch, def, FETCH_ROWS, error);
  if (status != WUJI_OK) return status;
  WUJI_TRY(wuji_pg_run(store->pg,
                       "begin isolation level repeatable read read only;"
                       "set local cursor_tuple_fraction = 1.0; set local work_mem = '128MB'",
                       error));
  if (filter->exam.ptr != NULL) WUJI_TRY(check_names(store->pg, filter, error));
  if (split != WUJI_WHOLE) WUJI_TRY(is_large(store->pg, filter, &large, error));
  if (large) {
    WUJI_TRY(pour_pieces(store->pg, split, filter, &batch, sink, error));
  } else {
    WUJI_TRY(pour(store->pg, filter, &batch, sink, error));
  }
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
  wuji_read_filter filter = {wuji_str_of(exam), wuji_str_of(node), wuji_str_of(paper), WUJI_NO_STR};
  return read_rows(store, def, &filter, sink, error);
}

wuji_status wuji_store_exams(wuji_store *store, const wuji_sink *sink, wuji_error *error) {
  wuji_read_filter all = {WUJI_NO_STR, WUJI_NO_STR, WUJI_NO_STR, WUJI_NO_STR};
  return read_rows(store, wuji_catalog_find("exam"), &all, sink, error);
}
