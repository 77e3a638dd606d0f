#include "cli/commands.h"

wuji_status command_gen(const settings *s, wuji_error *error) {
  if (s->scale == NULL) return fail(error, WUJI_USAGE, "wuji gen wants a size: --sf X");
  wuji_gen_options options = {.scale = s->scale, .seed = s->seed, .no_growth = s->no_growth};
  return wuji_gen(s->operands[0], &options, error);
}
