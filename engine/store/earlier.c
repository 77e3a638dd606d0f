/* A paper of an exam stored before as a prior: its marks for the candidates of another exam, by person_id. */
#include "store/store_inside.h"

#include <math.h>
#include <stdlib.h>

/* Both codes may have a colon in them: the whole name is compared. */
static wuji_status find_paper(wuji_pg *pg, wuji_str name, wuji_pg_rows **rows, wuji_error *error) {
  static const char look[] = "select e.exam, p.code, r.content from wuji_store.exam as e"
                             " join wuji_store.run as r on r.run = e.run"
                             " join wuji_store.paper as p on p.run = e.run"
                             " where e.exam || ':' || p.code = $1 order by e.exam limit 1";
  return wuji_pg_query(pg, look, 1, &name, rows, error);
}

/* One row a person of that exam: how often he stands there, his mark, whether he took the paper in vain. */
static wuji_status read_marks(wuji_pg *pg, wuji_str exam, wuji_str paper, wuji_pg_rows **rows,
                              wuji_error *error) {
  static const char look[] =
      "select s.person_id, count(*)::integer,"
      " max(case when s.counted and x.status = 'present' then x.raw end),"
      " bool_or(x.status is not null and not (s.counted and x.status = 'present'))"
      " from wuji.student as s"
      " left join wuji.student_score as x"
      " on x.exam = s.exam and x.student_id = s.student_id and x.exam = $1 and x.paper = $2"
      " where s.exam = $1 group by s.person_id";
  wuji_str params[] = {exam, paper};
  return wuji_pg_query(pg, look, 2, params, rows, error);
}

static int by_person(const void *a, const void *b, void *context) {
  const wuji_cohort *cohort = context;
  return wuji_str_compare(cohort->person_id[*(const uint32_t *)a], cohort->person_id[*(const uint32_t *)b]);
}

/* The cohort's rows by person_id. NULL when memory is out. */
static uint32_t *sort_persons(const wuji_cohort *cohort) {
  uint32_t *rows = malloc(((size_t)cohort->row_count + 1) * sizeof *rows);
  if (rows == NULL) return NULL;
  for (uint32_t r = 0; r < cohort->row_count; r++) rows[r] = r;
  qsort_r(rows, cohort->row_count, sizeof *rows, by_person, (void *)cohort);
  return rows;
}

/* The place in `sorted` of the first who is not before `person`. */
static uint32_t find_person(const wuji_cohort *cohort, const uint32_t *sorted, wuji_str person) {
  uint32_t low = 0;
  uint32_t high = cohort->row_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (wuji_str_compare(cohort->person_id[sorted[middle]], person) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The example is the least by bytes, whatever the order in which the database gives the rows. */
static void count_one(uint64_t *count, wuji_str *example, wuji_str person) {
  if (example->ptr == NULL || wuji_str_compare(person, *example) < 0) *example = person;
  ++*count;
}

static void take_marks(const wuji_pg_rows *rows, const wuji_cohort *cohort, const uint32_t *sorted,
                       double *values, wuji_earlier_found *found) {
  for (uint32_t i = 0; i < wuji_pg_row_count(rows); i++) {
    wuji_str person = wuji_pg_text(rows, i, 0);
    uint32_t at = find_person(cohort, sorted, person);
    for (; at < cohort->row_count; at++) {
      uint32_t row = sorted[at];
      if (!wuji_str_equal(cohort->person_id[row], person)) break;
      if (wuji_pg_integer(rows, i, 1) > 1)
        count_one(&found->twice, &found->twice_example, cohort->person_id[row]);
      else if (wuji_pg_integer(rows, i, 3) == 1)
        count_one(&found->not_present, &found->not_present_example, cohort->person_id[row]);
      else
        values[row] = wuji_pg_real(rows, i, 2);
    }
  }
}

wuji_status wuji_store_earlier(wuji_store *store, wuji_str name, const wuji_cohort *cohort, double *values,
                               wuji_earlier_found *found, wuji_error *error) {
  wuji_status status;
  wuji_pg_rows *paper = NULL;
  wuji_pg_rows *marks = NULL;
  uint32_t *sorted = NULL;
  *found = (wuji_earlier_found){0};
  for (uint32_t r = 0; r < cohort->row_count; r++) values[r] = NAN;
  WUJI_TRY(find_paper(store->pg, name, &paper, error));
  if (wuji_pg_row_count(paper) == 0) {
    WUJI_TRY(wuji_fail(error, WUJI_NOT_FOUND, "the prior %.*s is no paper of an exam in this database",
                       (int)name.len, name.ptr));
  }
  if (wuji_str_equal(wuji_pg_text(paper, 0, 0), cohort->plan.code)) {
    WUJI_TRY(wuji_fail(error, WUJI_REJECTED, "the prior %.*s is a paper of this very exam", (int)name.len,
                       name.ptr));
  }
  wuji_str content = wuji_pg_text(paper, 0, 2);
  if (content.len == WUJI_DIGEST_BYTES) memcpy(found->content, content.ptr, WUJI_DIGEST_BYTES);
  sorted = sort_persons(cohort);
  if (sorted == NULL) WUJI_TRY(wuji_fail_memory(error));
  WUJI_TRY(read_marks(store->pg, wuji_pg_text(paper, 0, 0), wuji_pg_text(paper, 0, 1), &marks, error));
  take_marks(marks, cohort, sorted, values, found);
done:
  free(sorted);
  wuji_pg_rows_free(paper);
  wuji_pg_rows_free(marks);
  return status;
}
