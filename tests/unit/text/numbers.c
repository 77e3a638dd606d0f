#include "text/numbers.h"
#include "base/isa.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const wuji_isa_level levels[] = {WUJI_ISA_BASELINE, WUJI_ISA_AVX2, WUJI_ISA_AVX512};
enum { LEVELS = sizeof levels / sizeof *levels, MOST = 300 };

Test(numbers, every_level_tells_of_a_row_what_a_plain_loop_does) {
  uint8_t numbers[MOST + WUJI_CHUNK_BYTES];
  uint8_t most[MOST + WUJI_CHUNK_BYTES];
  srand(1);
  for (uint32_t count = 0; count <= MOST; count++) {
    wuji_numbers_told plain = {0};
    memset(numbers, 7, sizeof numbers);
    memset(most, 99, sizeof most);
    for (uint32_t i = 0; i < count; i++) {
      int kind = rand() % 10;
      most[i] = (uint8_t)(rand() % 100);
      numbers[i] = (uint8_t)(kind == 0 ? WUJI_NO_CELL : kind == 1 ? WUJI_NO_NUMBER : rand() % 100);
      bool good = numbers[i] <= most[i];
      plain.sum += good ? numbers[i] : 0;
      plain.empty += numbers[i] == WUJI_NO_CELL;
      plain.odd += !good && numbers[i] != WUJI_NO_CELL;
    }
    for (int l = 0; l < LEVELS; l++) {
      (void)wuji_isa_limit(levels[l]);
      wuji_numbers_told told = wuji_numbers_tell(numbers, most, count);
      cr_expect_eq(told.sum, plain.sum);
      cr_expect_eq(told.empty, plain.empty);
      cr_expect_eq(told.odd, plain.odd);
    }
  }
}

/* The first chunk's cells may be taken for no numbers: what stands before it is no mark. */
static void look_like_plain_loop(const char *text, const char *p) {
  for (int l = 0; l < LEVELS; l++) {
    wuji_chunk chunk;
    uint32_t count = 0;
    const char *begin = p;
    while (begin > text && begin[-1] != ',' && begin[-1] != '\n') begin--;
    (void)wuji_isa_limit(levels[l]);
    wuji_chunk_looker()(&chunk, p, ',');
    for (int k = 0; k < WUJI_CHUNK_BYTES; k++) {
      bool newline = p[k] == '\n';
      bool mark = newline || p[k] == ',';
      cr_assert_eq(chunk.newlines >> k & 1, newline);
      cr_assert_eq(chunk.marks >> k & 1, mark);
      cr_assert_eq(chunk.quotes >> k & 1, p[k] == '"');
      if (!mark) continue;
      cr_assert_eq(chunk.places[count], k);
      cr_assert_eq(chunk.numbers[count], wuji_short_number(begin, (uint32_t)(p + k - begin)));
      count++;
      begin = p + k + 1;
    }
  }
}

Test(numbers, every_level_looks_at_a_chunk_as_a_plain_loop_does) {
  static const char some[] = "0123456789,,,,,,\n.-a\"\r \xEF";
  char text[4 + 20 * WUJI_CHUNK_BYTES];
  srand(2);
  for (int round = 0; round < 200; round++) {
    for (size_t i = 0; i < sizeof text; i++) text[i] = some[(size_t)rand() % (sizeof some - 1)];
    text[0] = ','; /* so that the cell at hand begins somewhere */
    for (size_t at = 4; at + WUJI_CHUNK_BYTES <= sizeof text; at += 13) look_like_plain_loop(text, text + at);
  }
}
