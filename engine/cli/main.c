#include "cli/commands.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const command commands[] = {
    {"check", "PACKAGE", "check a package, store nothing", "errors threads", 1, 1, command_check},
    {"run", "PACKAGE", "check, analyse and publish a package: the main job",
     "out items replace threads errors no-bom", 1, 1, command_run},
    {"export", "EXAM TABLE", "one table of a published exam as CSV or JSON", "node paper format out no-bom",
     2, 2, command_export},
    {"exams", "", "list the published exams", "", 0, 0, command_exams},
    {"db", "start|stop|status|uri|migrate", "the private database cluster and the schema", "", 1, 1,
     command_db},
    {"gen", "DIR", "write a synthetic package", "sf seed no-growth", 1, 1, command_gen},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

wuji_status fail(wuji_error *error, wuji_status status, const char *format, ...) {
  va_list args;
  va_start(args, format);
  (void)vsnprintf(error->message, sizeof error->message, format, args);
  va_end(args);
  error->status = status;
  return status;
}

static void print_help(void) {
  puts("Usage: wuji COMMAND [OPTIONS]\n\nExam analytics for province, city, county, school, class and "
       "student.\n\nCommands:");
  for (int i = 0; i < COMMANDS; i++) {
    char usage[64];
    (void)snprintf(usage, sizeof usage, "%s %s", commands[i].name, commands[i].operands);
    printf("  %-36s %s\n", usage, commands[i].does);
  }
  puts("\nwuji COMMAND --help tells a command's options.\n\n"
       "Exit status: 0 good, 1 own failure, 2 usage, 3 database, 4 input rejected or not found, 5 conflict.");
}

static const command *find(const char *name) {
  for (int i = 0; i < COMMANDS; i++) {
    if (strcmp(commands[i].name, name) == 0) return &commands[i];
  }
  return NULL;
}

static wuji_status dispatch(int argc, char **argv, wuji_error *error) {
  if (argc < 2) {
    return fail(error, WUJI_USAGE, "no command given; wuji --help lists them");
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
    print_help();
    return WUJI_OK;
  }
  if (strcmp(argv[1], "--version") == 0) {
    puts("wuji " WUJI_VERSION);
    return WUJI_OK;
  }
  const command *c = find(argv[1]);
  if (c == NULL) return fail(error, WUJI_USAGE, "there is no command %s; wuji --help lists them", argv[1]);
  settings s = {0};
  wuji_status status = settings_read(&s, c, argc - 1, argv + 1, error);
  if (status != WUJI_OK) return status;
  if (s.help) {
    settings_help(c);
    return WUJI_OK;
  }
  return c->run(&s, error);
}

int main(int argc, char **argv) {
  (void)signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error like any other */
  wuji_error error = {0};
  wuji_status status = dispatch(argc, argv, &error);
  progress_clear();
  if (status != WUJI_OK && error.message[0] != '\0') (void)fprintf(stderr, "wuji: %s\n", error.message);
  if (fflush(stdout) != 0 && status == WUJI_OK) {
    (void)fprintf(stderr, "wuji: standard output cannot be written\n");
    status = WUJI_IO;
  }
  return wuji_status_exit(status);
}
