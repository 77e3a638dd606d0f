/* What a platform asks of a published exam, through the views, prepared and warm:
 *
 *   bench_reads CONNINFO EXAM [REPS]
 *
 * Prints one JSON object: for every question `rows`, its seconds and `first`, the seconds of its first
 * execution on a new connection, planning included (the connecting is not). */
#include "clock.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WITH_CHILDREN                                                                                        \
  "node = any (array(select node from wuji.node where exam = $1 and node = $2 union all "                    \
  "select node from wuji.node where exam = $1 and parent = $2))"

enum { MOST_STATEMENTS = 2 };

/* A question is one or two statements; parameters are $1 the exam, $2 a node or candidate, $3 a paper. */
typedef struct question {
  const char *name;
  const char *subject; /* gives $2 */
  int parameters;
  const char *sql[MOST_STATEMENTS];
} question;

static const char a_county[] = "select node from wuji.node where exam = $1 and level = 'county' "
                               "order by candidates desc, node limit 1";
static const char a_school[] = "select node from wuji.node where exam = $1 and level = 'school' "
                               "order by abs(candidates - 750), node limit 1";
static const char a_candidate[] = "select student_id from wuji.student where exam = $1 and counted "
                                  "order by student_id limit 1";
static const char a_paper[] = "select paper from wuji.paper where exam = $1 and paper <> 'total' "
                              "order by paper limit 1";

static const question questions[] = {
    {"paper_stat_of_county",
     a_county,
     2,
     {"select * from wuji.paper_stat where exam = $1 and " WITH_CHILDREN}},
    {"paper_stat_of_school",
     a_school,
     2,
     {"select * from wuji.paper_stat where exam = $1 and " WITH_CHILDREN}},
    {"item_point_stat_of_county",
     a_county,
     3,
     {"select * from wuji.item_stat where exam = $1 and paper = $3 and " WITH_CHILDREN,
      "select * from wuji.point_stat where exam = $1 and paper = $3 and " WITH_CHILDREN}},
    {"item_point_stat_of_school",
     a_school,
     3,
     {"select * from wuji.item_stat where exam = $1 and paper = $3 and " WITH_CHILDREN,
      "select * from wuji.point_stat where exam = $1 and paper = $3 and " WITH_CHILDREN}},
    {"student_score_of_school",
     a_school,
     2,
     {"select * from wuji.student_score where exam = $1 and school = $2"}},
    {"record_of_candidate",
     a_candidate,
     2,
     {"select * from wuji.student_score where exam = $1 and student_id = $2",
      "select * from wuji.item_score where exam = $1 and student_id = $2"}},
    {"item_stat_of_all_schools",
     NULL,
     3,
     {"select * from wuji.item_stat where exam = $1 and $2::text is null and paper = $3 and level = "
      "'school'"}},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

typedef struct answers {
  int rows;
  double first;
  bench_times times;
} answers;

static PGconn *connect_to(const char *conninfo) {
  PGconn *pg = PQconnectdb(conninfo);
  if (PQstatus(pg) != CONNECTION_OK) {
    (void)fprintf(stderr, "bench_reads: %s", PQerrorMessage(pg));
    PQfinish(pg);
    return NULL;
  }
  return pg;
}

/* Rows of a result, which is freed; -1 and a message if it is none. */
static int take_rows(PGconn *pg, PGresult *result) {
  int rows = PQresultStatus(result) == PGRES_TUPLES_OK ? PQntuples(result) : -1;
  if (rows < 0) (void)fprintf(stderr, "bench_reads: %s", PQerrorMessage(pg));
  PQclear(result);
  return rows;
}

/* The one value that `sql` ($1 the exam) gives, on the heap; NULL if there is none. */
static char *ask_value(PGconn *pg, const char *sql, const char *exam) {
  PGresult *result = PQexecParams(pg, sql, 1, NULL, &exam, NULL, NULL, 0);
  char *value = NULL;
  if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1) {
    value = strdup(PQgetvalue(result, 0, 0));
  } else {
    (void)fprintf(stderr, "bench_reads: nothing to ask for: %s\n", PQerrorMessage(pg));
  }
  PQclear(result);
  return value;
}

static int ask_once(PGconn *pg, const question *q, const char *const *values) {
  int rows = 0;
  for (size_t i = 0; i < MOST_STATEMENTS && q->sql[i] != NULL; i++) {
    int some = take_rows(pg, PQexecParams(pg, q->sql[i], q->parameters, NULL, values, NULL, NULL, 0));
    if (some < 0) return -1;
    rows += some;
  }
  return rows;
}

static int ask_prepared(PGconn *pg, const question *q, const char *const *values) {
  static const char *const names[MOST_STATEMENTS] = {"first", "second"};
  int rows = 0;
  for (size_t i = 0; i < MOST_STATEMENTS && q->sql[i] != NULL; i++) {
    int some = take_rows(pg, PQexecPrepared(pg, names[i], q->parameters, values, NULL, NULL, 0));
    if (some < 0) return -1;
    rows += some;
  }
  return rows;
}

static int prepare(PGconn *pg, const question *q) {
  static const char *const names[MOST_STATEMENTS] = {"first", "second"};
  for (size_t i = 0; i < MOST_STATEMENTS && q->sql[i] != NULL; i++) {
    PGresult *result = PQprepare(pg, names[i], q->sql[i], 0, NULL);
    int good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!good) return -1;
  }
  return 0;
}

/* A new connection for each question: the first execution of one warms no catalogue for the next. */
static int ask(const char *conninfo, const question *q, const char *const *values, long reps, answers *a) {
  PGconn *pg = connect_to(conninfo);
  if (pg == NULL) return -1;
  double begun = bench_now();
  a->rows = ask_once(pg, q, values);
  a->first = bench_now() - begun;
  /* Ten times first: the server has then settled on a plan, and the pages are in memory. */
  int good = a->rows >= 0 && prepare(pg, q) == 0;
  for (int i = 0; good && i < 10; i++) good = ask_prepared(pg, q, values) == a->rows;
  for (long i = 0; good && i < reps; i++) {
    begun = bench_now();
    good = ask_prepared(pg, q, values) == a->rows;
    bench_note(&a->times, begun);
  }
  PQfinish(pg);
  return good ? 0 : -1;
}

static int ask_all(PGconn *pg, const char *conninfo, const char *exam, long reps) {
  char *paper = ask_value(pg, a_paper, exam);
  int status = paper == NULL ? -1 : 0;
  (void)printf("{");
  for (size_t i = 0; status == 0 && i < QUESTIONS; i++) {
    const question *q = &questions[i];
    char *subject = q->subject == NULL ? NULL : ask_value(pg, q->subject, exam);
    const char *const values[] = {exam, subject, paper};
    answers a = {.times = {.name = "warm"}};
    bench_times of[2] = {{0}};
    status = ask(conninfo, q, values, reps, &a);
    of[0] = a.times;
    (void)printf("%s\"%s\": {\"rows\": %d, \"first\": %.6f, \"seconds\": ", i == 0 ? "" : ", ", q->name,
                 a.rows, a.first);
    bench_print(of);
    (void)printf("}");
    free(subject);
  }
  (void)printf("}\n");
  free(paper);
  return status;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    (void)fprintf(stderr, "usage: bench_reads CONNINFO EXAM [REPS]\n");
    return 2;
  }
  PGconn *pg = connect_to(argv[1]);
  if (pg == NULL) return 3;
  int status = ask_all(pg, argv[1], argv[2], argc > 3 ? strtol(argv[3], NULL, 10) : 30);
  PQfinish(pg);
  return status == 0 ? 0 : 1;
}
