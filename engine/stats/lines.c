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

/* Of a share in (0, 1]: the total of the ceil(share·n)-th candidate from the top. */
static wuji_line_mark line_on_total(const wuji_sheet *total, const wuji_line_plan *line,
                                    const wuji_ladder *ladder, uint32_t n) {
  if (line->kind == WUJI_LINE_SCORE) {
    wuji_line_mark mark = mark_of((__int128)line->value.num * total->units, line->value.den, total->units);
    mark.mark = wuji_decimal_real(line->value);
    return mark;
  }
  if (n == 0) return no_mark();
  __int128 place = ((__int128)line->value.num * n + line->value.den - 1) / line->value.den;
  return mark_of(wuji_ladder_least(ladder, (uint32_t)place), 1, total->units);
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
  reachers *reached; /* sheet × line × root */
} lines_job;

/* Candidates with a total who are present on the sheet as well, as many as are looked at together. */
enum { CHUNK = 512 };

typedef struct chunk {
  uint32_t count;
  uint32_t raw[CHUNK], total[CHUNK]; /* on the sheet, on the total */
} chunk;

/* Takes the first positions of `rest`, in the order of `paper` (NULL: the rows'), and moves it on. */
static void take_chunk(chunk *c, const wuji_sheet *sheet, const wuji_sheet *total, const wuji_paper *paper,
                       wuji_slice *rest) {
  uint32_t end = rest->row1 - rest->row0 < CHUNK ? rest->row1 : rest->row0 + CHUNK;
  c->count = 0;
  for (uint32_t position = rest->row0; position < end; position++) {
    uint32_t row = wuji_paper_row(paper, position);
    c->raw[c->count] = (uint32_t)sheet->raw[row]; /* written in any case: no branch to mispredict */
    c->total[c->count] = (uint32_t)total->raw[row];
    c->count +=
        wuji_sheet_present(total, row) & (sheet->status[row] == WUJI_PRESENT); /* & for the same reason */
  }
  rest->row0 = end;
}

static void add_reachers(const chunk *c, uint32_t least, reachers *r) {
  uint32_t count = 0;
  uint32_t sum = 0; /* below CHUNK·2^20 */
  for (uint32_t i = 0; i < c->count; i++) {
    uint32_t all = 0U - (uint32_t)(c->total[i] >= least);
    count -= all;
    sum += c->raw[i] & all;
  }
  r->count += count;
  r->sum += sum;
}

/* Those of each root who reach each line on the total. */
static void reach(const lines_job *job, const wuji_sheet_result *result) {
  const wuji_analysis *a = job->analysis;
  const wuji_sheet *total = &job->total->sheet;
  uint32_t lines = a->cohort->plan.line_count;
  reachers *reached = job->reached + (size_t)(result - a->sheets) * lines * a->root_count;
  for (uint32_t root = 0; root < a->root_count; root++) {
    wuji_slice rest = a->cohort->nodes[a->roots[root]].rows;
    while (rest.row0 < rest.row1) {
      chunk c;
      take_chunk(&c, &result->sheet, total, NULL, &rest);
      for (uint32_t line = 0; line < lines; line++) {
        size_t at = (size_t)line * a->root_count + root;
        add_reachers(&c, job->total->line_marks[at].least, &reached[at]);
      }
    }
  }
}

static void mark_total(const lines_job *job) {
  const wuji_analysis *a = job->analysis;
  for (uint32_t root = 0; root < a->root_count; root++) {
    int32_t node = a->roots[root];
    for (uint32_t line = 0; line < a->cohort->plan.line_count; line++) {
      job->total->line_marks[(size_t)line * a->root_count + root] =
          line_on_total(&job->total->sheet, &a->cohort->plan.lines[line], &job->total->ladders[node],
                        job->total->nodes[node].n);
    }
  }
  reach(job, job->total);
}

static void mark_paper(const lines_job *job, const wuji_sheet_result *paper) {
  const wuji_analysis *a = job->analysis;
  size_t marks = (size_t)a->cohort->plan.line_count * a->root_count;
  const reachers *of_total = job->reached + (size_t)(job->total - a->sheets) * marks;
  const reachers *of_paper = job->reached + (size_t)(paper - a->sheets) * marks;
  reach(job, paper);
  for (size_t at = 0; at < marks; at++) {
    paper->line_marks[at] =
        effective_score(&job->total->line_marks[at], of_total[at], of_paper[at], paper->sheet.units);
  }
}

static void add_counts(const chunk *c, uint32_t least, uint32_t least_total, bool is_total,
                       wuji_line_count *counts) {
  uint32_t reached = 0;
  uint32_t passed = 0;
  uint32_t both = 0;
  for (uint32_t i = 0; i < c->count; i++) {
    uint32_t here = c->raw[i] >= least;
    uint32_t there = c->total[i] >= least_total;
    reached += here;
    passed += there;
    both += here & there;
  }
  counts->reached += reached;
  counts->passed += is_total ? 0 : passed;
  counts->both += is_total ? 0 : both;
}

static void count_class(const lines_job *job, const wuji_sheet_result *result, int32_t node) {
  const wuji_analysis *a = job->analysis;
  const wuji_paper *paper = result->sheet.paper;
  uint32_t lines = a->cohort->plan.line_count;
  wuji_slice rest = wuji_paper_slice(a->cohort, paper, node);
  while (rest.row0 < rest.row1) {
    chunk c;
    take_chunk(&c, &result->sheet, &job->total->sheet, paper, &rest);
    result->line_n[node] += c.count;
    for (uint32_t line = 0; line < lines; line++) {
      size_t at = (size_t)line * a->root_count + a->root_of_node[node];
      add_counts(&c, result->line_marks[at].least, job->total->line_marks[at].least, paper == NULL,
                 &result->line_counts[(size_t)node * lines + line]);
    }
  }
}

/* Counts at the classes; then each node adds itself to its parent, which precedes it. */
static void count_nodes(const lines_job *job, const wuji_sheet_result *paper) {
  const wuji_cohort *cohort = job->analysis->cohort;
  uint32_t lines = cohort->plan.line_count;
  for (int32_t node = 0; node < cohort->node_count; node++) {
    if (cohort->nodes[node].level == WUJI_CLASS) count_class(job, paper, node);
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
  job.reached = calloc(marks * analysis->sheet_count + 1, sizeof *job.reached);
  if (job.reached == NULL) WUJI_TRY(wuji_fail_memory(error));
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
  mark_total(&job);
  WUJI_TRY(wuji_parallel(threads, analysis->sheet_count, do_sheet, &job, error));
done:
  free(job.reached);
  return status;
}
