/* The small tables of a run: nodes, papers, items, options, markers, the names of priors. */
#include "store/load.h"

static wuji_status ask(const wuji_loading *loading, wuji_pg *pg, const char *sql, wuji_pg_rows **rows,
                       wuji_error *error) {
  wuji_pg_number number;
  wuji_str run = wuji_pg_number_text(&number, loading->run);
  return wuji_pg_query(pg, sql, 1, &run, rows, error);
}

/* A copy of the cell that lives as long as the cohort. */
static wuji_status keep(const wuji_loading *loading, const wuji_pg_rows *rows, uint32_t row, uint32_t column,
                        wuji_str *out, wuji_error *error) {
  wuji_str cell = wuji_pg_text(rows, row, column);
  *out = wuji_arena_copy(&loading->cohort->arena, cell);
  return cell.ptr != NULL && out->ptr == NULL ? wuji_fail_memory(error) : WUJI_OK;
}

/* The parent comes before its children, one level above; a class has no children. */
static bool place_node(wuji_cohort *cohort, int32_t id, int64_t parent, wuji_str level) {
  wuji_node *node = &cohort->nodes[id];
  while (node->level < WUJI_LEVELS && !wuji_str_is(level, wuji_level_names[node->level])) node->level++;
  if (node->level == WUJI_LEVELS) return false;
  node->end = id + 1;
  node->parent = parent == INT64_MIN ? -1 : (int32_t)parent;
  if (node->level == WUJI_PROVINCE) {
    node->root = id;
    return node->parent == -1;
  }
  if (parent < 0 || parent >= id || cohort->nodes[parent].level + 1 != node->level) return false;
  node->root = cohort->nodes[parent].root;
  return true;
}

static wuji_status load_nodes(wuji_loading *loading, wuji_pg *pg, wuji_error *error) {
  static const char nodes[] = "select node, level, parent, name, path, row0, row1, own from wuji_store.node"
                              " where run = $1::integer order by node";
  wuji_cohort *cohort = loading->cohort;
  wuji_pg_rows *rows = NULL;
  wuji_status status;
  WUJI_TRY(ask(loading, pg, nodes, &rows, error));
  uint32_t count = wuji_pg_row_count(rows);
  cohort->nodes = wuji_arena_array(&cohort->arena, count, sizeof *cohort->nodes);
  if (cohort->nodes == NULL) WUJI_TRY(wuji_fail_memory(error));
  cohort->node_count = (int32_t)count;
  int64_t last_row = 0;
  for (uint32_t n = 0; n < count; n++) {
    wuji_node *node = &cohort->nodes[n];
    int64_t row0 = wuji_pg_integer(rows, n, 5);
    int64_t row1 = wuji_pg_integer(rows, n, 6);
    if (wuji_pg_integer(rows, n, 0) != n || row0 < 0 || row1 < row0 || row1 > WUJI_MOST_ROWS ||
        !place_node(cohort, (int32_t)n, wuji_pg_integer(rows, n, 2), wuji_pg_text(rows, n, 1))) {
      WUJI_TRY(wuji_load_damaged(loading, "node", error));
    }
    node->rows = (wuji_slice){(uint32_t)row0, (uint32_t)row1};
    node->own = wuji_pg_integer(rows, n, 7) == 1;
    if (row1 > last_row) last_row = row1;
    WUJI_TRY(keep(loading, rows, n, 3, &node->name, error));
    WUJI_TRY(keep(loading, rows, n, 4, &node->path, error));
  }
  for (int32_t n = cohort->node_count - 1; n >= 0; n--) {
    const wuji_node *node = &cohort->nodes[n];
    if (node->parent >= 0 && cohort->nodes[node->parent].end < node->end)
      cohort->nodes[node->parent].end = node->end;
  }
  cohort->row_count = (uint32_t)last_row;
done:
  wuji_pg_rows_free(rows);
  return status;
}

static wuji_decimal decimal_of_billionths(int64_t billionths) {
  wuji_decimal d = {billionths, 1000000000};
  while (d.den > 1 && d.num % 10 == 0) {
    d.num /= 10;
    d.den /= 10;
  }
  return d;
}

static bool in_range(int64_t value, int64_t least, int64_t most) {
  return value >= least && value <= most;
}

static wuji_status load_papers(wuji_loading *loading, wuji_pg *pg, wuji_error *error) {
  static const char papers[] =
      "select paper, code, name, in_total, units, items, width, teaching_classes,"
      " segment_billionths, coalesce(choices, 0), coalesce(chosen_width, 0::smallint)"
      " from wuji_store.paper where run = $1::integer and not is_total order by paper";
  wuji_cohort *cohort = loading->cohort;
  wuji_pg_rows *rows = NULL;
  wuji_status status;
  WUJI_TRY(ask(loading, pg, papers, &rows, error));
  uint32_t count = wuji_pg_row_count(rows);
  cohort->papers = wuji_arena_array(&cohort->arena, count, sizeof *cohort->papers);
  if (cohort->papers == NULL) WUJI_TRY(wuji_fail_memory(error));
  cohort->paper_count = count;
  for (uint32_t p = 0; p < count; p++) {
    wuji_paper *paper = &cohort->papers[p];
    int64_t units = wuji_pg_integer(rows, p, 4);
    int64_t items = wuji_pg_integer(rows, p, 5);
    int64_t width = wuji_pg_integer(rows, p, 6);
    int64_t segment = wuji_pg_integer(rows, p, 8);
    int64_t choices = wuji_pg_integer(rows, p, 9);
    int64_t chosen_width = wuji_pg_integer(rows, p, 10);
    if (wuji_pg_integer(rows, p, 0) != p || count > WUJI_MOST_PAPERS || !in_range(units, 1, 100) ||
        100 % units != 0 || !in_range(items, 1, WUJI_MOST_ITEMS) ||
        (width != 1 && width != 2 && width != 4) || segment <= 0 || !in_range(choices, 0, items) ||
        (choices > 0 && !in_range(chosen_width, 1, 2))) {
      WUJI_TRY(wuji_load_damaged(loading, "paper", error));
    }
    paper->in_total = wuji_pg_integer(rows, p, 3) == 1;
    paper->units = (uint32_t)units;
    paper->item_count = (uint32_t)items;
    paper->width = (uint8_t)width;
    paper->segment = decimal_of_billionths(segment);
    paper->choice_count = (uint32_t)choices;
    paper->chosen_width = (uint8_t)chosen_width;
    WUJI_TRY(keep(loading, rows, p, 1, &paper->code, error));
    WUJI_TRY(keep(loading, rows, p, 2, &paper->name, error));
    paper->items = wuji_arena_array(&cohort->arena, paper->item_count, sizeof *paper->items);
    paper->choices = paper->choice_count == 0
                         ? NULL
                         : wuji_arena_array(&cohort->arena, paper->choice_count, sizeof *paper->choices);
    if (paper->items == NULL || (paper->choices == NULL && paper->choice_count > 0))
      WUJI_TRY(wuji_fail_memory(error));
    /* Until the candidates have come, the room of this array is what says that there are teaching classes. */
    if (wuji_pg_integer(rows, p, 7) == 1) {
      paper->class_node = wuji_arena_array(&cohort->arena, cohort->row_count, sizeof *paper->class_node);
      if (paper->class_node == NULL) WUJI_TRY(wuji_fail_memory(error));
    }
  }
done:
  wuji_pg_rows_free(rows);
  return status;
}

/* Planned difficulties lie in [0, 1] and have nine decimals at most: the double tells them exactly. */
static wuji_decimal planned(double difficulty) {
  if (difficulty != difficulty) return (wuji_decimal){0, 0};
  return decimal_of_billionths((int64_t)(difficulty * 1e9 + 0.5));
}

static wuji_status load_item(wuji_loading *loading, const wuji_pg_rows *rows, uint32_t row,
                             wuji_error *error) {
  const wuji_cohort *cohort = loading->cohort;
  wuji_status status = WUJI_OK;
  int64_t p = wuji_pg_integer(rows, row, 0);
  int64_t i = wuji_pg_integer(rows, row, 1);
  int64_t max = wuji_pg_integer(rows, row, 3);
  int64_t choice = wuji_pg_integer(rows, row, 10);
  if (!in_range(p, 0, (int64_t)cohort->paper_count - 1) ||
      !in_range(i, 0, (int64_t)cohort->papers[p].item_count - 1) || !in_range(max, 1, WUJI_MOST_UNITS) ||
      max >= wuji_mark_code(cohort->papers[p].width, WUJI_CODE_NOT_TAKEN) ||
      !in_range(choice, -1, (int64_t)cohort->papers[p].choice_count - 1)) {
    WUJI_TRY(wuji_load_damaged(loading, "item", error));
  }
  wuji_paper *paper = &cohort->papers[p];
  wuji_item *item = &paper->items[i];
  wuji_str kind = wuji_pg_text(rows, row, 4);
  item->max = (uint32_t)max;
  paper->full += item->max;
  item->kind = kind.ptr == NULL                 ? WUJI_KIND_NONE
               : wuji_str_is(kind, "objective") ? WUJI_OBJECTIVE
                                                : WUJI_SUBJECTIVE;
  item->planned_difficulty = planned(wuji_pg_real(rows, row, 9));
  if (choice >= 0) paper->choices[choice].item = (uint32_t)i;
  WUJI_TRY(keep(loading, rows, row, 2, &item->name, error));
  WUJI_TRY(keep(loading, rows, row, 5, &item->key, error));
  WUJI_TRY(keep(loading, rows, row, 6, &item->options, error));
  WUJI_TRY(keep(loading, rows, row, 7, &item->points, error));
  WUJI_TRY(keep(loading, rows, row, 8, &item->ability, error));
done:
  return status;
}

static wuji_status load_items(wuji_loading *loading, wuji_pg *pg, wuji_error *error) {
  static const char items[] = "select paper, item, name, max_units, kind, key, options, points, ability,"
                              " planned_difficulty, coalesce(choice, -1::smallint) from wuji_store.item"
                              " where run = $1::integer";
  wuji_pg_rows *rows;
  wuji_status status = ask(loading, pg, items, &rows, error);
  for (uint32_t r = 0; status == WUJI_OK && r < wuji_pg_row_count(rows); r++)
    status = load_item(loading, rows, r, error);
  wuji_pg_rows_free(rows);
  for (uint32_t p = 0; status == WUJI_OK && p < loading->cohort->paper_count; p++) {
    const wuji_paper *paper = &loading->cohort->papers[p];
    for (uint32_t i = 0; status == WUJI_OK && i < paper->item_count; i++) {
      if (paper->items[i].max == 0) status = wuji_load_damaged(loading, "item", error);
    }
  }
  return status;
}

/* The rows of a choice follow each other, by code; `*row` is the first of them and then the first of the
 * next. */
static wuji_status load_choice(wuji_loading *loading, const wuji_pg_rows *rows, uint32_t p,
                               wuji_choice *choice, uint32_t *row, wuji_error *error) {
  wuji_status status = WUJI_OK;
  uint32_t first = *row;
  while (*row < wuji_pg_row_count(rows) && wuji_pg_integer(rows, *row, 0) == p &&
         wuji_pg_integer(rows, *row, 1) == choice->item && wuji_pg_integer(rows, *row, 2) == *row - first) {
    (*row)++;
  }
  choice->option_count = *row - first;
  choice->options = wuji_arena_array(&loading->cohort->arena, choice->option_count, sizeof *choice->options);
  if (choice->options == NULL) WUJI_TRY(wuji_fail_memory(error));
  if (choice->option_count == 0) WUJI_TRY(wuji_load_damaged(loading, "choice_option", error));
  for (uint32_t o = 0; o < choice->option_count; o++) {
    WUJI_TRY(keep(loading, rows, first + o, 3, &choice->options[o].text, error));
    choice->options[o].is_key = wuji_pg_integer(rows, first + o, 4) == 1;
    choice->options[o].listed = wuji_pg_integer(rows, first + o, 5) == 1;
  }
done:
  return status;
}

static wuji_status load_choices(wuji_loading *loading, wuji_pg *pg, wuji_error *error) {
  static const char options[] =
      "select paper, item, code, option, is_key, listed from wuji_store.choice_option"
      " where run = $1::integer order by paper, item, code";
  wuji_pg_rows *rows;
  uint32_t row = 0;
  wuji_status status = ask(loading, pg, options, &rows, error);
  for (uint32_t p = 0; status == WUJI_OK && p < loading->cohort->paper_count; p++) {
    wuji_paper *paper = &loading->cohort->papers[p];
    for (uint32_t c = 0; status == WUJI_OK && c < paper->choice_count; c++)
      status = load_choice(loading, rows, p, &paper->choices[c], &row, error);
  }
  if (status == WUJI_OK && row != wuji_pg_row_count(rows))
    status = wuji_load_damaged(loading, "choice_option", error);
  wuji_pg_rows_free(rows);
  return status;
}

static wuji_status load_markers(wuji_loading *loading, wuji_pg *pg, wuji_error *error) {
  static const char markers[] =
      "select paper, marker, name from wuji_store.marker where run = $1::integer order by paper, marker";
  wuji_cohort *cohort = loading->cohort;
  wuji_pg_rows *rows = NULL;
  uint32_t row = 0;
  wuji_status status;
  WUJI_TRY(ask(loading, pg, markers, &rows, error));
  uint32_t count = wuji_pg_row_count(rows);
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    wuji_paper *paper = &cohort->papers[p];
    uint32_t first = row;
    while (row < count && wuji_pg_integer(rows, row, 0) == p && wuji_pg_integer(rows, row, 1) == row - first)
      row++;
    paper->marker_count = row - first;
    if (paper->marker_count == 0) continue;
    paper->markers = wuji_arena_array(&cohort->arena, paper->marker_count, sizeof *paper->markers);
    if (paper->markers == NULL) WUJI_TRY(wuji_fail_memory(error));
    for (uint32_t m = 0; m < paper->marker_count; m++)
      WUJI_TRY(keep(loading, rows, first + m, 2, &paper->markers[m], error));
  }
  if (row != count) WUJI_TRY(wuji_load_damaged(loading, "marker", error));
done:
  wuji_pg_rows_free(rows);
  return status;
}

static wuji_status load_priors(wuji_loading *loading, wuji_pg *pg, wuji_error *error) {
  static const char priors[] =
      "select prior, name from wuji_store.prior where run = $1::integer order by prior";
  wuji_cohort *cohort = loading->cohort;
  wuji_pg_rows *rows = NULL;
  wuji_status status;
  WUJI_TRY(ask(loading, pg, priors, &rows, error));
  cohort->prior_count = wuji_pg_row_count(rows);
  if (cohort->prior_count == 0) goto done;
  cohort->prior_names = wuji_arena_array(&cohort->arena, cohort->prior_count, sizeof *cohort->prior_names);
  if (cohort->prior_names == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t i = 0; i < cohort->prior_count; i++) {
    if (wuji_pg_integer(rows, i, 0) != i) WUJI_TRY(wuji_load_damaged(loading, "prior", error));
    WUJI_TRY(keep(loading, rows, i, 1, &cohort->prior_names[i], error));
  }
done:
  wuji_pg_rows_free(rows);
  return status;
}

static wuji_status count_markings(wuji_loading *loading, wuji_pg *pg, wuji_error *error) {
  static const char count[] = "select paper, sum(octet_length(markings))::bigint from wuji_store.marking"
                              " where run = $1::integer group by paper";
  wuji_cohort *cohort = loading->cohort;
  wuji_pg_rows *rows;
  wuji_status status = ask(loading, pg, count, &rows, error);
  for (uint32_t r = 0; status == WUJI_OK && r < wuji_pg_row_count(rows); r++) {
    int64_t p = wuji_pg_integer(rows, r, 0);
    if (in_range(p, 0, (int64_t)cohort->paper_count - 1)) {
      cohort->papers[p].marking_count = (size_t)wuji_pg_integer(rows, r, 1) / WUJI_MARKING_BYTES;
    } else {
      status = wuji_load_damaged(loading, "marking", error);
    }
  }
  wuji_pg_rows_free(rows);
  return status;
}

/* Chunks are as large as they were written: the first one tells. */
static wuji_status measure_chunks(wuji_loading *loading, wuji_pg *pg, wuji_error *error) {
  static const char first[] =
      "select octet_length(marks) from wuji_store.marks where run = $1::integer and paper = 0 and chunk = 0";
  const wuji_cohort *cohort = loading->cohort;
  wuji_pg_rows *rows;
  wuji_status status = ask(loading, pg, first, &rows, error);
  if (status != WUJI_OK) return status;
  int64_t bytes = wuji_pg_row_count(rows) == 0 ? 0 : wuji_pg_integer(rows, 0, 0);
  wuji_pg_rows_free(rows);
  int64_t row_bytes =
      cohort->paper_count == 0 ? 1 : (int64_t)cohort->papers[0].item_count * cohort->papers[0].width;
  loading->chunk_rows = (uint32_t)(bytes / row_bytes);
  if (loading->chunk_rows == 0 && cohort->row_count > 0) return wuji_load_damaged(loading, "marks", error);
  return WUJI_OK;
}

wuji_status wuji_load_package(wuji_loading *loading, wuji_pg *pg, wuji_error *error) {
  wuji_status status;
  WUJI_TRY(load_nodes(loading, pg, error));
  WUJI_TRY(load_papers(loading, pg, error));
  WUJI_TRY(load_items(loading, pg, error));
  WUJI_TRY(load_choices(loading, pg, error));
  WUJI_TRY(load_markers(loading, pg, error));
  WUJI_TRY(load_priors(loading, pg, error));
  WUJI_TRY(count_markings(loading, pg, error));
  status = measure_chunks(loading, pg, error);
done:
  return status;
}
