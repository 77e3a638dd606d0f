/* libwuji: an exam package in, the diagnostic tables of five levels out.
 *
 *   wuji_exam *exam;                                       a checked package in memory
 *   wuji_exam_open("mock1", &options, &exam, &error);      → WUJI_REJECTED: wuji_exam_problem() tells why
 *   wuji_exam_analyze(exam, &error);                       every statistic of every node
 *   wuji_exam_table(exam, "paper_stat", &table, &error);   one table, read by column
 *   wuji_db_publish(db, exam, false, &published, &error);  all tables into PostgreSQL, in one step
 *
 * A whole program is docs/example/example.c. Tables and their columns: docs/tables.md; the package:
 * docs/package.md; formulas and their sources: docs/statistics.md; what lies in the database:
 * docs/database.md.
 *
 * Conventions. Every fallible function returns a wuji_status and takes a nullable wuji_error as its last
 * parameter; besides the outcomes it names it may return WUJI_NO_MEMORY and, where it reads or writes files
 * or a database, WUJI_IO and WUJI_DATABASE. A handle that a function gives in its `**` parameter is the
 * caller's, to be closed; where the function fails it is NULL unless told otherwise. `_close` of NULL does
 * nothing. Everything a `_view`, a wuji_table or a string points to is borrowed from the handle it came from,
 * valid until that is closed. Parameters are read during the call only, except where told; none but those
 * called nullable may be NULL. All text is UTF-8, ended by NUL unless it has a length. Marks are in marks,
 * shares and rates fractions of 1, times seconds. Handles may be used from any thread, one thread at a time;
 * different handles are independent of each other. */
#ifndef WUJI_WUJI_H
#define WUJI_WUJI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WUJI_VERSION "0.1.0" /* of this header */

#if defined(__GNUC__)
#define WUJI_API  __attribute__((visibility("default")))
#define WUJI_MUST __attribute__((warn_unused_result))
#else
#define WUJI_API
#define WUJI_MUST
#endif

/* Outcomes
 * ------------------------------------------------------------------------------------------------------ */

/** The outcome of a call: WUJI_OK (0) or what kind of failure; include/wuji/status.def lists them. */
typedef enum wuji_status {
#define X(name, code, text) name,
#include <wuji/status.def>
#undef X
} wuji_status;

/** Filled by a function that fails, as it was otherwise. The caller's; nothing in it is to be freed. */
typedef struct wuji_error {
  wuji_status status;
  char message[1024]; /* names the thing and the fact, one line; a longer one is cut */
} wuji_error;

/** What `status` means in a few words, in the language of wuji_set_language(); static. Of a number that is no
 * status: "unknown status". */
WUJI_API const char *wuji_status_text(wuji_status status);
/** The exit status that the command line gives for `status`, 0 to 5; 1 for a number that is no status. */
WUJI_API int wuji_status_exit(wuji_status status);

/** Told now and then how far a stage is: `context` as it was given, `stage` the static English name of it
 * ("reading", "analyse"), `share` in [0, 1]. Called from any thread, one call at a time; must return soon and
 * call nothing of the exam. */
typedef void (*wuji_progress)(void *context, const char *stage, double share);

typedef enum wuji_language { WUJI_ENGLISH, WUJI_CHINESE } wuji_language;
/** The language of all messages made from now on, for the whole process and every thread; English at first.
 * Codes, names of tables, columns and statuses are the same in both. */
WUJI_API void wuji_set_language(wuji_language language);
/** The language now in use. */
WUJI_API wuji_language wuji_get_language(void);

/* An exam in memory
 * --------------------------------------------------------------------------------------------- */

/** A package that was read, or an exam read back from the database; later with its statistics. */
typedef struct wuji_exam wuji_exam;

/** How to read and compute; copied by the functions that take it. All zero is good: every processor, no
 * progress. */
typedef struct wuji_options {
  uint32_t threads;       /* at most 256; 0: as many as there are processors. Never changes a result */
  wuji_progress progress; /* nullable; called until the exam is closed */
  void *progress_context; /* handed to `progress` */
} wuji_options;

/** Reads and checks the folder `package` (its form: docs/package.md). `options` nullable. WUJI_OK or
 * WUJI_REJECTED: `*exam` is a handle, to be closed, and has the problems and warnings; one that was rejected
 * has no more than these and its code. WUJI_NOT_FOUND: there is no such folder, no handle. Nothing is
 * stored, and the folder is not needed afterwards. */
WUJI_API WUJI_MUST wuji_status wuji_exam_open(const char *package, const wuji_options *options,
                                              wuji_exam **exam, wuji_error *error);
/** Frees the exam and all that was borrowed from it; its tables are to be closed before. NULL does nothing.
 */
WUJI_API void wuji_exam_close(wuji_exam *exam);

/** The exam's code ([exam] code of exam.ini), "" when exam.ini could not be read. Borrowed from `exam`. */
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

/** How many faults; 0 if the package is good. At most 1,000,001: after a million comes one that tells how
 * many more there are. */
WUJI_API size_t wuji_exam_problem_count(const wuji_exam *exam);
/** Fault `index`, in the order of file, line, column. `index` must be below the count. */
WUJI_API wuji_problem wuji_exam_problem(const wuji_exam *exam, size_t index);

/** Something odd that does not stop a run, told once for all its places. Text is borrowed from the exam. */
typedef struct wuji_warning {
  const char *code;    /* stable, e.g. summary-row */
  uint64_t count;      /* how often */
  const char *message; /* with the first place as an example */
} wuji_warning;

/** How many kinds of warning; 0 if there is nothing odd. An exam from the database has none. */
WUJI_API size_t wuji_exam_warning_count(const wuji_exam *exam);
/** Warning `index`, in the order of docs/package.md. `index` must be below the count. */
WUJI_API wuji_warning wuji_exam_warning(const wuji_exam *exam, size_t index);

/** What a run of growth is to take in the place of what exam.ini says, each in the form of its key there; all
 * zero: nothing. `priors` is for every outcome. */
typedef struct wuji_growth_options {
  const char *priors;     /* A, B, … most recent first */
  const char *covariates; /* attributes of students */
  const char *random;     /* levels */
  const char *slope;      /* X:LEVEL */
  bool ml;                /* maximum likelihood instead of restricted */
} wuji_growth_options;

/** Takes `options` (copied) for the growth of an exam that was accepted and not analysed yet. WUJI_USAGE: one
 * of the wrong form, or the exam is not so. */
WUJI_API WUJI_MUST wuji_status wuji_exam_set_growth(wuji_exam *exam, const wuji_growth_options *options,
                                                    wuji_error *error);
/** Whether the exam, as its exam.ini or wuji_exam_set_growth() says, has priors to measure growth from. */
WUJI_API bool wuji_exam_has_growth(const wuji_exam *exam);

/** Computes every statistic of every node (docs/statistics.md has each formula and its source), on the
 * threads of the exam's options, in memory; growth too, where priors are named. Once is enough; again does
 * nothing. Warnings may be more afterwards. WUJI_USAGE: the package was rejected, or priors of exams stored
 * before were not read (wuji_db_match_priors()); WUJI_REJECTED: a prior that there is not. */
WUJI_API WUJI_MUST wuji_status wuji_exam_analyze(wuji_exam *exam, wuji_error *error);

/* Tables
 * -------------------------------------------------------------------------------------------------------- */

/** What the values of a column are. Dates and times are text, as docs/tables.md shows them. */
typedef enum wuji_column_type {
  WUJI_COLUMN_TEXT,
  WUJI_COLUMN_INTEGER,
  WUJI_COLUMN_REAL,
  WUJI_COLUMN_BOOLEAN
} wuji_column_type;

/** A text cell; `ptr` NULL is null. Not ended by NUL. */
typedef struct wuji_text_view {
  const char *ptr;
  uint32_t len; /* bytes */
} wuji_text_view;

/** A column of a table: the table's own values, wuji_table_rows() of them, not a copy. Exactly one of the
 * pointers is set, by `type`. Borrowed from the table. */
typedef struct wuji_column_view {
  const char *name; /* as in docs/tables.md; static */
  wuji_column_type type;
  const wuji_text_view *text;
  const int64_t *integer; /* INTEGER, and BOOLEAN as 0 and 1; null is INT64_MIN */
  const double *real;     /* null is NaN; a table never holds a NaN of its own */
} wuji_column_view;

/** Rows held by column. */
typedef struct wuji_table wuji_table;

/** How many kinds of diagnostic table there are. */
WUJI_API size_t wuji_table_kinds(void);
/** The name of kind `index`, e.g. paper_stat, in the order of docs/tables.md; static. NULL at the end.
 * `index` must not be above the count. */
WUJI_API const char *wuji_table_kind(size_t index);

/** The whole diagnostic table `name` of an analysed exam, made anew by each call; to be closed before the
 * exam is. Columns and the order of rows as in docs/tables.md. WUJI_USAGE: no such table, or not analysed. */
WUJI_API WUJI_MUST wuji_status wuji_exam_table(wuji_exam *exam, const char *name, wuji_table **table,
                                               wuji_error *error);
/** Frees the table and all that was borrowed from it. NULL does nothing. */
WUJI_API void wuji_table_close(wuji_table *table);
/** How many rows; may be 0. */
WUJI_API size_t wuji_table_rows(const wuji_table *table);
/** How many columns; the same for every table of one name. */
WUJI_API size_t wuji_table_columns(const wuji_table *table);
/** Column `index`, from 0. `index` must be below the number of columns. */
WUJI_API wuji_column_view wuji_table_column(const wuji_table *table, size_t index);

/** CSV (RFC 4180, LF, a header), or one JSON array of objects. */
typedef enum wuji_format { WUJI_CSV, WUJI_JSON_ARRAY } wuji_format;

/** Makes `directory` (one level) where it is missing and proves that files can be written into it; nothing is
 * left behind. WUJI_IO: they cannot. */
WUJI_API WUJI_MUST wuji_status wuji_directory_prepare(const char *directory, wuji_error *error);

/** Writes every diagnostic table of an analysed exam to `directory`/TABLE.csv, UTF-8 with BOM (`bom` false:
 * without); item_score only if `items`. A file takes its name when it is whole; one that is there already is
 * replaced. Same bytes for any thread count and any order of the package's rows. WUJI_USAGE: not analysed;
 * WUJI_IO: a file cannot be written. */
WUJI_API WUJI_MUST wuji_status wuji_exam_write(wuji_exam *exam, const char *directory, bool items, bool bom,
                                               wuji_error *error);

/* The database
 * -------------------------------------------------------------------------------------------------- */

/** A connection to a database whose schema is up to date. */
typedef struct wuji_db wuji_db;

/** Connects (PostgreSQL 15 or later, encoding UTF8; the role needs CREATE on the database, or the schema to
 * be there), creates or migrates the schema. `conninfo`: a connection string or URI of libpq, whose
 * environment and service files count; NULL: the libpq environment where PGHOST, PGSERVICE or PGDATABASE is
 * set, else the private cluster, which is made and started where needed. WUJI_DATABASE: no connection, a
 * server too old, a schema newer than this library. */
WUJI_API WUJI_MUST wuji_status wuji_db_open(const char *conninfo, wuji_db **db, wuji_error *error);
/** Ends the connection. The private cluster keeps running. NULL does nothing. */
WUJI_API void wuji_db_close(wuji_db *db);

/** What became of an exam in the database. */
typedef struct wuji_published {
  int32_t run;    /* the run that holds the exam now */
  bool unchanged; /* the database held this very content already: nothing was done */
  bool replaced;  /* an earlier run was published before, and is gone */
  double marks_s, tables_s,
      publish_s; /* seconds: COPY of marks; COPY of all, the analysis beside it; publishing */
} wuji_published;

/** Publishes an exam; where it has not been analysed yet, it is while its content is already on the way.
 * `published` nullable. Readers see the old tables whole, then the new tables whole. Where the very same
 * content is published already, by the same version of the statistics, nothing is done (`unchanged`),
 * whatever `replace` says. WUJI_CONFLICT: it is published with other content and `replace` is false, another
 * run of it is under way, or the exam was loaded from here and what is stored has changed since.
 * WUJI_DATABASE: also where the database can only be read. WUJI_USAGE: the package was rejected. After any
 * failure the database is as it was. */
WUJI_API WUJI_MUST wuji_status wuji_db_publish(wuji_db *db, wuji_exam *exam, bool replace,
                                               wuji_published *published, wuji_error *error);
/** WUJI_CONFLICT and WUJI_DATABASE where wuji_db_publish() of this exam would end so; found before anything
 * is computed. WUJI_NOT_FOUND: its exam.ini names a prior of a stored exam that is not in the database. */
WUJI_API WUJI_MUST wuji_status wuji_db_may_publish(wuji_db *db, const wuji_exam *exam, bool replace,
                                                   wuji_error *error);

/** Reads the priors that are papers of exams stored before and matches them to the candidates by person_id,
 * for wuji_exam_analyze(); warnings say who has none though he stands there. Does nothing where there are no
 * such priors. WUJI_NOT_FOUND: one that is not in the database; WUJI_REJECTED: one of this very exam. */
WUJI_API WUJI_MUST wuji_status wuji_db_match_priors(wuji_db *db, wuji_exam *exam, wuji_error *error);

/** Stores the content of an exam without any table, for wuji_exam_load(); readers see nothing of it. `stored`
 * nullable. Where the very same content is stored already nothing is done (`unchanged`). WUJI_CONFLICT as in
 * wuji_db_publish(); WUJI_USAGE: the package was rejected. After any failure the database is as it was. */
WUJI_API WUJI_MUST wuji_status wuji_db_ingest(wuji_db *db, wuji_exam *exam, bool replace,
                                              wuji_published *stored, wuji_error *error);
/** Reads the content of the exam `code` back: what was ingested last, else what is published. `*exam` is as
 * wuji_exam_open() gives it, to be analysed and closed; it does not need `db` any more. WUJI_NOT_FOUND: no
 * such exam, or one published by a version that did not keep its content; WUJI_DATABASE: also where the
 * content is not what was stored. `options` nullable. */
WUJI_API WUJI_MUST wuji_status wuji_exam_load(wuji_db *db, const char *code, const wuji_options *options,
                                              wuji_exam **exam, wuji_error *error);
/** Takes the exam `code` back, published or only ingested: its tables and its content are gone.
 * WUJI_NOT_FOUND: no such exam; WUJI_CONFLICT: a run of it is under way. After any failure the database is as
 * it was. */
WUJI_API WUJI_MUST wuji_status wuji_db_withdraw(wuji_db *db, const char *code, wuji_error *error);

/** What to export. All zero but exam and table is good. */
typedef struct wuji_export {
  const char *exam;  /* its code */
  const char *table; /* a diagnostic table, one of wuji_table_kind() */
  const char *node;  /* NULL: all nodes; else a path: rows of this node and of all below it */
  const char *paper; /* NULL: all papers; else a code, or total */
  wuji_format format;
  bool no_bom; /* CSV without the byte order mark */
} wuji_export;

/** Writes one table of a published exam, as one snapshot has it, to the file descriptor `fd`, which stays
 * open; the bytes are those of wuji_exam_write() (but for `run` and `published_at` of the table exam). A
 * table without nodes or papers ignores `node` or `paper`. WUJI_NOT_FOUND: no such exam, node or paper;
 * WUJI_USAGE: no such table; WUJI_IO: `fd` cannot be written, what came before is written. */
WUJI_API WUJI_MUST wuji_status wuji_db_export(wuji_db *db, const wuji_export *what, int fd,
                                              wuji_error *error);

/** The published exams as the table `exam`, ordered by code; to be closed, does not need `db` any more. */
WUJI_API WUJI_MUST wuji_status wuji_db_exams(wuji_db *db, wuji_table **table, wuji_error *error);

/* The private cluster: a PostgreSQL of Wuji's own below WUJI_HOME (docs/database.md) */

/** Makes it where there is none, starts it where it does not run. WUJI_DATABASE: it does not come up;
 * WUJI_NOT_FOUND: PostgreSQL's programs, or the user postgres as whom root runs it, are not there. */
WUJI_API WUJI_MUST wuji_status wuji_cluster_start(wuji_error *error);
/** Stops it and waits until it has gone; good where it does not run. */
WUJI_API WUJI_MUST wuji_status wuji_cluster_stop(wuji_error *error);
/** `*running` tells whether it runs; `home`, room for `home_size` bytes, gets its folder. Nothing is made or
 * started. WUJI_IO: the path is longer than `home`. */
WUJI_API WUJI_MUST wuji_status wuji_cluster_status(bool *running, char *home, size_t home_size,
                                                   wuji_error *error);
/** The URI by which psql and drivers reach the private cluster, into `uri`, room for `uri_size` bytes (512
 * are enough). Nothing is made or started. */
WUJI_API WUJI_MUST wuji_status wuji_cluster_uri(char *uri, size_t uri_size, wuji_error *error);

/* A model on a plain table
 * -------------------------------------------------------------------------------------------- */

/** A fitted model. */
typedef struct wuji_fit wuji_fit;

/** A linear mixed model of the columns of a table. Names of columns are those of its header, trimmed. All
 * NULL, false and 0 but the outcome is good: least squares. */
typedef struct wuji_hlm_options {
  const char *outcome;    /* the column to be explained: numbers */
  const char *covariates; /* NULL, or columns separated by commas; one that holds text counts as 0/1 columns,
                             one a value, without the first by bytes */
  const char *groups; /* NULL, or columns separated by '/', outermost first: random intercepts, nested. Equal
                         values in different groups of the level before are different groups */
  const char
      *slope;       /* NULL, or COVARIATE:GROUPS: a random slope of that covariate by that column of groups */
  bool ml;          /* by maximum likelihood; otherwise REML */
  uint32_t threads; /* at most 256; 0: as many as there are processors. Never changes a result */
} wuji_hlm_options;

/** Fits the model to the CSV file `path` (comma, tab or semicolon, any encoding that a package may have).
 * Rows in which a value is missing (empty, NA) are left out. WUJI_USAGE: options that do not fit together;
 * WUJI_NOT_FOUND: no such file; WUJI_REJECTED: it can't be read, a column is missing, or the model has no
 * answer on these data. */
WUJI_API WUJI_MUST wuji_status wuji_fit_hlm(const char *path, const wuji_hlm_options *options, wuji_fit **fit,
                                            wuji_error *error);
/** Frees the fit; its tables are to be closed before. NULL does nothing. */
WUJI_API void wuji_fit_close(wuji_fit *fit);

/** A table of the fit, made anew by each call, to be closed before the fit is: fixed (term, estimate, se;
 * null where the term was constant or collinear and left out), varcomp (group, term, variance), fit (loglik,
 * n, deviance, method, parameters, dropped, singular: one row), effects (group, key, n, own, own_se, effect,
 * se; with a random slope also slope, slope_se), students (row, fitted, residual), levels (group, groups,
 * icc, told: estimated, zero or untellable). docs/statistics.md says what they hold. WUJI_USAGE: no such
 * table. */
WUJI_API WUJI_MUST wuji_status wuji_fit_table(wuji_fit *fit, const char *name, wuji_table **table,
                                              wuji_error *error);
/** Writes the first five of them to `directory`/TABLE.csv, as wuji_exam_write() does. */
WUJI_API WUJI_MUST wuji_status wuji_fit_write(wuji_fit *fit, const char *directory, bool bom,
                                              wuji_error *error);

/* Synthetic packages
 * -------------------------------------------------------------------------------------------- */

/** What to make up. */
typedef struct wuji_gen_options {
  const char *scale; /* as written, e.g. "0.01": 1 is 300,000 candidates × 6 papers × 40 items */
  uint64_t seed;     /* another one gives another exam */
  bool no_growth;    /* leave [growth] and priors.csv out */
} wuji_gen_options;

/** Writes a package into `directory`, which is made; same options, same bytes. WUJI_USAGE: a bad scale;
 * WUJI_IO: the folder cannot be written, or is there and not empty. */
WUJI_API WUJI_MUST wuji_status wuji_gen(const char *directory, const wuji_gen_options *options,
                                        wuji_error *error);

#ifdef __cplusplus
}
#endif

#endif
