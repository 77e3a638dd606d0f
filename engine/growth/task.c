#include "growth/task.h"

/* Lists grow by doubling: the places they leave stay in the arena until all goes. */
static void *with_room(wuji_arena *arena, void *list, uint32_t count, size_t size) {
  enum { FIRST = 32 };
  if (count != 0 && (count < FIRST || (count & (count - 1)) != 0)) return list;
  void *larger = wuji_arena_array(arena, count == 0 ? FIRST : 2 * (size_t)count, size);
  if (larger != NULL && count > 0) memcpy(larger, list, count * size);
  return larger;
}

wuji_status wuji_growth_add_term(wuji_growth_task *task, wuji_growth_term term, wuji_error *error) {
  wuji_growth_root *r = task->result;
  wuji_growth_term *terms = with_room(task->arena, r->terms, r->term_count, sizeof term);
  if (terms == NULL) return wuji_fail_memory(error);
  r->terms = terms;
  r->terms[r->term_count++] = term;
  return WUJI_OK;
}

wuji_status wuji_growth_add_check(wuji_growth_task *task, wuji_growth_check check, wuji_error *error) {
  wuji_growth_root *r = task->result;
  wuji_growth_check *checks = with_room(task->arena, r->checks, r->check_count, sizeof check);
  if (checks == NULL) return wuji_fail_memory(error);
  r->checks = checks;
  r->checks[r->check_count++] = check;
  return WUJI_OK;
}

wuji_str wuji_growth_join(wuji_growth_task *task, const char *a, wuji_str b) {
  wuji_str head = wuji_str_of(a);
  char *text = wuji_arena_alloc(task->arena, (size_t)head.len + b.len + 1);
  if (text == NULL) return WUJI_NO_STR;
  memcpy(text, head.ptr, head.len);
  if (b.len > 0) memcpy(text + head.len, b.ptr, b.len);
  return (wuji_str){text, head.len + b.len};
}

wuji_status wuji_growth_warn(wuji_growth_task *task, wuji_growth_warning warning, wuji_str what,
                             wuji_error *error) {
  wuji_growth_tally *tally = &task->warnings[warning];
  const wuji_paper *paper = task->request->sheet->paper;
  wuji_str code = paper == NULL ? wuji_str_of("total") : paper->code;
  if (tally->count++ > 0) return WUJI_OK;
  size_t size = (size_t)code.len + 2 + what.len;
  char *text = wuji_arena_alloc(task->arena, size + 1);
  if (text == NULL) return wuji_fail_memory(error);
  memcpy(text, code.ptr, code.len);
  tally->example = (wuji_str){text, code.len};
  if (what.len == 0) return WUJI_OK;
  text[code.len] = ':';
  text[code.len + 1] = ' ';
  memcpy(text + code.len + 2, what.ptr, what.len);
  tally->example.len = (uint32_t)size;
  return WUJI_OK;
}
