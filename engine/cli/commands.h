/* The commands, and what they share. */
#ifndef WUJI_CLI_COMMANDS_H
#define WUJI_CLI_COMMANDS_H

#include <wuji/wuji.h>

/** What the options of the command line say; zero is the default of each. */
typedef struct settings {
  const char *db;     /* --db */
  const char *out;    /* --out */
  const char *errors; /* --errors */
  const char *node, *paper, *format;
  const char *scale;                        /* --sf */
  const char *outcome, *covariates;         /* --y, --x */
  const char *groups, *slope;               /* --group, --slope */
  const char *priors, *attributes, *random; /* --priors, --covariates, --random */
  uint64_t seed;
  uint32_t threads;
  uint32_t given; /* a bit for each option that stands there, as settings.c counts them */
  bool no_db;     /* --db none */
  bool items, replace, no_bom, no_growth, ml;
  bool quiet, json, help, version;
  int operand_count;
  char **operands; /* what is no option, in order */
} settings;

typedef struct command {
  const char *name;
  const char *operands; /* as shown by --help */
  const char *does;     /* likewise */
  const char
      *options;     /* names of the options it takes, besides those of every command; separated by blanks */
  int fewest, most; /* operands */
  wuji_status (*run)(const settings *s, wuji_error *error);
} command;

wuji_status command_check(const settings *s, wuji_error *error);
wuji_status command_run(const settings *s, wuji_error *error);
wuji_status command_ingest(const settings *s, wuji_error *error);
wuji_status command_analyze(const settings *s, wuji_error *error);
wuji_status command_growth(const settings *s, wuji_error *error);
wuji_status command_export(const settings *s, wuji_error *error);
wuji_status command_exams(const settings *s, wuji_error *error);
wuji_status command_withdraw(const settings *s, wuji_error *error);
wuji_status command_db(const settings *s, wuji_error *error);
wuji_status command_gen(const settings *s, wuji_error *error);
wuji_status command_fit(const settings *s, wuji_error *error);

/* settings.c */

/** Fills `s` from the options before the command; `*at` is the place of the command's name in `argv`, `argc`
 * where there is none. WUJI_USAGE: no such option, or a value that is missing or of the wrong form. */
wuji_status settings_read_first(settings *s, int argc, char **argv, int *at, wuji_error *error);
/** Adds what stands after the command's name, which is argv[0] here. WUJI_USAGE: as above; an option that the
 * command does not take, wherever it stands; too few or too many operands. */
wuji_status settings_read_rest(settings *s, const command *c, int argc, char **argv, wuji_error *error);
/** The lines of --help about the options of `c`, on standard output. */
void settings_help(const command *c);
/** How to read and compute, and the progress bar where one is wanted. */
wuji_options options_of(const settings *s);

/** Fills the message, in the present language, and returns the status, for one-line failures. */
wuji_status fail(wuji_error *error, wuji_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* problems.c */

/** Creates the file of --errors (nullable) so that a path that cannot be written is found before any work;
 * `*fd` is -1 where none is asked for. */
wuji_status problems_file_open(const char *path, int *fd, wuji_error *error);
/** Writes every fault of `exam` into it as CSV and closes it. */
wuji_status problems_file_write(int fd, const char *path, const wuji_exam *exam, wuji_error *error);
/** The first 20 faults and a count of the rest, on standard error. */
void problems_tell(const wuji_exam *exam);
/** Every warning from `first` on with its count, on standard error. */
void warnings_tell(const wuji_exam *exam, size_t first);
/** The object of a rejected package that --json prints. */
void problems_print_json(const wuji_exam *exam);

/** Opens and checks the package, tells what is wrong with it where it is rejected, writes --errors. On
 * WUJI_REJECTED with `*exam` set everything has been told. */
wuji_status open_package(const settings *s, const char *package, wuji_exam **exam, wuji_error *error);

/* progress.c */

/** Whether a bar may be drawn: standard error is a terminal and --quiet was not given. */
bool progress_wanted(const settings *s);
void progress_draw(void *context, const char *stage, double share);
void progress_clear(void);

/* summary.c */

/** Prints what a run has done: as a table, or as one object with --json. `published` is NULL where there is
 * no database, else `where` says how to reach the tables. */
wuji_status summary_print(const settings *s, wuji_exam *exam, const wuji_published *published,
                          const char *where, wuji_error *error);

/** The object that `check --json` and `ingest --json` print; `stored` nullable. */
void summary_print_json(const wuji_exam *exam, const char *outcome, const wuji_published *stored);

/* publish.c */

/** Computes, writes --out, publishes into `db` (NULL: only the files), prints the summary. */
wuji_status publish_exam(const settings *s, wuji_db *db, wuji_exam *exam, bool replace, wuji_error *error);
/** Says on standard error that nothing was to be done. */
void unchanged_tell(const settings *s, const wuji_exam *exam);

/* db.c */

/** WUJI_USAGE with --db none. */
wuji_status require_database(const settings *s, wuji_error *error);
/** Opens the database of --db; WUJI_USAGE with --db none. */
wuji_status open_database(const settings *s, wuji_db **db, wuji_error *error);

#endif
