#include "base/pages.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

Test(pages, memory_is_zeroed_aligned_and_writable_to_its_end) {
  static const size_t sizes[] = {1, WUJI_PAGES_LEAST, (1 << 21) - 1, 1 << 21, (1 << 21) + 1, 5000001};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    char *pages = wuji_pages_take(sizes[i]);
    cr_assert_not_null(pages);
    cr_expect_eq((uintptr_t)pages % 4096, 0);
    size_t others = 0;
    for (size_t at = 0; at < sizes[i]; at++) others += pages[at] != 0;
    cr_expect_eq(others, 0);
    memset(pages, 0xFF, sizes[i]);
    wuji_pages_give(pages, sizes[i]);
  }
}

Test(pages, an_impossible_size_is_refused) {
  cr_expect_null(wuji_pages_take(SIZE_MAX));
  cr_expect_null(wuji_pages_take(SIZE_MAX / 2));
  wuji_pages_give(NULL, 1);
}
