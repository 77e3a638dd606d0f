#include "ingest/student_id.h"

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool wuji_id_damaged(wuji_str id) {
  uint32_t at = 0;
  if (at >= id.len || !is_digit(id.ptr[at])) return false;
  while (at < id.len && is_digit(id.ptr[at])) at++;
  if (at < id.len && id.ptr[at] == '.') {
    at++;
    if (at >= id.len || !is_digit(id.ptr[at])) return false;
    while (at < id.len && is_digit(id.ptr[at])) at++;
  }
  bool exponent = at + 2 < id.len && (id.ptr[at] == 'E' || id.ptr[at] == 'e') && id.ptr[at + 1] == '+';
  if (!exponent) return false;
  at += 2;
  while (at < id.len && is_digit(id.ptr[at])) at++;
  return at == id.len;
}

bool wuji_id_summary(wuji_str id) {
  static const char *const names[] = {"平均分", "合计", "满分", "得分率", "最高分"};
  bool summary = false;
  for (size_t n = 0; n < sizeof names / sizeof *names; n++) summary |= wuji_str_is(id, names[n]);
  return summary;
}
