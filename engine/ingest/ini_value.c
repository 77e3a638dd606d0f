#include "ingest/ini_value.h"

#include "ingest/exam_ini.h"
#include "text/csv.h"
#include "text/fold.h"

void wuji_value_bad(wuji_ini_place *place, const wuji_ini_entry *entry, wuji_problem_kind kind,
                    const char *expected) {
  wuji_note_problem(place->notes, (wuji_place){.line = entry->line}, kind, entry->value, "%s is %s, not %s",
                    WUJI_SHOW(entry->key),
                    entry->value.len == 0 ? wuji_in_language("empty") : WUJI_SHOW(entry->value),
                    wuji_in_language(expected));
}

void wuji_value_text(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  if (entry->value.len == 0)
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "a text");
  else
    *(wuji_str *)target = entry->value;
}

void wuji_value_date(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  static const int days[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  wuji_str v = entry->value;
  bool good = v.len == 10;
  for (uint32_t i = 0; good && i < v.len; i++) {
    good = i == 4 || i == 7 ? v.ptr[i] == '-' : v.ptr[i] >= '0' && v.ptr[i] <= '9';
  }
  if (good) {
    int year = (v.ptr[0] - '0') * 1000 + (v.ptr[1] - '0') * 100 + (v.ptr[2] - '0') * 10 + (v.ptr[3] - '0');
    int month = (v.ptr[5] - '0') * 10 + (v.ptr[6] - '0');
    int day = (v.ptr[8] - '0') * 10 + (v.ptr[9] - '0');
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    good = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (month != 2 || day < 29 || leap);
  }
  if (good)
    *(wuji_str *)target = v;
  else
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "a date YYYY-MM-DD");
}

void wuji_value_share(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  wuji_decimal value;
  if (wuji_decimal_read(entry->value, &value) && value.num > 0 && value.num <= value.den) {
    *(wuji_decimal *)target = value;
  } else {
    wuji_value_bad(place, entry, WUJI_PROBLEM_SHARE_RANGE, "a share above 0 and at most 1");
  }
}

void wuji_value_positive(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  wuji_decimal value;
  if (wuji_decimal_read(entry->value, &value) && value.num > 0)
    *(wuji_decimal *)target = value;
  else
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "a number above 0");
}

void wuji_value_mark(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  wuji_decimal value;
  if (wuji_decimal_read(entry->value, &value))
    *(wuji_decimal *)target = value;
  else
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "a mark");
}

bool wuji_yes_or_no(wuji_str text, bool *yes) {
  *yes = wuji_same_ascii(text, "yes") || wuji_str_is(text, "是");
  return *yes || wuji_same_ascii(text, "no") || wuji_str_is(text, "否");
}

void wuji_value_yes(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  bool yes;
  if (wuji_yes_or_no(entry->value, &yes))
    *(bool *)target = yes;
  else
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "yes or no");
}

void wuji_value_takers(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  bool all = wuji_str_is(entry->value, "all");
  if (all || wuji_str_is(entry->value, "rows"))
    *(bool *)target = all;
  else
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "rows or all");
}

void wuji_value_absent(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  bool exclude = wuji_str_is(entry->value, "exclude");
  wuji_absent_rule rule = exclude ? WUJI_ABSENT_EXCLUDE : WUJI_ABSENT_ZERO;
  if (exclude || wuji_str_is(entry->value, "zero"))
    *(wuji_absent_rule *)target = rule;
  else
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "zero or exclude");
}

void wuji_value_rank(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  wuji_str v = entry->value;
  bool good = wuji_str_is(v, "own") || wuji_str_is(v, "band") || wuji_str_is(v, "none");
  if (good)
    *(wuji_str *)target = v;
  else
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "own, band or none");
}

void wuji_value_method(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  bool good = wuji_str_is(entry->value, "reml") || wuji_str_is(entry->value, "ml");
  if (good)
    *(wuji_str *)target = entry->value;
  else
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "reml or ml");
}

/* A whole number from 1, at most nine digits. */
static bool read_count(wuji_str text, uint32_t *count) {
  wuji_decimal value;
  bool good = memchr(text.ptr, '.', text.len) == NULL && wuji_decimal_read(text, &value) && value.num > 0 &&
              value.num <= INT32_MAX; /* what the database keeps */
  if (good) *count = (uint32_t)value.num;
  return good;
}

void wuji_value_count(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  if (!read_count(entry->value, target)) {
    wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "a whole number above 0");
  }
}

bool wuji_value_next(wuji_str *rest, wuji_str *piece) {
  static const char wide_comma[] = "，";
  if (rest->ptr == NULL) return false;
  uint32_t at = 0;
  uint32_t step = 0;
  for (; at < rest->len && step == 0; at += step == 0) {
    if (rest->ptr[at] == ',')
      step = 1;
    else if (rest->len - at >= 3 && memcmp(rest->ptr + at, wide_comma, 3) == 0)
      step = 3;
  }
  *piece = wuji_trim((wuji_str){rest->ptr, at});
  *rest = step == 0 ? WUJI_NO_STR : (wuji_str){rest->ptr + at + step, rest->len - at - step};
  return true;
}

uint32_t wuji_value_pieces(wuji_str list) {
  uint32_t count = 0;
  wuji_str piece;
  while (wuji_value_next(&list, &piece)) count++;
  return count;
}

void wuji_value_tops(wuji_ini_place *place, const wuji_ini_entry *entry, void *target) {
  wuji_band_plan *band = target;
  wuji_str rest = entry->value;
  uint32_t *tops = wuji_arena_array(place->arena, wuji_value_pieces(rest), sizeof *tops);
  place->out_of_memory |= tops == NULL;
  bool good = tops != NULL;
  uint32_t count = 0;
  wuji_str piece;
  while (good && wuji_value_next(&rest, &piece)) {
    good = read_count(piece, &tops[count]);
    for (uint32_t t = 0; good && t < count; t++) good = tops[t] != tops[count];
    count++;
  }
  band->tops = tops;
  band->top_count = good ? count : 0;
  if (!good) wuji_value_bad(place, entry, WUJI_PROBLEM_VALUE_BAD, "a list of different ranks");
}
