#include "models/crossing.h"

enum { FEW = 16 };

static void swap(wuji_crossing *a, wuji_crossing *b) {
  wuji_crossing kept = *a;
  *a = *b;
  *b = kept;
}

static void sort_few(wuji_crossing *all, uint32_t from, uint32_t to) {
  for (uint32_t i = from + 1; i < to; i++) {
    wuji_crossing moved = all[i];
    uint32_t k = i;
    for (; k > from && all[k - 1].at > moved.at; k--) all[k] = all[k - 1];
    all[k] = moved;
  }
}

static double middle_of(const wuji_crossing *all, uint32_t from, uint32_t to) {
  double a = all[from].at;
  double b = all[from + (to - from) / 2].at;
  double c = all[to - 1].at;
  if (a > b) {
    double kept = a;
    a = b;
    b = kept;
  }
  return c < a ? a : c > b ? b : c;
}

uint32_t wuji_crossing_select(wuji_crossing *all, uint32_t count, double needed) {
  uint32_t from = 0;
  uint32_t to = count;
  while (to - from > FEW) {
    double middle = middle_of(all, from, to);
    uint32_t less = from; /* all before it are nearer than the middle */
    uint32_t same = from; /* from `less` to here: as far */
    double rise = 0;
    double level = 0;
    for (uint32_t i = from; i < to; i++) {
      if (all[i].at > middle) continue;
      if (all[i].at < middle) {
        rise += all[i].rise;
        wuji_crossing nearer = all[i];
        all[i] = all[same];
        all[same++] = all[less];
        all[less++] = nearer;
      } else {
        level += all[i].rise;
        swap(&all[i], &all[same++]);
      }
    }
    if (rise >= needed) {
      to = less;
    } else if (rise + level >= needed) {
      needed -= rise;
      while (less + 1 < same && all[less].rise < needed) needed -= all[less++].rise;
      return less;
    } else {
      needed -= rise + level;
      from = same;
    }
  }
  sort_few(all, from, to);
  while (from < to && all[from].rise < needed) needed -= all[from++].rise;
  return from < to ? from : to < count ? to - 1 : count;
}
