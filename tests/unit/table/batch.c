#include "table/table.h"

#include <criterion/criterion.h>

static const wuji_column_def columns[] = {{"name", WUJI_TEXT}, {"count", WUJI_INT4}, {"share", WUJI_REAL}};
static const wuji_table_def things = {"things", true, false, 3, columns};

typedef struct taken {
  uint32_t pushes, rows;
  wuji_status answer;
} taken;

static wuji_status take(void *context, const wuji_batch *batch, wuji_error *error) {
  taken *t = context;
  t->pushes++;
  t->rows += batch->rows;
  return t->answer == WUJI_OK ? WUJI_OK : wuji_fail(error, t->answer, "enough");
}

Test(batch, columns_have_room_for_the_capacity) {
  wuji_batch batch;
  cr_assert_eq(wuji_batch_init(&batch, &things, 100, NULL), WUJI_OK);
  for (uint32_t row = 0; row < 100; row++) {
    batch.columns[0].text[row] = wuji_str_of("x");
    batch.columns[1].integer[row] = row;
    batch.columns[2].real[row] = row;
  }
  cr_expect_eq(batch.columns[1].integer[99], 99);
  cr_expect_eq(batch.columns[2].real[99], 99);
  cr_expect(wuji_str_is(batch.columns[0].text[99], "x"));
  wuji_batch_dispose(&batch);
}

Test(batch, only_a_full_batch_is_handed_on_unless_forced) {
  wuji_batch batch;
  taken t = {0};
  wuji_sink sink = {take, &t};
  cr_assert_eq(wuji_batch_init(&batch, &things, 4, NULL), WUJI_OK);
  cr_expect_eq(wuji_batch_flush(&batch, true, &sink, NULL), WUJI_OK); /* nothing to hand on */
  cr_expect_eq(t.pushes, 0);
  batch.rows = 3;
  cr_expect_eq(wuji_batch_flush(&batch, false, &sink, NULL), WUJI_OK);
  cr_expect_eq(t.pushes, 0);
  cr_expect_eq(batch.rows, 3);
  batch.rows = 4;
  cr_expect_eq(wuji_batch_flush(&batch, false, &sink, NULL), WUJI_OK);
  cr_expect_eq(batch.rows, 0);
  batch.rows = 1;
  cr_expect_eq(wuji_batch_flush(&batch, true, &sink, NULL), WUJI_OK);
  cr_expect_eq(t.pushes, 2);
  cr_expect_eq(t.rows, 5);
  wuji_batch_dispose(&batch);
}

Test(batch, what_the_sink_says_is_passed_on) {
  wuji_batch batch;
  taken t = {.answer = WUJI_IO};
  wuji_sink sink = {take, &t};
  wuji_error error = {0};
  cr_assert_eq(wuji_batch_init(&batch, &things, 4, NULL), WUJI_OK);
  batch.rows = 1;
  cr_expect_eq(wuji_batch_flush(&batch, true, &sink, &error), WUJI_IO);
  cr_expect_str_eq(error.message, "enough");
  wuji_batch_dispose(&batch);
}

Test(batch, as_many_columns_as_a_batch_takes_are_all_there) {
  wuji_batch batch;
  wuji_column_def wide[WUJI_MOST_COLUMNS];
  for (uint32_t c = 0; c < WUJI_MOST_COLUMNS; c++) wide[c] = (wuji_column_def){"x", WUJI_REAL};
  const wuji_table_def def = {"wide", true, false, WUJI_MOST_COLUMNS, wide};
  cr_assert_eq(wuji_batch_init(&batch, &def, 2, NULL), WUJI_OK);
  cr_expect_not_null(batch.columns[WUJI_MOST_COLUMNS - 1].real);
  wuji_batch_dispose(&batch);
}
