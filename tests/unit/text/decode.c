#include "text/decode.h"

#include "text_maker.h"

#include <criterion/criterion.h>
#include <iconv.h>
#include <stdlib.h>

/* The text of a file of these bytes, read `step` bytes at a time; malloc, NUL behind it. */
static char *decoded(const char *bytes, size_t len, size_t step, size_t *got) {
  test_folder folder = test_folder_make();
  wuji_decode *decode;
  size_t room = 4 * len + step + 1;
  size_t some = step;
  char *text = malloc(room);
  cr_assert_not_null(text);
  test_write_bytes(&folder, "file", bytes, len);
  char *path = test_path(&folder, "file");
  cr_assert_eq(wuji_decode_open(path, &decode, NULL, NULL), WUJI_OK);
  *got = 0;
  while (some == step) {
    cr_assert(*got + step < room);
    cr_assert_eq(wuji_decode_read(decode, text + *got, step, &some, NULL, NULL), WUJI_OK);
    *got += some;
  }
  text[*got] = '\0';
  wuji_decode_close(decode);
  free(path);
  test_folder_remove(&folder);
  return text;
}

/* The bytes become the text, however many of them are read at a time. */
static void becomes_bytes(const char *bytes, size_t len, const char *expected, size_t expected_len) {
  static const size_t steps[] = {1 << 20, 1, 5, 4096, 4099, 70000};
  for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
    size_t got;
    if (steps[s] < 4096 && len > 100000) continue; /* takes long */
    char *text = decoded(bytes, len, steps[s], &got);
    cr_expect_eq(got, expected_len, "%zu bytes, not %zu, by %zu", got, expected_len, steps[s]);
    cr_expect(got == expected_len && memcmp(text, expected, got) == 0, "<%s>, not <%s>", text, expected);
    free(text);
  }
}

#define BECOMES(bytes, expected) becomes_bytes(bytes, sizeof(bytes) - 1, expected, sizeof(expected) - 1)

/* `text` in another encoding, behind `mark`; malloc. */
static char *encoded(const char *text, size_t len, const char *encoding, const char *mark, size_t mark_len,
                     size_t *size) {
  iconv_t made = iconv_open(encoding, "UTF-8");
  cr_assert_neq(made, (iconv_t)-1);
  size_t room = 4 * len + 16;
  char *bytes = malloc(room);
  cr_assert_not_null(bytes);
  memcpy(bytes, mark, mark_len);
  char *in = (char *)(uintptr_t)text;
  char *out = bytes + mark_len;
  room -= mark_len;
  size_t before = room;
  cr_assert_eq(iconv(made, &in, &len, &out, &room), 0);
  *size = mark_len + before - room;
  iconv_close(made);
  return bytes;
}

static const struct {
  const char *name, *mark;
  size_t mark_len;
} forms[] = {{"UTF-8", "", 0},
             {"UTF-8", "\xEF\xBB\xBF", 3},
             {"GB18030", "", 0},
             {"GB18030", "\x84\x31\x95\x33", 4},
             {"UTF-16LE", "\xFF\xFE", 2},
             {"UTF-16BE", "\xFE\xFF", 2}};
enum { FORMS = sizeof forms / sizeof *forms };

static void same_in_every_form(const char *text, size_t len) {
  for (int f = 0; f < FORMS; f++) {
    size_t size;
    char *bytes = encoded(text, len, forms[f].name, forms[f].mark, forms[f].mark_len, &size);
    becomes_bytes(bytes, size, text, len);
    free(bytes);
  }
}

Test(decode, a_text_is_the_same_in_every_encoding) {
  static const char text[] = "准考证号,姓名,班级\n0001,王小明,1班\n0002,\"㐀𠀀 é ¥\",2班\r\n0003,欧阳,";
  same_in_every_form(text, sizeof text - 1);
  same_in_every_form("a,b\n1,2\n", 8);
}

Test(decode, characters_lie_across_every_border_of_reading) {
  enum { ASCII = 65534, LEN = 400000 };
  static const char piece[] = "一丁𠀀x\n";
  char *text = malloc(LEN + sizeof piece);
  cr_assert_not_null(text);
  size_t len = 0;
  for (; len < ASCII; len++) text[len] = len % 50 == 49 ? '\n' : '7';
  while (len < LEN) {
    memcpy(text + len, piece, sizeof piece); /* the NUL is written over, or not counted */
    len += sizeof piece - 1;
  }
  same_in_every_form(text, len);
  same_in_every_form(text + 1, len - 1);
  free(text);
}

Test(decode, what_is_not_ascii_may_come_late) {
  enum { LEN = 3000000 };
  static const char late[] = "缺考\n";
  char *text = malloc(LEN + 16);
  cr_assert_not_null(text);
  for (size_t i = 0; i < LEN; i++) text[i] = i % 50 == 49 ? '\n' : '7';
  memcpy(text + LEN, late, sizeof late);
  same_in_every_form(text, LEN + sizeof late - 1);
  free(text);
}

Test(decode, a_byte_order_mark_later_on_is_a_character) {
  BECOMES("\xEF\xBB\xBF\xEF\xBB\xBF"
          "a\n\xEF\xBB\xBF"
          "b",
          "\xEF\xBB\xBF"
          "a\n\xEF\xBB\xBF"
          "b");
  BECOMES("\xFF\xFE"
          "a\0\n\0\xFF\xFE",
          "a\n\xEF\xBB\xBF");
}

Test(decode, utf8_with_a_bad_byte_stays_utf8) {
  BECOMES("姓名\n\xD6,x\n", "姓名\n\xD6,x\n");
  BECOMES("姓名\n甲乙\xE4\xB8", "姓名\n甲乙\xE4\xB8");
  BECOMES("é\xFF", "é\xFF");
}

Test(decode, short_names_in_gbk_are_told) {
  BECOMES("\xD0\xD5\xC3\xFB\n", "姓名\n");
  BECOMES("\xC8\xB1\xBF\xBC\n", "缺考\n");
  BECOMES("a,\xC1\xAA\xCD\xA8\n", "a,联通\n");
}

Test(decode, what_is_no_character_of_gb18030_leaves_the_delimiters_alone) {
  BECOMES("\xD0\xD5\xC3\xFB,\xD0,\xD0\n\xFF\xD0\"\x80\n\x81\x30\x81\x2C\x81", /* a lead byte before each */
          "姓名,\xFF,\xFF\n\xFF\xFF\"\xFF\n\xFF"
          "0\xFF,\xFF");
}

Test(decode, half_a_pair_or_character_of_utf16_is_a_bad_character) {
  BECOMES("\xFF\xFE\x00\xD8"
          "a\0\x00\xDC,\0\x40\xD8\x00\xDC\n\0\x00\xD8",
          "\xFF"
          "a\xFF,𠀀\n\xFF");
  BECOMES("\xFE\xFF\0a\0\nb", "a\n\xFF");
  BECOMES("\xFF\xFE", "");
}

Test(decode, nul_stays_nul) {
  BECOMES("\xFF\xFE"
          "a\0\0\0\n\0",
          "a\0\n");
  BECOMES("\xD0\xD5\xC3\xFB\0,", "姓名\0,");
}

Test(decode, a_cr_alone_ends_lines_where_the_first_line_ends_with_one) {
  BECOMES("a,b\r1,2\r3,4", "a,b\n1,2\n3,4");
  BECOMES("a,b\r1,2\r\n3,4\r\r", "a,b\n1,2\n3,4\n\n");
  BECOMES("\"x\ny\rz\",b\r1,2\r", "\"x\ny\rz\",b\n1,2\n"); /* the first line end outside quotes tells */
  BECOMES("a\r", "a\n");
  BECOMES("\r", "\n");
  BECOMES("\xFF\xFE"
          "a\0\r\0b\0\r\0",
          "a\nb\n");
  BECOMES("\xD0\xD5\r\xC3\xFB\r", "姓\n名\n");
}

Test(decode, a_cr_elsewhere_is_a_character) {
  BECOMES("a,b\n1\r2,3\r\n", "a,b\n1\r2,3\r\n");
  BECOMES("a,b\r\n1\r2,3\n", "a,b\r\n1\r2,3\n");
  BECOMES("\"a\rb\",c\n\r", "\"a\rb\",c\n\r");
}

Test(decode, the_first_line_end_may_lie_on_any_border) {
  enum { MOST = 140000 };
  static const size_t at[] = {4095, 4096, 8191, 65534, 65535, 65536, 69630, 131071, 139998};
  char *text = malloc(MOST);
  char *expected = malloc(MOST);
  cr_assert(text != NULL && expected != NULL);
  for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
    memset(text, 'x', MOST);
    text[at[k]] = '\r';
    memcpy(expected, text, MOST);
    expected[at[k]] = '\n';
    becomes_bytes(text, MOST, expected, MOST);
    text[at[k] + 1] = '\n';
    becomes_bytes(text, MOST, text, MOST);
  }
  free(text);
  free(expected);
}
