#include "ingest/pack.h"

#include "base/threads.h"
#include "ingest/mark.h"

enum { TASK_ROWS = 4096 };

typedef struct pack_job {
  wuji_paper *paper;
  const void *raw;
  bool wide;
  uint32_t rows;
} pack_job;

/* A division by a constant vectorises where one by a variable would not, so there is a loop for each step. */
#define DIVIDE(from, to, step)                                                                               \
  for (size_t i = 0; i < count; i++) {                                                                       \
    out[i] = raw[i] == (from)-1 ? (to)-1 : (to)(raw[i] / (step));                                            \
  }                                                                                                          \
  break
#define PACK(name, from, to)                                                                                 \
  static void name(const void *in, void *into, size_t count, uint32_t units) {                               \
    const from *raw = in;                                                                                    \
    to *out = into;                                                                                          \
    switch (units) {                                                                                         \
    case 1: DIVIDE(from, to, 100);                                                                           \
    case 2: DIVIDE(from, to, 50);                                                                            \
    case 4: DIVIDE(from, to, 25);                                                                            \
    case 10: DIVIDE(from, to, 10);                                                                           \
    case 20: DIVIDE(from, to, 5);                                                                            \
    default: DIVIDE(from, to, 1);                                                                            \
    }                                                                                                        \
  }
PACK(pack_16_8, uint16_t, uint8_t)
PACK(pack_16_16, uint16_t, uint16_t)
PACK(pack_32_8, uint32_t, uint8_t)
PACK(pack_32_16, uint32_t, uint16_t)
PACK(pack_32_32, uint32_t, uint32_t)

static void pack_row(const pack_job *job, size_t row) {
  wuji_paper *paper = job->paper;
  size_t at = row * paper->item_count;
  const char *raw = (const char *)job->raw + at * (job->wide ? sizeof(uint32_t) : sizeof(uint16_t));
  char *out = (char *)paper->marks + at * paper->width;
  switch (paper->width) {
  case 1: (job->wide ? pack_32_8 : pack_16_8)(raw, out, paper->item_count, paper->units); break;
  case 2: (job->wide ? pack_32_16 : pack_16_16)(raw, out, paper->item_count, paper->units); break;
  default: pack_32_32(raw, out, paper->item_count, paper->units); break;
  }
}

static void fill_row(wuji_paper *paper, size_t row, wuji_code code) {
  uint32_t value = wuji_mark_code(paper->width, code);
  size_t at = row * paper->item_count;
  for (size_t i = at; i < at + paper->item_count; i++) {
    switch (paper->width) {
    case 1: ((uint8_t *)paper->marks)[i] = (uint8_t)value; break;
    case 2: ((uint16_t *)paper->marks)[i] = (uint16_t)value; break;
    default: ((uint32_t *)paper->marks)[i] = value; break;
    }
  }
}

static wuji_status pack_rows(void *context, uint32_t task, uint32_t worker, wuji_error *error) {
  (void)worker;
  (void)error;
  const pack_job *job = context;
  size_t begin = (size_t)task * TASK_ROWS;
  size_t end = begin + TASK_ROWS < job->rows ? begin + TASK_ROWS : job->rows;
  for (size_t row = begin; row < end; row++) {
    switch (job->paper->status[row]) {
    case WUJI_PRESENT: pack_row(job, row); break;
    case WUJI_ABSENT: fill_row(job->paper, row, WUJI_CODE_ABSENT); break;
    case WUJI_VOID: fill_row(job->paper, row, WUJI_CODE_VOID); break;
    default: fill_row(job->paper, row, WUJI_CODE_NOT_TAKEN); break;
    }
  }
  return WUJI_OK;
}

void wuji_pack_marks(wuji_paper *paper, uint32_t rows, const void *raw, bool wide, uint32_t threads) {
  pack_job job = {paper, raw, wide, rows};
  /* The tasks cannot fail. */
  (void)!wuji_parallel(threads, (rows + TASK_ROWS - 1) / TASK_ROWS, pack_rows, &job, NULL);
}
