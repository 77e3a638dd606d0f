#include "cli/commands.h"
#include "cli/language.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const command commands[] = {
    {"check", "PACKAGE", "check a package, store nothing", "errors threads", 1, 1, command_check},
    {"run", "PACKAGE", "check, analyse and publish a package: the main job",
     "out items replace threads errors no-bom", 1, 1, command_run},
    {"ingest", "PACKAGE", "check a package and store its content: the first half of run",
     "replace threads errors", 1, 1, command_ingest},
    {"analyze", "EXAM", "compute and publish what was ingested: the second half of run",
     "out items threads no-bom", 1, 1, command_analyze},
    {"growth", "EXAM", "value-added growth of a stored exam, published with its other tables",
     "priors covariates random slope ml out items threads no-bom", 1, 1, command_growth},
    {"export", "EXAM TABLE", "one table of a published exam as CSV or JSON", "node paper format out no-bom",
     2, 2, command_export},
    {"exams", "", "list the published exams", "", 0, 0, command_exams},
    {"withdraw", "EXAM", "take an exam back out of the database", "", 1, 1, command_withdraw},
    {"db", "start|stop|status|uri|migrate", "the private database cluster and the schema", "", 1, 1,
     command_db},
    {"fit", "MODEL DATA.csv", "a model on any plain table; the model is hlm",
     "y x group slope ml out no-bom threads", 2, 2, command_fit},
    {"gen", "DIR", "write a synthetic package", "sf seed no-growth", 1, 1, command_gen},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

wuji_status fail(wuji_error *error, wuji_status status, const char *format, ...) {
  va_list args;
  va_start(args, format);
  (void)vsnprintf(error->message, sizeof error->message, say(format), args);
  va_end(args);
  error->status = status;
  return status;
}

static void print_help(void) {
  (void)fputs(say("Usage: wuji COMMAND [OPTIONS]\n\n"
                  "Exam analytics for province, city, county, school, class and student.\n\n"
                  "Commands:\n"),
              stdout);
  for (int i = 0; i < COMMANDS; i++) {
    char usage[128];
    (void)snprintf(usage, sizeof usage, "%s %s", commands[i].name, say(commands[i].operands));
    (void)fputs("  ", stdout);
    put_padded(stdout, usage, 37);
    puts(say(commands[i].does));
  }
  (void)fputs(say("\nwuji COMMAND --help tells a command's options; man wuji tells all.\n\n"
                  "Exit status: 0 good, 1 own failure, 2 usage, 3 database, 4 input rejected or not found, "
                  "5 conflict.\n"),
              stdout);
}

static const command *find(const char *name) {
  for (int i = 0; i < COMMANDS; i++) {
    if (strcmp(commands[i].name, name) == 0) return &commands[i];
  }
  return NULL;
}

static wuji_status dispatch(int argc, char **argv, wuji_error *error) {
  settings s = {.seed = 1};
  int at = 0;
  wuji_status status = settings_read_first(&s, argc, argv, &at, error);
  if (status != WUJI_OK) return status;
  if (s.version) {
    puts("wuji " WUJI_VERSION);
    return WUJI_OK;
  }
  if (at == argc) {
    if (!s.help) return fail(error, WUJI_USAGE, "no command given; wuji --help lists them");
    print_help();
    return WUJI_OK;
  }
  const command *c = find(argv[at]);
  if (c == NULL) return fail(error, WUJI_USAGE, "there is no command %s; wuji --help lists them", argv[at]);
  status = settings_read_rest(&s, c, argc - at, argv + at, error);
  if (status != WUJI_OK) return status;
  if (s.help) {
    settings_help(c);
    return WUJI_OK;
  }
  return c->run(&s, error);
}

int main(int argc, char **argv) {
  (void)signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error like any other */
  language_of_locale();
  wuji_error error = {0};
  wuji_status status = dispatch(argc, argv, &error);
  progress_clear();
  if (status != WUJI_OK && error.message[0] != '\0') (void)fprintf(stderr, "wuji: %s\n", error.message);
  if (fflush(stdout) != 0 && status == WUJI_OK) {
    (void)fprintf(stderr, "wuji: %s\n", say("standard output cannot be written"));
    status = WUJI_IO;
  }
  return wuji_status_exit(status);
}
