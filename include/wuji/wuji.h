/* libwuji: an exam package in, the diagnostic tables of five levels out.
 *
 *   wuji_exam *exam;                                       a checked package in memory
 *   wuji_exam_open("mock1", &options, &exam, &error);      → WUJI_REJECTED: wuji_exam_problem() tells why
 *   wuji_exam_analyze(exam, &error);                       every statistic of every node
 *   wuji_exam_table(exam, "paper_stat", &table, &error);   one table, read by column
 *   wuji_db_publish(db, exam, false, &published, &error);  all tables into PostgreSQL, in one step
 *
 * Conventions. Every fallible function returns a wuji_status and takes a nullable wuji_error as its last
 * parameter.
 * `_open/_close` handles are owned by the caller; everything a `_view`, wuji_table or string points to is
 * borrowed from the handle it came from. All text is UTF-8. Handles may be used from any thread, one thread
 * at a time. */
#ifndef WUJI_WUJI_H
#define WUJI_WUJI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WUJI_VERSION "0.1.0"

#if defined(__GNUC__)
#define WUJI_API  __attribute__((visibility("default")))
#define WUJI_MUST __attribute__((warn_unused_result))
#else
#define WUJI_API
#define WUJI_MUST
#endif

/* Outcomes
 * ------------------------------------------------------------------------------------------------------ */

typedef enum wuji_status {
#define X(name, code, text) name,
#include <wuji/status.def>
#undef X
} wuji_status;

typedef struct wuji_error {
  wuji_status status;
  char message[1024]; /* names the thing and the fact, one line */
} wuji_error;

/** What the status means, in English; static. */
WUJI_API const char *wuji_status_text(wuji_status status);
/** The exit status the command line gives for it (0 to 5). */
WUJI_API int wuji_status_exit(wuji_status status);

/** Told now and then how far a stage is: `stage` static text, `share` in [0, 1]. Called from any thread, one
 * call at a time; must return soon. */
typedef void (*wuji_progress)(void *context, const char *stage, double share);

typedef enum wuji_language { WUJI_ENGLISH, WUJI_CHINESE } wuji_language;
/** The language of all messages from now on, for the whole process; English at first. Codes, names of tables,
 * columns and statuses are the same in both. */
WUJI_API void wuji_set_language(wuji_language language);
WUJI_API wuji_language wuji_get_language(void);

/* An exam in memory
 * --------------------------------------------------------------------------------------------- */

typedef struct wuji_exam wuji_exam;

/** All zero is good: every processor, no progress. */
typedef struct wuji_options {
  uint32_t threads; /* 0: as many as there are processors */
  wuji_progress progress;
  void *progress_context;
} wuji_options;

/** Reads and checks the package folder (docs/package.md). WUJI_OK or WUJI_REJECTED: `*exam` is a handle, to
 * be closed, and has the problems and warnings; WUJI_NOT_FOUND: there is no such folder, no handle. Nothing
 * is stored. */
WUJI_API WUJI_MUST wuji_status wuji_exam_open(const char *package, const wuji_options *options,
                                              wuji_exam **exam, wuji_error *error);
WUJI_API void wuji_exam_close(wuji_exam *exam);

/** The exam's code, "" when exam.ini could not be read. Borrowed from `exam`. */
WUJI_API const char *wuji_exam_code(const wuji_exam *exam);

/** One fault of a package. Text is borrowed from the exam. */
typedef struct wuji_problem {
  const char *file;    /* below the package folder, e.g. papers/数学.scores.csv */
  uint64_t line;       /* where the record begins, from 1; 0: the whole file */
  uint32_t column;     /* from 1; 0: the whole record */
  const char *code;    /* stable, e.g. mark-above-maximum */
  const char *message; /* what is wrong, e.g. mark 13 is above the item's maximum 12 */
  const char *value;   /* the offending text, "" if there is none */
} wuji_problem;

/** Whether the exam's priors are papers of exams stored before, so that it can't be run without a database.
 */
WUJI_API bool wuji_exam_needs_database(const wuji_exam *exam);

/** How many faults; 0 if the package is good. */
WUJI_API size_t wuji_exam_problem_count(const wuji_exam *exam);
/** Fault `index`, in the order of file, line, column. `index` must be below the count. */
WUJI_API wuji_problem wuji_exam_problem(const wuji_exam *exam, size_t index);

typedef struct wuji_warning {
  const char *code;
  uint64_t count;      /* how often */
  const char *message; /* with an example */
} wuji_warning;
WUJI_API size_t wuji_exam_warning_count(const wuji_exam *exam);
WUJI_API wuji_warning wuji_exam_warning(const wuji_exam *exam, size_t index);

/** Computes every statistic of every node. Once is enough; again does nothing. */
WUJI_API WUJI_MUST wuji_status wuji_exam_analyze(wuji_exam *exam, wuji_error *error);

/* Tables
 * -------------------------------------------------------------------------------------------------------- */

typedef enum wuji_column_type {
  WUJI_COLUMN_TEXT,
  WUJI_COLUMN_INTEGER,
  WUJI_COLUMN_REAL,
  WUJI_COLUMN_BOOLEAN
} wuji_column_type;

/** A text cell; `ptr` NULL is null. Not NUL-terminated. */
typedef struct wuji_text_view {
  const char *ptr;
  uint32_t len;
} wuji_text_view;

/** A column of a table, `row_count` values long, no copy. Exactly one of the pointers is set, by `type`. */
typedef struct wuji_column_view {
  const char *name;
  wuji_column_type type;
  const wuji_text_view *text;
  const int64_t *integer; /* INTEGER, BOOLEAN; null is INT64_MIN */
  const double *real;     /* null is NaN; a table never holds a NaN of its own */
} wuji_column_view;

typedef struct wuji_table wuji_table;

/** How many kinds of diagnostic table there are, and their names in the order of docs/tables.md; static. */
WUJI_API size_t wuji_table_kinds(void);
WUJI_API const char *wuji_table_kind(size_t index);

/** The whole diagnostic table `name` of an analysed exam; to be closed before the exam is. WUJI_USAGE: no
 * such table, or not analysed. Rows in the order of docs/tables.md. */
WUJI_API WUJI_MUST wuji_status wuji_exam_table(wuji_exam *exam, const char *name, wuji_table **table,
                                               wuji_error *error);
WUJI_API void wuji_table_close(wuji_table *table);
WUJI_API size_t wuji_table_rows(const wuji_table *table);
WUJI_API size_t wuji_table_columns(const wuji_table *table);
WUJI_API wuji_column_view wuji_table_column(const wuji_table *table, size_t index);

typedef enum wuji_format { WUJI_CSV, WUJI_JSON_ARRAY } wuji_format;

/** Makes `directory` (one level) where it is missing and proves that files can be written into it; nothing is
 * left behind. WUJI_IO if not. */
WUJI_API WUJI_MUST wuji_status wuji_directory_prepare(const char *directory, wuji_error *error);

/** Writes every diagnostic table of an analysed exam to `directory`/TABLE.csv, UTF-8 with BOM (`bom` false:
 * without); item_score only if `items`. Same bytes for any thread count and any order of the package's rows.
 */
WUJI_API WUJI_MUST wuji_status wuji_exam_write(wuji_exam *exam, const char *directory, bool items, bool bom,
                                               wuji_error *error);

/* The database
 * -------------------------------------------------------------------------------------------------- */

typedef struct wuji_db wuji_db;

/** Connects, creates or migrates the schema. `conninfo` NULL: the libpq environment where PGHOST, PGSERVICE
 * or PGDATABASE is set, else the private cluster, which is made and started where needed. */
WUJI_API WUJI_MUST wuji_status wuji_db_open(const char *conninfo, wuji_db **db, wuji_error *error);
WUJI_API void wuji_db_close(wuji_db *db);

typedef struct wuji_published {
  int32_t run;                         /* the run that holds the exam now */
  bool unchanged;                      /* the database held this very content already: nothing was done */
  bool replaced;                       /* an earlier run was published before */
  double marks_s, tables_s, publish_s; /* seconds spent in COPY of marks, in COPY of tables, in publishing */
} wuji_published;

/** Publishes an analysed exam: readers see the old tables whole, then the new tables whole. Where the very
 * same content is published already, by the same version of the statistics, nothing is done (`unchanged`).
 * WUJI_CONFLICT: it is published with other content and `replace` is false, or another run of it is under
 * way. */
WUJI_API WUJI_MUST wuji_status wuji_db_publish(wuji_db *db, wuji_exam *exam, bool replace,
                                               wuji_published *published, wuji_error *error);
/** WUJI_CONFLICT where wuji_db_publish() of this exam would end so; found before anything is computed.
 * WUJI_NOT_FOUND: its exam.ini names a prior of a stored exam that is not in the database. */
WUJI_API WUJI_MUST wuji_status wuji_db_may_publish(wuji_db *db, const wuji_exam *exam, bool replace,
                                                   wuji_error *error);

/** Stores the content of an exam without any table, for wuji_exam_load(); readers see nothing of it. Where
 * the very same content is stored already nothing is done. WUJI_CONFLICT as in wuji_db_publish(). */
WUJI_API WUJI_MUST wuji_status wuji_db_ingest(wuji_db *db, wuji_exam *exam, bool replace,
                                              wuji_published *stored, wuji_error *error);
/** Reads the content of the exam `code` back: what was ingested last, else what is published. `*exam` is as
 * wuji_exam_open() gives it, to be analysed and closed; it does not need `db` any more. WUJI_NOT_FOUND: no
 * such exam. `options` nullable. */
WUJI_API WUJI_MUST wuji_status wuji_exam_load(wuji_db *db, const char *code, const wuji_options *options,
                                              wuji_exam **exam, wuji_error *error);
/** Takes the exam `code` back: its tables and its content are gone. WUJI_NOT_FOUND: no such exam;
 * WUJI_CONFLICT: a run of it is under way. */
WUJI_API WUJI_MUST wuji_status wuji_db_withdraw(wuji_db *db, const char *code, wuji_error *error);

/** What to export. All zero but exam and table is good. */
typedef struct wuji_export {
  const char *exam;
  const char *table; /* a diagnostic table */
  const char *node;  /* NULL: all nodes; else a path: rows of this node and of all below it */
  const char *paper; /* NULL: all papers */
  wuji_format format;
  bool no_bom;
} wuji_export;

/** Writes one table of a published exam to the file descriptor `fd`. WUJI_NOT_FOUND: no such exam, node or
 * paper; WUJI_USAGE: no such table. */
WUJI_API WUJI_MUST wuji_status wuji_db_export(wuji_db *db, const wuji_export *what, int fd,
                                              wuji_error *error);

/** The published exams as the table `exam`; to be closed. */
WUJI_API WUJI_MUST wuji_status wuji_db_exams(wuji_db *db, wuji_table **table, wuji_error *error);

/* The private cluster */
WUJI_API WUJI_MUST wuji_status wuji_cluster_start(wuji_error *error);
WUJI_API WUJI_MUST wuji_status wuji_cluster_stop(wuji_error *error);
/** `*running`; `home` gets the cluster's folder. */
WUJI_API WUJI_MUST wuji_status wuji_cluster_status(bool *running, char *home, size_t home_size,
                                                   wuji_error *error);
/** The URI by which psql and drivers reach the private cluster; nothing is started. */
WUJI_API WUJI_MUST wuji_status wuji_cluster_uri(char *uri, size_t uri_size, wuji_error *error);

/* Synthetic packages
 * -------------------------------------------------------------------------------------------- */

typedef struct wuji_gen_options {
  const char *scale; /* as written, e.g. "0.01": 1 is 300,000 candidates × 6 papers × 40 items */
  uint64_t seed;
  bool no_growth; /* leave [growth] and priors.csv out */
} wuji_gen_options;

/** Writes a package into `directory`, which is made; same options, same bytes. WUJI_USAGE: a bad scale;
 * WUJI_IO: the folder cannot be written, or is there and not empty. */
WUJI_API WUJI_MUST wuji_status wuji_gen(const char *directory, const wuji_gen_options *options,
                                        wuji_error *error);

#ifdef __cplusplus
}
#endif

#endif
