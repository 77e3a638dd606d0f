#include "naive.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

/* NULL: the total. */
static const wuji_paper *paper_of(const wuji_cohort *cohort, uint32_t sheet) {
  cr_assert_not_null(cohort->papers);
  return sheet < cohort->paper_count ? &cohort->papers[sheet] : NULL;
}

static int64_t mark_of(const wuji_paper *paper, uint32_t row, uint32_t item, bool *blank) {
  uint32_t mark = wuji_paper_mark(paper, row, item);
  *blank = mark == wuji_mark_code(paper->width, WUJI_CODE_BLANK);
  return *blank ? 0 : (int64_t)mark * (100 / paper->units);
}

static int64_t paper_score(const wuji_paper *paper, uint32_t row) {
  int64_t sum = 0;
  bool blank;
  for (uint32_t i = 0; i < paper->item_count; i++) sum += mark_of(paper, row, i, &blank);
  return paper->status[row] == WUJI_PRESENT ? sum : 0;
}

wuji_attendance naive_score(const wuji_cohort *cohort, uint32_t sheet, uint32_t row, int64_t *score) {
  const wuji_paper *paper = paper_of(cohort, sheet);
  *score = 0;
  if (paper != NULL) {
    *score = paper_score(paper, row);
    return (wuji_attendance)paper->status[row];
  }
  int present = 0;
  int absent = 0;
  int voids = 0;
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    if (!cohort->papers[p].in_total) continue;
    present += cohort->papers[p].status[row] == WUJI_PRESENT;
    absent += cohort->papers[p].status[row] == WUJI_ABSENT;
    voids += cohort->papers[p].status[row] == WUJI_VOID;
    *score += paper_score(&cohort->papers[p], row);
  }
  if (present + absent + voids == 0) return WUJI_NOT_TAKEN;
  bool excluded = cohort->plan.absent == WUJI_ABSENT_EXCLUDE && absent + voids > 0;
  if (present > 0 && !excluded) return WUJI_PRESENT;
  *score = 0;
  return voids > 0 ? WUJI_VOID : WUJI_ABSENT;
}

static int32_t class_on(const wuji_cohort *cohort, uint32_t sheet, uint32_t row) {
  const wuji_paper *paper = paper_of(cohort, sheet);
  return paper != NULL && paper->class_node != NULL ? paper->class_node[row] : cohort->own_class[row];
}

bool naive_on_sheet(const wuji_cohort *cohort, uint32_t sheet, int32_t node) {
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    if (class_on(cohort, sheet, row) == node) return true;
    for (int32_t n = cohort->own_class[row]; n >= 0; n = cohort->nodes[n].parent) {
      if (n == node) return true;
    }
  }
  return false;
}

void naive_members(const wuji_cohort *cohort, uint32_t sheet, int32_t node, naive_group *group) {
  group->n = group->absent = group->void_count = 0;
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    int32_t at = class_on(cohort, sheet, row);
    while (at >= 0 && at != node) at = cohort->nodes[at].parent;
    if (at != node || !cohort->counted[row]) continue;
    int64_t score;
    wuji_attendance status = naive_score(cohort, sheet, row, &score);
    group->absent += status == WUJI_ABSENT;
    group->void_count += status == WUJI_VOID;
    if (status != WUJI_PRESENT) continue;
    group->row[group->n] = row;
    group->score[group->n++] = score;
  }
}

wuji_decimal naive_full(const wuji_cohort *cohort, uint32_t sheet) {
  const wuji_paper *paper = paper_of(cohort, sheet);
  if (paper != NULL) return (wuji_decimal){(int64_t)paper->full * (100 / paper->units), 100};
  if (cohort->plan.total_full.den != 0) return cohort->plan.total_full;
  int64_t largest = 0;
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    int64_t sum = 0;
    for (uint32_t p = 0; p < cohort->paper_count; p++) {
      const wuji_paper *q = &cohort->papers[p];
      if (q->in_total && q->status[row] != WUJI_NOT_TAKEN) sum += (int64_t)q->full * (100 / q->units);
    }
    if (cohort->counted[row] && sum > largest) largest = sum;
  }
  return (wuji_decimal){largest, 100};
}

static int ascending(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a;
  int64_t y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static double mean_of(const int64_t *x, uint32_t n) {
  double sum = 0;
  for (uint32_t i = 0; i < n; i++) sum += (double)x[i];
  return sum / n;
}

/* Mean of (x − mean)^power. */
static double moment(const int64_t *x, uint32_t n, int power) {
  double mean = mean_of(x, n);
  double sum = 0;
  for (uint32_t i = 0; i < n; i++) sum += pow((double)x[i] - mean, power);
  return sum / n;
}

static bool constant(const int64_t *x, uint32_t n) {
  for (uint32_t i = 1; i < n; i++) {
    if (x[i] != x[0]) return false;
  }
  return true;
}

static double correlation(const int64_t *x, const int64_t *y, uint32_t n) {
  double mx = mean_of(x, n);
  double my = mean_of(y, n);
  double xy = 0;
  if (n == 0 || constant(x, n) || constant(y, n)) return NAN;
  for (uint32_t i = 0; i < n; i++) xy += ((double)x[i] - mx) * ((double)y[i] - my);
  return xy / n / sqrt(moment(x, n, 2) * moment(y, n, 2));
}

static double quantile(const int64_t *sorted, uint32_t n, double q) {
  double place = (n - 1) * q;
  uint32_t low = (uint32_t)floor(place);
  uint32_t high = low + 1 < n ? low + 1 : low;
  return (double)sorted[low] + (place - low) * (double)(sorted[high] - sorted[low]);
}

static double share_at(const naive_group *g, wuji_decimal rate, wuji_decimal full, bool below) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < g->n; i++) {
    bool at = (__int128)g->score[i] * rate.den * full.den >= (__int128)rate.num * full.num * 100;
    count += at != below;
  }
  return (double)count / g->n;
}

/* Difference of the means of `x` in the 27 % groups by score, hundredths. */
static double discrimination(const naive_group *g, const int64_t *x) {
  if (g->n < 4) return NAN;
  double k = floor(0.27 * g->n + 0.5 + 1e-9);
  int64_t sorted[NAIVE_MOST];
  memcpy(sorted, g->score, g->n * sizeof *sorted);
  qsort(sorted, g->n, sizeof *sorted, ascending);
  double means[2];
  for (int side = 0; side < 2; side++) {
    int64_t edge = side == 0 ? sorted[g->n - (uint32_t)k] : sorted[(uint32_t)k - 1];
    double beyond = 0;
    double at = 0;
    double sum = 0;
    for (uint32_t i = 0; i < g->n; i++) {
      beyond += side == 0 ? g->score[i] > edge : g->score[i] < edge;
      at += g->score[i] == edge;
    }
    for (uint32_t i = 0; i < g->n; i++) {
      bool is_beyond = side == 0 ? g->score[i] > edge : g->score[i] < edge;
      double weight = is_beyond ? 1.0 : g->score[i] == edge ? (k - beyond) / at : 0.0;
      sum += weight * (double)x[i];
    }
    means[side] = sum / k;
  }
  return means[0] - means[1];
}

static void item_marks(const wuji_paper *paper, const naive_group *g, uint32_t item, int64_t *x) {
  bool blank;
  for (uint32_t i = 0; i < g->n; i++) x[i] = mark_of(paper, g->row[i], item, &blank);
}

/* Cronbach's alpha of parts whose marks are x[part][candidate], against `sum` (their sum). */
static double alpha_of(int64_t (*x)[NAIVE_MOST], uint32_t parts, const int64_t *sum, uint32_t n) {
  double of_parts = 0;
  double k = 0;
  for (uint32_t p = 0; p < parts; p++) {
    if (constant(x[p], n)) continue;
    of_parts += moment(x[p], n, 2);
    k++;
  }
  if (k < 2 || constant(sum, n)) return NAN;
  return k / (k - 1) * (1 - of_parts / moment(sum, n, 2));
}

enum { MOST_PARTS = 64 };

static double paper_alpha(const wuji_paper *paper, const naive_group *g, uint32_t without) {
  static int64_t x[MOST_PARTS][NAIVE_MOST];
  int64_t sum[NAIVE_MOST] = {0};
  uint32_t parts = 0;
  for (uint32_t i = 0; i < paper->item_count; i++) {
    if (i == without) continue;
    item_marks(paper, g, i, x[parts]);
    for (uint32_t c = 0; c < g->n; c++) sum[c] += x[parts][c];
    parts++;
  }
  return alpha_of(x, parts, sum, g->n);
}

static double total_alpha(const wuji_cohort *cohort, const naive_group *g) {
  static int64_t x[MOST_PARTS][NAIVE_MOST];
  uint32_t parts = 0;
  for (uint32_t p = 0; p < cohort->paper_count; p++) {
    const wuji_paper *paper = &cohort->papers[p];
    if (!paper->in_total) continue;
    for (uint32_t c = 0; c < g->n; c++) {
      bool first_takes = paper->status[g->row[0]] != WUJI_NOT_TAKEN;
      if ((paper->status[g->row[c]] != WUJI_NOT_TAKEN) != first_takes) return NAN;
      x[parts][c] = paper_score(paper, g->row[c]);
    }
    parts++;
  }
  return alpha_of(x, parts, g->score, g->n);
}

static double split_half(const wuji_paper *paper, const naive_group *g) {
  int64_t half[2][NAIVE_MOST] = {{0}};
  int64_t x[NAIVE_MOST];
  for (uint32_t i = 0; i < paper->item_count; i++) {
    item_marks(paper, g, i, x);
    for (uint32_t c = 0; c < g->n; c++) half[i % 2][c] += x[c];
  }
  double r = correlation(half[0], half[1], g->n);
  return fabs(r + 1) < 1e-12 ? NAN : 2 * r / (1 + r);
}

naive_paper naive_paper_stat(const wuji_cohort *cohort, uint32_t sheet, const naive_group *g) {
  naive_paper s = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
  const wuji_paper *paper = paper_of(cohort, sheet);
  const wuji_plan *plan = &cohort->plan;
  wuji_decimal full = naive_full(cohort, sheet);
  int64_t sorted[NAIVE_MOST];
  if (g->n == 0) return s;
  memcpy(sorted, g->score, g->n * sizeof *sorted);
  qsort(sorted, g->n, sizeof *sorted, ascending);
  s.mean = mean_of(g->score, g->n) / 100;
  s.min = (double)sorted[0] / 100;
  s.max = (double)sorted[g->n - 1] / 100;
  s.p25 = quantile(sorted, g->n, 0.25) / 100;
  s.median = quantile(sorted, g->n, 0.5) / 100;
  s.p75 = quantile(sorted, g->n, 0.75) / 100;
  s.score_rate = s.mean / wuji_decimal_real(full);
  s.excellent = share_at(g, plan->excellent, full, false);
  s.good = share_at(g, plan->good, full, false);
  s.pass = share_at(g, plan->pass, full, false);
  s.low = share_at(g, plan->low, full, true);
  s.alpha = paper != NULL ? paper_alpha(paper, g, UINT32_MAX) : total_alpha(cohort, g);
  if (paper != NULL) s.split_half = split_half(paper, g);
  s.discrimination = discrimination(g, g->score) / 100 / wuji_decimal_real(full);
  if (g->n < 2) return s;
  double m2 = moment(g->score, g->n, 2);
  s.sd = sqrt(m2 * g->n / (g->n - 1)) / 100;
  s.sem = s.sd * sqrt(fmax(0.0, 1 - s.alpha));
  if (isnan(s.alpha)) s.sem = NAN;
  if (constant(g->score, g->n)) {
    s.sd = 0;
    return s;
  }
  s.skewness = moment(g->score, g->n, 3) / pow(m2, 1.5);
  s.kurtosis = moment(g->score, g->n, 4) / (m2 * m2) - 3;
  return s;
}

naive_item naive_item_stat(const wuji_cohort *cohort, uint32_t paper_index, uint32_t item,
                           const naive_group *g) {
  naive_item s = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
  const wuji_paper *paper = &cohort->papers[paper_index];
  int64_t hundredths = (int64_t)paper->items[item].max * (100 / paper->units);
  double max = (double)hundredths;
  int64_t x[NAIVE_MOST];
  int64_t rest[NAIVE_MOST];
  double full = 0;
  double zero = 0;
  double blanks = 0;
  if (g->n == 0) return s;
  for (uint32_t c = 0; c < g->n; c++) {
    bool blank;
    x[c] = mark_of(paper, g->row[c], item, &blank);
    rest[c] = g->score[c] - x[c];
    full += !blank && (double)x[c] == max;
    zero += !blank && x[c] == 0;
    blanks += blank;
  }
  s.mean = mean_of(x, g->n) / 100;
  if (g->n >= 2) s.sd = constant(x, g->n) ? 0 : sqrt(moment(x, g->n, 2) * g->n / (g->n - 1)) / 100;
  s.difficulty = s.mean * 100 / max;
  s.discrimination = discrimination(g, x) / max;
  s.r_total = correlation(x, g->score, g->n);
  s.r_rest = correlation(x, rest, g->n);
  s.alpha_drop = paper_alpha(paper, g, item);
  s.full = full / g->n;
  s.zero = zero / g->n;
  s.blank = blanks / g->n;
  return s;
}

/* The line on the total of a root, as a fraction of hundredths; false: there is none. */
static bool line_of(const wuji_cohort *cohort, const wuji_line_plan *line, const naive_group *g,
                    __int128 *num, __int128 *den) {
  int64_t sorted[NAIVE_MOST];
  *num = (__int128)line->value.num * 100;
  *den = line->value.den;
  (void)cohort;
  if (line->kind == WUJI_LINE_SCORE) return true;
  if (g->n == 0) return false;
  memcpy(sorted, g->score, g->n * sizeof *sorted);
  qsort(sorted, g->n, sizeof *sorted, ascending);
  uint32_t place = 0;
  while ((__int128)place * line->value.den < (__int128)line->value.num * g->n) place++;
  *num = sorted[g->n - place];
  *den = 1;
  return true;
}

naive_line naive_line_stat(const wuji_cohort *cohort, uint32_t line_index, uint32_t sheet, int32_t node) {
  static naive_group root, group;
  const wuji_line_plan *line = &cohort->plan.lines[line_index];
  uint32_t total = cohort->paper_count;
  naive_line s = {NAN, 0, 0, NAN, 0, NAN, NAN};
  __int128 num;
  __int128 den;
  naive_members(cohort, total, cohort->nodes[node].root, &root);
  bool exists = line_of(cohort, line, &root, &num, &den);
  bool is_total = sheet == total;
  __int128 e_num = num; /* effective score, hundredths */
  __int128 e_den = den;
  bool effective = exists;
  if (!is_total) {
    int64_t all = 0;
    int64_t all_sum = 0;
    int64_t here = 0;
    int64_t here_sum = 0;
    for (uint32_t i = 0; exists && i < root.n; i++) {
      int64_t score;
      if ((__int128)root.score[i] * den < num) continue;
      all++;
      all_sum += root.score[i];
      if (naive_score(cohort, sheet, root.row[i], &score) != WUJI_PRESENT) continue;
      here++;
      here_sum += score;
    }
    effective = exists && here > 0 && all_sum > 0;
    if (effective) {
      e_num = num * all * here_sum;
      e_den = den * all_sum * here;
    }
  }
  if (effective) s.line_mark = (double)e_num / (double)e_den / 100;
  naive_members(cohort, sheet, node, &group);
  double passed = 0;
  for (uint32_t i = 0; i < group.n; i++) {
    int64_t score;
    if (naive_score(cohort, total, group.row[i], &score) != WUJI_PRESENT) continue;
    bool pass = exists && (__int128)score * den >= num;
    bool reach = effective && (__int128)group.score[i] * e_den >= e_num;
    s.n++;
    s.reached += reach;
    s.both += reach && pass;
    passed += pass;
  }
  if (s.n > 0) s.rate = s.reached / s.n;
  if (s.reached > 0) s.hit_rate = s.both / s.reached;
  if (passed > 0) s.contribution_rate = s.both / passed;
  if (is_total) s.both = s.hit_rate = s.contribution_rate = NAN;
  return s;
}

naive_band naive_band_stat(const wuji_cohort *cohort, uint32_t sheet, int32_t node, uint32_t top) {
  static naive_group here, root;
  naive_band s = {0, NAN};
  naive_members(cohort, sheet, node, &here);
  naive_members(cohort, sheet, cohort->nodes[node].root, &root);
  for (uint32_t i = 0; i < here.n; i++) {
    uint32_t above = 0;
    for (uint32_t j = 0; j < root.n; j++) above += root.score[j] > here.score[i];
    s.n += above < top;
  }
  if (here.n > 0) s.share = s.n / here.n;
  return s;
}

/* The item's `place`-th mention of that aspect; false when it has no such. */
static bool mentions(const wuji_item *item, const char *aspect, uint32_t place, wuji_str *name) {
  *name = WUJI_NO_STR;
  if (strcmp(aspect, "kind") == 0) {
    if (item->kind == WUJI_OBJECTIVE) *name = wuji_str_of("objective");
    if (item->kind == WUJI_SUBJECTIVE) *name = wuji_str_of("subjective");
    return place == 0 && name->ptr != NULL;
  }
  if (strcmp(aspect, "ability") == 0) {
    *name = item->ability;
    return place == 0 && name->ptr != NULL;
  }
  const char *at = item->points.ptr;
  const char *end = at + item->points.len;
  for (; at != NULL && at < end; place--) {
    const char *stop = at;
    while (stop < end && *stop != ';') stop++;
    *name = (wuji_str){at, (uint32_t)(stop - at)};
    if (place == 0) return true;
    at = stop + 1;
  }
  return false;
}

static bool has_value(const wuji_item *item, const naive_value *value) {
  wuji_str name;
  for (uint32_t place = 0; mentions(item, value->aspect, place, &name); place++) {
    if (wuji_str_equal(name, value->name)) return true;
  }
  return false;
}

uint32_t naive_values(const wuji_paper *paper, naive_value values[NAIVE_MOST_VALUES]) {
  static const char *const aspects[] = {"point", "ability", "kind"};
  uint32_t count = 0;
  for (uint32_t a = 0; a < 3; a++) {
    for (uint32_t i = 0; i < paper->item_count; i++) {
      naive_value value = {.aspect = aspects[a]};
      for (uint32_t place = 0; mentions(&paper->items[i], aspects[a], place, &value.name); place++) {
        bool known = false;
        for (uint32_t v = 0; v < count; v++) {
          known |= values[v].aspect == value.aspect && wuji_str_equal(values[v].name, value.name);
        }
        if (!known) values[count++] = value;
      }
    }
  }
  return count;
}

naive_point naive_point_stat(const wuji_cohort *cohort, uint32_t index, const naive_value *value,
                             const naive_group *g) {
  const wuji_paper *paper = paper_of(cohort, index);
  naive_point s = {0, 0, NAN, NAN, NAN};
  int64_t y[NAIVE_MOST] = {0};
  for (uint32_t i = 0; i < paper->item_count; i++) {
    if (!has_value(&paper->items[i], value)) continue;
    int64_t x[NAIVE_MOST];
    item_marks(paper, g, i, x);
    for (uint32_t c = 0; c < g->n; c++) y[c] += x[c];
    s.items++;
    s.full_mark += (double)paper->items[i].max / paper->units;
  }
  if (g->n > 0) s.mean = mean_of(y, g->n) / 100;
  if (g->n > 0) s.score_rate = s.mean / s.full_mark;
  if (g->n > 1) s.sd = sqrt(moment(y, g->n, 2) * g->n / (g->n - 1)) / 100;
  return s;
}

static int64_t mark_or_blank(const wuji_paper *paper, uint32_t row, uint32_t item) {
  bool blank;
  int64_t mark = mark_of(paper, row, item, &blank);
  return blank ? -1 : mark;
}

static int ascending_blank_last(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a;
  int64_t y = *(const int64_t *)b;
  return x < 0 || y < 0 ? (x < 0) - (y < 0) : (x > y) - (x < y);
}

uint32_t naive_marks(const wuji_cohort *cohort, uint32_t index, uint32_t item,
                     int64_t marks[NAIVE_MOST + 1]) {
  const wuji_paper *paper = paper_of(cohort, index);
  uint32_t count = 0;
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    if (!cohort->counted[row] || paper->status[row] != WUJI_PRESENT) continue;
    int64_t mark = mark_or_blank(paper, row, item);
    bool known = false;
    for (uint32_t m = 0; m < count; m++) known |= marks[m] == mark;
    if (!known) marks[count++] = mark;
  }
  qsort(marks, count, sizeof *marks, ascending_blank_last);
  return count;
}

uint32_t naive_mark_count(const wuji_cohort *cohort, uint32_t index, uint32_t item, int64_t mark,
                          const naive_group *g) {
  const wuji_paper *paper = paper_of(cohort, index);
  uint32_t count = 0;
  for (uint32_t c = 0; c < g->n; c++) count += mark_or_blank(paper, g->row[c], item) == mark;
  return count;
}
