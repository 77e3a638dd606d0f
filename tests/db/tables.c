/* What is written comes back: cells of every type, whole exams, parts of tables. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "database.h"

enum { SEEDS = 25 };

static const wuji_column_def cells[] = {{"t", WUJI_TEXT},  {"i2", WUJI_INT2}, {"i4", WUJI_INT4},
                                        {"i8", WUJI_INT8}, {"r", WUJI_REAL},  {"b", WUJI_BOOL},
                                        {"j", WUJI_JSON},  {"y", WUJI_BYTES}, {"rs", WUJI_REALS}};
static const wuji_table_def cells_def = {"test_cell", false, false, 9, cells};

Test(copy, cells_of_every_type_arrive_as_they_were_and_null_as_null) {
  wuji_error error;
  wuji_batch batch;
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  test_run(pg, "drop table if exists wuji_store.test_cell;"
               "create table wuji_store.test_cell (t text, i2 smallint, i4 integer, i8 bigint, r double "
               "precision, b boolean,"
               " j json, y bytea, rs double precision[])");
  double reals[] = {1.5, NAN, -0.1};
  test_good(wuji_batch_init(&batch, &cells_def, 3, &error), &error);
  for (uint32_t c = 0; c < 9; c++) { /* the second row is all null, the third all empty or extreme */
    if (c == 1 || c == 2 || c == 3 || c == 5) {
      batch.columns[c].integer[1] = WUJI_NULL_INT;
    } else if (c == 4) {
      batch.columns[c].real[1] = NAN;
    }
  }
  batch.columns[0].text[0] = wuji_str_of("温州 \"x\"\n\\N");
  batch.columns[1].integer[0] = -2;
  batch.columns[2].integer[0] = -70000;
  batch.columns[3].integer[0] = INT64_MAX;
  batch.columns[4].real[0] = 0.1;
  batch.columns[5].integer[0] = 1;
  batch.columns[6].text[0] = wuji_str_of("{\"b\" :1, \"a\":2}");
  batch.columns[7].text[0] = (wuji_str){"\0\377", 2};
  batch.columns[8].text[0] = (wuji_str){(const char *)reals, sizeof reals};
  batch.columns[0].text[2] = (wuji_str){"", 0};
  batch.columns[1].integer[2] = INT16_MIN;
  batch.columns[2].integer[2] = INT32_MIN;
  batch.columns[3].integer[2] = INT64_MIN + 1;
  batch.columns[4].real[2] = 5e-324;
  batch.columns[5].integer[2] = 0;
  batch.columns[6].text[2] = wuji_str_of("[]");
  batch.columns[7].text[2] = (wuji_str){"", 0};
  batch.columns[8].text[2] = (wuji_str){"", 0};
  batch.rows = 3;

  wuji_store_lane *lane;
  test_good(wuji_store_lane_open(store, 0, &lane, &error), &error);
  test_good(wuji_store_copy_begin(lane, &cells_def, &error), &error);
  test_good(wuji_store_copy_push(lane, &batch, &error), &error);
  test_good(wuji_store_copy_end(lane, true, &error), &error);
  wuji_store_lane_close(lane);

  cr_expect_str_eq(
      test_ask(
          pg,
          "select count(*)::text from wuji_store.test_cell where t = E'温州 \"x\"\\n\\\\N' and i2 = -2 and"
          " i4 = -70000 and i8 = 9223372036854775807 and r = 0.1 and b and j::text = '{\"b\" :1, \"a\":2}'"
          " and y = '\\x00ff' and rs = '{1.5,null,-0.1}'"),
      "1");
  cr_expect_str_eq(test_ask(pg, "select count(*)::text from wuji_store.test_cell where num_nulls(t, i2, i4, "
                                "i8, r, b, j, y, rs) = 9"),
                   "1");
  cr_expect_str_eq(
      test_ask(pg,
               "select count(*)::text from wuji_store.test_cell where t = '' and i2 = -32768 and"
               " i4 = -2147483648 and i8 = -9223372036854775807 and r = 5e-324 and not b and j::text = '[]'"
               " and y = '' and rs = '{}'"),
      "1");
  test_run(pg, "drop table wuji_store.test_cell");
  wuji_batch_dispose(&batch);
  wuji_pg_close(pg);
  wuji_store_close(store);
}

Test(copy, a_copy_that_is_not_good_leaves_nothing_and_a_row_that_is_refused_says_why) {
  wuji_error error;
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  test_run(pg,
           "drop table if exists wuji_store.test_cell;"
           "create table wuji_store.test_cell (t text check (t <> 'bad'), i2 smallint, i4 integer, i8 bigint,"
           " r double precision, b boolean, j json, y bytea, rs double precision[])");
  wuji_batch batch;
  test_good(wuji_batch_init(&batch, &cells_def, 1, &error), &error);
  batch.rows = 1;
  wuji_store_lane *lane;
  test_good(wuji_store_lane_open(store, 0, &lane, &error), &error);
  test_good(wuji_store_copy_begin(lane, &cells_def, &error), &error);
  test_good(wuji_store_copy_push(lane, &batch, &error), &error);
  test_good(wuji_store_copy_end(lane, false, &error), &error);
  cr_expect_str_eq(test_ask(pg, "select count(*)::text from wuji_store.test_cell"), "0");

  batch.columns[0].text[0] = wuji_str_of("bad");
  test_good(wuji_store_copy_begin(lane, &cells_def, &error), &error);
  test_good(wuji_store_copy_push(lane, &batch, &error), &error);
  cr_expect_eq(wuji_store_copy_end(lane, true, &error), WUJI_DATABASE);
  cr_expect(strstr(error.message, "test_cell_t_check") != NULL, "%s", error.message);
  wuji_store_lane_close(lane);
  test_run(pg, "drop table wuji_store.test_cell");
  wuji_batch_dispose(&batch);
  wuji_pg_close(pg);
  wuji_store_close(store);
}

/* Random exams have teaching classes, electives, absent and void, marks of every width, several roots. */
Test(tables, every_table_comes_back_as_the_report_made_it, .timeout = 300) {
  wuji_store *store = test_store();
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    test_analysed made;
    test_analysed_make(&made, "round", seed);
    (void)test_publish(store, &made, seed > 1);
    for (const wuji_table_def *def = wuji_catalog; def->name != NULL && def->diagnostic; def++) {
      if (strcmp(def->name, "exam") == 0) continue; /* run and published_at differ */
      char *here = test_csv_made(&made, def);
      char *there = test_csv_stored(store, def, "round", NULL, NULL);
      cr_assert(strcmp(here, there) == 0, "seed %lu: %s differs:\n%.2000s\n%.2000s", (unsigned long)seed,
                def->name, here, there);
      free(here);
      free(there);
    }
    test_analysed_free(&made);
  }
  wuji_store_close(store);
}

/* A made cohort's tables, as the report made them and out of the database. */
static void comes_back(test_analysed *made, const char *code, const char *const *tables, size_t count) {
  wuji_error error;
  wuji_store *store = test_store();
  made->exam.cohort->plan.code = wuji_str_of(code);
  test_good(wuji_analyze(made->exam.cohort, NULL, &made->analysis, &error), &error);
  (void)test_publish(store, made, true);
  for (size_t t = 0; t < count; t++) {
    const wuji_table_def *def = wuji_catalog_find(tables[t]);
    char *here = test_csv_made(made, def);
    char *there = test_csv_stored(store, def, code, NULL, NULL);
    cr_expect(strcmp(here, there) == 0, "%s differs:\n%.1500s\n%.1500s", tables[t], here, there);
    free(here);
    free(there);
  }
  test_analysed_free(made);
  wuji_store_close(store);
}

Test(tables, sums_beyond_32_and_62_bits_come_back_too, .timeout = 120) {
  test_analysed made = {0};
  test_exam_large(&made.exam);
  comes_back(&made, "large", (const char *const[]){"item_stat", "point_stat", "mark_stat"}, 3);
}

Test(tables, more_marks_than_a_page_holds_come_back_too, .timeout = 120) {
  test_analysed made = {0};
  test_exam_many_marks(&made.exam);
  comes_back(&made, "marks", (const char *const[]){"mark_stat"}, 1);
}

/* Lines of `text` that a node's subtree or a paper leaves, by the plainest means: our random names need no
 * quotes. */
static char *kept(const char *text, int column, const char *value, bool subtree) {
  char *out = calloc(1, strlen(text) + 1);
  size_t length = strlen(value);
  bool header = true;
  for (const char *line = text; *line != '\0';) {
    size_t bytes = strcspn(line, "\n") + 1;
    const char *cell = line;
    for (int c = 0; c < column; c++) cell += strcspn(cell, ",") + 1;
    bool is = strncmp(cell, value, length) == 0 &&
              (cell[length] == ',' || cell[length] == '\n' || (subtree && cell[length] == '/'));
    if (header || is) strncat(out, line, bytes);
    header = false;
    line += bytes;
  }
  return out;
}

static int column_of(const wuji_table_def *def, const char *name) {
  for (uint32_t c = 0; c < def->column_count; c++) {
    if (strcmp(def->columns[c].name, name) == 0) return (int)c;
  }
  return -1;
}

Test(tables, a_node_brings_its_subtree_and_a_paper_itself, .timeout = 120) {
  static const char *const tables[] = {"paper_stat", "item_stat", "student_score", "student",
                                       "item",       "band_stat", "point_stat",    "mark_stat"};
  wuji_store *store = test_store();
  for (uint64_t seed = 40; seed < 44; seed++) {
    test_analysed made;
    test_analysed_make(&made, "parts", seed);
    (void)test_publish(store, &made, true);
    const wuji_cohort *cohort = made.exam.cohort;
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
      const wuji_table_def *def = wuji_catalog_find(tables[t]);
      char *all = test_csv_stored(store, def, "parts", NULL, NULL);
      if (strchr(all, '"') != NULL) continue;
      int node_column = column_of(def, "node");
      int paper_column = column_of(def, "paper");
      for (int32_t n = 0; node_column >= 0 && n < cohort->node_count; n++) {
        char path[512];
        (void)snprintf(path, sizeof path, "%.*s", (int)cohort->nodes[n].path.len, cohort->nodes[n].path.ptr);
        char *part = test_csv_stored(store, def, "parts", path, NULL);
        char *expected = kept(all, node_column, path, true);
        cr_assert_str_eq(part, expected, "seed %lu, %s at %s", (unsigned long)seed, def->name, path);
        free(part);
        free(expected);
      }
      for (uint32_t p = 0; paper_column >= 0 && p < cohort->paper_count; p++) {
        char code[64];
        (void)snprintf(code, sizeof code, "%.*s", (int)cohort->papers[p].code.len,
                       cohort->papers[p].code.ptr);
        char *part = test_csv_stored(store, def, "parts", NULL, code);
        char *expected = kept(all, paper_column, code, false);
        cr_assert_str_eq(part, expected, "seed %lu, %s on %s", (unsigned long)seed, def->name, code);
        free(part);
        free(expected);
      }
      free(all);
    }
    test_analysed_free(&made);
  }
  wuji_store_close(store);
}

Test(tables, what_is_not_there_is_not_found) {
  wuji_error error;
  wuji_store *store = test_store();
  test_analysed made;
  test_analysed_make(&made, "there", 3);
  (void)test_publish(store, &made, true);
  const wuji_table_def *def = wuji_catalog_find("paper_stat");
  wuji_sink none = {NULL, NULL};
  cr_expect_eq(wuji_store_read(store, def, "not there", NULL, NULL, &none, &error), WUJI_NOT_FOUND);
  cr_expect(strstr(error.message, "not there") != NULL);
  cr_expect_eq(wuji_store_read(store, def, "there", "no/node", NULL, &none, &error), WUJI_NOT_FOUND);
  cr_expect(strstr(error.message, "no/node") != NULL);
  cr_expect_eq(wuji_store_read(store, def, "there", NULL, "no paper", &none, &error), WUJI_NOT_FOUND);
  cr_expect(strstr(error.message, "no paper") != NULL);
  test_analysed_free(&made);
  wuji_store_close(store);
}
