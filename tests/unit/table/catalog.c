/* The catalogue against what docs/tables.md promises: these lists are written out on purpose. */
#include "table/table.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "support/package_maker.h"

static const struct {
  const char *table;
  const char *columns;
} promised[] = {
    {"exam", "exam, name, date, candidates, run, published_at"},
    {"paper", "exam, paper, name, full_mark, in_total, step, items"},
    {"item", "exam, paper, item, ordinal, max_mark, kind, key, points, ability, planned_difficulty"},
    {"line", "exam, root, line, score, share, line_mark"},
    {"student", "exam, student_id, person_id, name, sex, node, counted, attributes"},
    {"node", "exam, level, node, parent, name, candidates"},
    {"paper_stat", "exam, paper, level, node, n, absent, void, full_mark, mean, sd, min, p25, median, p75, "
                   "max, score_rate, "
                   "excellent, good, pass, low, skewness, kurtosis, alpha, split_half, sem, discrimination, "
                   "rank_root, n_root, "
                   "rank_parent, n_parent, gap"},
    {"item_stat",
     "exam, paper, item, level, node, n, max_mark, mean, sd, difficulty, discrimination, r_total, r_rest, "
     "alpha_drop, full, zero, blank"},
    {"option_stat",
     "exam, paper, item, option, level, node, is_key, n, chosen, share, share_top, share_bottom, "
     "r_total, mean_total"},
    {"mark_stat", "exam, paper, item, level, node, mark, n, share"},
    {"item_curve", "exam, paper, item, level, node, fifth, weight, mean_total, mean"},
    {"option_curve", "exam, paper, item, option, level, node, fifth, share"},
    {"point_stat", "exam, paper, aspect, value, level, node, n, items, full_mark, mean, score_rate, sd, gap"},
    {"segment_stat", "exam, paper, level, node, lo, hi, n, share, n_at_or_above"},
    {"band_stat", "exam, paper, level, node, top, n, share"},
    {"line_stat",
     "exam, line, paper, level, node, line_mark, n, reached, rate, both, hit_rate, contribution_rate"},
    {"student_score",
     "exam, paper, student_id, school, node, status, raw, scaled, z, t, teacher, rank_class, "
     "rank_school, rank_county, rank_city, rank_province, pct_class, pct_school, pct_county, pct_city, "
     "pct_province, n_class, n_school, n_county, n_city, n_province"},
    {"item_score", "exam, paper, item, student_id, mark, option"},
    {"node_growth",
     "exam, outcome, model, level, node, n, coverage, intake, own, own_se, effect, se, lo95, hi95, "
     "effect_sd, median_sgp, rank_lo95, rank_hi95"},
    {"growth_fit", "exam, root, outcome, model, part, term, estimate, se"},
    {"growth_check", "exam, root, outcome, model, check, key, value"},
    {"student_growth", "exam, outcome, student_id, node, expected, residual, sgp, sgp_order"},
};

enum { PROMISED = sizeof promised / sizeof *promised };

/** The columns of a table, joined like the list above; to be freed. */
static char *joined(const wuji_table_def *def) {
  test_text text = {0};
  for (uint32_t c = 0; c < def->column_count; c++)
    test_add(&text, "%s%s", c > 0 ? ", " : "", def->columns[c].name);
  return text.bytes;
}

Test(catalog, diagnostic_tables_are_those_promised_column_for_column) {
  for (size_t t = 0; t < PROMISED; t++) {
    cr_assert_str_eq(wuji_catalog[t].name, promised[t].table);
    cr_assert(wuji_catalog[t].diagnostic);
    cr_assert_eq(wuji_catalog_find(promised[t].table), &wuji_catalog[t]);
    char *columns = joined(&wuji_catalog[t]);
    cr_expect_str_eq(columns, promised[t].columns);
    free(columns);
  }
}

Test(catalog, names_are_unique_and_columns_fit_a_batch) {
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL; def++) {
    cr_expect_gt(def->column_count, 0);
    cr_expect_leq(def->column_count, WUJI_MOST_COLUMNS);
    for (const wuji_table_def *other = wuji_catalog; other < def; other++) {
      cr_expect(other->diagnostic != def->diagnostic || strcmp(other->name, def->name) != 0, "%s", def->name);
    }
    for (uint32_t c = 0; c < def->column_count; c++) {
      for (uint32_t d = 0; d < c; d++) cr_expect_str_neq(def->columns[c].name, def->columns[d].name);
    }
  }
}

Test(catalog, diagnostic_tables_begin_with_the_exam_stored_ones_with_the_run) {
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL; def++) {
    cr_expect_str_eq(def->columns[0].name, def->diagnostic ? "exam" : "run");
    cr_expect_eq(def->columns[0].type, def->diagnostic ? WUJI_TEXT : WUJI_INT4);
  }
}

Test(catalog, packed_columns_stay_in_the_store) {
  for (const wuji_table_def *def = wuji_catalog; def->name != NULL; def++) {
    for (uint32_t c = 0; c < def->column_count; c++) {
      wuji_type type = def->columns[c].type;
      cr_expect(!def->diagnostic || (type != WUJI_BYTES && type != WUJI_REALS), "%s", def->name);
    }
  }
}

Test(catalog, an_unknown_table_is_not_found) {
  cr_expect_null(wuji_catalog_find("paper_stats"));
  cr_expect_null(wuji_catalog_find(""));
  cr_expect_null(wuji_catalog_find("candidate")); /* stored, not diagnostic */
  cr_expect_null(wuji_catalog_find_stored("student"));
  cr_expect_not_null(wuji_catalog_find_stored("candidate"));
}
