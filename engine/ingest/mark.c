#include "ingest/mark.h"

#include <stdio.h>

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

wuji_mark_form wuji_mark_read(wuji_str text, uint32_t *hundredths) {
  uint64_t value = 0;
  uint32_t at = 0;
  uint32_t decimals = 0;
  *hundredths = 0;
  bool negative = text.len > 1 && text.ptr[0] == '-';
  uint32_t begin = negative ? 1 : 0;
  for (at = begin; at < text.len && is_digit(text.ptr[at]); at++) {
    value = value * 10 + (uint64_t)(text.ptr[at] - '0');
    if (value > WUJI_MARK_BEYOND) value = WUJI_MARK_BEYOND;
  }
  if (at == begin) return WUJI_MARK_NO_NUMBER;
  value *= WUJI_HUNDREDTHS;
  if (at < text.len && text.ptr[at] == '.') {
    uint32_t weight = WUJI_HUNDREDTHS / 10;
    for (at++; at < text.len && is_digit(text.ptr[at]); at++, decimals++, weight /= 10) {
      value += weight * (uint64_t)(text.ptr[at] - '0');
    }
    if (decimals == 0) return WUJI_MARK_NO_NUMBER;
  }
  if (at < text.len) return WUJI_MARK_NO_NUMBER;
  if (negative) return WUJI_MARK_NEGATIVE;
  if (decimals > 2) return WUJI_MARK_DECIMALS;
  *hundredths = value > WUJI_MARK_BEYOND ? WUJI_MARK_BEYOND : (uint32_t)value;
  return WUJI_MARK_GOOD;
}

bool wuji_mark_check(wuji_notes *notes, wuji_place place, wuji_str text, uint32_t maximum,
                     uint32_t *hundredths) {
  wuji_mark_form form = wuji_mark_read(text, hundredths);
  if (form == WUJI_MARK_NO_NUMBER) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_MARK_NOT_A_NUMBER, text, "mark %s is not a number",
                      WUJI_SHOW(text));
  } else if (form == WUJI_MARK_NEGATIVE) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_MARK_NEGATIVE, text, "mark %s is negative", WUJI_SHOW(text));
  } else if (form == WUJI_MARK_DECIMALS) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_MARK_DECIMALS, text, "mark %s has more than two decimals",
                      WUJI_SHOW(text));
  } else if (*hundredths > maximum) {
    wuji_note_problem(notes, place, WUJI_PROBLEM_MARK_ABOVE_MAXIMUM, text,
                      "mark %s is above the item's maximum %s", WUJI_SHOW(text),
                      wuji_mark_write(maximum).text);
  }
  return form == WUJI_MARK_GOOD && *hundredths <= maximum;
}

wuji_mark_text wuji_mark_write(uint64_t hundredths) {
  wuji_mark_text mark;
  unsigned whole = (unsigned)(hundredths / WUJI_HUNDREDTHS);
  unsigned part = (unsigned)(hundredths % WUJI_HUNDREDTHS);
  if (part == 0)
    (void)snprintf(mark.text, sizeof mark.text, "%u", whole);
  else if (part % 10 == 0)
    (void)snprintf(mark.text, sizeof mark.text, "%u.%u", whole, part / 10);
  else
    (void)snprintf(mark.text, sizeof mark.text, "%u.%02u", whole, part);
  return mark;
}

uint32_t wuji_mark_units(uint32_t divisor) {
  static const uint32_t units[] = {1, 2, 4, 10, 20, 100};
  uint32_t u = 0;
  while (divisor % (WUJI_HUNDREDTHS / units[u]) != 0) u++; /* ends at 100, whose step is one hundredth */
  return units[u];
}

uint32_t wuji_mark_divisor(uint32_t a, uint32_t b) {
  while (b != 0) {
    uint32_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}
