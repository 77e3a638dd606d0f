#include "stats/lines.h"

#include "base/threads.h"

#include <math.h>
#include <stdlib.h>

/* Those of a root who reached a line. */
typedef struct reachers {
  uint64_t count;
  uint64_t sum; /* of their totals, or of their marks on a paper: units of that sheet */
} reachers;

static __int128 common_divisor(__int128 a, __int128 b) {
  while (b != 0) {
    __int128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

static wuji_line_mark mark_of(__int128 num, __int128 den, uint32_t units) {
  __int128 divisor = common_divisor(num, den);
  num /= divisor;
  den /= divisor;
  return (wuji_line_mark){.exists = true,
                          .num = num,
                          .den = den,
                          .least = wuji_least_units(num, den),
                          .mark = (double)num / ((double)den * (double)units)};
}

static wuji_line_mark no_mark(void) {
  return (wuji_line_mark){.den = 1, .least = UINT32_MAX, .mark = NAN};
}

/* The total of the ceil(share·n)-th candidate from the top; share in (0, 1], n > 0. */
static uint32_t total_at_share(const uint32_t *histogram, uint32_t bins, uint32_t n, wuji_decimal share) {
  uint64_t place = (uint64_t)(((__int128)share.num * n + share.den - 1) / share.den);
  uint64_t reached = 0;
  uint32_t total = bins;
  while (total > 0 && reached < place) reached += histogram[--total];
  return total;
}

static wuji_line_mark line_on_total(const wuji_sheet *total, const wuji_line_plan *line,
                                    const uint32_t *histogram, uint32_t n) {
  if (line->kind == WUJI_LINE_SCORE) {
    wuji_line_mark mark = mark_of((__int128)line->value.num * total->units, line->value.den, total->units);
    mark.mark = wuji_decimal_real(line->value);
    return mark;
  }
  if (n == 0) return no_mark();
  return mark_of(total_at_share(histogram, total->bins, n, line->value), 1, total->units);
}

/* Effective score of a paper: c·(mean of its takers who reached), c = line/(mean total of all who reached).
 */
static wuji_line_mark effective_score(const wuji_line_mark *line, reachers of_total, reachers of_paper,
                                      uint32_t units) {
  if (!line->exists || of_paper.count == 0 || of_total.sum == 0) return no_mark();
  return mark_of(line->num * of_total.count * of_paper.sum, line->den * of_total.sum * of_paper.count, units);
}

typedef struct lines_job {
  wuji_analysis *analysis;
  const wuji_sheet_result *total;
  reachers *of_total; /* line × root */
} lines_job;

/* Row by row over a root's candidates with a total who are also present on `sheet`. */
static reachers reach(const wuji_sheet *sheet, const wuji_sheet *total, wuji_slice rows, uint32_t least) {
  reachers r = {0};
  for (uint32_t row = rows.row0; row < rows.row1; row++) {
    if (!wuji_sheet_present(total, row) || sheet->status[row] != WUJI_PRESENT) continue;
    if ((uint32_t)total->raw[row] < least) continue;
    r.count++;
    r.sum += (uint64_t)sheet->raw[row];
  }
  return r;
}

static wuji_status mark_total(lines_job *job, wuji_error *error) {
  wuji_analysis *a = job->analysis;
  const wuji_cohort *cohort = a->cohort;
  const wuji_sheet *total = &job->total->sheet;
  uint32_t *histogram = malloc(total->bins * sizeof *histogram);
  if (histogram == NULL) return wuji_fail_memory(error);
  for (uint32_t root = 0; root < a->root_count; root++) {
    wuji_slice rows = cohort->nodes[a->roots[root]].rows;
    memset(histogram, 0, total->bins * sizeof *histogram);
    for (uint32_t row = rows.row0; row < rows.row1; row++) {
      if (wuji_sheet_present(total, row)) histogram[total->raw[row]]++;
    }
    for (uint32_t line = 0; line < cohort->plan.line_count; line++) {
      size_t at = (size_t)line * a->root_count + root;
      wuji_line_mark *mark = &job->total->line_marks[at];
      *mark = line_on_total(total, &cohort->plan.lines[line], histogram, job->total->nodes[a->roots[root]].n);
      job->of_total[at] = reach(total, total, rows, mark->least);
    }
  }
  free(histogram);
  return WUJI_OK;
}

static void mark_paper(const lines_job *job, const wuji_sheet_result *paper) {
  const wuji_analysis *a = job->analysis;
  for (uint32_t line = 0; line < a->cohort->plan.line_count; line++) {
    for (uint32_t root = 0; root < a->root_count; root++) {
      size_t at = (size_t)line * a->root_count + root;
      const wuji_line_mark *mark = &job->total->line_marks[at];
      wuji_slice rows = a->cohort->nodes[a->roots[root]].rows;
      reachers of_paper = reach(&paper->sheet, &job->total->sheet, rows, mark->least);
      paper->line_marks[at] = effective_score(mark, job->of_total[at], of_paper, paper->sheet.units);
    }
  }
}

/* Counts at the candidates' classes; then each node adds itself to its parent, which precedes it. */
static void count_nodes(const lines_job *job, const wuji_sheet_result *paper) {
  const wuji_analysis *a = job->analysis;
  const wuji_cohort *cohort = a->cohort;
  const wuji_sheet *total = &job->total->sheet;
  uint32_t lines = cohort->plan.line_count;
  bool is_total = paper->sheet.paper == NULL;
  for (uint32_t row = 0; row < cohort->row_count; row++) {
    if (!wuji_sheet_present(total, row) || paper->sheet.status[row] != WUJI_PRESENT) continue;
    int32_t node = wuji_class_on_paper(cohort, paper->sheet.paper, row);
    wuji_line_count *counts = &paper->line_counts[(size_t)node * lines];
    paper->line_n[node]++;
    for (uint32_t line = 0; line < lines; line++) {
      size_t at = (size_t)line * a->root_count + a->root_of_node[node];
      bool reached = (uint32_t)paper->sheet.raw[row] >= paper->line_marks[at].least;
      bool passed = !is_total && (uint32_t)total->raw[row] >= job->total->line_marks[at].least;
      counts[line].reached += reached;
      counts[line].passed += passed;
      counts[line].both += reached && passed;
    }
  }
  for (int32_t node = cohort->node_count - 1; node >= 0; node--) {
    int32_t parent = cohort->nodes[node].parent;
    if (parent < 0) continue;
    paper->line_n[parent] += paper->line_n[node];
    for (uint32_t line = 0; line < lines; line++) {
      const wuji_line_count *from = &paper->line_counts[(size_t)node * lines + line];
      wuji_line_count *into = &paper->line_counts[(size_t)parent * lines + line];
      into->reached += from->reached;
      into->both += from->both;
      into->passed += from->passed;
    }
  }
}

static wuji_status do_sheet(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  (void)error;
  const lines_job *job = context;
  const wuji_sheet_result *paper = &job->analysis->sheets[task];
  if (paper->line_marks == NULL) return WUJI_OK;
  if (paper->sheet.paper != NULL) mark_paper(job, paper);
  count_nodes(job, paper);
  return WUJI_OK;
}

wuji_status wuji_lines(wuji_analysis *analysis, uint32_t threads, wuji_error *error) {
  wuji_status status = WUJI_OK;
  const wuji_cohort *cohort = analysis->cohort;
  size_t marks = (size_t)cohort->plan.line_count * analysis->root_count;
  size_t nodes = (size_t)cohort->node_count;
  lines_job job = {.analysis = analysis, .total = wuji_analysis_total(analysis)};
  job.of_total = calloc(marks + 1, sizeof *job.of_total);
  if (job.of_total == NULL) WUJI_TRY(wuji_fail_memory(error));
  for (uint32_t s = 0; s < analysis->sheet_count; s++) {
    wuji_sheet_result *r = &analysis->sheets[s];
    if (r->sheet.paper != NULL && !r->sheet.in_total) continue;
    r->line_marks = wuji_arena_array(&analysis->arena, marks, sizeof *r->line_marks);
    r->line_counts =
        wuji_arena_array(&analysis->arena, nodes * cohort->plan.line_count, sizeof *r->line_counts);
    r->line_n = wuji_arena_array(&analysis->arena, nodes, sizeof *r->line_n);
    if (r->line_marks == NULL || r->line_counts == NULL || r->line_n == NULL)
      WUJI_TRY(wuji_fail_memory(error));
  }
  WUJI_TRY(mark_total(&job, error));
  WUJI_TRY(wuji_parallel(threads, analysis->sheet_count, do_sheet, &job, error));
done:
  free(job.of_total);
  return status;
}
