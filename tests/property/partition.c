/* Siblings partition their parent: whatever counts candidates adds up, level by level, and what is merged
 * from children is what the whole gives. */
#include "outcome.h"
#include "random_exam.h"
#include "tree.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/quiet.h"

enum { SEEDS = 15 };

static void on_random_exams(void (*check)(const outcome *o, const tree *t)) {
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    random_exam *exam = random_exam_make(seed);
    test_folder package = test_folder_make();
    random_exam_write(exam, &(dress){0}, &package);
    outcome o = outcome_of(package.path, 2);
    tree t = tree_of(&o);
    check(&o, &t);
    tree_free(&t);
    outcome_close(&o);
    test_folder_remove(&package);
    random_exam_free(exam);
  }
}

/* Counts */

/** Column `name` of the table: the value of each node whose children have rows is the sum of theirs. */
static void expect_sums(const arranged *a, const tree *t, const char *name) {
  wuji_column_view column = column_of(a->table, name);
  int64_t *sum = calloc(t->nodes, sizeof *sum);
  size_t *children = calloc(t->nodes, sizeof *children);
  for (size_t place = 0; place < a->places; place++) {
    const size_t *row = a->row + place * t->nodes;
    memset(sum, 0, t->nodes * sizeof *sum);
    memset(children, 0, t->nodes * sizeof *children);
    for (size_t n = 0; n < t->nodes; n++) {
      if (row[n] == SIZE_MAX || t->parent[n] < 0 || column.integer[row[n]] == INT64_MIN) continue;
      sum[t->parent[n]] += column.integer[row[n]];
      children[t->parent[n]]++;
    }
    for (size_t n = 0; n < t->nodes; n++) {
      if (row[n] == SIZE_MAX || children[n] == 0 || column.integer[row[n]] == INT64_MIN) continue;
      quiet_expect(column.integer[row[n]] == sum[n], "%s of %s: %lld, children %lld", name,
                   row_name(a->table, row[n]), (long long)column.integer[row[n]], (long long)sum[n]);
    }
  }
  free(sum);
  free(children);
}

static void check_counts(const outcome *o, const tree *t) {
  static const char *const tables[] = {"node",      "paper_stat", "item_stat", "segment_stat", "line_stat",
                                       "band_stat", "point_stat", "mark_stat", "option_stat"};
  static const char *const counts[][4] = {{"candidates"},
                                          {"n", "absent", "void"},
                                          {"n"},
                                          {"n", "n_at_or_above"},
                                          {"n", "reached", "both"},
                                          {"n"},
                                          {"n"},
                                          {"n"},
                                          {"n", "chosen"}};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    arranged a = arrange(t, o, tables[i]);
    for (size_t c = 0; c < 4 && counts[i][c] != NULL; c++) expect_sums(&a, t, counts[i][c]);
    arranged_free(&a);
  }
}

Test(partition, counts_of_siblings_add_up_to_their_parent, .timeout = 600) {
  on_random_exams(check_counts);
}

/* Rows */

/** Only a mere teaching class, no candidate's own, may lack a row: on papers that do not name it. */
static void check_rows(const outcome *o, const tree *t) {
  static const char *const tables[] = {"paper_stat", "item_stat",  "segment_stat", "line_stat",
                                       "band_stat",  "point_stat", "option_stat"};
  const wuji_table *students = outcome_table(o, "student");
  wuji_column_view own_class = column_of(students, "node");
  bool *own = calloc(t->nodes, sizeof *own);
  for (size_t row = 0; row < wuji_table_rows(students); row++) own[tree_find(t, own_class.text[row])] = true;
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    arranged a = arrange(t, o, tables[i]);
    for (size_t place = 0; place < a.places; place++) {
      for (size_t n = 0; n < t->nodes; n++) {
        bool may_lack = t->level[n] == 4 && !own[n];
        quiet_expect(may_lack || a.row[place * t->nodes + n] != SIZE_MAX, "%s lacks %.*s", tables[i],
                     (int)t->path[n].len, t->path[n].ptr);
      }
    }
    arranged_free(&a);
  }
  free(own);
}

Test(partition, every_node_but_a_mere_teaching_class_has_a_row_everywhere, .timeout = 600) {
  on_random_exams(check_rows);
}

/* Segments */

static void check_segments(const outcome *o, const tree *t) {
  arranged papers = arrange(t, o, "paper_stat");
  const wuji_table *segments = outcome_table(o, "segment_stat");
  wuji_column_view paper = column_of(segments, "paper");
  wuji_column_view node = column_of(segments, "node");
  wuji_column_view n = column_of(segments, "n");
  wuji_column_view above = column_of(segments, "n_at_or_above");
  wuji_column_view paper_n = column_of(papers.table, "n");
  wuji_column_view paper_code = column_of(papers.table, "paper");
  size_t rows = wuji_table_rows(segments);
  for (size_t row = 0; row < rows;) {
    int64_t sum = 0;
    size_t end = row;
    while (end < rows && same_text(node.text[end], node.text[row]) &&
           same_text(paper.text[end], paper.text[row])) {
      quiet_expect(above.integer[end] == above.integer[row] - sum, "%s", row_name(segments, end));
      sum += n.integer[end++];
    }
    int64_t expected = -1;
    size_t at = (size_t)tree_find(t, node.text[row]);
    for (size_t place = 0; place < papers.places; place++) {
      size_t other = papers.row[place * t->nodes + at];
      if (other != SIZE_MAX && same_text(paper_code.text[other], paper.text[row]))
        expected = paper_n.integer[other];
    }
    quiet_expect(sum == expected, "%s: segments hold %lld of %lld", row_name(segments, row), (long long)sum,
                 (long long)expected);
    row = end;
  }
  arranged_free(&papers);
}

Test(partition, segments_hold_every_present_candidate_once, .timeout = 600) {
  on_random_exams(check_segments);
}

/* Merging */

/** A share of `n` back to the count it came from. */
static double count_of(double share, int64_t n) {
  return n == 0 ? 0 : round(share * (double)n);
}

/** Means and shares of an inner node from its children's, weighted by n; extremes from theirs. */
static void check_merged(const outcome *o, const tree *t) {
  static const char *const tables[] = {"paper_stat", "item_stat"};
  static const char *const shares[][4] = {{"excellent", "good", "pass", "low"},
                                          {"full", "zero", "blank", "zero"}};
  for (size_t i = 0; i < 2; i++) {
    arranged a = arrange(t, o, tables[i]);
    wuji_column_view n = column_of(a.table, "n");
    wuji_column_view mean = column_of(a.table, "mean");
    for (size_t place = 0; place < a.places; place++) {
      const size_t *row = a.row + place * t->nodes;
      for (size_t parent = 0; parent < t->nodes; parent++) {
        if (t->level[parent] == 4 || n.integer[row[parent]] == 0) continue;
        double sum = 0;
        double counts[4] = {0};
        for (size_t child = 0; child < t->nodes; child++) {
          if (t->parent[child] != (int)parent || row[child] == SIZE_MAX || n.integer[row[child]] == 0)
            continue;
          sum += mean.real[row[child]] * (double)n.integer[row[child]];
          for (size_t s = 0; s < 4; s++) {
            counts[s] += count_of(column_of(a.table, shares[i][s]).real[row[child]], n.integer[row[child]]);
          }
        }
        double whole = mean.real[row[parent]] * (double)n.integer[row[parent]];
        quiet_expect(fabs(sum - whole) <= 1e-9 * (1 + whole), "mean of %s", row_name(a.table, row[parent]));
        for (size_t s = 0; s < 4; s++) {
          double count = count_of(column_of(a.table, shares[i][s]).real[row[parent]], n.integer[row[parent]]);
          quiet_expect(count == counts[s], "%s of %s", shares[i][s], row_name(a.table, row[parent]));
        }
      }
    }
    arranged_free(&a);
  }
}

Test(merge, means_and_shares_of_children_give_the_parent, .timeout = 600) {
  on_random_exams(check_merged);
}

static void check_extremes(const outcome *o, const tree *t) {
  arranged a = arrange(t, o, "paper_stat");
  wuji_column_view least = column_of(a.table, "min");
  wuji_column_view most = column_of(a.table, "max");
  for (size_t place = 0; place < a.places; place++) {
    const size_t *row = a.row + place * t->nodes;
    for (size_t parent = 0; parent < t->nodes; parent++) {
      if (t->level[parent] == 4) continue;
      double lowest = NAN;
      double highest = NAN;
      for (size_t child = 0; child < t->nodes; child++) {
        if (t->parent[child] != (int)parent || row[child] == SIZE_MAX) continue;
        lowest = fmin(lowest, least.real[row[child]]);
        highest = fmax(highest, most.real[row[child]]);
      }
      quiet_expect(same_real(least.real[row[parent]], lowest), "min of %s", row_name(a.table, row[parent]));
      quiet_expect(same_real(most.real[row[parent]], highest), "max of %s", row_name(a.table, row[parent]));
    }
  }
  arranged_free(&a);
}

Test(merge, extremes_of_children_give_those_of_the_parent, .timeout = 600) {
  on_random_exams(check_extremes);
}
