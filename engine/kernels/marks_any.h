/* The loops of marks.h for one type of mark: the reference that any faster variant must equal. Included once
 * a type, with TYPE (unsigned) and NAMED(function) defined; leaves nothing defined. */

static inline uint32_t NAMED(worth)(TYPE mark) {
  return mark == (TYPE)-1 ? 0U : (uint32_t)mark;
}

static const TYPE *NAMED(row)(const wuji_marks *marks, uint32_t row) {
  return (const TYPE *)marks->marks + (size_t)row * marks->items;
}

static void NAMED(sum)(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                       const wuji_mark_sums *sums) {
  const TYPE *maxima = marks->maxima;
  for (uint32_t r = 0; r < count; r++) {
    const TYPE *mark = NAMED(row)(marks, rows[r]);
    uint64_t total = totals[r];
    for (uint32_t i = 0; i < marks->items; i++) {
      uint64_t x = NAMED(worth)(mark[i]);
      sums->sum[i] += x;
      sums->square[i] += x * x;
      sums->cross[i] += x * total;
    }
    for (uint32_t i = 0; i < marks->items; i++) {
      sums->full[i] += mark[i] == maxima[i];
      sums->zero[i] += mark[i] == 0;
      sums->blank[i] += mark[i] == (TYPE)-1;
    }
  }
}

static void NAMED(weigh)(const wuji_marks *marks, const uint32_t *rows, const int16_t *weights,
                         uint32_t count, int64_t *sum) {
  for (uint32_t r = 0; r < count; r++) {
    const TYPE *restrict mark = NAMED(row)(marks, rows[r]);
    int64_t *restrict into = sum;
    int64_t weight = weights[r];
    for (uint32_t i = 0; i < marks->items; i++) into[i] += NAMED(worth)(mark[i]) * weight;
  }
}

static void NAMED(bin)(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals, uint32_t count,
                       uint32_t *bins) {
  for (uint32_t r = 0; r < count; r++) {
    const TYPE *restrict mark = NAMED(row)(marks, rows[r]);
    uint32_t *restrict bin = bins + (size_t)totals[r] * marks->items;
    for (uint32_t i = 0; i < marks->items; i++) bin[i] += NAMED(worth)(mark[i]);
  }
}

static void NAMED(bin_wide)(const wuji_marks *marks, const uint32_t *rows, const uint32_t *totals,
                            uint32_t count, uint64_t *bins) {
  for (uint32_t r = 0; r < count; r++) {
    const TYPE *restrict mark = NAMED(row)(marks, rows[r]);
    uint64_t *restrict bin = bins + (size_t)totals[r] * marks->items;
    for (uint32_t i = 0; i < marks->items; i++) bin[i] += NAMED(worth)(mark[i]);
  }
}

static void NAMED(add)(const wuji_marks *marks, const uint32_t *rows, uint32_t count, uint64_t *sum) {
  for (uint32_t r = 0; r < count; r++) {
    const TYPE *restrict mark = NAMED(row)(marks, rows[r]);
    uint64_t *restrict into = sum;
    for (uint32_t i = 0; i < marks->items; i++) into[i] += NAMED(worth)(mark[i]);
  }
}

#undef TYPE
#undef NAMED
