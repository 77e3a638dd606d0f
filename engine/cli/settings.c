#include "cli/commands.h"
#include "cli/language.h"

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
  Y,
  X,
  GROUP,
  PRIORS,
  COVARIATES,
  RANDOM,
  SLOPE,
  ML,
  QUIET,
  JSON,
  HELP,
  VERSION,
  LANGUAGE
};

static const struct option options[] = {
    {"db", required_argument, NULL, DB},
    {"quiet", no_argument, NULL, QUIET},
    {"json", no_argument, NULL, JSON},
    {"help", no_argument, NULL, HELP},
    {"version", no_argument, NULL, VERSION},
    {"lang", required_argument, NULL, LANGUAGE},
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
    {"y", required_argument, NULL, Y},
    {"x", required_argument, NULL, X},
    {"group", required_argument, NULL, GROUP},
    {"priors", required_argument, NULL, PRIORS},
    {"covariates", required_argument, NULL, COVARIATES},
    {"random", required_argument, NULL, RANDOM},
    {"slope", required_argument, NULL, SLOPE},
    {"ml", no_argument, NULL, ML},
    {NULL, 0, NULL, 0},
};

/* As --help shows them; one that means different things to different commands stands there more than once. */
static const struct {
  const char *option, *usage, *does;
  const char *commands; /* that it is told of, separated by blanks; NULL: all that take it */
} texts[] = {
    {"out", "--out DIR", "also write every table as DIR/TABLE.csv", "run analyze growth"},
    {"y", "--y COLUMN", "the outcome", NULL},
    {"x", "--x A,B", "covariates; a column of text counts as 0/1 columns, one a value", NULL},
    {"group", "--group A/B", "random intercepts by these columns, outermost first", NULL},
    {"slope", "--slope X:A", "a random slope of the covariate X by the groups A", "fit"},
    {"ml", "--ml", "maximum likelihood (default: REML)", NULL},
    {"out", "--out DIR", "write fixed, varcomp, fit, effects and students as CSV there", "fit"},
    {"out", "--out FILE", "a file instead of standard output", "export"},
    {"items", "--items", "with --out: also item_score.csv, a row a mark", NULL},
    {"node", "--node PATH", "only this node and all below it, e.g. 浙江省/温州市", NULL},
    {"paper", "--paper P", "only this paper (a code, or total)", NULL},
    {"format", "--format csv|json", "default csv", NULL},
    {"no-bom", "--no-bom", "CSV without the byte order mark that Excel wants", NULL},
    {"replace", "--replace", "take other content although the exam is stored already", NULL},
    {"errors", "--errors FILE", "every fault of the package as CSV", NULL},
    {"threads", "--threads N", "default: as many as there are processors", NULL},
    {"sf", "--sf X", "size: 1 is 300,000 candidates, 6 papers of 40 items", NULL},
    {"seed", "--seed N", "same seed, same bytes (default 1)", NULL},
    {"no-growth", "--no-growth", "without priors", NULL},
    {"priors", "--priors A,B", "of every outcome, most recent first: columns of priors, or EXAM:PAPER", NULL},
    {"covariates", "--covariates A,B", "attributes of students that the models take into account", NULL},
    {"random", "--random A,B", "the random levels, e.g. county,school", NULL},
    {"slope", "--slope X:LEVEL", "a prior or covariate whose slope varies by level", "growth"},
    {"db", "--db CONNINFO",
     "database to use (default: PGHOST, PGSERVICE, PGDATABASE, else the private cluster)", NULL},
    {"json", "--json", "the result as one JSON object on standard output", NULL},
    {"lang", "--lang zh|en", "messages in Chinese or English (default: by the locale)", NULL},
    {"quiet", "--quiet", "no progress, no summary, no warnings", NULL},
    {"help", "--help", "this text", NULL},
};

/* Whether `word` is one of `list`, separated by blanks. */
static bool listed(const char *list, const char *word) {
  size_t len = strlen(word);
  for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word)) {
    if ((at == list || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0')) return true;
  }
  return false;
}

static bool taken_by(const command *c, const char *option) {
  return listed("db quiet json help version lang", option) || listed(c->options, option);
}

static void print_tables(void) {
  puts(say("\nTables:"));
  int columns = 0;
  for (size_t i = 0; i < wuji_table_kinds(); i++) {
    columns += printf("%s%s", columns == 0 ? "  " : " ", wuji_table_kind(i));
    if (columns < 70 && i + 1 < wuji_table_kinds()) continue;
    (void)putchar('\n');
    columns = 0;
  }
}

void settings_help(const command *c) {
  printf(say("Usage: wuji %s %s%s[OPTIONS]\n\n%s.\n\n"), c->name, say(c->operands), c->operands[0] ? " " : "",
         say(c->does));
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    if (!taken_by(c, texts[i].option)) continue;
    if (texts[i].commands != NULL && !listed(texts[i].commands, c->name)) continue;
    (void)fputs("  ", stdout);
    put_padded(stdout, say(texts[i].usage), 21);
    puts(say(texts[i].does));
  }
  if (strcmp(c->name, "export") == 0) print_tables();
}

wuji_options options_of(const settings *s) {
  return (wuji_options){.threads = s->threads, .progress = progress_wanted(s) ? progress_draw : NULL};
}

static bool read_number(const char *text, uint64_t most, uint64_t *number) {
  char *end = NULL;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || value > most) return false;
  *number = value;
  return true;
}

static bool read_language(const char *value) {
  if (strcmp(value, "zh") != 0 && strcmp(value, "en") != 0) return false;
  wuji_set_language(value[0] == 'z' ? WUJI_CHINESE : WUJI_ENGLISH);
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
  case Y: s->outcome = value; break;
  case X: s->covariates = value; break;
  case GROUP: s->groups = value; break;
  case SLOPE: s->slope = value; break;
  case ML: s->ml = true; break;
  case PRIORS: s->priors = value; break;
  case COVARIATES: s->attributes = value; break;
  case RANDOM: s->random = value; break;
  case QUIET: s->quiet = true; break;
  case JSON: s->json = true; break;
  case HELP: s->help = true; break;
  case VERSION: s->version = true; break;
  case LANGUAGE:
    if (!read_language(value)) return fail(error, WUJI_USAGE, "--lang %s is neither zh nor en", value);
    break;
  default: break;
  }
  return WUJI_OK;
}

/* `shape` as getopt has it; `c` NULL: before the command's name. */
static wuji_status read_options(settings *s, const command *c, int argc, char **argv, const char *shape,
                                wuji_error *error) {
  wuji_status status = WUJI_OK;
  opterr = 0;
  optind = 0; /* begins anew */
  int option = 0;
  int at = 0;
  while (status == WUJI_OK && (option = getopt_long(argc, argv, shape, options, &at)) != -1) {
    if (option == 'h') option = HELP;
    if (option == ':') {
      status = fail(error, WUJI_USAGE, "%s wants a value", argv[optind - 1]);
    } else if (option != '?') {
      status = take(s, option, optarg, error);
      s->given |= 1U << (option - FIRST);
    } else if (c == NULL) {
      status = fail(error, WUJI_USAGE, "wuji takes no option %s; wuji --help lists the commands",
                    argv[optind - 1]);
    } else {
      status = fail(error, WUJI_USAGE, "wuji %s takes no option %s; wuji %s --help lists them", c->name,
                    argv[optind - 1], c->name);
    }
  }
  return status;
}

wuji_status settings_read_first(settings *s, int argc, char **argv, int *at, wuji_error *error) {
  wuji_status status = read_options(s, NULL, argc, argv, "+:h", error);
  *at = optind;
  return status;
}

wuji_status settings_read_rest(settings *s, const command *c, int argc, char **argv, wuji_error *error) {
  wuji_status status = read_options(s, c, argc, argv, ":h", error);
  if (status != WUJI_OK) return status;
  for (const struct option *o = options; o->name != NULL; o++) {
    if ((s->given & 1U << (o->val - FIRST)) != 0 && !taken_by(c, o->name)) {
      return fail(error, WUJI_USAGE, "wuji %s takes no option --%s; wuji %s --help lists them", c->name,
                  o->name, c->name);
    }
  }
  s->operands = argv + optind;
  s->operand_count = argc - optind;
  if (!s->help && (s->operand_count < c->fewest || s->operand_count > c->most)) {
    return fail(error, WUJI_USAGE, "usage: wuji %s %s", c->name, say(c->operands));
  }
  return WUJI_OK;
}
