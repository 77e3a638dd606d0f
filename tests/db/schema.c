/* The schema: brought up to date, readable by others, its views as the catalog says and as fast as they are
 * meant. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "database.h"

Test(schema, opening_again_changes_nothing_and_changed_views_are_made_anew) {
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  char oid[32];
  (void)snprintf(oid, sizeof oid, "%s", test_ask(pg, "select 'wuji.node'::regclass::oid::text"));
  wuji_store_close(store);
  store = test_store();
  cr_expect_str_eq(test_ask(pg, "select 'wuji.node'::regclass::oid::text"), oid);
  test_run(pg, "update wuji_store.live set hash = 'older'");
  wuji_store_close(store);
  store = test_store();
  cr_expect_str_neq(test_ask(pg, "select 'wuji.node'::regclass::oid::text"), oid);
  wuji_pg_close(pg);
  wuji_store_close(store);
}

Test(schema, a_database_newer_than_the_program_is_refused) {
  wuji_error error;
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  wuji_store_close(store);
  test_run(pg, "insert into wuji_store.migration (name) values ('migrations/9999_later.sql')");
  cr_expect_eq(wuji_store_open(test_conninfo(), &store, &error), WUJI_DATABASE);
  cr_expect(strstr(error.message, "9999_later") != NULL, "%s", error.message);
  test_run(pg, "delete from wuji_store.migration where name = 'migrations/9999_later.sql'");
  wuji_pg_close(pg);
}

Test(schema, the_views_have_the_columns_of_the_catalog_and_the_rights_of_who_reads) {
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL; def++) {
    char sql[512];
    char expected[2048] = "";
    for (uint32_t c = 0; c < def->column_count; c++) {
      static const char *const types[] = {[WUJI_TEXT] = "text",
                                          [WUJI_INT2] = "smallint",
                                          [WUJI_INT4] = "integer",
                                          [WUJI_INT8] = "bigint",
                                          [WUJI_REAL] = "double precision",
                                          [WUJI_BOOL] = "boolean",
                                          [WUJI_JSON] = "json",
                                          [WUJI_DATE] = "date",
                                          [WUJI_TIME] = "timestamp with time zone",
                                          [WUJI_BYTES] = "bytea",
                                          [WUJI_REALS] = "double precision[]"};
      size_t used = strlen(expected);
      (void)snprintf(expected + used, sizeof expected - used, "%s%s %s", c == 0 ? "" : ", ",
                     def->columns[c].name, types[def->columns[c].type]);
    }
    (void)snprintf(sql, sizeof sql,
                   "select string_agg(attname || ' ' || format_type(atttypid, null), ', ' order by attnum) "
                   "from pg_attribute"
                   " where attrelid = '%s.%s'::regclass and attnum > 0 and not attisdropped",
                   def->diagnostic ? "wuji" : "wuji_store", def->name);
    cr_expect_str_eq(test_ask(pg, sql), expected, "%s", def->name);
  }
  cr_expect_str_eq(test_ask(pg, "select count(*)::text from pg_class where relkind = 'v' and relnamespace in"
                                " ('wuji'::regnamespace, 'wuji_store'::regnamespace)"
                                " and not coalesce('security_invoker=true' = any (reloptions), false)"),
                   "0");
  wuji_pg_close(pg);
  wuji_store_close(store);
}

/* A call that is left in a plan costs more than all that the views compute. */
Test(schema, the_functions_of_the_views_are_inlined) {
  static const char *const views[] = {"item_stat",    "student_score", "item_score",
                                      "segment_stat", "line_stat",     "band_stat",
                                      "point_stat",   "option_stat",   "mark_stat"};
  wuji_error error;
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  for (size_t v = 0; v < sizeof views / sizeof *views; v++) {
    char sql[128];
    wuji_pg_rows *rows;
    (void)snprintf(sql, sizeof sql, "explain (verbose, costs off) select * from wuji.%s where exam = 'x'",
                   views[v]);
    test_good(wuji_pg_query(pg, sql, 0, NULL, &rows, &error), &error);
    for (uint32_t r = 0; r < wuji_pg_row_count(rows); r++) {
      wuji_str line = wuji_pg_text(rows, r, 0);
      static const char *const functions[] = {"wuji_store.u2(",          "wuji_store.u3(",
                                              "wuji_store.i4(",          "wuji_store.i8(",
                                              "wuji_store.correlation(", "wuji_store.percentile("};
      for (size_t f = 0; f < sizeof functions / sizeof *functions; f++) {
        cr_expect(memmem(line.ptr, line.len, functions[f], strlen(functions[f])) == NULL, "%s: %.*s",
                  views[v], (int)line.len, line.ptr);
      }
    }
    wuji_pg_rows_free(rows);
  }
  wuji_pg_close(pg);
  wuji_store_close(store);
}

Test(schema, a_role_that_may_only_read_reads_and_an_owner_need_not_be_superuser, .timeout = 60) {
  wuji_error error;
  wuji_pg *pg = test_connection();
  char owned[512];
  char reading[512];
  test_run(pg, "drop database if exists wuji_owned");
  test_run(pg, "drop role if exists office; drop role if exists teacher; create role office login; create "
               "role teacher login");
  test_run(pg, "create database wuji_owned owner postgres");
  test_run(pg, "grant create on database wuji_owned to office");
  (void)snprintf(owned, sizeof owned, "%s&user=office&dbname=wuji_owned", test_conninfo());
  (void)snprintf(reading, sizeof reading, "%s&user=teacher&dbname=wuji_owned", test_conninfo());

  wuji_store *store;
  wuji_pg *owner;
  test_analysed made;
  test_good(wuji_store_open(owned, &store, &error), &error);
  test_analysed_make(&made, "office", 8);
  (void)test_publish(store, &made, false);
  wuji_store_close(store);
  test_good(wuji_pg_open(owned, &owner, &error), &error);
  test_run(owner, "grant usage on schema wuji, wuji_store to teacher;"
                  "grant select on all tables in schema wuji, wuji_store to teacher");

  test_good(wuji_store_open(reading, &store, &error), &error);
  char *table = test_csv_stored(store, wuji_catalog_find("item_stat"), "office", NULL, NULL);
  char *expected = test_csv_made(&made, wuji_catalog_find("item_stat"));
  cr_expect_str_eq(table, expected);
  int32_t run;
  cr_expect_eq(test_begin(store, "his own", false, &run, &error), WUJI_DATABASE, "a reader may not write");
  wuji_store_close(store);

  wuji_pg *outsider;
  test_run(pg, "drop role if exists outsider; create role outsider login");
  (void)snprintf(reading, sizeof reading, "%s&user=outsider&dbname=wuji_owned", test_conninfo());
  test_good(wuji_pg_open(reading, &outsider, &error), &error);
  cr_expect_eq(wuji_pg_run(outsider, "select * from wuji.student", &error), WUJI_DATABASE);

  free(table);
  free(expected);
  wuji_pg_close(outsider);
  wuji_pg_close(owner);
  test_analysed_free(&made);
  test_run(pg, "drop database wuji_owned");
  test_run(pg, "drop role office; drop role teacher; drop role outsider");
  wuji_pg_close(pg);
}
