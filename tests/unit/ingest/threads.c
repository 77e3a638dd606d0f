/* The same findings and the same cohort for any number of threads and any order of rows, on files of many
 * blocks. */
#include "ingest_maker.h"

#include "cohort/digest.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { CANDIDATES = 30000, ITEMS = 30 };

static uint64_t next(uint64_t *seed) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return *seed >> 33;
}

/* A package of several blocks a file, its rows in the order of `step` (prime to CANDIDATES); with faults if
 * `faulty`. */
static sample big_package(unsigned step, bool faulty) {
  sample s = sample_make();
  char *students;
  char *scores;
  char *items;
  size_t size;
  FILE *a = open_memstream(&students, &size);
  FILE *b = open_memstream(&scores, &size);
  FILE *c = open_memstream(&items, &size);
  cr_assert(a != NULL && b != NULL && c != NULL);
  test_text options = {0};
  test_text marks = {0};
  test_text priors = {0};
  test_add(&options, "i2,student_id,i0,i7\n");
  test_add(&marks, "student_id,item,round,marker,mark,seconds\n");
  test_add(&priors, "person_id,p,q\n");
  (void)fputs("student_id,person_id,姓名,class,school,county,note\n", a);
  (void)fputs("student_id,status,教学班,teacher", b);
  (void)fputs("item,max\n", c);
  for (int i = 0; i < ITEMS; i++) {
    (void)fprintf(b, ",i%d", i);
    (void)fprintf(c, "i%d,%d\n", i, i % 3 == 0 ? 100 : 5);
  }
  (void)fputs(",total\n", b);
  for (unsigned k = 0; k < CANDIDATES; k++) {
    unsigned n = (unsigned)((uint64_t)k * step % CANDIDATES);
    uint64_t seed = n;
    unsigned person = faulty && next(&seed) % 5000 == 0 ? n / 2 : n;
    (void)fprintf(a, "%08u,P%08u,\"名,%u\",%u班,第%u中学,%s,\"a\nb%u\"\n", n, person, n, n / 50 % 20,
                  n / 1000, n % 3000 < 1000 ? "" : "瑞安市", n % 7);
    if (n % 11 == 0) continue; /* does not take the paper */
    unsigned id = faulty && next(&seed) % 500 == 0 ? n ^ 1 : n;
    unsigned total = 0;
    (void)fprintf(b, "%08u,%s,%s%u,师%u", id, n % 29 == 0 ? "缺考" : "", n % 4 == 0 ? "走班" : "",
                  n % 4 == 0 ? n % 8 : n / 50 % 20, n % 10);
    for (int i = 0; i < ITEMS; i++) {
      unsigned mark = (unsigned)(next(&seed) % (i % 3 == 0 ? 101 : 6));
      if (n % 29 == 0 || next(&seed) % 40 == 0) {
        (void)fputs(",", b);
      } else if (faulty && next(&seed) % 3000 == 0) {
        (void)fputs(next(&seed) % 2 == 0 ? ",x" : ",101", b);
      } else {
        (void)fprintf(b, ",%u", mark);
        total += mark;
      }
    }
    static const char *const sets[] = {"A", "b", "AC", "ca", "", "-", "ＢＤ", "D", "ABC", "CBA", "9", "Z"};
    const char *odd = faulty && next(&seed) % 3000 == 0 ? "?" : "";
    test_add(&options, "%s,%08u,%s,%s%s\n", sets[next(&seed) % 12], id, sets[next(&seed) % 12],
             sets[next(&seed) % 12], odd);
    for (unsigned round = 1; n % 5 == 0 && round <= 2; round++) {
      unsigned repeated = faulty && next(&seed) % 2000 == 0 ? 1 : round;
      test_add(&marks, "%08u,i%u,%u,m%u,%u.%u,%u\n", n, n % 3, repeated, (unsigned)(next(&seed) % 40),
               (unsigned)(next(&seed) % 5), (unsigned)(next(&seed) % 10), n % 60);
    }
    test_add(&priors, "P%08u,%u.%u,%s\n", faulty && n % 7000 == 0 ? 99999999 : n, n % 700, n % 10,
             n % 4 == 0 ? "" : "-1e2");
    (void)fprintf(b, ",%u\n", total + (faulty && next(&seed) % 1000 == 0));
  }
  (void)fclose(a);
  (void)fclose(b);
  (void)fclose(c);
  sample_write(&s, "students.csv", students);
  sample_write(&s, "papers/数学.scores.csv", scores);
  sample_write(&s, "papers/数学.items.csv", items);
  sample_write(&s, "papers/数学.options.csv", options.bytes);
  sample_write(&s, "papers/数学.marks.csv", marks.bytes);
  sample_write(&s, "priors.csv", priors.bytes);
  free(options.bytes);
  free(marks.bytes);
  free(priors.bytes);
  free(students);
  free(scores);
  free(items);
  return s;
}

/* Everything else: dictionaries, markings, priors. */
static bool same_digest(const wuji_cohort *a, const wuji_cohort *b) {
  uint8_t x[WUJI_DIGEST_BYTES];
  uint8_t y[WUJI_DIGEST_BYTES];
  cr_assert_eq(wuji_cohort_digest(a, 1, x, NULL), WUJI_OK);
  cr_assert_eq(wuji_cohort_digest(b, 4, y, NULL), WUJI_OK);
  return memcmp(x, y, sizeof x) == 0;
}

static bool same_cohort(const wuji_cohort *a, const wuji_cohort *b) {
  bool same =
      a->row_count == b->row_count && a->node_count == b->node_count && a->paper_count == b->paper_count;
  for (uint32_t r = 0; same && r < a->row_count; r++) {
    same = wuji_str_equal(a->student_id[r], b->student_id[r]) &&
           wuji_str_equal(a->person_id[r], b->person_id[r]) && wuji_str_equal(a->name[r], b->name[r]) &&
           wuji_str_equal(a->attributes[r], b->attributes[r]) && a->own_class[r] == b->own_class[r] &&
           a->counted[r] == b->counted[r];
  }
  for (uint32_t p = 0; same && p < a->paper_count; p++) {
    const wuji_paper *x = &a->papers[p];
    const wuji_paper *y = &b->papers[p];
    size_t bytes = (size_t)a->row_count * x->item_count * x->width;
    same = x->units == y->units && x->width == y->width && memcmp(x->marks, y->marks, bytes) == 0 &&
           memcmp(x->status, y->status, a->row_count) == 0 &&
           memcmp(x->class_node, y->class_node, a->row_count * sizeof *x->class_node) == 0;
    for (uint32_t r = 0; same && r < a->row_count; r++) same = wuji_str_equal(x->teacher[r], y->teacher[r]);
  }
  for (int32_t n = 0; same && n < a->node_count; n++)
    same = wuji_str_equal(a->nodes[n].path, b->nodes[n].path);
  for (uint32_t p = 0; same && p < a->paper_count; p++) {
    const wuji_paper *x = &a->papers[p];
    const wuji_paper *y = &b->papers[p];
    same = x->choice_count == 3 && y->choice_count == 3 && x->chosen_width == y->chosen_width &&
           memcmp(x->chosen, y->chosen, (size_t)3 * a->row_count * x->chosen_width) == 0 &&
           x->marking_count > 0 && x->marking_count == y->marking_count && x->marker_count == 40;
  }
  return same && same_digest(a, b);
}

Test(threads, findings_are_the_same_for_one_to_eight) {
  sample one = big_package(1, true);
  sample_read(&one, 1);
  cr_assert_eq(one.status, WUJI_REJECTED);
  cr_expect(one.findings.problem_count > 200, "%zu problems", one.findings.problem_count);
  char *problems = strdup(one.problems);
  char *warnings = strdup(one.warnings);
  for (uint32_t threads = 2; threads <= 8; threads++) {
    sample_read(&one, threads);
    cr_expect_str_eq(one.problems, problems, "on %u threads", threads);
    cr_expect_str_eq(one.warnings, warnings, "on %u threads", threads);
  }
  free(problems);
  free(warnings);
  sample_dispose(&one);
}

Test(threads, the_cohort_is_the_same_for_one_to_eight_and_for_any_order_of_rows) {
  sample one = big_package(1, false);
  sample_read(&one, 1);
  cr_assert_eq(one.status, WUJI_OK, "%s", one.problems);
  static const unsigned steps[] = {1, 7, 12347, 29999};
  for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
    sample other = big_package(steps[k], false);
    for (uint32_t threads = 1; threads <= 8; threads += k == 0 ? 1 : 3) {
      sample_read(&other, threads);
      cr_assert_eq(other.status, WUJI_OK, "%s", other.problems);
      cr_expect(same_cohort(one.cohort, other.cohort), "step %u, %u threads", steps[k], threads);
      cr_expect_str_eq(other.warnings, one.warnings);
    }
    sample_dispose(&other);
  }
  sample_dispose(&one);
}

static void count_progress(void *context, const char *stage, double share) {
  double *last = context;
  cr_expect_str_eq(stage, "reading");
  cr_expect(share >= *last && share <= 1);
  *last = share;
}

Test(threads, progress_rises_to_one) {
  sample s = big_package(1, false);
  double last = 0;
  wuji_options options = {.threads = 1, .progress = count_progress, .progress_context = &last};
  cr_assert_eq(wuji_ingest(s.folder.path, &options, &s.cohort, &s.findings, NULL), WUJI_OK);
  cr_expect_eq(last, 1);
  sample_dispose(&s);
}

/* Every row of a large file is wrong: the lowest million is listed, the rest counted, whatever the threads.
 */
Test(threads, problems_beyond_a_million_are_counted_alike, .timeout = 300) {
  enum { ROWS = 30000 };
  sample s = sample_make();
  char *scores;
  char *items;
  size_t size;
  FILE *b = open_memstream(&scores, &size);
  FILE *c = open_memstream(&items, &size);
  cr_assert(b != NULL && c != NULL);
  (void)fputs("student_id", b);
  (void)fputs("item,max\n", c);
  for (int i = 0; i < 40; i++) {
    (void)fprintf(b, ",i%d", i);
    (void)fprintf(c, "i%d,5\n", i);
  }
  for (int k = 0; k < ROWS; k++) {
    (void)fprintf(b, "\n%d", k % 6 + 1);
    for (int i = 0; i < 40; i++) (void)fputs(",9", b);
  }
  (void)fclose(b);
  (void)fclose(c);
  sample_write(&s, "papers/数学.scores.csv", scores);
  sample_write(&s, "papers/数学.items.csv", items);
  free(scores);
  free(items);
  wuji_problem last[2];
  char message[100];
  for (uint32_t t = 0; t < 2; t++) {
    wuji_options options = {.threads = 1 + 3 * t};
    wuji_findings_dispose(&s.findings);
    wuji_cohort_free(s.cohort);
    cr_assert_eq(wuji_ingest(s.folder.path, &options, &s.cohort, &s.findings, NULL), WUJI_REJECTED);
    cr_assert_eq(s.findings.problem_count, 1000001);
    last[t] = s.findings.problems[999999];
    /* 30,000 rows of 40 wrong marks, all rows but six of a candidate who has one already */
    (void)snprintf(message, sizeof message, "%d further problems are not listed",
                   ROWS * 40 + ROWS - 6 - 1000000);
    cr_expect_str_eq(s.findings.problems[1000000].message, message);
  }
  cr_expect_eq(last[0].line, last[1].line);
  cr_expect_eq(last[0].column, last[1].column);
  sample_dispose(&s);
}
