#include "cli/commands.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  FIRST = 256,
  DB = FIRST,
  OUT,
  ERRORS,
  NODE,
  PAPER,
  FORMAT,
  SF,
  SEED,
  THREADS,
  ITEMS,
  REPLACE,
  NO_BOM,
  NO_GROWTH,
  QUIET,
  JSON,
  HELP
};

static const struct option options[] = {
    {"db", required_argument, NULL, DB},
    {"quiet", no_argument, NULL, QUIET},
    {"json", no_argument, NULL, JSON},
    {"help", no_argument, NULL, HELP},
    {"out", required_argument, NULL, OUT},
    {"errors", required_argument, NULL, ERRORS},
    {"node", required_argument, NULL, NODE},
    {"paper", required_argument, NULL, PAPER},
    {"format", required_argument, NULL, FORMAT},
    {"sf", required_argument, NULL, SF},
    {"seed", required_argument, NULL, SEED},
    {"threads", required_argument, NULL, THREADS},
    {"items", no_argument, NULL, ITEMS},
    {"replace", no_argument, NULL, REPLACE},
    {"no-bom", no_argument, NULL, NO_BOM},
    {"no-growth", no_argument, NULL, NO_GROWTH},
    {NULL, 0, NULL, 0},
};

static const struct {
  const char *option, *usage, *does;
} texts[] = {
    {"db", "--db CONNINFO",
     "database to use (default: PGHOST, PGSERVICE, PGDATABASE, else the private cluster)"},
    {"quiet", "--quiet", "no progress, no summary, no warnings"},
    {"json", "--json", "the result as one JSON object on standard output"},
    {"help", "--help", "this text"},
    {"out", "--out PATH",
     "run: folder for TABLE.csv of every table; export: file instead of standard output"},
    {"errors", "--errors FILE", "every fault of the package as CSV"},
    {"node", "--node PATH", "only this node and all below it, e.g. 浙江省/温州市"},
    {"paper", "--paper P", "only this paper (a code, or total)"},
    {"format", "--format csv|json", "default csv"},
    {"sf", "--sf X", "size: 1 is 300,000 candidates, 6 papers of 40 items"},
    {"seed", "--seed N", "same seed, same bytes (default 1)"},
    {"threads", "--threads N", "default: as many as there are processors"},
    {"items", "--items", "also write item_score.csv, a row a mark"},
    {"replace", "--replace", "publish although the exam is published already"},
    {"no-bom", "--no-bom", "CSV without the byte order mark that Excel wants"},
    {"no-growth", "--no-growth", "without priors"},
};

static bool taken_by(const command *c, const char *option) {
  static const char always[] = " db quiet json help ";
  char wanted[32];
  char own[160];
  (void)snprintf(wanted, sizeof wanted, " %s ", option);
  (void)snprintf(own, sizeof own, " %s ", c->options);
  return strstr(always, wanted) != NULL || strstr(own, wanted) != NULL;
}

void settings_help(const command *c) {
  printf("Usage: wuji %s %s%s[OPTIONS]\n\n%s.\n\n", c->name, c->operands, c->operands[0] ? " " : "", c->does);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    if (taken_by(c, texts[i].option)) printf("  %-20s %s\n", texts[i].usage, texts[i].does);
  }
}

static bool read_number(const char *text, uint64_t most, uint64_t *number) {
  char *end = NULL;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || value > most) return false;
  *number = value;
  return true;
}

static wuji_status take(settings *s, int option, const char *value, wuji_error *error) {
  uint64_t number = 0;
  switch (option) {
  case DB:
    s->no_db = strcmp(value, "none") == 0;
    s->db = value;
    break;
  case OUT: s->out = value; break;
  case ERRORS: s->errors = value; break;
  case NODE: s->node = value; break;
  case PAPER: s->paper = value; break;
  case FORMAT: s->format = value; break;
  case SF: s->scale = value; break;
  case SEED:
    if (!read_number(value, UINT64_MAX, &s->seed))
      return fail(error, WUJI_USAGE, "--seed %s is no whole number", value);
    break;
  case THREADS:
    if (!read_number(value, 256, &number) || number == 0) {
      return fail(error, WUJI_USAGE, "--threads %s is no whole number from 1 to 256", value);
    }
    s->threads = (uint32_t)number;
    break;
  case ITEMS: s->items = true; break;
  case REPLACE: s->replace = true; break;
  case NO_BOM: s->no_bom = true; break;
  case NO_GROWTH: s->no_growth = true; break;
  case QUIET: s->quiet = true; break;
  case JSON: s->json = true; break;
  case HELP: s->help = true; break;
  default: break;
  }
  return WUJI_OK;
}

wuji_status settings_read(settings *s, const command *c, int argc, char **argv, wuji_error *error) {
  s->seed = 1;
  opterr = 0;
  int option = 0;
  int at = 0;
  while ((option = getopt_long(argc, argv, ":h", options, &at)) != -1) {
    if (option == 'h') option = HELP;
    if (option == ':') return fail(error, WUJI_USAGE, "%s wants a value", argv[optind - 1]);
    if (option == '?' || (option != HELP && !taken_by(c, options[at].name))) {
      return fail(error, WUJI_USAGE, "wuji %s takes no option %s; wuji %s --help lists them", c->name,
                  argv[optind - 1], c->name);
    }
    wuji_status status = take(s, option, optarg, error);
    if (status != WUJI_OK) return status;
  }
  s->operands = argv + optind;
  s->operand_count = argc - optind;
  if (!s->help && (s->operand_count < c->fewest || s->operand_count > c->most)) {
    return fail(error, WUJI_USAGE, "usage: wuji %s %s", c->name, c->operands);
  }
  return WUJI_OK;
}
