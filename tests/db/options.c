/* Options of nodes of every size: the forms in which their counts are stored come back as they were made. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "database.h"

enum { CANDIDATES = 66000, SMALL = 40, MIDDLE = 3000 };

/* Three schools of one class: 40, 3,000 and the rest, so that counts of one, two and four bytes are met. */
static void make_large(test_analysed *made) {
  static const char *const texts[] = {"A", "AB", "B", "C", NULL};
  wuji_error error;
  uint64_t random = 5;
  *made = (test_analysed){0};
  for (uint32_t c = 0; c < CANDIDATES; c++) {
    const char *school = c < SMALL ? "小" : c < MIDDLE ? "中" : "大";
    (void)test_exam_add(&made->exam, (const char *const[]){"P", "C", "D", school, "1"}, true);
  }
  test_exam_seat(&made->exam);
  wuji_paper *paper = test_exam_paper(&made->exam, "数学", 2, 2, (const uint32_t[]){30, 40});
  for (uint32_t i = 0; i < 2; i++) test_exam_choice(&made->exam, paper, i, "ABC", "B", texts);
  for (uint32_t c = 0; c < CANDIDATES; c++) {
    int marks[2] = {(int)test_random(&random, 31), (int)test_random(&random, 41)};
    test_exam_present(&made->exam, paper, c, marks);
    test_exam_choose(&made->exam, paper, c, 0, marks[0] > 20 ? "B" : texts[test_random(&random, 4)]);
    test_exam_choose(&made->exam, paper, c, 1, c % 9 == 0 ? "" : texts[test_random(&random, 3)]);
  }
  made->exam.cohort->plan.code = wuji_str_of("large");
  test_exam_seal(&made->exam);
  test_good(wuji_analyze(made->exam.cohort, &(wuji_options){.threads = 2}, &made->analysis, &error), &error);
}

Test(options, come_back_from_every_form, .timeout = 300) {
  static const char *const tables[] = {"item_stat", "option_stat", "item_curve", "option_curve"};
  wuji_store *store = test_store();
  wuji_pg *pg = test_connection();
  test_analysed made;
  make_large(&made);
  (void)test_publish(store, &made, true);
  for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
    const wuji_table_def *def = wuji_catalog_find(tables[t]);
    char *here = test_csv_made(&made, def);
    char *there = test_csv_stored(store, def, "large", NULL, NULL);
    cr_expect(strcmp(here, there) == 0, "%s differs:\n%.2000s\n%.2000s", def->name, here, there);
    free(here);
    free(there);
  }
  cr_expect_str_eq(test_ask(pg, "select string_agg(distinct s.form::text, ' ' order by s.form::text)"
                                " from wuji_store.option_stat as s join wuji_store.exam as e on e.run = s.run"
                                " where e.exam = 'large'"),
                   "1 2 4");
  wuji_pg_close(pg);
  test_analysed_free(&made);
  wuji_store_close(store);
}
