/* A county analysed alone has the same rows, to the bit, as inside the whole exam: a node's figures depend on
 * its candidates only. What compares it with others (ranks, gap at the top, lines of the root) is left out.
 */
#include "outcome.h"
#include "random_exam.h"
#include "tree.h"

#include <criterion/criterion.h>
#include <string.h>

#include "support/quiet.h"

static bool compares_with_others(const char *column, bool is_county) {
  static const char *const always[] = {"rank_root", "n_root"};
  static const char *const at_the_top[] = {"gap", "rank_parent", "n_parent"};
  for (size_t i = 0; i < 2; i++) {
    if (strcmp(column, always[i]) == 0) return true;
  }
  for (size_t i = 0; i < 3 && is_county; i++) {
    if (strcmp(column, at_the_top[i]) == 0) return true;
  }
  return false;
}

static void expect_same_rows(const outcome *whole, const tree *t, const outcome *part, const tree *u,
                             const char *name) {
  arranged a = arrange(t, whole, name);
  arranged b = arrange(u, part, name);
  cr_assert_eq(a.places, b.places);
  for (size_t node = 0; node < u->nodes; node++) {
    if (u->level[node] < 2) continue; /* province and city have lost their other counties */
    size_t same_node = (size_t)tree_find(t, u->path[node]);
    for (size_t place = 0; place < b.places; place++) {
      size_t in_part = b.row[place * u->nodes + node];
      size_t in_whole = a.row[place * t->nodes + same_node];
      quiet_assert((in_part == SIZE_MAX) == (in_whole == SIZE_MAX), "%s: a row on one side only", name);
      if (in_part == SIZE_MAX) continue;
      for (size_t c = 0; c < wuji_table_columns(b.table); c++) {
        wuji_column_view column = wuji_table_column(b.table, c);
        if (compares_with_others(column.name, u->level[node] == 2)) continue;
        quiet_expect(same_cell(wuji_table_column(a.table, c), in_whole, column, in_part, 1), "%s.%s of %s",
                     name, column.name, row_name(b.table, in_part));
      }
    }
  }
  arranged_free(&a);
  arranged_free(&b);
}

Test(part_alone, a_county_alone_has_the_figures_it_has_in_the_whole, .timeout = 600) {
  for (uint64_t seed = 1; seed <= 12; seed++) {
    random_exam *exam = random_exam_make(seed);
    test_folder all = test_folder_make();
    test_folder one = test_folder_make();
    random_exam_write(exam, &(dress){0}, &all);
    random_exam_write(exam, &(dress){.county = "\"quoted\" 县0"}, &one);
    outcome whole = outcome_of(all.path, 2);
    outcome part = outcome_of(one.path, 2);
    tree t = tree_of(&whole);
    tree u = tree_of(&part);
    static const char *const tables[] = {"paper_stat",  "item_stat",  "segment_stat", "point_stat",
                                         "option_stat", "item_curve", "option_curve"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
      expect_same_rows(&whole, &t, &part, &u, tables[i]);
    tree_free(&t);
    tree_free(&u);
    outcome_close(&whole);
    outcome_close(&part);
    test_folder_remove(&all);
    test_folder_remove(&one);
    random_exam_free(exam);
  }
}
