#include "text_maker.h"

#include "text/scan.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Everything the reader hands out, one behind the other; malloc. Checks what must hold for every block. */
static char *read_all(const char *path, size_t *len, uint32_t *blocks_seen) {
  wuji_blocks *blocks;
  wuji_block block = {0};
  bool more;
  char *all = malloc(1);
  uint64_t line = 1;
  *len = 0;
  *blocks_seen = 0;
  cr_assert_eq(wuji_blocks_open(path, &blocks, NULL, NULL), WUJI_OK);
  for (;;) {
    cr_assert_eq(wuji_blocks_next(blocks, &block, &more, NULL, NULL), WUJI_OK);
    if (!more) break;
    cr_expect_eq(block.line, line);
    cr_expect_eq(block.index, *blocks_seen);
    cr_expect_eq(block.quotes || memchr(block.bytes, '"', block.len) == NULL, true);
    line += wuji_scan_count(block.bytes, block.len, '\n');
    for (int i = 0; i < WUJI_BLOCK_PADDING; i++) cr_assert_eq(block.bytes[block.len + (size_t)i], 0);
    all = realloc(all, *len + block.len + 1);
    cr_assert_not_null(all);
    memcpy(all + *len, block.bytes, block.len);
    *len += block.len;
    (*blocks_seen)++;
  }
  wuji_block_dispose(&block);
  wuji_blocks_close(blocks);
  return all;
}

/* About `size` bytes of records, every seventh with a quoted newline. */
static char *long_text(size_t size, size_t *len) {
  char *text = malloc(size + 200);
  cr_assert_not_null(text);
  *len = 0;
  for (unsigned i = 0; *len < size; i++) {
    *len +=
        (size_t)sprintf(text + *len, i % 7 == 0 ? "%u,\"a \"\"quoted\"\"\nnewline\",x\n" : "%u,plain,x\n", i);
  }
  return text;
}

static void expect_fault(const char *path, wuji_fault_kind kind, uint64_t line) {
  wuji_blocks *blocks;
  wuji_block block = {0};
  wuji_fault fault = {0};
  wuji_error error = {0};
  bool more = true;
  wuji_status status = wuji_blocks_open(path, &blocks, &fault, &error);
  while (status == WUJI_OK && more) status = wuji_blocks_next(blocks, &block, &more, &fault, &error);
  cr_expect_eq(status, WUJI_REJECTED);
  cr_expect_eq(fault.kind, kind, "%s", error.message);
  cr_expect_eq(fault.line, line);
  if (blocks != NULL) {
    cr_expect_eq(wuji_blocks_next(blocks, &block, &more, &fault, &error), WUJI_OK);
    cr_expect_not(more, "after a fault there is no more");
  }
  wuji_block_dispose(&block);
  wuji_blocks_close(blocks);
}

Test(blocks, together_they_are_the_file_and_each_ends_with_a_record) {
  test_folder folder = test_folder_make();
  size_t len;
  char *text = long_text(5000000, &len);
  test_write_bytes(&folder, "long.csv", text, len);
  char *path = test_path(&folder, "long.csv");
  size_t got;
  uint32_t count;
  char *all = read_all(path, &got, &count);
  cr_expect_eq(got, len);
  cr_expect_eq(memcmp(all, text, len), 0);
  cr_expect(count >= 4);
  wuji_blocks *blocks;
  wuji_block block = {0};
  bool more;
  cr_assert_eq(wuji_blocks_open(path, &blocks, NULL, NULL), WUJI_OK);
  for (;;) {
    cr_assert_eq(wuji_blocks_next(blocks, &block, &more, NULL, NULL), WUJI_OK);
    if (!more) break;
    cr_expect_eq(block.bytes[block.len - 1], '\n');
    cr_expect_eq(wuji_scan_count(block.bytes, block.len, '"') % 2, 0);
  }
  wuji_block_dispose(&block);
  wuji_blocks_close(blocks);
  free(all);
  free(text);
  free(path);
  test_folder_remove(&folder);
}

Test(blocks, a_gzip_file_gives_the_same_blocks_in_one_member_or_in_several) {
  test_folder folder = test_folder_make();
  size_t len;
  size_t first;
  size_t second;
  char *text = long_text(3000000, &len);
  char *a = gzip_of(text, len / 3, &first);
  char *b = gzip_of(text + len / 3, len - len / 3, &second);
  char *both = calloc(1, first + second + 512); /* padded with zeros, as tar does */
  cr_assert_not_null(both);
  memcpy(both, a, first);
  memcpy(both + first, b, second);
  test_write_bytes(&folder, "two.csv.gz", both, first + second + 512);
  test_write_bytes(&folder, "renamed.csv", both, first + second);
  static const char *const names[] = {"two.csv.gz", "renamed.csv"};
  for (int n = 0; n < 2; n++) {
    char *path = test_path(&folder, names[n]);
    size_t got;
    uint32_t count;
    char *all = read_all(path, &got, &count);
    cr_expect_eq(got, len);
    cr_expect_eq(memcmp(all, text, len), 0);
    free(all);
    free(path);
  }
  free(a);
  free(b);
  free(both);
  free(text);
  test_folder_remove(&folder);
}

Test(blocks, a_gzip_file_that_is_cut_or_corrupt_or_followed_by_other_bytes_is_a_fault) {
  test_folder folder = test_folder_make();
  size_t len;
  size_t size;
  char *text = long_text(200000, &len);
  char *packed = gzip_of(text, len, &size);
  char *longer = malloc(size + 10);
  cr_assert_not_null(longer);
  memcpy(longer, packed, size);
  memset(longer + size, '!', 10);
  test_write_bytes(&folder, "cut.csv.gz", packed, size / 2);
  test_write_bytes(&folder, "almost.csv.gz", packed, size - 1);
  test_write_bytes(&folder, "more.csv.gz", longer, size + 10);
  packed[size / 2] = (char)(packed[size / 2] ^ 0x55);
  test_write_bytes(&folder, "corrupt.csv.gz", packed, size);
  test_write_bytes(&folder, "plain.csv.gz", text, len);
  static const char *const names[] = {"cut.csv.gz", "almost.csv.gz", "more.csv.gz", "corrupt.csv.gz",
                                      "plain.csv.gz"};
  for (int n = 0; n < 5; n++) {
    char *path = test_path(&folder, names[n]);
    expect_fault(path, WUJI_FAULT_GZIP, 0);
    free(path);
  }
  free(longer);
  free(packed);
  free(text);
  test_folder_remove(&folder);
}

Test(blocks, a_byte_order_mark_is_skipped_at_the_start_only) {
  test_folder folder = test_folder_make();
  test_write(&folder, "bom.csv",
             "\xEF\xBB\xBF"
             "a\n\xEF\xBB\xBF"
             "b\n");
  char *path = test_path(&folder, "bom.csv");
  size_t got;
  uint32_t count;
  char *all = read_all(path, &got, &count);
  cr_expect_eq(got, 7);
  cr_expect_eq(memcmp(all,
                      "a\n\xEF\xBB\xBF"
                      "b\n",
                      7),
               0);
  free(all);
  free(path);
  test_folder_remove(&folder);
}

Test(blocks, what_is_no_file_is_a_fault) {
  test_folder folder = test_folder_make();
  char *path = test_path(&folder, "nothing.csv");
  expect_fault(path, WUJI_FAULT_MISSING, 0);
  free(path);
  expect_fault(folder.path, WUJI_FAULT_UNREADABLE, 0);
  test_folder_remove(&folder);
}

Test(blocks, an_empty_file_has_no_blocks) {
  test_folder folder = test_folder_make();
  test_write(&folder, "empty.csv", "");
  char *path = test_path(&folder, "empty.csv");
  size_t got;
  uint32_t count;
  free(read_all(path, &got, &count));
  cr_expect_eq(got, 0);
  cr_expect_eq(count, 0);
  free(path);
  test_folder_remove(&folder);
}

/* Whatever a file holds, memory stays bounded: a quote that nothing closes, a line without end. */
Test(blocks, a_record_without_end_is_a_fault_in_the_line_where_it_begins) {
  test_folder folder = test_folder_make();
  size_t len = 9000000;
  char *text = malloc(len);
  cr_assert_not_null(text);
  memset(text, 'x', len);
  for (size_t i = 7; i < len; i += 8) text[i] = '\n';
  text[8 * 300000] = '"'; /* in line 300001 */
  test_write_bytes(&folder, "quote.csv", text, len);
  char *path = test_path(&folder, "quote.csv");
  expect_fault(path, WUJI_FAULT_QUOTES, 300001);
  free(path);
  for (size_t i = 1000 * 8; i < len; i++) text[i] = 'x';
  test_write_bytes(&folder, "long.csv", text, len);
  path = test_path(&folder, "long.csv");
  expect_fault(path, WUJI_FAULT_TOO_LONG, 1001);
  free(path);
  free(text);
  test_folder_remove(&folder);
}

Test(blocks, a_header_may_be_longer_than_a_record) {
  test_folder folder = test_folder_make();
  size_t len = (size_t)3 << 20;
  char *text = malloc(len + 4);
  cr_assert_not_null(text);
  memset(text, 'x', len);
  text[len] = text[len + 2] = '\n';
  text[len + 1] = 'a';
  test_write_bytes(&folder, "header.csv", text, len + 3);
  char *path = test_path(&folder, "header.csv");
  size_t got;
  uint32_t count;
  free(read_all(path, &got, &count));
  cr_expect_eq(got, len + 3);
  free(path);
  free(text);
  test_folder_remove(&folder);
}

Test(blocks, a_file_that_ends_with_a_full_block_is_whole) {
  test_folder folder = test_folder_make();
  size_t len = (size_t)2 * WUJI_BLOCK_BYTES;
  char *text = malloc(len);
  cr_assert_not_null(text);
  memset(text, 'x', len);
  for (size_t i = 63; i < len; i += 64) text[i] = '\n';
  for (int cut = 0; cut < 2; cut++) { /* with and without the last newline */
    if (cut == 1) text[len - 1] = 'y';
    test_write_bytes(&folder, "full.csv", text, len);
    char *path = test_path(&folder, "full.csv");
    size_t got;
    uint32_t count;
    char *all = read_all(path, &got, &count);
    cr_expect_eq(got, len);
    cr_expect_eq(memcmp(all, text, len), 0);
    free(all);
    free(path);
  }
  free(text);
  test_folder_remove(&folder);
}

Test(decode, a_small_file_is_read_whole_up_to_its_bound) {
  test_folder folder = test_folder_make();
  wuji_arena arena = {0};
  wuji_str text;
  wuji_fault fault;
  test_write(&folder, "small", "hello");
  test_write(&folder, "none", "");
  char *path = test_path(&folder, "small");
  cr_assert_eq(wuji_decode_whole(path, 5, &arena, &text, &fault, NULL), WUJI_OK);
  cr_expect(wuji_str_is(text, "hello"));
  cr_expect_eq(wuji_decode_whole(path, 4, &arena, &text, &fault, NULL), WUJI_REJECTED);
  cr_expect_eq(fault.kind, WUJI_FAULT_TOO_LONG);
  free(path);
  path = test_path(&folder, "none");
  cr_expect_eq(wuji_decode_whole(path, 5, &arena, &text, &fault, NULL), WUJI_REJECTED);
  cr_expect_eq(fault.kind, WUJI_FAULT_EMPTY);
  free(path);
  wuji_arena_dispose(&arena);
  test_folder_remove(&folder);
}
